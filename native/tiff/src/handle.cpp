#include "handle.h"

#include <cstdio>
#include <new>
#include <utility>

namespace {

// A hostile file can cause a warning for each of its entries.
constexpr size_t max_messages = 256;

}  // namespace

void ib_tiff::note(ib_tiff_severity severity, const char* module, const char* text) noexcept {
  try {
    if (messages.size() >= max_messages) return;
    messages.push_back({severity, module ? module : "", text ? text : ""});
  } catch (...) {
    // Without memory there is no message; the status still tells of the failure.
  }
}

void ib_tiff::note(ib_tiff_severity severity, const char* module, const char* format, va_list arguments) noexcept {
  char text[2048];
  if (std::vsnprintf(text, sizeof text, format, arguments) < 0) text[0] = 0;
  note(severity, module, text);
}

namespace ib {

int32_t kind_of(TIFFDataType type, int size) {
  switch (type) {
    case TIFF_ASCII:
      return IB_TIFF_TEXT;
    case TIFF_BYTE:
    case TIFF_UNDEFINED:
      return size == 1 ? IB_TIFF_U8 : 0;
    case TIFF_SBYTE:
      return size == 1 ? IB_TIFF_I8 : 0;
    case TIFF_SHORT:
      return size == 2 ? IB_TIFF_U16 : 0;
    case TIFF_SSHORT:
      return size == 2 ? IB_TIFF_I16 : 0;
    case TIFF_SLONG:
      return size == 4 ? IB_TIFF_I32 : 0;
    case TIFF_SLONG8:
      return size == 8 ? IB_TIFF_I64 : 0;
    case TIFF_LONG:
    case TIFF_LONG8:
    case TIFF_IFD:
    case TIFF_IFD8:
      return size == 4 ? IB_TIFF_U32 : size == 8 ? IB_TIFF_U64 : 0;
    case TIFF_RATIONAL:
    case TIFF_SRATIONAL:
    case TIFF_FLOAT:
    case TIFF_DOUBLE:
      return size == 4 ? IB_TIFF_F32 : size == 8 ? IB_TIFF_F64 : 0;
    default:
      return 0;
  }
}

size_t size_of(int32_t kind) {
  switch (kind) {
    case IB_TIFF_U16:
    case IB_TIFF_I16:
      return 2;
    case IB_TIFF_U32:
    case IB_TIFF_I32:
    case IB_TIFF_F32:
      return 4;
    case IB_TIFF_U64:
    case IB_TIFF_I64:
    case IB_TIFF_F64:
      return 8;
    default:
      return 1;
  }
}

bool is_pair(uint32_t tag) {
  return tag == TIFFTAG_PAGENUMBER || tag == TIFFTAG_HALFTONEHINTS || tag == TIFFTAG_YCBCRSUBSAMPLING ||
         tag == TIFFTAG_DOTRANGE;
}

bool is_single_short(uint32_t tag) {
  return tag == TIFFTAG_BITSPERSAMPLE || tag == TIFFTAG_COMPRESSION || tag == TIFFTAG_MINSAMPLEVALUE ||
         tag == TIFFTAG_MAXSAMPLEVALUE || tag == TIFFTAG_SAMPLEFORMAT || tag == TIFFTAG_DATATYPE;
}

}  // namespace ib

uint32_t ib_tiff_abi_version(void) noexcept { return IB_TIFF_ABI_VERSION; }

const char* ib_tiff_library_version(void) noexcept { return TIFFGetVersion(); }

int32_t ib_tiff_codec_configured(uint16_t scheme) noexcept {
  return !ib::is_fatal(scheme) && TIFFIsCODECConfigured(scheme) ? 1 : 0;
}

ib_tiff* ib_tiff_create(void) noexcept { return new (std::nothrow) ib_tiff; }

void ib_tiff_destroy(ib_tiff* handle) noexcept {
  if (handle == nullptr) return;
  if (handle->tif != nullptr) TIFFClose(handle->tif);
  delete handle;
}

int32_t ib_tiff_take_message(ib_tiff* handle, int32_t* severity, const char** module, const char** text) noexcept {
  if (handle == nullptr || handle->messages.empty()) return 0;
  std::swap(handle->taken, handle->messages.front());
  handle->messages.pop_front();
  if (severity != nullptr) *severity = handle->taken.severity;
  if (module != nullptr) *module = handle->taken.module.c_str();
  if (text != nullptr) *text = handle->taken.text.c_str();
  return 1;
}
