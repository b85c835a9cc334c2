#include "handles.h"

#include <atomic>
#include <stdexcept>

namespace {

std::atomic<int64_t> live_tensors{0};

c10::TensorImpl* raw(const ib_tensor* handle) noexcept {
  return reinterpret_cast<c10::TensorImpl*>(const_cast<ib_tensor*>(handle));
}

// Quantized types have no plain elements that memory could give.
bool is_known(c10::ScalarType type) { return !c10::isQIntType(type); }

using TensorPointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

}  // namespace

namespace ib {

ib_tensor* give(at::Tensor tensor) noexcept {
  if (!tensor.defined()) return nullptr;
  live_tensors.fetch_add(1, std::memory_order_relaxed);
  return reinterpret_cast<ib_tensor*>(tensor.unsafeReleaseTensorImpl());
}

at::Tensor borrow(const ib_tensor* handle) {
  if (handle == nullptr) return {};
  return at::Tensor(TensorPointer::reclaim_copy(raw(handle)));
}

const c10::TensorImpl& peek(const ib_tensor* handle) noexcept { return *raw(handle); }

std::vector<at::Tensor> borrow_all(ib_tensor* const* handles, int32_t count) {
  if (count < 0) throw std::invalid_argument("a list of " + std::to_string(count) + " tensors");
  std::vector<at::Tensor> tensors(static_cast<size_t>(count));
  if (handles != nullptr) {
    for (int32_t i = 0; i < count; ++i) tensors[i] = borrow(handles[i]);
  }
  return tensors;
}

c10::Device to_device(int32_t type, int32_t index) {
  if (type < 0 || type >= c10::COMPILE_TIME_MAX_DEVICE_TYPES) throw std::invalid_argument("no device type has the number " + std::to_string(type));
  if (index < -1 || index > INT8_MAX) throw std::invalid_argument("no device has the index " + std::to_string(index));
  return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

c10::ScalarType to_dtype(int32_t dtype) {
  const auto type = static_cast<c10::ScalarType>(dtype);
  if (dtype < 0 || dtype >= static_cast<int32_t>(c10::ScalarType::Undefined) || !is_known(type)) {
    throw std::invalid_argument("no data type has the number " + std::to_string(dtype));
  }
  return type;
}

}  // namespace ib

extern "C" {

int64_t ib_live_tensors(void) noexcept { return live_tensors.load(std::memory_order_relaxed); }

ib_tensor* ib_tensor_share(ib_tensor* tensor) noexcept { return ib::give(ib::borrow(tensor)); }

void ib_tensor_release(ib_tensor* tensor) noexcept {
  if (tensor == nullptr) return;
  live_tensors.fetch_sub(1, std::memory_order_relaxed);
  TensorPointer::reclaim(raw(tensor)).reset();
}

}  // extern "C"
