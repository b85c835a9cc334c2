#include "generated.h"

#include "../check.h"

Bytes pattern(int64_t bytes) {
  Bytes pixels(static_cast<size_t>(bytes));
  for (size_t i = 0; i < pixels.size(); i++) pixels[i] = static_cast<uint8_t>(i % 31 < 12 ? 7 : i * i);
  return pixels;
}

bool set(ib_tiff* tiff, uint32_t tag, int64_t value) { return ib_tiff_set_integers(tiff, tag, &value, 1) == 1; }

void describe(ib_tiff* tiff, const Kind& kind) {
  CHECK(set(tiff, 256, image_width));
  CHECK(set(tiff, 257, image_height));
  CHECK(set(tiff, 258, kind.bits));
  CHECK(set(tiff, 277, kind.samples));
  CHECK(set(tiff, 339, kind.format));
  CHECK(set(tiff, 284, kind.planar ? 2 : 1));
  CHECK(set(tiff, 262, kind.photometric));
  CHECK(set(tiff, 259, kind.compression));
  if (kind.predictor != 1) CHECK(set(tiff, 317, kind.predictor));
  if (kind.tiled) {
    CHECK(set(tiff, 322, 16));
    CHECK(set(tiff, 323, 16));
  } else {
    CHECK(set(tiff, 278, strip_rows));
  }
  const std::string text = "ImageJ=1.54f\nimages=2\nslices=2\n";
  CHECK_EQUAL(ib_tiff_set_bytes(tiff, 270, reinterpret_cast<const uint8_t*>(text.data()), static_cast<int64_t>(text.size())), 1);
  if (kind.photometric == 3) {
    const std::vector<int64_t> table(size_t{3} << kind.bits, 99);
    CHECK_EQUAL(ib_tiff_set_integers(tiff, 320, table.data(), static_cast<int64_t>(table.size())), 1);
  }
}

void write_pixels(ib_tiff* tiff, const Kind& kind) {
  const int64_t blocks = kind.tiled ? ib_tiff_tile_count(tiff) : ib_tiff_strip_count(tiff);
  const int64_t bytes = kind.tiled ? ib_tiff_tile_size(tiff) : ib_tiff_strip_size(tiff);
  const Bytes pixels = pattern(bytes);
  const int64_t strips = (image_height + strip_rows - 1) / strip_rows;
  for (int64_t i = 0; i < blocks; i++) {
    const auto block = static_cast<uint32_t>(i);
    // The last strip of a plane is shorter.
    const bool is_short = !kind.tiled && i % strips == strips - 1;
    const int64_t count = is_short ? ib_tiff_rows_size(tiff, image_height % strip_rows) : bytes;
    CHECK_EQUAL(kind.tiled ? ib_tiff_write_tile(tiff, block, pixels.data(), bytes) : ib_tiff_write_strip(tiff, block, pixels.data(), count), count);
  }
}

Bytes write_image(const Kind& kind) {
  MemoryFile file;
  Handle handle;
  CHECK(handle.open(file, kind.mode));
  for (int page = 0; page < kind.pages; page++) {
    describe(handle.tiff, kind);
    write_pixels(handle.tiff, kind);
    CHECK_EQUAL(ib_tiff_write_directory(handle.tiff), 1);
  }
  CHECK_EQUAL(ib_tiff_close(handle.tiff), 1);
  CHECK_EQUAL(handle.errors(), 0);
  return file.bytes;
}

const std::vector<Generated>& generated_files() {
  static const std::vector<Generated> files = [] {
    std::vector<Generated> all;
    const auto add = [&](const std::string& name, const Kind& kind) {
      if (ib_tiff_codec_configured(static_cast<uint16_t>(kind.compression))) all.push_back({name, write_image(kind)});
    };
    // None, CCITT group 4, LZW, JPEG, deflate, PackBits, zstd, LZMA, WebP.
    for (const int compression : {1, 5, 7, 8, 32773, 50000, 34925}) {
      const std::string name = std::to_string(compression);
      for (const char* mode : {"wl", "wb", "w8l", "w8b"}) {
        Kind kind;
        kind.mode = mode;
        kind.compression = compression;
        kind.bits = compression == 7 ? 8 : 16;
        add(name + "-strips-" + mode, kind);
        kind.tiled = true;
        add(name + "-tiles-" + mode, kind);
      }
      Kind colour;
      colour.compression = compression;
      colour.samples = 3;
      colour.photometric = 2;
      add(name + "-rgb", colour);
      colour.planar = true;
      add(name + "-planar", colour);
    }
    Kind fax;
    fax.compression = 4;
    fax.bits = 1;
    add("fax", fax);
    Kind palette;
    palette.photometric = 3;
    add("palette", palette);
    Kind real;
    real.compression = 8;
    real.bits = 32;
    real.format = 3;
    real.predictor = 3;
    add("float", real);
    Kind difference;
    difference.compression = 5;
    difference.bits = 16;
    difference.predictor = 2;
    difference.mode = "wb";
    add("predictor", difference);
    return all;
  }();
  return files;
}
