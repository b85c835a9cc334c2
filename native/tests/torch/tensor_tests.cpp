#include "support.h"

TEST(tensor_from_memory_copies_the_values) {
  float values[6] = {1, 2, 3, 4, 5, 6};
  const int64_t sizes[2] = {2, 3};
  ib_tensor* tensor = nullptr;
  CHECK_EQUAL(ib_tensor_from_memory(values, sizes, 2, float32, &tensor), IB_OK);
  values[5] = 0;
  void* data = nullptr;
  int64_t seen[2] = {};
  CHECK_EQUAL(ib_tensor_data(tensor, &data), IB_OK);
  CHECK_EQUAL(static_cast<float*>(data)[5], 6.0f);
  CHECK_EQUAL(ib_tensor_sizes(tensor, seen), IB_OK);
  CHECK_EQUAL(seen[0] * 10 + seen[1], 23);
  CHECK_EQUAL(ib_tensor_dtype(tensor), float32);
  ib_tensor_release(tensor);
}

TEST(tensor_without_dimensions_needs_no_sizes) {
  const float value = 7;
  ib_tensor* tensor = nullptr;
  CHECK_EQUAL(ib_tensor_from_memory(&value, nullptr, 0, float32, &tensor), IB_OK);
  CHECK_EQUAL(ib_tensor_sizes(tensor, nullptr), IB_OK);
  CHECK_EQUAL(ib_tensor_strides(tensor, nullptr), IB_OK);
  CHECK_EQUAL(ib_tensor_element_count(tensor), 1);
  ib_tensor_release(tensor);
}

TEST(tensor_sizes_that_overflow_are_refused) {
  const float value = 1;
  ib_tensor* tensor = nullptr;
  const int64_t cases[][3] = {{INT64_MAX, INT64_MAX, INT64_MAX}, {int64_t{1} << 32, int64_t{1} << 32, 1}, {INT64_MAX, 2, 1}, {INT64_MAX / 4 + 1, 1, 1}, {1, 1, INT64_MAX}};
  for (const auto& sizes : cases) {
    CHECK_FAILS(ib_tensor_from_memory(&value, sizes, 3, float32, &tensor), "elements");
  }
  const int64_t negative = -1, huge = int64_t{1} << 50;
  CHECK_FAILS(ib_tensor_from_memory(&value, &negative, 1, float32, &tensor), "negative size -1");
  // Fits a number, not the memory.
  CHECK_EQUAL(ib_tensor_from_memory(&value, &huge, 1, float32, &tensor), static_cast<int>(IB_ERROR));
  CHECK(tensor == nullptr);
}

TEST(tensor_bad_dimensions_and_types_are_refused) {
  const float value = 1;
  const int64_t size = 1;
  ib_tensor* tensor = nullptr;
  for (const int32_t dimensions : {-1, 65, INT32_MAX, INT32_MIN}) {
    CHECK_FAILS(ib_tensor_from_memory(&value, &size, dimensions, float32, &tensor), "dimensions");
  }
  for (const int32_t dtype : {-1, 12, 13, 100, 255, 256 + 6, INT32_MAX}) {
    CHECK_FAILS(ib_tensor_from_memory(&value, &size, 1, dtype, &tensor), "no data type");
  }
}

TEST(tensor_null_arguments_are_refused) {
  const float value = 1;
  const int64_t size = 1;
  int64_t sizes[1];
  void* data = nullptr;
  ib_tensor* tensor = nullptr;
  CHECK_FAILS(ib_tensor_from_memory(nullptr, &size, 1, float32, &tensor), "data");
  CHECK_FAILS(ib_tensor_from_memory(&value, nullptr, 1, float32, &tensor), "sizes");
  CHECK_FAILS(ib_tensor_from_memory(&value, &size, 1, float32, nullptr), "out");
  CHECK_FAILS(ib_tensor_from_blob(nullptr, &size, 1, float32, nullptr, nullptr, &tensor), "data");
  CHECK_FAILS(ib_tensor_sizes(nullptr, sizes), "tensor");
  CHECK_FAILS(ib_tensor_strides(nullptr, sizes), "tensor");
  CHECK_FAILS(ib_tensor_data(nullptr, &data), "tensor");
  CHECK_FAILS(ib_tensor_storage_offset(nullptr, sizes), "tensor");
  CHECK_FAILS(ib_tensor_set_requires_grad(nullptr, 1), "tensor");
  CHECK_FAILS(ib_tensor_retain_grad(nullptr), "tensor");
  CHECK_FAILS(ib_tensor_grad(nullptr, &tensor), "tensor");
  CHECK_FAILS(ib_tensor_set_grad(nullptr, nullptr), "tensor");
  CHECK_FAILS(ib_tensor_set_data(nullptr, nullptr), "tensor");
  CHECK_EQUAL(ib_tensor_dimensions(nullptr) + ib_tensor_element_count(nullptr), 0);
  CHECK_EQUAL(ib_tensor_dtype(nullptr) + ib_tensor_device(nullptr, nullptr) + ib_tensor_layout(nullptr), -3);
  CHECK_EQUAL(ib_tensor_is_contiguous(nullptr, 0) + ib_tensor_requires_grad(nullptr) + ib_tensor_is_leaf(nullptr), 0);
}

TEST(tensor_over_memory_calls_the_deleter_once) {
  float values[4] = {1, 2, 3, 4};
  const int64_t size = 4;
  int calls = 0;
  ib_tensor* tensor = nullptr;
  CHECK_EQUAL(ib_tensor_from_blob(values, &size, 1, float32, [](void* context) { ++*static_cast<int*>(context); }, &calls, &tensor), IB_OK);
  ib_tensor* other = ib_tensor_share(tensor);
  ib_tensor_release(tensor);
  CHECK_EQUAL(calls, 0);
  ib_tensor_release(other);
  CHECK_EQUAL(calls, 1);
}

TEST(tensor_over_memory_that_is_refused_does_not_call_the_deleter) {
  float values[4] = {1, 2, 3, 4};
  const int64_t sizes[2] = {INT64_MAX, INT64_MAX};
  int calls = 0;
  ib_tensor* tensor = nullptr;
  CHECK_FAILS(ib_tensor_from_blob(values, sizes, 2, float32, [](void* context) { ++*static_cast<int*>(context); }, &calls, &tensor), "elements");
  CHECK_FAILS(ib_tensor_from_blob(values, sizes, 2, 99, [](void* context) { ++*static_cast<int*>(context); }, &calls, &tensor), "");
  CHECK_EQUAL(calls, 0);
}
