// Gradients, and the modes that switch them off.
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

#include "guard.h"
#include "handles.h"

struct ib_inference_guard {
  explicit ib_inference_guard(bool enabled) : mode(enabled) {}
  c10::InferenceMode mode;
};

namespace {

ib::optional<bool> keep_graph(int32_t retain_graph, int32_t create_graph) {
  return retain_graph != 0 || create_graph != 0;
}

}  // namespace

extern "C" {

int32_t ib_tensor_requires_grad(const ib_tensor* tensor) noexcept {
  int32_t result = 0;
  ib::guard([&] { result = tensor != nullptr && ib::borrow(tensor).requires_grad(); });
  return result;
}

ib_status ib_tensor_set_requires_grad(ib_tensor* tensor, int32_t requires_grad) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    ib::borrow(tensor).requires_grad_(requires_grad != 0);
  });
}

int32_t ib_tensor_is_leaf(const ib_tensor* tensor) noexcept {
  int32_t result = 0;
  ib::guard([&] { result = tensor != nullptr && ib::borrow(tensor).is_leaf(); });
  return result;
}

ib_status ib_tensor_retain_grad(ib_tensor* tensor) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    ib::borrow(tensor).retain_grad();
  });
}

ib_status ib_tensor_grad(const ib_tensor* tensor, ib_tensor** out) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    ib::require(out, "out");
    *out = ib::give(ib::borrow(tensor).grad());
  });
}

ib_status ib_tensor_set_grad(ib_tensor* tensor, ib_tensor* grad) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    ib::borrow(tensor).mutable_grad() = ib::borrow(grad);
  });
}

ib_status ib_tensor_set_data(ib_tensor* tensor, ib_tensor* data) noexcept {
  return ib::guard([&] {
    ib::require(tensor, "tensor");
    ib::require(data, "data");
    ib::borrow(tensor).set_data(ib::borrow(data));
  });
}

ib_status ib_backward(ib_tensor* const* tensors, ib_tensor* const* grads, int32_t count, ib_tensor* const* inputs,
                      int32_t input_count, int32_t retain_graph, int32_t create_graph) noexcept {
  return ib::guard([&] {
    torch::autograd::backward(ib::borrow_all(tensors, count), ib::borrow_all(grads, count),
                              keep_graph(retain_graph, create_graph), create_graph != 0,
                              ib::borrow_all(inputs, input_count));
  });
}

ib_status ib_gradients(ib_tensor* const* outputs, ib_tensor* const* grads, int32_t output_count,
                       ib_tensor* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph,
                       int32_t allow_unused, ib_tensor** results) noexcept {
  return ib::guard([&] {
    if (input_count > 0) ib::require(results, "results");
    auto gradients = torch::autograd::grad(ib::borrow_all(outputs, output_count), ib::borrow_all(inputs, input_count),
                                           ib::borrow_all(grads, output_count), keep_graph(retain_graph, create_graph),
                                           create_graph != 0, allow_unused != 0);
    for (auto& gradient : gradients) *results++ = ib::give(std::move(gradient));
  });
}

int32_t ib_set_grad_mode(int32_t enabled) noexcept {
  const bool before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled != 0);
  return before ? 1 : 0;
}

int32_t ib_grad_mode(void) noexcept { return c10::GradMode::is_enabled() ? 1 : 0; }

ib_status ib_inference_enter(int32_t enabled, ib_inference_guard** out) noexcept {
  return ib::guard([&] {
    ib::require(out, "out");
    *out = new ib_inference_guard(enabled != 0);
  });
}

void ib_inference_leave(ib_inference_guard* guard) noexcept { delete guard; }

int32_t ib_inference_mode(void) noexcept { return c10::InferenceMode::is_enabled() ? 1 : 0; }

}  // extern "C"
