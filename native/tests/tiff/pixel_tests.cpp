#include "../check.h"
#include "generated.h"

TEST(read_written_pixels_are_the_same) {
  for (const Generated& generated : generated_files()) {
    // JPEG is lossy.
    if (generated.name[0] == '7') continue;
    MemoryFile file(generated.bytes);
    Handle handle;
    CHECK(handle.open(file, "r"));
    const bool tiled = ib_tiff_is_tiled(handle.tiff);
    const int64_t size = tiled ? ib_tiff_tile_size(handle.tiff) : ib_tiff_strip_size(handle.tiff);
    Bytes pixels(static_cast<size_t>(size));
    CHECK_EQUAL(tiled ? ib_tiff_read_tile(handle.tiff, 0, pixels.data(), size) : ib_tiff_read_strip(handle.tiff, 0, pixels.data(), size), size);
    CHECK(pixels == pattern(size));
    CHECK_EQUAL(handle.errors(), 0);
  }
}

TEST(read_bad_room_is_refused) {
  MemoryFile file(generated_files().front().bytes);
  Handle handle;
  uint8_t byte = 0;
  uint32_t pixel = 0;
  CHECK(handle.open(file, "r"));
  CHECK_EQUAL(ib_tiff_read_strip(handle.tiff, 0, nullptr, 100), -1);
  CHECK_EQUAL(ib_tiff_read_strip(handle.tiff, 0, &byte, 0), -1);
  CHECK_EQUAL(ib_tiff_read_strip(handle.tiff, 0, &byte, -1), -1);
  CHECK_EQUAL(ib_tiff_read_strip(handle.tiff, 0, &byte, INT64_MIN), -1);
  CHECK_EQUAL(ib_tiff_read_strip(handle.tiff, 0, &byte, 1), 1);
  CHECK_EQUAL(ib_tiff_read_scanline(handle.tiff, 0, 0, &byte, 1), 0);
  CHECK_EQUAL(ib_tiff_read_scanline(handle.tiff, 0, 0, nullptr, 1000), 0);
  CHECK_EQUAL(ib_tiff_read_rgba_strip(handle.tiff, 0, &pixel, 1), 0);
  CHECK_EQUAL(ib_tiff_read_rgba_strip(handle.tiff, 0, nullptr, 1000), 0);
  CHECK_EQUAL(ib_tiff_read_rgba_tile(handle.tiff, 0, 0, &pixel, 1), 0);
}

TEST(read_index_beyond_the_image_is_refused) {
  MemoryFile file(generated_files().front().bytes);
  Handle handle;
  Bytes pixels(1 << 16);
  const auto room = static_cast<int64_t>(pixels.size());
  CHECK(handle.open(file, "r"));
  for (const uint32_t index : {100u, 0x7fffffffu, 0xffffffffu}) {
    CHECK_EQUAL(ib_tiff_read_strip(handle.tiff, index, pixels.data(), room), -1);
    CHECK_EQUAL(ib_tiff_read_raw_strip(handle.tiff, index, pixels.data(), room), -1);
    CHECK_EQUAL(ib_tiff_read_tile(handle.tiff, index, pixels.data(), room), -1);
    CHECK_EQUAL(ib_tiff_read_scanline(handle.tiff, index, 0, pixels.data(), room), 0);
    CHECK_EQUAL(ib_tiff_raw_size(handle.tiff, index), -1);
    CHECK_EQUAL(ib_tiff_read_rgba_strip(handle.tiff, index, reinterpret_cast<uint32_t*>(pixels.data()), room / 4), 0);
  }
}

TEST(write_bad_content_is_refused) {
  MemoryFile file;
  Handle handle;
  const uint8_t byte = 0;
  CHECK(handle.open(file, "w"));
  CHECK_EQUAL(ib_tiff_write_strip(handle.tiff, 0, &byte, 1), -1);
  describe(handle.tiff, {});
  CHECK_EQUAL(ib_tiff_write_strip(handle.tiff, 0, nullptr, 100), -1);
  CHECK_EQUAL(ib_tiff_write_strip(handle.tiff, 0, &byte, -1), -1);
  CHECK_EQUAL(ib_tiff_write_tile(handle.tiff, 0, &byte, 1), -1);
  CHECK_EQUAL(ib_tiff_write_scanline(handle.tiff, 0, 0, &byte, 1), 0);
  CHECK_EQUAL(ib_tiff_write_raw_strip(handle.tiff, 0, nullptr, 5), -1);
}
