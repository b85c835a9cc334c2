// Reads all that a file offers through every function that reads, whatever comes of it.
#pragma once

#include "memory_file.h"

struct Walked {
  int pages = 0;
  int decoded = 0;  // strips, tiles and rows
};

Walked walk(const Bytes& bytes);
