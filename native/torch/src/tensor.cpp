// Tensors from memory, and what a tensor is made of.
#include <ATen/Functions.h>

#include <cstring>
#include <memory>
#include <stdexcept>

#include "guard.h"
#include "handles.h"

namespace {

constexpr int32_t max_dimensions = 64;
constexpr int64_t max_element_bytes = 16;  // complex double

c10::IntArrayRef shape_of(const int64_t* sizes, int32_t dimensions) {
  if (dimensions < 0 || dimensions > max_dimensions) {
    throw std::invalid_argument(std::to_string(dimensions) + " dimensions; accepted: 0 to " + std::to_string(max_dimensions));
  }
  if (dimensions > 0) ib::require(sizes, "sizes");
  int64_t elements = 1;
  for (int32_t i = 0; i < dimensions; ++i) {
    if (sizes[i] < 0) throw std::invalid_argument("negative size " + std::to_string(sizes[i]));
    if (__builtin_mul_overflow(elements, sizes[i], &elements) || elements > INT64_MAX / max_element_bytes) {
      throw std::invalid_argument("the sizes multiply to more elements than a tensor can have");
    }
  }
  return {sizes, static_cast<size_t>(dimensions)};
}

c10::TensorOptions host(int32_t dtype) { return c10::TensorOptions().device(c10::kCPU).dtype(ib::to_dtype(dtype));
}

}  // namespace

extern "C" {

ib_status ib_tensor_from_memory(const void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                                ib_tensor** out) noexcept {
  return ib::guard([&] {
    ib::require(out, "out");
    at::Tensor tensor = at::empty(shape_of(sizes, dimensions), host(dtype));
    if (tensor.nbytes() > 0) {
      ib::require(data, "data");
      std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    }
    *out = ib::give(std::move(tensor));
  });
}

ib_status ib_tensor_from_blob(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                              void (*deleter)(void* context), void* context, ib_tensor** out) noexcept {
  return ib::guard([&] {
    ib::require(data, "data");
    ib::require(out, "out");
    // libtorch may run the deleter while it unwinds; the caller was promised that it does not run after an error.
    const auto armed = std::make_shared<bool>(false);
    auto release = [armed, deleter, context](void*) {
      if (*armed && deleter != nullptr) deleter(context);
    };
    at::Tensor tensor = at::from_blob(data, shape_of(sizes, dimensions), release, host(dtype));
    *armed = true;
    *out = ib::give(std::move(tensor));
  });
}

int32_t ib_tensor_dimensions(const ib_tensor* tensor) noexcept {
  return tensor != nullptr ? static_cast<int32_t>(ib::peek(tensor).dim()) : 0;
}

int64_t ib_tensor_element_count(const ib_tensor* tensor) noexcept { return tensor != nullptr ? ib::peek(tensor).numel() : 0; }

int32_t ib_tensor_dtype(const ib_tensor* tensor) noexcept {
  return tensor != nullptr ? static_cast<int32_t>(c10::typeMetaToScalarType(ib::peek(tensor).dtype())) : -1;
}

int32_t ib_tensor_device(const ib_tensor* tensor, int32_t* index) noexcept {
  if (index != nullptr) *index = -1;
  if (tensor == nullptr) return -1;
  const c10::Device device = ib::peek(tensor).device();
  if (index != nullptr) *index = device.index();
  return static_cast<int32_t>(device.type());
}

int32_t ib_tensor_layout(const ib_tensor* tensor) noexcept {
  return tensor != nullptr ? static_cast<int32_t>(ib::peek(tensor).layout()) : -1;
}

ib_status ib_tensor_sizes(const ib_tensor* tensor, int64_t* sizes) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    if (ib::peek(tensor).dim() > 0) ib::require(sizes, "sizes");
    for (int64_t size : ib::peek(tensor).sizes()) *sizes++ = size;
  });
}

ib_status ib_tensor_strides(const ib_tensor* tensor, int64_t* strides) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    if (ib::peek(tensor).dim() > 0) ib::require(strides, "strides");
    for (int64_t stride : ib::peek(tensor).strides()) *strides++ = stride;
  });
}

int32_t ib_tensor_is_contiguous(const ib_tensor* tensor, int32_t memory_format) noexcept {
  int32_t contiguous = 0;
  if (tensor == nullptr) return 0;
  ib::guard([&] { contiguous = ib::peek(tensor).is_contiguous(static_cast<c10::MemoryFormat>(memory_format)); });
  return contiguous;
}

ib_status ib_tensor_data(const ib_tensor* tensor, void** out) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    ib::require(out, "out");
    const at::Tensor source = ib::borrow(tensor);
    // Lazily conjugated or negated views keep the elements of their base in memory.
    if (source.is_conj()) throw std::invalid_argument("the elements of a conjugate view are not in memory: call resolve_conj()");
    if (source.is_neg()) throw std::invalid_argument("the elements of a negated view are not in memory: call resolve_neg()");
    *out = source.data_ptr();
  });
}

ib_status ib_tensor_storage_offset(const ib_tensor* tensor, int64_t* out) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    ib::require(out, "out");
    *out = ib::peek(tensor).storage_offset();
  });
}

}  // extern "C"
