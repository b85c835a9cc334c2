// TorchScript: modules from files, functions from source.
#include <torch/csrc/jit/api/compilation_unit.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>
#include <torch/jit.h>

#include <memory>
#include <stdexcept>

#include "guard.h"
#include "handles.h"

// Either a module, or the functions of a compiled source.
struct ib_script {
  ib::optional<torch::jit::Module> module;
  std::shared_ptr<torch::jit::CompilationUnit> unit;
};

namespace {

torch::jit::Module& module_of(ib_script* script) {
  ib::require(script, "script");
  if (!script->module.has_value()) throw std::invalid_argument("compiled functions have no module");
  return *script->module;
}

std::vector<c10::IValue> values_of(const ib_value* arguments, int32_t count) {
  if (count < 0) throw std::invalid_argument(std::to_string(count) + " arguments");
  if (count > 0) ib::require(arguments, "arguments");
  std::vector<c10::IValue> values;
  values.reserve(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) values.push_back(ib::to_ivalue(arguments[i], false));
  return values;
}

template <typename Named>
c10::IValue name_and_tensor(const Named& named) {
  std::vector<c10::IValue> entries;
  for (const auto& entry : named) {
    entries.emplace_back(entry.name);
    entries.emplace_back(entry.value);
  }
  return c10::ivalue::Tuple::create(std::move(entries));
}

}  // namespace

extern "C" {

ib_status ib_script_load(const char* path, int32_t device_type, int32_t device_index, ib_script** out) noexcept {
  return ib::guard([&] {
    ib::require(path, "path");
    ib::require(out, "out");
    ib::optional<c10::Device> device;
    if (device_type >= 0) device = ib::to_device(device_type, device_index);
    auto script = std::make_unique<ib_script>();
    script->module = torch::jit::load(std::string(path), device);
    *out = script.release();
  });
}

ib_status ib_script_compile(const char* source, ib_script** out) noexcept {
  return ib::guard([&] {
    ib::require(source, "source");
    ib::require(out, "out");
    auto script = std::make_unique<ib_script>();
    script->unit = torch::jit::compile(source);
    *out = script.release();
  });
}

void ib_script_release(ib_script* script) noexcept {
  ib::guard([&] { delete script; });
}

ib_status ib_script_invoke(ib_script* script, const char* method, const ib_value* arguments, int32_t count,
                           ib_value* result) noexcept {
  return ib::guard([&] {
    ib::require(script, "script");
    ib::require(method, "method");
    ib::require(result, "result");
    auto values = values_of(arguments, count);
    if (script->unit != nullptr) {
      auto* function = script->unit->find_function(c10::QualifiedName(method));
      if (function == nullptr) throw std::invalid_argument(std::string("no function named '") + method + "'");
      ib::from_ivalue((*function)(std::move(values)), result);
      return;
    }
    auto found = module_of(script).find_method(method);
    if (!found.has_value()) throw std::invalid_argument(std::string("no method named '") + method + "'");
    ib::from_ivalue((*found)(std::move(values)), result);
  });
}

ib_status ib_script_save(ib_script* script, const char* path) noexcept {
  return ib::guard([&] {
    ib::require(path, "path");
    module_of(script).save(path);
  });
}

ib_status ib_script_to(ib_script* script, int32_t device_type, int32_t device_index, int32_t dtype) noexcept {
  return ib::guard([&] {
    auto& module = module_of(script);
    if (device_type >= 0) module.to(ib::to_device(device_type, device_index));
    if (dtype >= 0) module.to(ib::to_dtype(dtype));
  });
}

ib_status ib_script_train(ib_script* script, int32_t training) noexcept {
  return ib::guard([&] { module_of(script).train(training != 0); });
}

int32_t ib_script_is_training(const ib_script* script) noexcept {
  int32_t training = 0;
  ib::guard([&] { training = module_of(const_cast<ib_script*>(script)).is_training(); });
  return training;
}

ib_status ib_script_tensors(ib_script* script, int32_t buffers, ib_value* result) noexcept {
  return ib::guard([&] {
    ib::require(result, "result");
    auto& module = module_of(script);
    ib::from_ivalue(buffers != 0 ? name_and_tensor(module.named_buffers()) : name_and_tensor(module.named_parameters()),
                    result);
  });
}

}  // extern "C"
