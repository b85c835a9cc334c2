#include "handle.h"

namespace {

// libtiff swaps bytes and reverses bits in the caller's buffer when it writes; those cases get a copy.
void* writable(ib_tiff* handle, TIFF* tif, const void* data, int64_t bytes) {
  uint16_t fill_order = FILLORDER_MSB2LSB;
  TIFFGetFieldDefaulted(tif, TIFFTAG_FILLORDER, &fill_order);
  if (!TIFFIsByteSwapped(tif) && fill_order == FILLORDER_MSB2LSB) return const_cast<void*>(data);
  const auto* first = static_cast<const uint8_t*>(data);
  handle->pixels.assign(first, first + bytes);
  return handle->pixels.data();
}

bool has_room(ib_tiff* handle, const void* data, int64_t bytes, int64_t needed, const char* what) {
  if (bytes >= needed && bytes > 0 && data != nullptr) return true;
  if (data == nullptr) bytes = 0;
  const std::string text = "the buffer holds " + std::to_string(bytes) + " bytes, " + what + " needs " +
                           std::to_string(needed > 0 ? needed : 1);
  handle->note(IB_TIFF_ERROR, "ib_tiff", text.c_str());
  return false;
}

// libtiff 4.5 swaps samples before this predictor, which takes them in the machine's order: the file would be garbage.
bool is_encodable(ib_tiff* handle, TIFF* tif) {
  uint16_t predictor = PREDICTOR_NONE;
  if (!TIFFIsByteSwapped(tif) || TIFFGetField(tif, TIFFTAG_PREDICTOR, &predictor) != 1 ||
      predictor != PREDICTOR_FLOATINGPOINT)
    return true;
  handle->note(IB_TIFF_ERROR, "ib_tiff", "the floating-point predictor is only written in the machine's byte order");
  return false;
}

template <typename Read>
int64_t read_pixels(ib_tiff* handle, const void* data, int64_t bytes, Read read) noexcept {
  return ib::guard(handle, int64_t{-1}, [&](TIFF* tif) -> int64_t {
    if (!has_room(handle, data, bytes, 1, "reading") || !ib::is_decodable(handle, tif)) return -1;
    return read(tif);
  });
}

}  // namespace

bool ib::is_decodable(ib_tiff* handle, TIFF* tif) {
  uint16_t scheme = COMPRESSION_NONE;
  if (TIFFGetFieldDefaulted(tif, TIFFTAG_COMPRESSION, &scheme) != 1 || !ib::is_fatal(scheme)) return true;
  handle->note(IB_TIFF_ERROR, "ib_tiff", "JBIG compression is not read: its decoder ends the process on damaged data");
  return false;
}

int64_t ib_tiff_strip_size(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFStripSize(tif)}; });
}

int64_t ib_tiff_rows_size(ib_tiff* handle, uint32_t rows) noexcept {
  return ib::guard(handle, int64_t{0}, [&](TIFF* tif) { return int64_t{TIFFVStripSize(tif, rows)}; });
}

int64_t ib_tiff_tile_size(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFTileSize(tif)}; });
}

int64_t ib_tiff_tile_row_size(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFTileRowSize(tif)}; });
}

int64_t ib_tiff_scanline_size(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFScanlineSize(tif)}; });
}

int64_t ib_tiff_raw_size(ib_tiff* handle, uint32_t strip_or_tile) noexcept {
  return ib::guard(handle, int64_t{-1}, [&](TIFF* tif) -> int64_t {
    const uint64_t bytes = TIFFGetStrileByteCount(tif, strip_or_tile);
    return bytes == 0 || bytes > INT64_MAX ? -1 : static_cast<int64_t>(bytes);
  });
}

int64_t ib_tiff_strip_count(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFNumberOfStrips(tif)}; });
}

int64_t ib_tiff_tile_count(ib_tiff* handle) noexcept {
  return ib::guard(handle, int64_t{0}, [](TIFF* tif) { return int64_t{TIFFNumberOfTiles(tif)}; });
}

int64_t ib_tiff_compute_strip(ib_tiff* handle, uint32_t row, uint16_t plane) noexcept {
  return ib::guard(handle, int64_t{0}, [&](TIFF* tif) { return int64_t{TIFFComputeStrip(tif, row, plane)}; });
}

int64_t ib_tiff_compute_tile(ib_tiff* handle, uint32_t x, uint32_t y, uint32_t z, uint16_t plane) noexcept {
  return ib::guard(handle, int64_t{0}, [&](TIFF* tif) { return int64_t{TIFFComputeTile(tif, x, y, z, plane)}; });
}

int32_t ib_tiff_check_tile(ib_tiff* handle, uint32_t x, uint32_t y, uint32_t z, uint16_t plane) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) { return TIFFCheckTile(tif, x, y, z, plane) ? 1 : 0; });
}

uint32_t ib_tiff_default_strip_rows(ib_tiff* handle, uint32_t requested) noexcept {
  return ib::guard(handle, uint32_t{0}, [&](TIFF* tif) { return TIFFDefaultStripSize(tif, requested); });
}

int64_t ib_tiff_read_strip(ib_tiff* handle, uint32_t strip, void* data, int64_t bytes) noexcept {
  return read_pixels(handle, data, bytes,
                     [&](TIFF* tif) { return int64_t{TIFFReadEncodedStrip(tif, strip, data, bytes)}; });
}

int64_t ib_tiff_read_raw_strip(ib_tiff* handle, uint32_t strip, void* data, int64_t bytes) noexcept {
  return read_pixels(handle, data, bytes, [&](TIFF* tif) { return int64_t{TIFFReadRawStrip(tif, strip, data, bytes)}; });
}

int64_t ib_tiff_read_tile(ib_tiff* handle, uint32_t tile, void* data, int64_t bytes) noexcept {
  return read_pixels(handle, data, bytes, [&](TIFF* tif) { return int64_t{TIFFReadEncodedTile(tif, tile, data, bytes)}; });
}

int64_t ib_tiff_read_raw_tile(ib_tiff* handle, uint32_t tile, void* data, int64_t bytes) noexcept {
  return read_pixels(handle, data, bytes, [&](TIFF* tif) { return int64_t{TIFFReadRawTile(tif, tile, data, bytes)}; });
}

int32_t ib_tiff_read_scanline(ib_tiff* handle, uint32_t row, uint16_t plane, void* data, int64_t bytes) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    if (!has_room(handle, data, bytes, TIFFScanlineSize(tif), "a scanline") || !ib::is_decodable(handle, tif)) return 0;
    return TIFFReadScanline(tif, data, row, plane) == 1 ? 1 : 0;
  });
}

int64_t ib_tiff_write_strip(ib_tiff* handle, uint32_t strip, const void* data, int64_t bytes) noexcept {
  return ib::guard(handle, int64_t{-1}, [&](TIFF* tif) -> int64_t {
    if (!has_room(handle, data, bytes, 1, "a strip") || !is_encodable(handle, tif)) return -1;
    return TIFFWriteEncodedStrip(tif, strip, writable(handle, tif, data, bytes), bytes);
  });
}

int64_t ib_tiff_write_raw_strip(ib_tiff* handle, uint32_t strip, const void* data, int64_t bytes) noexcept {
  return ib::guard(handle, int64_t{-1}, [&](TIFF* tif) -> int64_t {
    if (!has_room(handle, data, bytes, 1, "a strip")) return -1;
    return TIFFWriteRawStrip(tif, strip, const_cast<void*>(data), bytes);
  });
}

int64_t ib_tiff_write_tile(ib_tiff* handle, uint32_t tile, const void* data, int64_t bytes) noexcept {
  return ib::guard(handle, int64_t{-1}, [&](TIFF* tif) -> int64_t {
    if (!has_room(handle, data, bytes, 1, "a tile") || !is_encodable(handle, tif)) return -1;
    return TIFFWriteEncodedTile(tif, tile, writable(handle, tif, data, bytes), bytes);
  });
}

int64_t ib_tiff_write_raw_tile(ib_tiff* handle, uint32_t tile, const void* data, int64_t bytes) noexcept {
  return ib::guard(handle, int64_t{-1}, [&](TIFF* tif) -> int64_t {
    if (!has_room(handle, data, bytes, 1, "a tile")) return -1;
    return TIFFWriteRawTile(tif, tile, const_cast<void*>(data), bytes);
  });
}

int32_t ib_tiff_write_scanline(ib_tiff* handle, uint32_t row, uint16_t plane, const void* data,
                               int64_t bytes) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    if (!has_room(handle, data, bytes, TIFFScanlineSize(tif), "a scanline") || !is_encodable(handle, tif)) return 0;
    return TIFFWriteScanline(tif, writable(handle, tif, data, bytes), row, plane) == 1 ? 1 : 0;
  });
}
