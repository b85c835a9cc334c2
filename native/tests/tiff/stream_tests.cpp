#include "../check.h"
#include "generated.h"
#include "walk.h"

TEST(open_stream_that_fails_at_any_read_never_crashes) {
  for (int64_t reads = 0; reads < 40; reads++) {
    MemoryFile file(generated_files().front().bytes);
    file.reads_left = reads;
    Handle handle;
    if (!handle.open(file, "r")) continue;
    Bytes pixels(1 << 12);
    ib_tiff_read_strip(handle.tiff, 0, pixels.data(), static_cast<int64_t>(pixels.size()));
    ib_tiff_read_directory(handle.tiff);
  }
}

TEST(open_stream_that_lies_about_its_size_never_crashes) {
  for (const int64_t size : {int64_t{-1}, int64_t{0}, int64_t{1}, int64_t{100}, INT64_MAX}) {
    MemoryFile file(generated_files().front().bytes);
    file.claimed_size = size;
    Handle handle;
    if (!handle.open(file, "r")) continue;
    Bytes pixels(1 << 12);
    ib_tiff_read_strip(handle.tiff, 0, pixels.data(), static_cast<int64_t>(pixels.size()));
    ib_tiff_read_raw_strip(handle.tiff, 0, pixels.data(), static_cast<int64_t>(pixels.size()));
    ib_tiff_directory_count(handle.tiff);
  }
}

TEST(open_nothing_or_junk_is_refused_with_a_message) {
  for (const Bytes& bytes : {Bytes{}, Bytes{'I'}, Bytes{'I', 'I', 42, 0}, Bytes(1000, 0), Bytes{'I', 'I', 42, 0, 0, 0, 0, 0}}) {
    MemoryFile file(bytes);
    Handle handle;
    CHECK(!handle.open(file, "r"));
    CHECK(handle.errors() > 0);
  }
}
