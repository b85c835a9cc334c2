#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "handle.h"

namespace {

// A value on its way into a field: one of the three is given.
struct Source {
  const int64_t* integers = nullptr;
  const double* reals = nullptr;
  const uint8_t* bytes = nullptr;
  int64_t count = 0;
};

bool refuse(ib_tiff* handle, uint32_t tag, const std::string& reason) {
  const std::string text = "tag " + std::to_string(tag) + ": " + reason;
  handle->note(IB_TIFF_ERROR, "TIFFSetField", text.c_str());
  return false;
}

bool fits(int64_t value, int32_t kind) {
  switch (kind) {
    case IB_TIFF_U8:
    case IB_TIFF_I8:
      return value >= INT8_MIN && value <= (kind == IB_TIFF_U8 ? UINT8_MAX : INT8_MAX);
    case IB_TIFF_U16:
    case IB_TIFF_I16:
      return value >= INT16_MIN && value <= (kind == IB_TIFF_U16 ? UINT16_MAX : INT16_MAX);
    case IB_TIFF_U32:
    case IB_TIFF_I32:
      return value >= INT32_MIN && value <= (kind == IB_TIFF_U32 ? int64_t{UINT32_MAX} : INT32_MAX);
    case IB_TIFF_U64:
      return value >= 0;
    default:
      return true;
  }
}

template <typename T>
void put(std::vector<uint8_t>& buffer, T element) {
  const auto* first = reinterpret_cast<const uint8_t*>(&element);
  buffer.insert(buffer.end(), first, first + sizeof element);
}

void put_integer(std::vector<uint8_t>& buffer, int64_t value, int32_t kind) {
  if (kind == IB_TIFF_F32) return put(buffer, static_cast<float>(value));
  if (kind == IB_TIFF_F64) return put(buffer, static_cast<double>(value));
  const auto* low = reinterpret_cast<const uint8_t*>(&value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  low += sizeof value - ib::size_of(kind);
#endif
  buffer.insert(buffer.end(), low, low + ib::size_of(kind));
}

// The elements in the handle's buffer, as the field holds them in memory.
bool convert(ib_tiff* handle, uint32_t tag, const Source& source, int32_t kind, int64_t* count) {
  std::vector<uint8_t>& buffer = handle->value;
  buffer.clear();
  *count = source.count;
  if (source.bytes != nullptr) {
    const auto element = static_cast<int64_t>(ib::size_of(kind));
    if (source.count % element != 0)
      return refuse(handle, tag, std::to_string(source.count) + " bytes are no whole number of elements");
    buffer.assign(source.bytes, source.bytes + source.count);
    *count = source.count / element;
    return true;
  }
  if (kind == IB_TIFF_TEXT) return refuse(handle, tag, "takes text");
  for (int64_t i = 0; i < source.count; i++) {
    if (source.reals != nullptr && kind == IB_TIFF_F32) {
      put(buffer, static_cast<float>(source.reals[i]));
    } else if (source.reals != nullptr && kind == IB_TIFF_F64) {
      put(buffer, source.reals[i]);
    } else {
      const double real = source.reals != nullptr ? source.reals[i] : 0;
      if (source.reals != nullptr && (std::abs(real) > 9.0e15 || real != std::floor(real)))
        return refuse(handle, tag, std::to_string(real) + " is no whole number");
      const int64_t value = source.reals != nullptr ? static_cast<int64_t>(real) : source.integers[i];
      if (!fits(value, kind)) return refuse(handle, tag, std::to_string(value) + " does not fit");
      put_integer(buffer, value, kind);
    }
  }
  return true;
}

template <typename T>
T element(const ib_tiff* handle, size_t index = 0) {
  T value;
  std::memcpy(&value, handle->value.data() + index * sizeof value, sizeof value);
  return value;
}

bool expect(ib_tiff* handle, uint32_t tag, int64_t count, int64_t wanted) {
  if (count == wanted) return true;
  return refuse(handle, tag, "got " + std::to_string(count) + " values, takes " + std::to_string(wanted));
}

bool set_scalar(ib_tiff* handle, TIFF* tif, uint32_t tag, int32_t kind) {
  switch (kind) {
    case IB_TIFF_U8:
      return TIFFSetField(tif, tag, int{element<uint8_t>(handle)});
    case IB_TIFF_I8:
      return TIFFSetField(tif, tag, int{element<int8_t>(handle)});
    case IB_TIFF_U16:
      return TIFFSetField(tif, tag, int{element<uint16_t>(handle)});
    case IB_TIFF_I16:
      return TIFFSetField(tif, tag, int{element<int16_t>(handle)});
    case IB_TIFF_U32:
      return TIFFSetField(tif, tag, element<uint32_t>(handle));
    case IB_TIFF_I32:
      return TIFFSetField(tif, tag, element<int32_t>(handle));
    case IB_TIFF_U64:
      return TIFFSetField(tif, tag, element<uint64_t>(handle));
    case IB_TIFF_I64:
      return TIFFSetField(tif, tag, element<int64_t>(handle));
    case IB_TIFF_F32:
      return TIFFSetField(tif, tag, double{element<float>(handle)});
    case IB_TIFF_F64:
      return TIFFSetField(tif, tag, element<double>(handle));
    default:
      return refuse(handle, tag, "has no scalar value");
  }
}

bool set_tables(ib_tiff* handle, TIFF* tif, uint32_t tag, const Source& source) {
  uint16_t bits = 0;
  int64_t count = 0;
  TIFFGetFieldDefaulted(tif, TIFFTAG_BITSPERSAMPLE, &bits);
  if (bits > 16) return refuse(handle, tag, "needs at most 16 bits per sample");
  const int64_t length = int64_t{1} << bits;
  if (!convert(handle, tag, source, IB_TIFF_U16, &count)) return false;
  // One table serves all channels of a transfer function.
  if (tag == TIFFTAG_TRANSFERFUNCTION && count == length) {
    for (int copy = 0; copy < 2; copy++)
      for (int64_t i = 0; i < length; i++) put(handle->value, element<uint16_t>(handle, static_cast<size_t>(i)));
    count = 3 * length;
  }
  if (!expect(handle, tag, count, 3 * length)) return false;
  auto* tables = reinterpret_cast<uint16_t*>(handle->value.data());
  return TIFFSetField(tif, tag, tables, tables + length, tables + 2 * length);
}

bool set_text(ib_tiff* handle, TIFF* tif, uint32_t tag, const Source& source, bool counted) {
  int64_t count = 0;
  if (!convert(handle, tag, source, IB_TIFF_TEXT, &count)) return false;
  if (handle->value.empty() || handle->value.back() != 0) handle->value.push_back(0);
  const char* text = reinterpret_cast<const char*>(handle->value.data());
  if (!counted) return TIFFSetField(tif, tag, text);
  const auto bytes = handle->value.size();
  if (tag == TIFFTAG_INKNAMES) {
    if (bytes > UINT16_MAX) return refuse(handle, tag, "the text is too long");
    return TIFFSetField(tif, tag, static_cast<int>(bytes), text);
  }
  return TIFFSetField(tif, tag, static_cast<uint32_t>(bytes), text);
}

bool set_counted(ib_tiff* handle, TIFF* tif, const TIFFField* field, uint32_t tag, int64_t count) {
  const void* data = handle->value.data();
  const int count_bytes = TIFFFieldSetGetCountSize(field);
  if (count_bytes == 4 && count <= UINT32_MAX) return TIFFSetField(tif, tag, static_cast<uint32_t>(count), data);
  if (count_bytes == 2 && count <= UINT16_MAX) return TIFFSetField(tif, tag, static_cast<int>(count), data);
  return refuse(handle, tag, "cannot hold " + std::to_string(count) + " values");
}

// A table is as long as the bit depth says when it is set, so the depth must stay.
bool changes_tables(TIFF* tif, uint32_t tag, const Source& source) {
  uint16_t bits = 0;
  uint16_t* tables[3];
  if (tag != TIFFTAG_BITSPERSAMPLE || source.integers == nullptr || source.count != 1) return false;
  TIFFGetFieldDefaulted(tif, TIFFTAG_BITSPERSAMPLE, &bits);
  if (source.integers[0] == bits) return false;
  return TIFFGetField(tif, TIFFTAG_COLORMAP, &tables[0], &tables[1], &tables[2]) == 1 ||
         TIFFGetField(tif, TIFFTAG_TRANSFERFUNCTION, &tables[0], &tables[1], &tables[2]) == 1;
}

const TIFFField* find_or_define(ib_tiff* handle, TIFF* tif, uint32_t tag) {
  const TIFFField* field = TIFFFindField(tif, tag, TIFF_ANY);
  if (field != nullptr) return field;
  // libtiff forgets definitions with each directory, so they are made when one is used.
  for (const ib::Definition& definition : handle->definitions) {
    if (definition.tag != tag) continue;
    const TIFFFieldInfo info = {tag,
                                static_cast<short>(definition.field.read_count),
                                static_cast<short>(definition.field.write_count),
                                static_cast<TIFFDataType>(definition.field.type),
                                FIELD_CUSTOM,
                                1,
                                static_cast<unsigned char>(definition.field.pass_count),
                                const_cast<char*>(definition.name.c_str())};
    if (TIFFMergeFieldInfo(tif, &info, 1) != 0) return nullptr;
    return TIFFFindField(tif, tag, TIFF_ANY);
  }
  return nullptr;
}

bool set_any(ib_tiff* handle, TIFF* tif, uint32_t tag, const Source& source) {
  const TIFFField* field = find_or_define(handle, tif, tag);
  if (field == nullptr) return refuse(handle, tag, "unknown");
  const TIFFDataType type = TIFFFieldDataType(field);
  const int write_count = TIFFFieldWriteCount(field);
  int64_t count = 0;

  if (ib::is_pseudo(tag)) {
    if (type != TIFF_ANY || TIFFFieldSetGetSize(field) != 4) return refuse(handle, tag, "cannot be set");
    return convert(handle, tag, source, IB_TIFF_I32, &count) && expect(handle, tag, count, 1) &&
           TIFFSetField(tif, tag, element<int32_t>(handle));
  }
  if (handle->read_only) return refuse(handle, tag, "the file is open for reading");
  if (changes_tables(tif, tag, source)) return refuse(handle, tag, "must be set before the colour map");
  // libtiff would take any number and store the pixels as they are.
  if (tag == TIFFTAG_COMPRESSION && source.integers != nullptr && source.count == 1 &&
      (source.integers[0] < 0 || source.integers[0] > UINT16_MAX ||
       !ib_tiff_codec_configured(static_cast<uint16_t>(source.integers[0]))))
    return refuse(handle, tag, "compression " + std::to_string(source.integers[0]) + " is not available");
  if (ib::is_pair(tag))
    return convert(handle, tag, source, IB_TIFF_U16, &count) && expect(handle, tag, count, 2) &&
           TIFFSetField(tif, tag, int{element<uint16_t>(handle, 0)}, int{element<uint16_t>(handle, 1)});
  switch (tag) {
    case TIFFTAG_COLORMAP:
    case TIFFTAG_TRANSFERFUNCTION:
      return set_tables(handle, tif, tag, source);
    case TIFFTAG_SMINSAMPLEVALUE:
    case TIFFTAG_SMAXSAMPLEVALUE:
      return convert(handle, tag, source, IB_TIFF_F64, &count) && expect(handle, tag, count, 1) &&
             TIFFSetField(tif, tag, element<double>(handle));
    case TIFFTAG_STRIPOFFSETS:
    case TIFFTAG_STRIPBYTECOUNTS:
    case TIFFTAG_TILEOFFSETS:
    case TIFFTAG_TILEBYTECOUNTS:
      return refuse(handle, tag, "is written by the library");
    default:
      break;
  }

  const int32_t kind = ib::kind_of(type, TIFFFieldSetGetSize(field));
  if (kind == 0) return refuse(handle, tag, "has no value that can be set");
  if (kind == IB_TIFF_TEXT) return set_text(handle, tif, tag, source, TIFFFieldPassCount(field) != 0);
  if (!convert(handle, tag, source, kind, &count)) return false;
  if (TIFFFieldPassCount(field)) return set_counted(handle, tif, field, tag, count);
  if (ib::is_single_short(tag) || write_count == 1)
    return expect(handle, tag, count, 1) && set_scalar(handle, tif, tag, kind);
  if (write_count < 1) return refuse(handle, tag, "cannot be set");
  return expect(handle, tag, count, write_count) && TIFFSetField(tif, tag, handle->value.data());
}

int32_t set_guarded(ib_tiff* handle, uint32_t tag, const Source& source) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    const bool given = source.integers != nullptr || source.reals != nullptr || source.bytes != nullptr;
    if (source.count < 0 || (source.count > 0 && !given)) return refuse(handle, tag, "no values given") ? 1 : 0;
    return set_any(handle, tif, tag, source) ? 1 : 0;
  });
}

