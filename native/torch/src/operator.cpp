// The generic operator call.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <memory>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include "guard.h"
#include "handles.h"

struct ib_operator {
  c10::OperatorHandle handle;
  std::string name;
  // Looked up once: reading the schema again for each call costs more than the call itself.
  std::vector<ib::optional<c10::IValue>> defaults;
  std::vector<bool> wants_double;
  std::vector<std::string> argument_names;
};

namespace {

bool is_real(const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::FloatType: return true;
    case c10::TypeKind::OptionalType: return is_real(type->expectRef<c10::OptionalType>().getElementType());
    case c10::TypeKind::ListType: return is_real(type->expectRef<c10::ListType>().getElementType());
    default: return false;
  }
}

std::unique_ptr<ib_operator> describe(const std::string& name, const std::string& overload) {
  auto found = c10::Dispatcher::singleton().findSchema({name, overload});
  if (!found.has_value()) {
    throw std::invalid_argument("this libtorch has no operator " + name + (overload.empty() ? "" : "." + overload));
  }
  auto op = std::make_unique<ib_operator>(ib_operator{*found, name, {}, {}, {}});
  for (const c10::Argument& argument : found->schema().arguments()) {
    if (argument.default_value().has_value()) {
      op->defaults.emplace_back(*argument.default_value());
    } else {
      op->defaults.emplace_back();
    }
    op->wants_double.push_back(is_real(argument.type()));
    op->argument_names.push_back(argument.name());
  }
  return op;
}

void push_arguments(const ib_operator& op, const ib_value* arguments, int32_t count, torch::jit::Stack& stack) {
  const size_t expected = op.defaults.size();
  if (count > 0) ib::require(arguments, "arguments");
  if (count < 0 || static_cast<size_t>(count) > expected) {
    throw std::invalid_argument(op.name + " takes " + std::to_string(expected) + " arguments, got " +
                                std::to_string(count));
  }
  for (size_t i = 0; i < expected; ++i) {
    if (i < static_cast<size_t>(count) && arguments[i].tag != IB_DEFAULT) {
      stack.push_back(ib::to_ivalue(arguments[i], op.wants_double[i]));
    } else if (op.defaults[i].has_value()) {
      stack.push_back(*op.defaults[i]);
    } else {
      throw std::invalid_argument(op.name + ": argument '" + op.argument_names[i] + "' is missing");
    }
  }
}

}  // namespace

extern "C" {

ib_status ib_operator_find(const char* name, const char* overload, const ib_operator** out) noexcept {
  return ib::guard([&] {
    ib::require(name, "name");
    ib::require(overload, "overload");
    ib::require(out, "out");
    static std::mutex mutex;
    static auto* known = new std::unordered_map<std::string, std::unique_ptr<ib_operator>>();
    const std::lock_guard<std::mutex> lock(mutex);
    const std::string key = std::string(name) + "." + overload;
    auto entry = known->find(key);
    if (entry == known->end()) entry = known->emplace(key, describe(name, overload)).first;
    *out = entry->second.get();
  });
}

ib_status ib_operator_call(const ib_operator* op, const ib_value* arguments, int32_t count, ib_value* results,
                           int32_t capacity, int32_t* result_count) noexcept {
  return ib::guard([&] {
    ib::require(op, "op");
    torch::jit::Stack stack;
    stack.reserve(op->defaults.size() + 1);
    push_arguments(*op, arguments, count, stack);
    op->handle.callBoxed(&stack);
    if (results == nullptr) return;
    if (stack.size() > static_cast<size_t>(capacity)) {
      throw std::invalid_argument(op->name + " has " + std::to_string(stack.size()) + " results, room for " +
                                  std::to_string(capacity));
    }
    for (size_t i = 0; i < stack.size(); ++i) ib::from_ivalue(stack[i], results + i);
    if (result_count != nullptr) *result_count = static_cast<int32_t>(stack.size());
  });
}

}  // extern "C"
