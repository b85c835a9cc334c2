#include "../check.h"
#include "memory_file.h"
#include "walk.h"

namespace {

struct Entry {
  uint16_t tag, type;
  uint32_t count, value;
};

void put(Bytes& bytes, uint64_t value, int count) {
  for (int i = 0; i < count; i++) bytes.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

// A little-endian TIFF of 16 zero pixels and one directory, which leads to `next`.
Bytes tiff(const std::vector<Entry>& entries, uint32_t next = 0) {
  Bytes bytes{'I', 'I', 42, 0, 24, 0, 0, 0};
  bytes.resize(24);
  put(bytes, entries.size(), 2);
  for (const Entry& entry : entries) {
    put(bytes, entry.tag, 2);
    put(bytes, entry.type, 2);
    put(bytes, entry.count, 4);
    put(bytes, entry.value, 4);
  }
  put(bytes, next, 4);
  return bytes;
}

std::vector<Entry> grey(uint32_t width, uint32_t height, uint16_t compression = 1) {
  return {{256, 4, 1, width}, {257, 4, 1, height}, {258, 3, 1, 8}, {259, 3, 1, compression}, {262, 3, 1, 1}, {273, 4, 1, 8}, {278, 4, 1, height}, {279, 4, 1, 16}};
}

}  // namespace

TEST(directory_that_leads_to_itself_ends) { CHECK_EQUAL(walk(tiff(grey(4, 4), 24)).pages, 1); }

TEST(sizes_that_overflow_give_no_size) {
  for (const uint32_t width : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
    for (const uint32_t height : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
      MemoryFile file(tiff(grey(width, height)));
      Handle handle;
      if (!handle.open(file, "rc")) continue;
      CHECK(ib_tiff_strip_size(handle.tiff) >= 0);
      CHECK(ib_tiff_rows_size(handle.tiff, 0xffffffff) >= 0);
      CHECK(ib_tiff_tile_size(handle.tiff) >= 0);
      walk(file.bytes);
    }
  }
}

TEST(counts_beyond_the_file_take_no_memory) {
  for (const uint16_t tag : {258, 270, 273, 279, 320, 330, 338, 339, 347, 34675, 65000}) {
    for (const uint32_t count : {0u, 0x10000u, 0x7fffffffu, 0xfffffff0u, 0xffffffffu}) {
      for (const uint16_t type : {1, 2, 3, 4, 5, 7, 12, 13, 16, 18}) {
        std::vector<Entry> entries = grey(4, 4);
        for (Entry& entry : entries)
          if (entry.tag == tag) entry = {tag, type, count, 8};
        if (tag > 279) entries.push_back({tag, type, count, 8});
        walk(tiff(entries));
      }
    }
  }
}

TEST(codecs_on_zeros_never_overrun) {
  for (const uint16_t compression : {2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32809, 32908, 32909, 32946, 34661, 34676, 34677, 34887, 34925, 50000, 50001, 50002})
    for (const uint32_t height : {4u, 4000u}) walk(tiff(grey(4, height, compression)));
}

TEST(jbig_is_refused_since_its_decoder_aborts) {
  MemoryFile file(tiff(grey(4, 4, 34661)));
  Handle handle;
  uint8_t pixels[16];
  CHECK(handle.open(file, "r"));
  CHECK_EQUAL(ib_tiff_codec_configured(34661), 0);
  CHECK_EQUAL(ib_tiff_read_strip(handle.tiff, 0, pixels, 16), -1);
  CHECK_EQUAL(ib_tiff_read_scanline(handle.tiff, 0, 0, pixels, 16), 0);
  CHECK(handle.errors() >= 2);
}
