// A small test harness: TEST registers a case, CHECK and CHECK_EQUAL note failures and go on, run prints the counts.
#pragma once

#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

namespace check {

struct Case {
  const char* name;
  void (*body)();
};

inline std::vector<Case>& cases() {
  static std::vector<Case> all;
  return all;
}

inline int& failures() {
  static int count = 0;
  return count;
}

struct Registration {
  Registration(const char* name, void (*body)()) { cases().push_back({name, body}); }
};

inline void fail(const char* file, int line, const std::string& what) {
  std::printf("  %s:%d: %s\n", file, line, what.c_str());
  std::fflush(stdout);  // A sanitizer may end the process at the next line.
  failures()++;
}

template <typename Actual, typename Expected>
void equal(const Actual& actual, const Expected& expected, const char* text, const char* file, int line) {
  if (actual == expected) return;
  std::ostringstream what;
  what << text << " is " << actual << ", expected " << expected;
  fail(file, line, what.str());
}

// Runs every test and prints "N passed, N failed, N skipped" last.
inline int run() {
  int passed = 0, failed = 0;
  for (const Case& test : cases()) {
    const int before = failures();
    std::printf("%s\n", test.name);
    std::fflush(stdout);
    test.body();
    (failures() == before ? passed : failed)++;
  }
  std::printf("%d passed, %d failed, 0 skipped\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace check

#define TEST(name)                                                  \
  static void name();                                               \
  static const check::Registration name##_registration(#name, name); \
  static void name()

#define CHECK(condition) \
  if (!(condition)) check::fail(__FILE__, __LINE__, #condition)

#define CHECK_EQUAL(actual, expected) check::equal(actual, expected, #actual, __FILE__, __LINE__)
