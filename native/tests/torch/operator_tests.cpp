#include "support.h"

TEST(operator_unknown_or_null_name_is_refused) {
  const ib_operator* op = nullptr;
  CHECK_FAILS(ib_operator_find("aten::no_such_operator", "", &op), "aten::no_such_operator");
  CHECK_FAILS(ib_operator_find("aten::add", "NoSuchOverload", &op), "NoSuchOverload");
  CHECK_FAILS(ib_operator_find("", "", &op), "");
  CHECK_FAILS(ib_operator_find("\xff\xfe::\x01", "\xff", &op), "");
  CHECK_FAILS(ib_operator_find(nullptr, "", &op), "name");
  CHECK_FAILS(ib_operator_find("aten::add", nullptr, &op), "overload");
  CHECK_FAILS(ib_operator_find("aten::add", "Tensor", nullptr), "out");
  CHECK(op == nullptr);
  CHECK(find("aten::add", "Tensor") == find("aten::add", "Tensor"));
}

TEST(operator_wrong_arguments_are_refused) {
  const ib_operator* add = find("aten::add", "Tensor");
  ib_tensor* x = counting(3);
  ib_value arguments[4] = {value_of(x), value_of(x), value_of(int64_t{1}), value_of(int64_t{1})};
  ib_value result{};
  int32_t count = 7;
  CHECK_FAILS(ib_operator_call(nullptr, arguments, 2, &result, 1, &count), "op");
  CHECK_FAILS(ib_operator_call(add, nullptr, 2, &result, 1, &count), "arguments");
  CHECK_FAILS(ib_operator_call(add, arguments, -1, &result, 1, &count), "takes 3 arguments");
  CHECK_FAILS(ib_operator_call(add, arguments, 4, &result, 1, &count), "takes 3 arguments");
  CHECK_FAILS(ib_operator_call(add, arguments, 1, &result, 1, &count), "'other' is missing");
  CHECK_FAILS(ib_operator_call(add, arguments, 2, &result, 0, &count), "room for 0");
  for (const int32_t tag : {-1, 15, 16, INT32_MAX}) {
    ib_value wrong = arguments[1];
    wrong.tag = tag;
    ib_value pair[2] = {arguments[0], wrong};
    CHECK_FAILS(ib_operator_call(add, pair, 2, &result, 1, &count), "tag");
  }
  ib_value text = arguments[1];
  text.tag = IB_STRING;
  text.pointer = nullptr;
  text.count = 5;
  ib_value pair[2] = {arguments[0], text};
  CHECK_FAILS(ib_operator_call(add, pair, 2, &result, 1, &count), "5 elements at NULL");
  CHECK_EQUAL(count, 7);
  CHECK_EQUAL(result.tag, static_cast<int32_t>(IB_NONE));
  ib_tensor_release(x);
}

TEST(operator_wrong_lists_are_refused) {
  const ib_operator* cat = find("aten::cat", "");
  ib_tensor* x = counting(3);
  ib_tensor* list[2] = {x, nullptr};
  ib_value result{};
  int32_t count = 0;
  const struct {
    void* pointer;
    int32_t count;
    const char* text;
  } cases[] = {{nullptr, 2, "NULL"}, {list, -1, "-1"}, {list, INT32_MIN, "elements"}, {list, 2, "every tensor"}};
  for (const auto& wrong : cases) {
    ib_value argument{};
    argument.tag = IB_TENSOR_LIST;
    argument.pointer = wrong.pointer;
    argument.count = wrong.count;
    CHECK_FAILS(ib_operator_call(cat, &argument, 1, &result, 1, &count), wrong.text);
  }
  ib_tensor_release(x);
}

TEST(operator_failure_inside_libtorch_becomes_a_message) {
  ib_tensor* x = counting(3);
  ib_tensor* y = counting(4);
  ib_value arguments[2] = {value_of(x), value_of(y)};
  ib_value result{};
  int32_t count = 0;
  CHECK_FAILS(ib_operator_call(find("aten::add", "Tensor"), arguments, 2, &result, 1, &count), "must match the size");
  CHECK(!last_error_has("frame #"));
  int64_t sizes[2] = {int64_t{1} << 40, int64_t{1} << 40};
  ib_value huge[2] = {};
  huge[0].tag = IB_INT_LIST;
  huge[0].pointer = sizes;
  huge[0].count = 2;
  CHECK_EQUAL(ib_operator_call(find("aten::zeros", ""), huge, 1, &result, 1, &count), static_cast<int>(IB_ERROR));
  sizes[1] = 1;
  CHECK_EQUAL(ib_operator_call(find("aten::zeros", ""), huge, 1, &result, 1, &count), static_cast<int>(IB_ERROR));
  ib_tensor_release(x);
  ib_tensor_release(y);
}

TEST(operator_results_in_lists_belong_to_the_caller) {
  const int64_t before = ib_live_tensors();
  ib_tensor* x = counting(6);
  ib_value arguments[2] = {value_of(x), value_of(int64_t{3})};
  ib_value result{};
  int32_t count = 0;
  CHECK_EQUAL(ib_operator_call(find("aten::chunk", ""), arguments, 2, &result, 1, &count), IB_OK);
  CHECK_EQUAL(result.count, 3);
  for (int32_t i = 0; i < result.count; i++) ib_tensor_release(static_cast<ib_tensor**>(result.pointer)[i]);
  ib_values_free(&result, 1);
  ib_values_free(&result, 1);
  ib_values_free(nullptr, 3);
  ib_tensor_release(x);
  CHECK_EQUAL(ib_live_tensors(), before);
}
