#include "mutator.h"

#include <algorithm>
#include <iterator>

namespace {

struct Layout {
  bool big_endian, big;
  size_t entry_bytes() const { return big ? 20 : 12; }
  size_t word_bytes() const { return big ? 8 : 4; }
};

uint64_t get(const Bytes& file, const Layout& layout, size_t at, size_t bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes; i++) value = value << 8 | file[at + (layout.big_endian ? i : bytes - 1 - i)];
  return value;
}

void put(Bytes& file, const Layout& layout, size_t at, size_t bytes, uint64_t value) {
  for (size_t i = 0; i < bytes && at + i < file.size(); i++)
    file[at + i] = static_cast<uint8_t>(value >> (8 * (layout.big_endian ? bytes - 1 - i : i)));
}

// Changes one part of an entry of one directory, or where a directory leads.
bool mutate_directory(Bytes& file, Random& random) {
  if (file.size() < 16 || file[0] != file[1] || (file[0] != 'I' && file[0] != 'M')) return false;
  const Layout layout{file[0] == 'M', file[file[0] == 'M' ? 3 : 2] == 43};
  const size_t word = layout.word_bytes(), count_bytes = layout.big ? 8 : 2;
  size_t link = layout.big ? 8 : 4;
  for (size_t hops = random.below(3);; hops--) {
    const uint64_t offset = get(file, layout, link, word);
    if (offset < 8 || offset > file.size() - count_bytes) return false;
    const uint64_t count = get(file, layout, static_cast<size_t>(offset), count_bytes);
    if (count == 0 || count > file.size() / layout.entry_bytes()) return false;
    const size_t first = static_cast<size_t>(offset) + count_bytes;
    const size_t end = first + static_cast<size_t>(count) * layout.entry_bytes();
    if (end + word > file.size()) return false;
    if (hops > 0) {
      link = end;
      continue;
    }
    const size_t entry = first + random.below(static_cast<size_t>(count)) * layout.entry_bytes();
    switch (random.below(8)) {
      case 0:
        put(file, layout, entry, 2, 254 + random.below(100));
        break;
      case 1:
        put(file, layout, entry + 2, 2, random.below(20));
        break;
      case 2:
        put(file, layout, entry + 4, word, random.below(2) ? random.boundary() : random.below(40));
        break;
      case 3:
        put(file, layout, end, word, random.below(2) ? offset : random.below(file.size()));
        break;
      case 4:
        put(file, layout, static_cast<size_t>(offset), count_bytes, random.below(40));
        break;
      case 5:
        put(file, layout, entry + 4 + word, 2, random.below(12));
        break;
      default:
        put(file, layout, entry + 4 + word, word, random.below(2) ? random.boundary() : random.below(file.size() + 16));
        break;
    }
    return true;
  }
}

void mutate_bytes(Bytes& file, Random& random) {
  const size_t at = random.below(file.size());
  const size_t length = std::min(1 + random.below(32), file.size() - at);
  const auto begin = file.begin() + static_cast<std::ptrdiff_t>(at);
  switch (random.below(7)) {
    case 0:
      file[at] = static_cast<uint8_t>(file[at] ^ 1u << random.below(8));
      break;
    case 1:
      file[at] = static_cast<uint8_t>(random.next());
      break;
    case 2:
      put(file, {random.below(2) == 0, false}, at, 4, random.boundary());
      break;
    case 3:
      file.resize(at);
      break;
    case 4:
      file.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
      break;
    case 5: {
      const Bytes block(begin, begin + static_cast<std::ptrdiff_t>(length));
      file.insert(file.begin() + static_cast<std::ptrdiff_t>(random.below(file.size())), block.begin(), block.end());
      break;
    }
    default:
      std::fill_n(begin, length, static_cast<uint8_t>(random.boundary()));
      break;
  }
}

}  // namespace

uint64_t Random::next() {
  uint64_t z = state_ += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

uint64_t Random::boundary() {
  static const uint64_t values[] = {0,      1,          2,          3,           7,          8,           255,        256, 0x7fff, 0x8000, 0xffff,
                                    0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, 0x100000000, UINT64_MAX, INT64_MAX};
  return values[below(std::size(values))];
}

Bytes mutate(Bytes file, Random& random) {
  for (size_t changes = 1 + random.below(4); changes > 0 && !file.empty(); changes--)
    if (random.below(2) == 0 || !mutate_directory(file, random)) mutate_bytes(file, random);
  return file;
}
