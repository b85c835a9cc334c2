// Handles are libtorch's own reference-counted pointers with the count moved into the caller's hands.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <torch/version.h>

#include <optional>

#include "ib_torch.h"

struct ib_generator {
  at::Generator generator;
};

namespace ib {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
template <typename T>
using optional = std::optional<T>;
#else
template <typename T>
using optional = c10::optional<T>;
#endif

// Hands ownership to the caller; NULL for an undefined tensor.
ib_tensor* give(at::Tensor tensor) noexcept;
// Borrows; undefined for NULL.
at::Tensor borrow(const ib_tensor* handle);
// Reads the tensor without touching its reference count.
const c10::TensorImpl& peek(const ib_tensor* handle) noexcept;
// Borrows each; NULL entries, or a NULL array, become undefined tensors.
std::vector<at::Tensor> borrow_all(ib_tensor* const* handles, int32_t count);

// Numbers from the caller are held against the enumerations: libtorch takes them for granted.
c10::Device to_device(int32_t type, int32_t index);
c10::ScalarType to_dtype(int32_t dtype);

// to_double: the schema asks for a float, so that a whole number is taken as one.
c10::IValue to_ivalue(const ib_value& value, bool to_double);
// Gives ownership of the tensors inside to the caller. Must not throw half-way: it allocates before it gives.
void from_ivalue(const c10::IValue& value, ib_value* out);

}  // namespace ib
