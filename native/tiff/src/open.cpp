#include <string>

#include "handle.h"

namespace {

int on_error(TIFF*, void* handle, const char* module, const char* format, va_list arguments) {
  static_cast<ib_tiff*>(handle)->note(IB_TIFF_ERROR, module, format, arguments);
  return 1;
}

int on_warning(TIFF*, void* handle, const char* module, const char* format, va_list arguments) {
  static_cast<ib_tiff*>(handle)->note(IB_TIFF_WARNING, module, format, arguments);
  return 1;
}

tmsize_t read_stream(thandle_t handle, void* data, tmsize_t bytes) {
  const ib_tiff_io& io = static_cast<ib_tiff*>(handle)->io;
  return static_cast<tmsize_t>(io.read(io.context, data, bytes));
}

tmsize_t write_stream(thandle_t handle, void* data, tmsize_t bytes) {
  const ib_tiff_io& io = static_cast<ib_tiff*>(handle)->io;
  return static_cast<tmsize_t>(io.write(io.context, data, bytes));
}

toff_t seek_stream(thandle_t handle, toff_t offset, int whence) {
  const ib_tiff_io& io = static_cast<ib_tiff*>(handle)->io;
  return static_cast<toff_t>(io.seek(io.context, static_cast<int64_t>(offset), whence));
}

toff_t size_stream(thandle_t handle) {
  const ib_tiff_io& io = static_cast<ib_tiff*>(handle)->io;
  const int64_t size = io.size(io.context);
  return size < 0 ? 0 : static_cast<toff_t>(size);
}

// The stream's owner closes it.
int close_stream(thandle_t) { return 0; }

// 'm' switches memory-mapping off.
std::string safe_mode(const char* mode) { return std::string(mode) + 'm'; }

template <typename Open>
int32_t open_with(ib_tiff* handle, const char* name, const char* mode, int64_t max_allocation, Open open) noexcept {
  if (handle == nullptr) return 0;
  TIFFOpenOptions* options = nullptr;
  try {
    if (handle->tif != nullptr || mode == nullptr || name == nullptr || max_allocation < 0) {
      handle->note(IB_TIFF_ERROR, "ib_tiff",
                   handle->tif != nullptr ? "the handle already has a file" : "no name, no mode or a negative limit given");
      return 0;
    }
    options = ib::make_options(handle, max_allocation);
    if (options != nullptr) handle->tif = open(safe_mode(mode).c_str(), options);
    // A file with a header and no directory is refused without a word.
    if (options != nullptr && handle->tif == nullptr && handle->messages.empty())
      handle->note(IB_TIFF_ERROR, "TIFFOpen", "the file has no image directory");
    handle->read_only = mode[0] == 'r' && mode[1] != '+';
  } catch (const std::exception& error) {
    handle->note(IB_TIFF_ERROR, "ib_tiff", error.what());
  } catch (...) {
    handle->note(IB_TIFF_ERROR, "ib_tiff", "unknown exception");
  }
  if (options != nullptr) TIFFOpenOptionsFree(options);
  return handle->tif != nullptr ? 1 : 0;
}

}  // namespace

namespace ib {

TIFFOpenOptions* make_options(ib_tiff* handle, int64_t max_allocation) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  if (options == nullptr) {
    handle->note(IB_TIFF_ERROR, "ib_tiff", "out of memory");
    return nullptr;
  }
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, handle);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, handle);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, static_cast<tmsize_t>(max_allocation));
  return options;
}

}  // namespace ib

int32_t ib_tiff_open_path(ib_tiff* handle, const char* path, const char* mode, int64_t max_allocation) noexcept {
  return open_with(handle, path, mode, max_allocation,
                   [&](const char* flags, TIFFOpenOptions* options) { return TIFFOpenExt(path, flags, options); });
}

int32_t ib_tiff_open_stream(ib_tiff* handle, const char* name, const char* mode, const ib_tiff_io* io,
                            int64_t max_allocation) noexcept {
  if (io == nullptr || io->read == nullptr || io->write == nullptr || io->seek == nullptr || io->size == nullptr) return 0;
  return open_with(handle, name, mode, max_allocation, [&](const char* flags, TIFFOpenOptions* options) {
    handle->io = *io;
    return TIFFClientOpenExt(name, flags, handle, read_stream, write_stream, seek_stream, close_stream, size_stream,
                             nullptr, nullptr, options);
  });
}

int32_t ib_tiff_close(ib_tiff* handle) noexcept {
  if (handle == nullptr || handle->tif == nullptr) return 0;
  // TIFFClose flushes too, but does not say whether that worked.
  const int flushed = handle->read_only ? 1 : TIFFFlush(handle->tif);
  TIFFClose(handle->tif);
  handle->tif = nullptr;
  return flushed ? 1 : 0;
}

int32_t ib_tiff_flush(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFFlush(tif) ? 1 : 0; });
}

int32_t ib_tiff_flush_data(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFFlushData(tif) ? 1 : 0; });
}

int32_t ib_tiff_is_tiled(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFIsTiled(tif) ? 1 : 0; });
}

int32_t ib_tiff_is_byte_swapped(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFIsByteSwapped(tif) ? 1 : 0; });
}

int32_t ib_tiff_is_big_endian(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFIsBigEndian(tif) ? 1 : 0; });
}

int32_t ib_tiff_is_big_tiff(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFIsBigTIFF(tif) ? 1 : 0; });
}
