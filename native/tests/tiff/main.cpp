#include <cstdlib>
#include <cstring>

#include "../check.h"
#include "mutation_tests.h"

// Usage: tiff_tests [--cases N] [--seed S] [--corpus DIR] [--output FILE]
int main(int count, char** arguments) {
  MutationOptions& options = mutation_options();
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(arguments[i], "--cases") == 0) options.cases = std::strtoull(arguments[i + 1], nullptr, 10);
    if (std::strcmp(arguments[i], "--seed") == 0) options.seed = std::strtoull(arguments[i + 1], nullptr, 10);
    if (std::strcmp(arguments[i], "--corpus") == 0) options.corpus = arguments[i + 1];
    if (std::strcmp(arguments[i], "--output") == 0) options.output = arguments[i + 1];
  }
  return check::run();
}
