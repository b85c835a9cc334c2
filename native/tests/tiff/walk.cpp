#include "walk.h"

#include <algorithm>

namespace {

constexpr int64_t max_buffer = 4 << 20;
constexpr int64_t max_blocks = 12;
constexpr int max_pages = 24;

volatile uint8_t sink;

// Every byte that a value claims is touched, for the sanitizer to see.
void touch(const ib_tiff_value& value) {
  static const int64_t sizes[] = {0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 1};
  const auto* data = static_cast<const uint8_t*>(value.data);
  uint8_t sum = 0;
  for (int64_t i = 0; i < value.count * sizes[value.kind]; i++) sum = static_cast<uint8_t>(sum + data[i]);
  sink = sum;
}

void fields(ib_tiff* tiff) {
  const auto get = [&](uint32_t tag) {
    for (const int32_t defaulted : {0, 1}) {
      ib_tiff_value value{};
      if (ib_tiff_get_field(tiff, tag, defaulted, &value)) touch(value);
    }
    ib_tiff_field field{};
    ib_tiff_find_field(tiff, tag, &field);
  };
  for (uint32_t tag = 254; tag < 350; tag++) get(tag);
  for (const uint32_t tag : {512u, 529u, 530u, 531u, 532u, 33432u, 34377u, 34665u, 34675u, 37724u, 42112u, 42113u, 50838u, 50839u, 65000u, 65536u, 65538u})
    get(tag);
}

int blocks(ib_tiff* tiff) {
  const bool tiled = ib_tiff_is_tiled(tiff);
  const int64_t size = tiled ? ib_tiff_tile_size(tiff) : ib_tiff_strip_size(tiff);
  const int64_t count = tiled ? ib_tiff_tile_count(tiff) : ib_tiff_strip_count(tiff);
  int decoded = 0;
  // Also with a buffer that is too small, since that must never be overrun.
  for (const int64_t room : {std::min(size, max_buffer), std::min<int64_t>(size / 2, 100)}) {
    if (room <= 0) continue;
    Bytes buffer(static_cast<size_t>(room));
    for (int64_t i = 0; i < std::min(count, max_blocks); i++) {
      const auto block = static_cast<uint32_t>(i);
      ib_tiff_raw_size(tiff, block);
      const int64_t read = tiled ? ib_tiff_read_tile(tiff, block, buffer.data(), room)
                                 : ib_tiff_read_strip(tiff, block, buffer.data(), room);
      tiled ? ib_tiff_read_raw_tile(tiff, block, buffer.data(), room) : ib_tiff_read_raw_strip(tiff, block, buffer.data(), room);
      decoded += read > 0 ? 1 : 0;
    }
  }
  return decoded;
}

int rows(ib_tiff* tiff) {
  const int64_t size = ib_tiff_scanline_size(tiff);
  if (size <= 0 || size > max_buffer) return 0;
  Bytes buffer(static_cast<size_t>(size));
  int decoded = 0;
  for (const uint32_t row : {0u, 1u, 23u, 7u, 0xffffffffu})
    decoded += ib_tiff_read_scanline(tiff, row, static_cast<uint16_t>(row % 3), buffer.data(), size);
  return decoded;
}

void colours(ib_tiff* tiff) {
  if (!ib_tiff_rgba_ok(tiff)) return;
  std::vector<uint32_t> pixels(1 << 14);
  const auto count = static_cast<int64_t>(pixels.size());
  ib_tiff_is_tiled(tiff) ? ib_tiff_read_rgba_tile(tiff, 0, 0, pixels.data(), count) : ib_tiff_read_rgba_strip(tiff, 0, pixels.data(), count);
}

}  // namespace

Walked walk(const Bytes& bytes) {
  MemoryFile file(bytes);
  Handle handle;
  Walked walked;
  if (!handle.open(file, "r")) return walked;
  do {
    fields(handle.tiff);
    walked.decoded += blocks(handle.tiff) + rows(handle.tiff);
    colours(handle.tiff);
    ib_tiff_compute_strip(handle.tiff, 5, 1);
    ib_tiff_compute_tile(handle.tiff, 17, 17, 0, 1);
    ib_tiff_check_tile(handle.tiff, 1000, 1000, 0, 1);
    ib_tiff_current_offset(handle.tiff);
    handle.errors();
  } while (++walked.pages < max_pages && ib_tiff_read_directory(handle.tiff));
  ib_tiff_directory_count(handle.tiff);
  ib_tiff_set_sub_directory(handle.tiff, 8);
  return walked;
}
