// Seeded mutations: the same seed and number change a file in the same way.
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory_file.h"

// SplitMix64 (Steele, Lea and Flood 2014).
class Random {
 public:
  explicit Random(uint64_t state) : state_(state) {}
  uint64_t next();
  // 0 to limit - 1; 0 for a limit of 0.
  size_t below(size_t limit) { return limit == 0 ? 0 : static_cast<size_t>(next() % limit); }
  // A number at which arithmetic tends to break.
  uint64_t boundary();

 private:
  uint64_t state_;
};

Bytes mutate(Bytes file, Random& random);
