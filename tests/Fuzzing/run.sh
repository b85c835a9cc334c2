#!/usr/bin/env bash
# Fuzzes the TIFF reader: mutates real and generated files, reads each in a child process.
# Usage: bash tests/Fuzzing/run.sh [--cases N] [--seed S] [--first K] [--corpus DIR] [--output DIR] [--workers N] [--case-seconds S]
# A failure is printed with its seed and case number, and its file is kept in the output folder (default: ib-fuzz in the
# temporary folder); --seed S --first K --cases 1 runs it again. Without --corpus, ../shared/data/tiff is taken where it is.
set -euo pipefail
cd "$(dirname "$0")/../.."

dotnet build tests/Fuzzing/Fuzzing.csproj -c Release --nologo -v quiet >&2
corpus=()
[[ " $* " == *" --corpus "* ]] || [ ! -d ../shared/data/tiff ] || corpus=(--corpus ../shared/data/tiff)
exec tests/Fuzzing/bin/Release/net10.0/InferenceBridge.Fuzzing fuzz "${corpus[@]}" "$@"
