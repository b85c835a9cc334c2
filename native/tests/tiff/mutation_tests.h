#pragma once

#include <cstdint>
#include <string>

// What the command line asks of the mutation test.
struct MutationOptions {
  uint64_t cases = 3000;
  uint64_t seed = 1;
  std::string corpus;                     // folder of TIFFs beside the generated ones; empty for none
  std::string output = "native-fuzz.tif";  // where the file of a case that ends the process is kept
};

MutationOptions& mutation_options();
