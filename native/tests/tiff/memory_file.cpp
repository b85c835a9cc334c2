#include "memory_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace {

MemoryFile& file_of(void* context) { return *static_cast<MemoryFile*>(context); }

int64_t read(void* context, void* data, int64_t bytes) {
  MemoryFile& file = file_of(context);
  if (file.reads_left-- <= 0 || bytes < 0) return -1;
  const auto size = static_cast<int64_t>(file.bytes.size());
  const int64_t count = std::clamp<int64_t>(size - file.position, 0, bytes);
  if (count > 0) std::memcpy(data, file.bytes.data() + file.position, static_cast<size_t>(count));
  file.position += count;
  return count;
}

int64_t write(void* context, const void* data, int64_t bytes) {
  MemoryFile& file = file_of(context);
  const auto end = static_cast<size_t>(file.position + bytes);
  if (end > file.bytes.size()) file.bytes.resize(end);
  std::memcpy(file.bytes.data() + file.position, data, static_cast<size_t>(bytes));
  file.position += bytes;
  return bytes;
}

int64_t seek(void* context, int64_t offset, int32_t whence) {
  MemoryFile& file = file_of(context);
  const int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.position : static_cast<int64_t>(file.bytes.size());
  if (offset > INT64_MAX - base || base + offset < 0) return -1;
  return file.position = base + offset;
}

int64_t size(void* context) {
  const MemoryFile& file = file_of(context);
  return file.claimed_size != -2 ? file.claimed_size : static_cast<int64_t>(file.bytes.size());
}

}  // namespace

ib_tiff_io MemoryFile::io() { return {this, read, write, seek, size}; }

int Handle::errors() {
  int count = 0;
  int32_t severity = 0;
  const char* module = nullptr;
  const char* text = nullptr;
  while (ib_tiff_take_message(tiff, &severity, &module, &text) == 1) count += severity == IB_TIFF_ERROR ? 1 : 0;
  return count;
}
