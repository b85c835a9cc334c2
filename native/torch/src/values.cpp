// Conversion between ib_value and libtorch's IValue.
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>

#include "guard.h"
#include "handles.h"

namespace {

template <typename T>
c10::ArrayRef<T> view(const ib_value& value) {
  if (value.count < 0 || (value.count > 0 && value.pointer == nullptr)) {
    throw std::invalid_argument("a list of " + std::to_string(value.count) + " elements at " + (value.pointer == nullptr ? "NULL" : "a place"));
  }
  return {static_cast<const T*>(value.pointer), static_cast<size_t>(value.count)};
}

c10::IValue tensor_list(const ib_value& value) {
  c10::List<at::Tensor> list;
  const auto elements = view<ib_tensor*>(value);
  list.reserve(elements.size());
  for (ib_tensor* handle : elements) {
    ib::require(handle, "every tensor of a tensor list");
    list.push_back(ib::borrow(handle));
  }
  return list;
}

c10::IValue optional_tensor_list(const ib_value& value) {
  c10::List<ib::optional<at::Tensor>> list;
  const auto elements = view<ib_tensor*>(value);
  list.reserve(elements.size());
  for (ib_tensor* handle : elements) {
    if (handle == nullptr) {
      list.push_back(ib::optional<at::Tensor>());
    } else {
      list.push_back(ib::optional<at::Tensor>(ib::borrow(handle)));
    }
  }
  return list;
}

c10::IValue bool_list(const ib_value& value) {
  c10::List<bool> list;
  const auto elements = view<uint8_t>(value);
  list.reserve(elements.size());
  for (uint8_t flag : elements) list.push_back(flag != 0);
  return list;
}

c10::IValue double_list_of_integers(const ib_value& value) {
  c10::List<double> list;
  const auto elements = view<int64_t>(value);
  list.reserve(elements.size());
  for (int64_t number : elements) list.push_back(static_cast<double>(number));
  return list;
}

void* allocate(size_t bytes) {
  void* memory = std::calloc(1, bytes == 0 ? 1 : bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void give_tensors(const std::vector<at::Tensor>& tensors, ib_value* out) {
  auto** handles = static_cast<ib_tensor**>(allocate(tensors.size() * sizeof(ib_tensor*)));
  for (size_t i = 0; i < tensors.size(); ++i) handles[i] = ib::give(tensors[i]);
  out->tag = IB_TENSOR_LIST;
  out->count = static_cast<int32_t>(tensors.size());
  out->pointer = handles;
}

void give_string(const std::string& text, ib_value* out) {
  out->pointer = allocate(text.size() + 1);
  std::memcpy(out->pointer, text.data(), text.size());
  out->tag = IB_STRING;
  out->count = static_cast<int32_t>(text.size());
}

void release_tensors(ib_value* values, int32_t count) noexcept {
  for (int32_t i = 0; i < count; ++i) {
    if (values[i].tag == IB_TENSOR) ib_tensor_release(static_cast<ib_tensor*>(values[i].pointer));
    if (values[i].tag == IB_TENSOR_LIST) {
      for (ib_tensor* handle : view<ib_tensor*>(values[i])) ib_tensor_release(handle);
    }
    if (values[i].tag == IB_TUPLE) release_tensors(static_cast<ib_value*>(values[i].pointer), values[i].count);
  }
}

template <typename Elements>
void give_tuple(const Elements& elements, ib_value* out) {
  const auto count = static_cast<int32_t>(elements.size());
  auto* values = static_cast<ib_value*>(allocate(elements.size() * sizeof(ib_value)));
  try {
    for (int32_t i = 0; i < count; ++i) {
      const c10::IValue element = elements[i];
      ib::from_ivalue(element, values + i);
    }
  } catch (...) {
    release_tensors(values, count);
    ib_values_free(values, count);
    std::free(values);
    throw;
  }
  out->tag = IB_TUPLE;
  out->count = count;
  out->pointer = values;
}

}  // namespace

namespace ib {

c10::IValue to_ivalue(const ib_value& value, bool to_double) {
  switch (value.tag) {
    case IB_NONE: return {};
    case IB_TENSOR: return value.pointer == nullptr ? c10::IValue() : borrow(static_cast<ib_tensor*>(value.pointer));
    case IB_INT: return to_double ? c10::IValue(static_cast<double>(value.integer)) : c10::IValue(value.integer);
    case IB_DOUBLE: return value.real;
    case IB_BOOL: return value.integer != 0;
    case IB_STRING: {
      const auto text = view<char>(value);
      return std::string(text.begin(), text.end());
    }
    case IB_INT_LIST: return to_double ? double_list_of_integers(value) : c10::IValue(view<int64_t>(value));
    case IB_DOUBLE_LIST: return view<double>(value);
    case IB_BOOL_LIST: return bool_list(value);
    case IB_TENSOR_LIST: return tensor_list(value);
    case IB_OPTIONAL_TENSOR_LIST: return optional_tensor_list(value);
    case IB_DEVICE: return to_device(static_cast<int32_t>(value.integer), value.count);
    case IB_COMPLEX: return c10::complex<double>(value.real, value.imaginary);
    case IB_GENERATOR:
      require(value.pointer, "a generator");
      return static_cast<ib_generator*>(value.pointer)->generator;
    default: throw std::invalid_argument("unknown argument tag " + std::to_string(value.tag));
  }
}

void from_ivalue(const c10::IValue& value, ib_value* out) {
  *out = ib_value{};
  if (value.isTensor()) {
    if (!value.toTensor().defined()) return;
    out->tag = IB_TENSOR;
    out->pointer = give(value.toTensor());
  } else if (value.isInt()) {
    out->tag = IB_INT;
    out->integer = value.toInt();
  } else if (value.isDouble()) {
    out->tag = IB_DOUBLE;
    out->real = value.toDouble();
  } else if (value.isBool()) {
    out->tag = IB_BOOL;
    out->integer = value.toBool() ? 1 : 0;
  } else if (value.isComplexDouble()) {
    out->tag = IB_COMPLEX;
    out->real = value.toComplexDouble().real();
    out->imaginary = value.toComplexDouble().imag();
  } else if (value.isTensorList()) {
    give_tensors(value.toTensorVector(), out);
  } else if (value.isTuple()) {
    give_tuple(value.toTupleRef().elements(), out);
  } else if (value.isList()) {
    give_tuple(value.toListRef(), out);
  } else if (value.isString()) {
    give_string(value.toStringRef(), out);
  } else if (!value.isNone()) {
    throw std::invalid_argument("a result of type " + value.tagKind() + " is not supported");
  }
}

}  // namespace ib

extern "C" void ib_values_free(ib_value* values, int32_t count) noexcept {
  if (values == nullptr) return;
  for (int32_t i = 0; i < count; ++i) {
    ib_value& value = values[i];
    if (value.tag == IB_TUPLE) ib_values_free(static_cast<ib_value*>(value.pointer), value.count);
    if (value.tag == IB_TUPLE || value.tag == IB_TENSOR_LIST || value.tag == IB_STRING) std::free(value.pointer);
    value = ib_value{};
  }
}
