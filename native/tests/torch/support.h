// Short ways to tensors and calls.
#pragma once

#include <cstring>
#include <string>

#include "../check.h"
#include "ib_torch.h"

constexpr int32_t float32 = 6;

// A float32 tensor of 1, 2, 3, ...
inline ib_tensor* counting(int64_t elements) {
  std::vector<float> values(static_cast<size_t>(elements));
  for (size_t i = 0; i < values.size(); i++) values[i] = static_cast<float>(i + 1);
  ib_tensor* tensor = nullptr;
  CHECK_EQUAL(ib_tensor_from_memory(values.data(), &elements, 1, float32, &tensor), IB_OK);
  return tensor;
}

inline ib_value value_of(ib_tensor* tensor) {
  ib_value value{};
  value.tag = IB_TENSOR;
  value.pointer = tensor;
  return value;
}

inline ib_value value_of(int64_t number) {
  ib_value value{};
  value.tag = IB_INT;
  value.integer = number;
  return value;
}

inline const ib_operator* find(const char* name, const char* overload) {
  const ib_operator* op = nullptr;
  CHECK_EQUAL(ib_operator_find(name, overload, &op), IB_OK);
  return op;
}

inline bool last_error_has(const char* text) { return std::strstr(ib_last_error(), text) != nullptr; }

// A call failed and said why.
#define CHECK_FAILS(call, text)                     \
  CHECK_EQUAL(call, static_cast<int>(IB_ERROR));    \
  if (!last_error_has(text)) check::fail(__FILE__, __LINE__, std::string("the error is: ") + ib_last_error())
