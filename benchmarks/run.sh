#!/usr/bin/env bash
# Runs one benchmark by name, and what it is compared with in the same run. Builds first, and installs what is missing.
# Usage: bash benchmarks/run.sh NAME [--json] [--report FILE] | soak [--minutes N] [--seed N] | --list | --help
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tool=$root/benchmarks/bin/Release/net10.0/InferenceBridge.Benchmarks
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

stale() {
  [ ! -x "$tool" ] && return 0
  [ -n "$(find "$root/src" "$root/substitutes" "$root/native" "$root/proto" "$root/models" "$root/benchmarks" "$root"/Directory.* \
    \( -name bin -o -name obj -o -name build -o -name reports \) -prune -o -type f ! -name '*.md' -newer "$tool.dll" -print -quit)" ]
}

if [ "${1:-}" = soak ]; then
  exec bash "$root/tests/Soak/run.sh" "${@:2}"
fi

if stale; then
  (
    flock 9
    bash "$root/scripts/install-dependencies.sh" >&2
    echo "Building the benchmarks" >&2
    dotnet build "$root/benchmarks/Benchmarks.csproj" -c Release --nologo -v quiet >&2
    touch "$tool.dll"
  ) 9>"${TMPDIR:-/tmp}/inferencebridge-build-$(id -u).lock"
fi

# What a benchmark is compared with is installed when it runs for the first time.
case ${1:-} in
  '' | -*) ;;
  *)
    read -r -a packages <<<"$("$tool" --packages "$1" 2>/dev/null)" || true
    [ ${#packages[@]} -eq 0 ] || bash "$root/scripts/install-dependencies.sh" "${packages[@]}" >&2
    ;;
esac
# The server of these is the one that users start.
case ${1:-} in transport | clients | memory | overlap | overhead | concurrency | frame-stream | registration-speed | registration-quality | autofocus-stack | autofocus-loop | autofocus-speed) "$root/ib" --version >/dev/null ;; esac
exec "$tool" "$@"
