#!/usr/bin/env bash
# Installs the Debian packages that the build needs, where they are missing, and says which.
# Usage: bash scripts/install-dependencies.sh [EXTRA_PACKAGE...]
set -euo pipefail

# Compiler and libraries of the native layer (native/README.md), and the standard gRPC .proto files (src/Protocol).
packages=(g++ cmake ninja-build libtorch-dev libtiff-dev grpc-proto "$@")

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing Debian packages: ${missing[*]}"
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "These packages could not be installed: ${missing[*]}. The whole log is in $log." >&2
    exit 1
  fi
  rm -f "$log"
fi

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi
