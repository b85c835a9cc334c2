#!/usr/bin/env bash
# Builds the native layer and its C++ tests (native/tests) with AddressSanitizer and UndefinedBehaviorSanitizer and runs
# them. The last line adds both programs up: "N passed, N failed, N skipped".
# Usage: bash tests/Native/run.sh [--cases N] [--seed S] [--corpus DIR]   (of the mutated TIFFs; default: 3000 cases, seed 1,
# ../shared/data/tiff where it is). The file of a case that ends the process is kept in native/build/tests/native-fuzz.tif.
set -uo pipefail
cd "$(dirname "$0")/../.."

build=native/build/tests
mkdir -p "$build"
if ! { cmake -S native/tests -B "$build" -G Ninja && cmake --build "$build"; } >"$build/build.log" 2>&1; then
  tail -n 30 "$build/build.log"
  echo "0 passed, 2 failed, 0 skipped"
  exit 1
fi

# A file that asks for too much gets nothing, as outside of the sanitizer; memory beyond the limit is a finding.
export ASAN_OPTIONS=allocator_may_return_null=1:max_allocation_size_mb=1024:hard_rss_limit_mb=1500:handle_abort=1
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/native/tests/leaks.txt:print_suppressions=0

corpus=()
[[ " $* " == *" --corpus "* ]] || [ ! -d ../shared/data/tiff ] || corpus=(--corpus ../shared/data/tiff)
passed=0 failed=0 skipped=0
add() { # add PROGRAM ARGUMENT...: runs it and adds its last line up; a program that dies counts as one failure
  local log="$build/$(basename "$1").log" line
  "$@" >"$log" 2>&1
  local status=$?
  line=$(tail -n 1 "$log")
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]] && { [ $status -eq 0 ] || [ "${BASH_REMATCH[2]}" -gt 0 ]; }; then
    ((passed += BASH_REMATCH[1], failed += BASH_REMATCH[2], skipped += BASH_REMATCH[3]))
  else
    ((failed += 1))
  fi
  [ $status -eq 0 ] || tail -n 60 "$log"
}

add "$build/tiff_tests" --output "$build/native-fuzz.tif" "${corpus[@]}" "$@"
add "$build/torch_tests"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
