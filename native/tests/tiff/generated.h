// TIFFs that the library itself writes.
#pragma once

#include <string>

#include "memory_file.h"

struct Kind {
  const char* mode = "wl";
  int compression = 1;
  int bits = 8;
  int samples = 1;
  int format = 1;
  int predictor = 1;
  bool tiled = false;
  bool planar = false;
  int photometric = 1;
  int pages = 2;
};

struct Generated {
  std::string name;
  Bytes bytes;
};

constexpr int64_t image_width = 40;
constexpr int64_t image_height = 20;
constexpr int64_t strip_rows = 8;

// Neither constant nor noise.
Bytes pattern(int64_t bytes);
bool set(ib_tiff* tiff, uint32_t tag, int64_t value);
// Describes the current directory.
void describe(ib_tiff* tiff, const Kind& kind);
// Writes every strip or tile of the current directory.
void write_pixels(ib_tiff* tiff, const Kind& kind);
Bytes write_image(const Kind& kind);
// One file of every encoding.
const std::vector<Generated>& generated_files();