bool is_definable(const ib_tiff_field& field) {
  const bool variable = field.write_count == TIFF_VARIABLE || field.write_count == TIFF_VARIABLE2;
  const bool known = (field.type >= TIFF_BYTE && field.type <= TIFF_IFD) ||
                     (field.type >= TIFF_LONG8 && field.type <= TIFF_IFD8);
  if (!known || field.read_count != field.write_count) return false;
  if (field.pass_count) return variable;
  return field.type == TIFF_ASCII ? field.write_count == TIFF_VARIABLE : field.write_count >= 1;
}

}  // namespace

int32_t ib_tiff_find_field(ib_tiff* handle, uint32_t tag, ib_tiff_field* field) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    const TIFFField* found = TIFFFindField(tif, tag, TIFF_ANY);
    if (found == nullptr || field == nullptr) return 0;
    *field = {TIFFFieldDataType(found), TIFFFieldReadCount(found), TIFFFieldWriteCount(found),
              TIFFFieldPassCount(found)};
    return 1;
  });
}

int32_t ib_tiff_define_field(ib_tiff* handle, uint32_t tag, const ib_tiff_field* field, const char* name) noexcept {
  return ib::guard(handle, 0, [&](TIFF*) {
    if (field == nullptr || name == nullptr) return refuse(handle, tag, "no definition given") ? 1 : 0;
    if (!is_definable(*field) || ib::is_pseudo(tag)) return refuse(handle, tag, "unsupported definition") ? 1 : 0;
    const bool known = std::any_of(handle->definitions.begin(), handle->definitions.end(),
                                   [&](const ib::Definition& definition) { return definition.tag == tag; });
    if (!known) handle->definitions.push_back({tag, *field, name});
    return 1;
  });
}

int32_t ib_tiff_set_integers(ib_tiff* handle, uint32_t tag, const int64_t* values, int64_t count) noexcept {
  Source source;
  source.integers = values;
  source.count = count;
  return set_guarded(handle, tag, source);
}

int32_t ib_tiff_set_reals(ib_tiff* handle, uint32_t tag, const double* values, int64_t count) noexcept {
  Source source;
  source.reals = values;
  source.count = count;
  return set_guarded(handle, tag, source);
}

int32_t ib_tiff_set_bytes(ib_tiff* handle, uint32_t tag, const uint8_t* values, int64_t count) noexcept {
  static constexpr uint8_t nothing = 0;
  Source source;
  source.bytes = values != nullptr || count > 0 ? values : &nothing;
  source.count = count;
  return set_guarded(handle, tag, source);
}

int32_t ib_tiff_unset_field(ib_tiff* handle, uint32_t tag) noexcept {
  return ib::guard(handle, 0, [&](TIFF* tif) {
    if (handle->read_only) return refuse(handle, tag, "the file is open for reading") ? 1 : 0;
    return TIFFUnsetField(tif, tag) ? 1 : 0;
  });
}
