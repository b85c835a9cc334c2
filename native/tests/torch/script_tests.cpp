#include <cstdio>
#include <fstream>

#include "support.h"

TEST(script_missing_or_damaged_file_is_refused) {
  ib_script* script = nullptr;
  CHECK_FAILS(ib_script_load(nullptr, -1, 0, &script), "path");
  CHECK_FAILS(ib_script_load("/no/such/module.pt", -1, 0, &script), "module.pt");
  CHECK_FAILS(ib_script_load("/no/such/module.pt", 500, 0, &script), "device type");
  CHECK_FAILS(ib_script_load("/no/such/module.pt", -1, 0, nullptr), "out");
  const char* path = "native-test-junk.pt";
  for (const std::string& content : {std::string(), std::string("PK\x03\x04 but no archive"), std::string(1000, '\0')}) {
    std::ofstream(path, std::ios::binary) << content;
    CHECK_EQUAL(ib_script_load(path, -1, 0, &script), static_cast<int>(IB_ERROR));
  }
  std::remove(path);
  CHECK(script == nullptr);
}

TEST(script_bad_source_is_refused) {
  ib_script* script = nullptr;
  CHECK_FAILS(ib_script_compile(nullptr, &script), "source");
  CHECK_FAILS(ib_script_compile("def f(x): return y", &script), "y");
  CHECK_EQUAL(ib_script_compile("def def def", &script), static_cast<int>(IB_ERROR));
  CHECK_EQUAL(ib_script_compile("\xff\xff", &script), static_cast<int>(IB_ERROR));
  CHECK_FAILS(ib_script_compile("", nullptr), "out");
  CHECK(script == nullptr);
}

TEST(script_invoke_wrong_name_or_arguments_is_refused) {
  ib_script* script = nullptr;
  ib_value result{};
  ib_tensor* x = counting(3);
  ib_value argument = value_of(x);
  CHECK_EQUAL(ib_script_compile("def twice(x):\n  return x + x\n", &script), IB_OK);
  CHECK_FAILS(ib_script_invoke(nullptr, "twice", &argument, 1, &result), "script");
  CHECK_FAILS(ib_script_invoke(script, nullptr, &argument, 1, &result), "method");
  CHECK_FAILS(ib_script_invoke(script, "thrice", &argument, 1, &result), "thrice");
  CHECK_FAILS(ib_script_invoke(script, "twice", nullptr, 1, &result), "arguments");
  CHECK_FAILS(ib_script_invoke(script, "twice", &argument, -1, &result), "-1 arguments");
  CHECK_FAILS(ib_script_invoke(script, "twice", &argument, 0, &result), "x");
  CHECK_FAILS(ib_script_invoke(script, "twice", &argument, 1, nullptr), "result");
  CHECK_FAILS(ib_script_save(script, "x.pt"), "no module");
  CHECK_FAILS(ib_script_to(script, 0, 0, -1), "no module");
  CHECK_FAILS(ib_script_tensors(script, 0, &result), "no module");
  CHECK_EQUAL(ib_script_is_training(nullptr), 0);
  CHECK_EQUAL(ib_script_invoke(script, "twice", &argument, 1, &result), IB_OK);
  ib_tensor_release(static_cast<ib_tensor*>(result.pointer));
  ib_tensor_release(x);
  ib_script_release(script);
  ib_script_release(nullptr);
}
