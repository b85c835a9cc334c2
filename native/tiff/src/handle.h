#ifndef IB_TIFF_HANDLE_H
#define IB_TIFF_HANDLE_H

#include <tiffio.h>

#include <cstdarg>
#include <deque>
#include <exception>
#include <string>
#include <vector>

#include "ib_tiff.h"

namespace ib {

struct Message {
  ib_tiff_severity severity;
  std::string module;
  std::string text;
};

// A field that the caller defined. libtiff keeps the pointer to the name.
struct Definition {
  uint32_t tag;
  ib_tiff_field field;
  std::string name;
};

}  // namespace ib

struct ib_tiff {
  TIFF* tif = nullptr;
  ib_tiff_io io{};
  bool read_only = false;
  std::deque<ib::Message> messages;
  ib::Message taken{};
  std::deque<ib::Definition> definitions;
  std::vector<uint8_t> value;   // backs ib_tiff_value.data
  std::vector<uint8_t> pixels;  // backs data that libtiff would alter

  void note(ib_tiff_severity severity, const char* module, const char* text) noexcept;
  void note(ib_tiff_severity severity, const char* module, const char* format, va_list arguments) noexcept;
};

namespace ib {

TIFFOpenOptions* make_options(ib_tiff* handle, int64_t max_allocation);

// Runs body on an open handle; exceptions become messages and the result failure.
template <typename Result, typename Body>
Result guard(ib_tiff* handle, Result failure, Body body) noexcept {
  if (handle == nullptr) return failure;
  try {
    if (handle->tif == nullptr) {
      handle->note(IB_TIFF_ERROR, "ib_tiff", "the file is not open");
      return failure;
    }
    return body(handle->tif);
  } catch (const std::exception& error) {
    handle->note(IB_TIFF_ERROR, "ib_tiff", error.what());
  } catch (...) {
    handle->note(IB_TIFF_ERROR, "ib_tiff", "unknown exception");
  }
  return failure;
}

// The element type in memory for a TIFF data type whose elements libtiff holds in size bytes; 0 if there is none.
int32_t kind_of(TIFFDataType type, int size);

// Bytes of an element in memory.
size_t size_of(int32_t kind);

// True for the four fields that libtiff passes as two separate 16-bit values.
bool is_pair(uint32_t tag);

// True for fields that are variable or per sample on disk but one 16-bit value in memory.
bool is_single_short(uint32_t tag);

// True for schemes whose decoder calls abort(): libjbig does where a damaged file makes it ask for too much memory.
inline bool is_fatal(uint16_t scheme) { return scheme == COMPRESSION_JBIG; }

// Whether the current directory's pixels may be decoded; notes why not.
bool is_decodable(ib_tiff* handle, TIFF* tif);

// Pseudo-tags, which steer codecs and are not written, are above 16 bits.
inline bool is_pseudo(uint32_t tag) { return tag > 0xffff; }

}  // namespace ib

#endif
