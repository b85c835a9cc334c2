#include "guard.h"

#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <stdexcept>

namespace {

std::string& last_error() noexcept {
  thread_local std::string message;
  return message;
}

void keep(const char* message) noexcept {
  try {
    last_error() = message;
  } catch (...) {
    last_error().clear();
  }
}

}  // namespace

namespace ib {

ib_status record_current_exception() noexcept {
  try {
    throw;
  } catch (const c10::Error& error) {
    keep(error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    keep("out of memory (host allocation failed)");
  } catch (const std::exception& error) {
    keep(error.what());
  } catch (...) {
    keep("unknown native exception");
  }
  return IB_ERROR;
}

void require(const void* pointer, const char* name) {
  if (pointer == nullptr) throw std::invalid_argument(std::string(name) + " must not be NULL");
}

}  // namespace ib

extern "C" const char* ib_last_error(void) noexcept { return last_error().c_str(); }
