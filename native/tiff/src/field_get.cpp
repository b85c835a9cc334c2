#include <cstring>

#include "handle.h"

namespace {

template <typename... Out>
bool get(TIFF* tif, uint32_t tag, bool defaulted, Out*... out) {
  return (defaulted ? TIFFGetFieldDefaulted(tif, tag, out...) : TIFFGetField(tif, tag, out...)) == 1;
}

// Collects a value in the handle's buffer.
struct Target {
  ib_tiff* handle;
  ib_tiff_value* value;

  int32_t start(int32_t kind, int32_t type) const {
    handle->value.clear();
    *value = {nullptr, 0, kind, type};
    return 1;
  }

  int32_t append(const void* data, int64_t count) const {
    if (count > 0 && data == nullptr) return 0;
    const auto* first = static_cast<const uint8_t*>(data);
    if (count > 0) handle->value.insert(handle->value.end(), first, first + count * ib::size_of(value->kind));
    value->count += count;
    value->data = handle->value.data();
    return 1;
  }

  template <typename T>
  int32_t scalar(TIFF* tif, uint32_t tag, bool defaulted) const {
    T element{};
    return get(tif, tag, defaulted, &element) ? append(&element, 1) : 0;
  }
};

int32_t get_scalar(const Target& target, TIFF* tif, uint32_t tag, bool defaulted) {
  switch (ib::size_of(target.value->kind)) {
    case 1:
      return target.scalar<uint8_t>(tif, tag, defaulted);
    case 2:
      return target.scalar<uint16_t>(tif, tag, defaulted);
    case 4:
      return target.scalar<uint32_t>(tif, tag, defaulted);
    default:
      return target.scalar<uint64_t>(tif, tag, defaulted);
  }
}

int32_t get_pair(const Target& target, TIFF* tif, uint32_t tag, bool defaulted) {
  uint16_t pair[2] = {0, 0};
  target.start(IB_TIFF_U16, TIFF_SHORT);
  return get(tif, tag, defaulted, &pair[0], &pair[1]) ? target.append(pair, 2) : 0;
}

// Colour maps and transfer functions: one table of 2^bits for each channel.
int32_t get_tables(const Target& target, TIFF* tif, uint32_t tag, bool defaulted) {
  uint16_t bits = 0, samples = 1, extra = 0;
  uint16_t* extras = nullptr;
  uint16_t* tables[3] = {nullptr, nullptr, nullptr};
  get(tif, TIFFTAG_BITSPERSAMPLE, true, &bits);
  if (bits > 16) return 0;
  int table_count = 3;
  target.start(IB_TIFF_U16, TIFF_SHORT);
  if (tag == TIFFTAG_TRANSFERFUNCTION) {
    get(tif, TIFFTAG_SAMPLESPERPIXEL, true, &samples);
    if (!get(tif, TIFFTAG_EXTRASAMPLES, false, &extra, &extras)) extra = 0;
    table_count = samples - extra > 1 ? 3 : 1;
  }
  if (!get(tif, tag, defaulted, &tables[0], &tables[1], &tables[2])) return 0;
  for (int i = 0; i < table_count; i++)
    if (!target.append(tables[i], int64_t{1} << bits)) return 0;
  return 1;
}

// Through libtiff's bounds-checked accessors, as nothing tells the length of the array.
int32_t get_strips(const Target& target, TIFF* tif, uint32_t tag) {
  const bool tiles = tag == TIFFTAG_TILEOFFSETS || tag == TIFFTAG_TILEBYTECOUNTS;
  const bool offsets = tag == TIFFTAG_TILEOFFSETS || tag == TIFFTAG_STRIPOFFSETS;
  uint64_t* present = nullptr;
  target.start(IB_TIFF_U64, TIFF_LONG8);
  if (tiles != (TIFFIsTiled(tif) != 0) || !get(tif, tag, false, &present) || present == nullptr) return 0;
  const uint32_t count = tiles ? TIFFNumberOfTiles(tif) : TIFFNumberOfStrips(tif);
  for (uint32_t i = 0; i < count; i++) {
    const uint64_t element = offsets ? TIFFGetStrileOffset(tif, i) : TIFFGetStrileByteCount(tif, i);
    target.append(&element, 1);
  }
  return 1;
}

int32_t get_text(const Target& target, TIFF* tif, uint32_t tag, bool defaulted) {
  const char* text = nullptr;
  target.start(IB_TIFF_TEXT, TIFF_ASCII);
  if (!get(tif, tag, defaulted, &text) || text == nullptr) return 0;
  return target.append(text, static_cast<int64_t>(std::strlen(text)));
}

int32_t get_counted(const Target& target, TIFF* tif, const TIFFField* field, uint32_t tag, bool defaulted) {
  uint32_t count = 0;
  uint16_t short_count = 0;
  const void* data = nullptr;
  const int count_bytes = TIFFFieldSetGetCountSize(field);
  if (count_bytes == 4) {
    if (!get(tif, tag, defaulted, &count, &data)) return 0;
  } else if (count_bytes == 2) {
    if (!get(tif, tag, defaulted, &short_count, &data)) return 0;
    count = short_count;
  } else {
    return 0;
  }
  // A counted text keeps its terminating zero, if it has one, out of the value.
  if (target.value->kind == IB_TIFF_TEXT && count > 0 && static_cast<const char*>(data)[count - 1] == 0) count--;
  return target.append(data, count);
}

int32_t get_any(const Target& target, TIFF* tif, uint32_t tag, bool defaulted) {
  const TIFFField* field = TIFFFindField(tif, tag, TIFF_ANY);
  if (field == nullptr) return 0;
  const TIFFDataType type = TIFFFieldDataType(field);
  const int read_count = TIFFFieldReadCount(field);

  if (ib::is_pair(tag)) return get_pair(target, tif, tag, defaulted);
  switch (tag) {
    case TIFFTAG_COLORMAP:
    case TIFFTAG_TRANSFERFUNCTION:
      return get_tables(target, tif, tag, defaulted);
    case TIFFTAG_STRIPOFFSETS:
    case TIFFTAG_STRIPBYTECOUNTS:
    case TIFFTAG_TILEOFFSETS:
    case TIFFTAG_TILEBYTECOUNTS:
      return get_strips(target, tif, tag);
    case TIFFTAG_SMINSAMPLEVALUE:
    case TIFFTAG_SMAXSAMPLEVALUE:
      target.start(IB_TIFF_F64, TIFF_DOUBLE);
      return target.scalar<double>(tif, tag, defaulted);
    case TIFFTAG_INKNAMES:
      return get_text(target, tif, tag, defaulted);
    default:
      break;
  }
  if (ib::is_pseudo(tag)) {
    target.start(IB_TIFF_I32, 0);
    return type == TIFF_ANY && TIFFFieldSetGetSize(field) == 4 ? target.scalar<int32_t>(tif, tag, defaulted) : 0;
  }

  const int32_t kind = ib::kind_of(type, TIFFFieldSetGetSize(field));
  if (kind == 0) return 0;
  target.start(kind, type);
  if (ib::is_single_short(tag)) return target.scalar<uint16_t>(tif, tag, defaulted);
  if (TIFFFieldPassCount(field)) return get_counted(target, tif, field, tag, defaulted);
  if (kind == IB_TIFF_TEXT) return get_text(target, tif, tag, defaulted);
  if (read_count == 1) return get_scalar(target, tif, tag, defaulted);

  uint16_t samples = 1;
  if (read_count == TIFF_SPP) get(tif, TIFFTAG_SAMPLESPERPIXEL, true, &samples);
  if (read_count < 1 && read_count != TIFF_SPP) return 0;
  const void* data = nullptr;
  return get(tif, tag, defaulted, &data) ? target.append(data, read_count == TIFF_SPP ? samples : read_count) : 0;
}

}  // namespace

int32_t ib_tiff_get_field(ib_tiff* handle, uint32_t tag, int32_t defaulted, ib_tiff_value* value) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    return value != nullptr ? get_any({handle, value}, tif, tag, defaulted != 0) : 0;
  });
}
