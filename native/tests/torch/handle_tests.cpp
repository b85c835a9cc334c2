#include "support.h"

TEST(handles_are_counted) {
  const int64_t before = ib_live_tensors();
  ib_tensor* first = counting(3);
  ib_tensor* second = ib_tensor_share(first);
  CHECK_EQUAL(ib_live_tensors(), before + 2);
  ib_tensor_release(first);
  ib_tensor_release(second);
  ib_tensor_release(nullptr);
  CHECK(ib_tensor_share(nullptr) == nullptr);
  CHECK_EQUAL(ib_live_tensors(), before);
}

TEST(gradients_reach_the_leaf) {
  const int64_t before = ib_live_tensors();
  ib_tensor* x = counting(3);
  CHECK_EQUAL(ib_tensor_set_requires_grad(x, 1), IB_OK);
  ib_value arguments[2] = {value_of(x), value_of(x)};
  ib_value square{}, sum{};
  int32_t count = 0;
  CHECK_EQUAL(ib_operator_call(find("aten::mul", "Tensor"), arguments, 2, &square, 1, &count), IB_OK);
  CHECK_EQUAL(ib_operator_call(find("aten::sum", ""), &square, 1, &sum, 1, &count), IB_OK);
  auto* loss = static_cast<ib_tensor*>(sum.pointer);
  CHECK_EQUAL(ib_backward(&loss, nullptr, 1, nullptr, 0, 0, 0), IB_OK);
  ib_tensor* gradient = nullptr;
  void* data = nullptr;
  CHECK_EQUAL(ib_tensor_grad(x, &gradient), IB_OK);
  CHECK_EQUAL(ib_tensor_data(gradient, &data), IB_OK);
  CHECK_EQUAL(static_cast<float*>(data)[2], 6.0f);
  CHECK_FAILS(ib_backward(&loss, nullptr, 1, nullptr, 0, 0, 0), "second time");
  CHECK_FAILS(ib_backward(&loss, nullptr, -1, nullptr, 0, 0, 0), "-1");
  CHECK_FAILS(ib_gradients(&loss, nullptr, 1, &x, 1, 0, 0, 0, nullptr), "results");
  for (ib_tensor* tensor : {gradient, loss, static_cast<ib_tensor*>(square.pointer), x}) ib_tensor_release(tensor);
  CHECK_EQUAL(ib_live_tensors(), before);
}

TEST(generators_null_and_bad_devices_are_refused) {
  ib_generator* generator = nullptr;
  ib_tensor* state = nullptr;
  CHECK_FAILS(ib_generator_new(7, 0, 1, &generator), "generators live on");
  CHECK_FAILS(ib_generator_new(0, 1000, 1, &generator), "index 1000");
  CHECK_FAILS(ib_generator_new(0, -1, 1, nullptr), "out");
  CHECK_FAILS(ib_generator_seed(nullptr, 1), "generator");
  CHECK_FAILS(ib_generator_state(nullptr, &state), "generator");
  CHECK_FAILS(ib_generator_set_state(nullptr, nullptr), "generator");
  CHECK_EQUAL(ib_generator_initial_seed(nullptr), 0);
  ib_generator_release(nullptr);
  CHECK_EQUAL(ib_generator_new(0, -1, 42, &generator), IB_OK);
  CHECK_EQUAL(ib_generator_initial_seed(generator), 42);
  ib_tensor* wrong = counting(3);
  CHECK_EQUAL(ib_generator_set_state(generator, wrong), static_cast<int>(IB_ERROR));
  CHECK_FAILS(ib_generator_set_state(generator, nullptr), "state");
  ib_tensor_release(wrong);
  ib_generator_release(generator);
}

TEST(inference_mode_nests) {
  ib_inference_guard* outer = nullptr;
  ib_inference_guard* inner = nullptr;
  CHECK_EQUAL(ib_inference_enter(1, &outer), IB_OK);
  CHECK_EQUAL(ib_inference_enter(0, &inner), IB_OK);
  CHECK_EQUAL(ib_inference_mode(), 0);
  ib_inference_leave(inner);
  CHECK_EQUAL(ib_inference_mode(), 1);
  ib_inference_leave(outer);
  ib_inference_leave(nullptr);
  CHECK_EQUAL(ib_inference_mode(), 0);
  CHECK_FAILS(ib_inference_enter(1, nullptr), "out");
}
