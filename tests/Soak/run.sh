#!/usr/bin/env bash
# A server under clients that are killed, leave, lose their connection or send nonsense, for as long as you like.
# Usage: bash tests/Soak/run.sh [--minutes N] [--seed N] [--report FILE]      (default: 60 minutes, seed 1)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export IB_SOAK_MINUTES=60 IB_SOAK_SEED=1 IB_SOAK_REPORT=
while [ $# -gt 0 ]; do
  case "$1" in
    --minutes) IB_SOAK_MINUTES=${2:?--minutes needs a number} ;;
    --seed) IB_SOAK_SEED=${2:?--seed needs a number} ;;
    --report) IB_SOAK_REPORT=$(realpath -m "${2:?--report needs a file}") ;;
    *) echo "Unknown option $1; accepted: --minutes N, --seed N, --report FILE" >&2; exit 2 ;;
  esac
  shift 2
done

bash "$root/scripts/install-dependencies.sh" >&2
dotnet build "$root/tests/Soak/Soak.csproj" -c Release --nologo -v quiet >&2
exec dotnet "$root/tests/Soak/bin/Release/net10.0/InferenceBridge.Soak.dll" -noLogo -diagnostics -class InferenceBridge.Soak.SoakTests
