// Turns every C++ exception into a status and a message before it can reach C.
#pragma once

#include <string>

#include "ib_torch.h"

namespace ib {

// Keeps the message of the exception being handled for ib_last_error. Call inside a catch block only.
ib_status record_current_exception() noexcept;

template <typename Body>
ib_status guard(Body&& body) noexcept {
  try {
    body();
    return IB_OK;
  } catch (...) {
    return record_current_exception();
  }
}

// Refuses a pointer that the caller must not leave out.
void require(const void* pointer, const char* name);

}  // namespace ib
