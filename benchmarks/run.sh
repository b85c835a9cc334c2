#!/usr/bin/env bash
# Runs one benchmark, with its peer or limit in the same run.
# Usage: bash benchmarks/run.sh NAME [--json]    bash benchmarks/run.sh --list
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
peers=()
case "${1:-}" in nlm | richardson-lucy) peers=(python3-skimage) ;; esac
bash scripts/install-dependencies.sh "${peers[@]}" >&2
[ "${1:-}" != transport ] || ./ib --version >/dev/null
dotnet build benchmarks/Benchmarks.csproj -c Release --nologo -v quiet >&2
exec dotnet benchmarks/bin/Release/net10.0/InferenceBridge.Benchmarks.dll "$@"
