#include "../check.h"
#include "generated.h"

namespace {

// Every function that takes a handle, on one that is not there or has no file: 0 or -1, and no crash.
void call_everything(ib_tiff* tiff) {
  uint8_t data[16] = {};
  uint32_t pixels[4] = {};
  const int64_t integer = 1;
  const double real = 1;
  ib_tiff_value value{};
  ib_tiff_field field{};
  CHECK_EQUAL(ib_tiff_flush(tiff) + ib_tiff_flush_data(tiff) + ib_tiff_close(tiff), 0);
  CHECK_EQUAL(ib_tiff_is_tiled(tiff) + ib_tiff_is_byte_swapped(tiff) + ib_tiff_is_big_endian(tiff) + ib_tiff_is_big_tiff(tiff), 0);
  CHECK_EQUAL(ib_tiff_find_field(tiff, 256, &field) + ib_tiff_define_field(tiff, 65000, &field, "x"), 0);
  CHECK_EQUAL(ib_tiff_get_field(tiff, 256, 1, &value) + ib_tiff_unset_field(tiff, 256), 0);
  CHECK_EQUAL(ib_tiff_set_integers(tiff, 256, &integer, 1) + ib_tiff_set_reals(tiff, 282, &real, 1) + ib_tiff_set_bytes(tiff, 270, data, 16), 0);
  CHECK_EQUAL(ib_tiff_read_directory(tiff) + ib_tiff_set_directory(tiff, 0) + ib_tiff_set_sub_directory(tiff, 8), 0);
  CHECK_EQUAL(ib_tiff_create_directory(tiff) + ib_tiff_write_directory(tiff) + ib_tiff_rewrite_directory(tiff), 0);
  CHECK_EQUAL(ib_tiff_checkpoint_directory(tiff) + ib_tiff_unlink_directory(tiff, 1) + ib_tiff_last_directory(tiff), 0);
  CHECK_EQUAL(ib_tiff_directory_count(tiff) + ib_tiff_current_directory(tiff) + ib_tiff_current_offset(tiff), 0);
  CHECK_EQUAL(ib_tiff_strip_size(tiff) + ib_tiff_rows_size(tiff, 1) + ib_tiff_tile_size(tiff) + ib_tiff_tile_row_size(tiff), 0);
  CHECK_EQUAL(ib_tiff_scanline_size(tiff) + ib_tiff_strip_count(tiff) + ib_tiff_tile_count(tiff), 0);
  CHECK_EQUAL(ib_tiff_compute_strip(tiff, 0, 0) + ib_tiff_compute_tile(tiff, 0, 0, 0, 0) + ib_tiff_check_tile(tiff, 0, 0, 0, 0), 0);
  CHECK_EQUAL(ib_tiff_default_strip_rows(tiff, 0), 0u);
  CHECK_EQUAL(ib_tiff_raw_size(tiff, 0), -1);
  CHECK_EQUAL(ib_tiff_read_strip(tiff, 0, data, 16) + ib_tiff_read_raw_strip(tiff, 0, data, 16), -2);
  CHECK_EQUAL(ib_tiff_read_tile(tiff, 0, data, 16) + ib_tiff_read_raw_tile(tiff, 0, data, 16), -2);
  CHECK_EQUAL(ib_tiff_write_strip(tiff, 0, data, 16) + ib_tiff_write_raw_strip(tiff, 0, data, 16), -2);
  CHECK_EQUAL(ib_tiff_write_tile(tiff, 0, data, 16) + ib_tiff_write_raw_tile(tiff, 0, data, 16), -2);
  CHECK_EQUAL(ib_tiff_read_scanline(tiff, 0, 0, data, 16) + ib_tiff_write_scanline(tiff, 0, 0, data, 16), 0);
  CHECK_EQUAL(ib_tiff_rgba_ok(tiff) + ib_tiff_read_rgba_strip(tiff, 0, pixels, 4) + ib_tiff_read_rgba_tile(tiff, 0, 0, pixels, 4), 0);
}

}  // namespace

TEST(functions_without_a_handle_fail) {
  call_everything(nullptr);
  CHECK_EQUAL(ib_tiff_take_message(nullptr, nullptr, nullptr, nullptr), 0);
  CHECK_EQUAL(ib_tiff_open_path(nullptr, "x", "r", 0), 0);
  ib_tiff_destroy(nullptr);
}

TEST(functions_before_opening_fail_with_a_message) {
  Handle handle;
  call_everything(handle.tiff);
  CHECK(handle.errors() > 30);
}

TEST(functions_after_closing_fail) {
  MemoryFile file(generated_files().front().bytes);
  Handle handle;
  CHECK(handle.open(file, "r"));
  CHECK_EQUAL(ib_tiff_close(handle.tiff), 1);
  call_everything(handle.tiff);
}

TEST(open_bad_arguments_is_refused) {
  Handle handle;
  MemoryFile file;
  const ib_tiff_io whole = file.io();
  ib_tiff_io part = whole;
  part.seek = nullptr;
  CHECK_EQUAL(ib_tiff_open_path(handle.tiff, nullptr, "r", 0), 0);
  CHECK_EQUAL(ib_tiff_open_path(handle.tiff, "x", nullptr, 0), 0);
  CHECK_EQUAL(ib_tiff_open_path(handle.tiff, "x", "", 0), 0);
  CHECK_EQUAL(ib_tiff_open_path(handle.tiff, "x", "r", -1), 0);
  CHECK_EQUAL(ib_tiff_open_path(handle.tiff, "/no/such/file.tif", "r", 0), 0);
  CHECK_EQUAL(ib_tiff_open_path(handle.tiff, "/tmp", "r", 0), 0);
  CHECK_EQUAL(ib_tiff_open_stream(handle.tiff, "x", "r", nullptr, 0), 0);
  CHECK_EQUAL(ib_tiff_open_stream(handle.tiff, "x", "r", &part, 0), 0);
  CHECK_EQUAL(ib_tiff_open_stream(handle.tiff, nullptr, "r", &whole, 0), 0);
  CHECK(handle.errors() >= 6);
}

TEST(open_twice_is_refused_and_keeps_the_first) {
  MemoryFile file(generated_files().front().bytes);
  Handle handle;
  CHECK(handle.open(file, "r"));
  CHECK(!handle.open(file, "r"));
  CHECK_EQUAL(ib_tiff_directory_count(handle.tiff), 2);
}

TEST(destroy_while_writing_frees_everything) {
  MemoryFile file;
  Handle handle;
  CHECK(handle.open(file, "w"));
  describe(handle.tiff, {});
}

TEST(messages_of_a_hostile_file_are_bounded) {
  Handle handle;
  for (int i = 0; i < 10'000; i++) ib_tiff_strip_size(handle.tiff);
  CHECK_EQUAL(handle.errors(), 256);
}
