#include <algorithm>

#include "handle.h"

namespace {

bool has_room(ib_tiff* handle, const uint32_t* pixels, int64_t count, uint64_t needed) {
  if (pixels != nullptr && count > 0 && static_cast<uint64_t>(count) >= needed) return true;
  const std::string text = "the buffer holds " + std::to_string(count) + " pixels, " + std::to_string(needed) + " are needed";
  handle->note(IB_TIFF_ERROR, "ib_tiff", text.c_str());
  return false;
}

}  // namespace

int32_t ib_tiff_rgba_ok(ib_tiff* handle) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    char why[1024] = "";
    if (TIFFRGBAImageOK(tif, why)) return 1;
    handle->note(IB_TIFF_ERROR, "TIFFRGBAImageOK", why);
    return 0;
  });
}

int32_t ib_tiff_read_rgba_strip(ib_tiff* handle, uint32_t row, uint32_t* pixels, int64_t count) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    if (!ib::is_decodable(handle, tif)) return 0;
    uint32_t width = 0, height = 0, rows = 0;
    TIFFGetField(tif, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tif, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetFieldDefaulted(tif, TIFFTAG_ROWSPERSTRIP, &rows);
    if (row >= height || !has_room(handle, pixels, count, uint64_t{width} * std::min(rows, height - row))) return 0;
    return TIFFReadRGBAStripExt(tif, row, pixels, 1) ? 1 : 0;
  });
}

int32_t ib_tiff_read_rgba_tile(ib_tiff* handle, uint32_t x, uint32_t y, uint32_t* pixels, int64_t count) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    if (!ib::is_decodable(handle, tif)) return 0;
    uint32_t width = 0, height = 0;
    TIFFGetField(tif, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(tif, TIFFTAG_TILELENGTH, &height);
    if (!has_room(handle, pixels, count, uint64_t{width} * height)) return 0;
    return TIFFReadRGBATileExt(tif, x, y, pixels, 1) ? 1 : 0;
  });
}
