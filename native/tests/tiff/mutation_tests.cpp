#include "mutation_tests.h"

#include <sanitizer/common_interface_defs.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "../check.h"
#include "generated.h"
#include "mutator.h"
#include "walk.h"

namespace {

constexpr uintmax_t max_corpus_bytes = 32 << 10;

Bytes current;
uint64_t current_number = 0;

// Runs when a sanitizer is about to end the process.
void keep_current() {
  std::ofstream(mutation_options().output, std::ios::binary)
      .write(reinterpret_cast<const char*>(current.data()), static_cast<std::streamsize>(current.size()));
  std::fprintf(stderr, "seed %llu, case %llu, file kept in %s\n", static_cast<unsigned long long>(mutation_options().seed),
               static_cast<unsigned long long>(current_number), mutation_options().output.c_str());
}

std::vector<Bytes> corpus() {
  std::vector<Bytes> files;
  for (const Generated& file : generated_files()) files.push_back(file.bytes);
  if (mutation_options().corpus.empty()) return files;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(mutation_options().corpus))
    if (entry.is_regular_file() && entry.file_size() <= max_corpus_bytes) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    files.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return files;
}

}  // namespace

MutationOptions& mutation_options() {
  static MutationOptions options;
  return options;
}

TEST(walk_generated_files_decodes_every_page) {
  for (const Generated& file : generated_files()) {
    const Walked walked = walk(file.bytes);
    CHECK_EQUAL(walked.pages, 2);
    CHECK(walked.decoded >= 2);
  }
}

TEST(walk_every_truncation_never_overruns) {
  const Bytes& whole = generated_files().front().bytes;
  for (size_t length = 0; length < whole.size(); length += 7) walk(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
}

TEST(walk_mutated_files_never_overruns) {
  const std::vector<Bytes> files = corpus();
  __sanitizer_set_death_callback(keep_current);
  uint64_t opened = 0;
  for (current_number = 0; current_number < mutation_options().cases; current_number++) {
    Random random(mutation_options().seed * 1'000'003 + current_number);
    current = mutate(files[random.below(files.size())], random);
    opened += walk(current).pages > 0 ? 1 : 0;
  }
  // Mutations that no file survives would test the first refusal alone.
  CHECK(opened > mutation_options().cases / 10);
  std::printf("  %llu cases, %llu opened\n", static_cast<unsigned long long>(mutation_options().cases), static_cast<unsigned long long>(opened));
}
