// A file in memory behind ib_tiff_io, which can be told to misbehave.
#pragma once

#include <cstdint>
#include <vector>

#include "ib_tiff.h"

using Bytes = std::vector<uint8_t>;

struct MemoryFile {
  Bytes bytes;
  int64_t position = 0;
  int64_t reads_left = INT64_MAX;  // reads that succeed
  int64_t claimed_size = -2;       // what size tells; -2: the truth

  explicit MemoryFile(Bytes content = {}) : bytes(std::move(content)) {}
  ib_tiff_io io();
};

// An open handle, destroyed at the end.
struct Handle {
  static constexpr int64_t max_allocation = 256 << 20;

  ib_tiff* tiff = ib_tiff_create();

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { ib_tiff_destroy(tiff); }

  bool open(MemoryFile& file, const char* mode) {
    const ib_tiff_io io = file.io();
    return ib_tiff_open_stream(tiff, "memory", mode, &io, max_allocation) == 1;
  }

  // Number of errors noted since the last call.
  int errors();
};
