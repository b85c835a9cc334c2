#include "handle.h"

int32_t ib_tiff_read_directory(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFReadDirectory(tif) ? 1 : 0; });
}

int32_t ib_tiff_set_directory(ib_tiff* handle, uint32_t index) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) { return TIFFSetDirectory(tif, index) ? 1 : 0; });
}

int32_t ib_tiff_set_sub_directory(ib_tiff* handle, uint64_t offset) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) { return TIFFSetSubDirectory(tif, offset) ? 1 : 0; });
}

int32_t ib_tiff_create_directory(ib_tiff* handle) noexcept {
  // TIFFCreateDirectory answers 0 for success.
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFCreateDirectory(tif) == 0 ? 1 : 0; });
}

int32_t ib_tiff_write_directory(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFWriteDirectory(tif) ? 1 : 0; });
}

int32_t ib_tiff_rewrite_directory(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFRewriteDirectory(tif) ? 1 : 0; });
}

int32_t ib_tiff_checkpoint_directory(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFCheckpointDirectory(tif) ? 1 : 0; });
}

int32_t ib_tiff_unlink_directory(ib_tiff* handle, uint32_t number) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) { return TIFFUnlinkDirectory(tif, number) ? 1 : 0; });
}

int32_t ib_tiff_last_directory(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [](TIFF* tif) { return TIFFLastDirectory(tif) ? 1 : 0; });
}

int64_t ib_tiff_directory_count(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFNumberOfDirectories(tif)}; });
}

int64_t ib_tiff_current_directory(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFCurrentDirectory(tif)}; });
}

int64_t ib_tiff_current_offset(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return static_cast<int64_t>(TIFFCurrentDirOffset(tif)); });
}
