#include <cstring>
#include <limits>

#include "../check.h"
#include "generated.h"

namespace {

struct Writing {
  MemoryFile file;
  Handle handle;
  ib_tiff* tiff = handle.tiff;

  Writing() {
    CHECK(handle.open(file, "w"));
    describe(tiff, {});
    handle.errors();
  }
};

}  // namespace

TEST(get_after_set_gives_the_value) {
  Writing writing;
  const double resolution = 2.5;
  ib_tiff_value value{};
  CHECK_EQUAL(ib_tiff_set_reals(writing.tiff, 282, &resolution, 1), 1);
  CHECK_EQUAL(ib_tiff_get_field(writing.tiff, 282, 0, &value), 1);
  CHECK_EQUAL(value.kind, static_cast<int32_t>(IB_TIFF_F32));
  CHECK_EQUAL(*static_cast<const float*>(value.data), 2.5f);
  CHECK_EQUAL(ib_tiff_get_field(writing.tiff, 256, 0, &value), 1);
  CHECK_EQUAL(*static_cast<const uint32_t*>(value.data), static_cast<uint32_t>(image_width));
}

TEST(set_value_that_does_not_fit_is_refused) {
  Writing writing;
  const double fraction = 1.5, infinite = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(!set(writing.tiff, 258, 65536));
  CHECK(!set(writing.tiff, 258, -32769));
  CHECK(!set(writing.tiff, 256, int64_t{1} << 40));
  CHECK(!set(writing.tiff, 256, INT64_MIN));
  CHECK(!set(writing.tiff, 259, 34661));
  CHECK_EQUAL(ib_tiff_set_reals(writing.tiff, 256, &fraction, 1), 0);
  CHECK_EQUAL(ib_tiff_set_reals(writing.tiff, 256, &infinite, 1), 0);
  CHECK_EQUAL(ib_tiff_set_reals(writing.tiff, 256, &nan, 1), 0);
  CHECK_EQUAL(writing.handle.errors(), 8);
}

TEST(set_without_values_or_with_a_negative_count_is_refused) {
  Writing writing;
  const int64_t integer = 1;
  const uint8_t byte = 1;
  for (const uint32_t tag : {256u, 270u, 282u, 320u, 330u, 333u, 65537u}) {
    CHECK_EQUAL(ib_tiff_set_integers(writing.tiff, tag, nullptr, 3), 0);
    CHECK_EQUAL(ib_tiff_set_reals(writing.tiff, tag, nullptr, 3), 0);
    CHECK_EQUAL(ib_tiff_set_bytes(writing.tiff, tag, nullptr, 3), 0);
    CHECK_EQUAL(ib_tiff_set_integers(writing.tiff, tag, &integer, -1), 0);
    CHECK_EQUAL(ib_tiff_set_bytes(writing.tiff, tag, &byte, INT64_MIN), 0);
  }
}

TEST(set_wrong_number_of_values_is_refused) {
  Writing writing;
  const int64_t values[5] = {1, 2, 3, 4, 5};
  for (const uint32_t tag : {256u, 258u, 259u, 297u, 320u, 301u, 529u}) CHECK_EQUAL(ib_tiff_set_integers(writing.tiff, tag, values, 5), 0);
  CHECK_EQUAL(ib_tiff_set_integers(writing.tiff, 256, nullptr, 0), 0);
}

TEST(set_unknown_or_reserved_tag_is_refused) {
  Writing writing;
  for (const uint32_t tag : {0u, 65000u, 65535u, 70000u, 0xffffffffu, 273u, 279u, 324u, 325u}) CHECK(!set(writing.tiff, tag, 1));
}

TEST(define_bad_definition_is_refused) {
  Writing writing;
  ib_tiff_field field{1, -3, -3, 1};
  CHECK_EQUAL(ib_tiff_define_field(writing.tiff, 65000, nullptr, "name"), 0);
  CHECK_EQUAL(ib_tiff_define_field(writing.tiff, 65000, &field, nullptr), 0);
  CHECK_EQUAL(ib_tiff_define_field(writing.tiff, 70000, &field, "pseudo"), 0);
  for (const int32_t type : {0, 14, 15, 19, -1}) {
    field.type = type;
    CHECK_EQUAL(ib_tiff_define_field(writing.tiff, 65000, &field, "name"), 0);
  }
}

TEST(define_and_set_private_tag_is_read_back) {
  MemoryFile file;
  const uint8_t bytes[4] = {1, 2, 3, 4};
  {
    Handle handle;
    CHECK(handle.open(file, "w"));
    describe(handle.tiff, {});
    const ib_tiff_field field{1, -3, -3, 1};
    CHECK_EQUAL(ib_tiff_define_field(handle.tiff, 65000, &field, "private"), 1);
    CHECK_EQUAL(ib_tiff_set_bytes(handle.tiff, 65000, bytes, 4), 1);
    write_pixels(handle.tiff, {});
    CHECK_EQUAL(ib_tiff_write_directory(handle.tiff), 1);
  }
  file.position = 0;
  Handle handle;
  ib_tiff_value value{};
  CHECK(handle.open(file, "r"));
  CHECK_EQUAL(ib_tiff_get_field(handle.tiff, 65000, 0, &value), 1);
  CHECK_EQUAL(value.count, 4);
  if (value.count == 4) CHECK_EQUAL(std::memcmp(value.data, bytes, 4), 0);
  CHECK(!set(handle.tiff, 256, 7));
  CHECK_EQUAL(ib_tiff_get_field(handle.tiff, 65000, 0, nullptr), 0);
  CHECK_EQUAL(ib_tiff_find_field(handle.tiff, 256, nullptr), 0);
}
