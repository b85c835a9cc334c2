#!/usr/bin/env bash
# Installs what the tests with ImageJ need, builds the plugin, and lays out an ImageJ of the tests' own.
# Usage: bash tests/Interop/prepare.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=../../fiji-plugin-shim/packages.sh
. "$root/fiji-plugin-shim/packages.sh"
(
  flock 9
  bash "$root/scripts/install-dependencies.sh" "${build_packages[@]}" "${test_packages[@]}"
  bash "$root/fiji-plugin-shim/build.sh"
) 9>"${TMPDIR:-/tmp}/inferencebridge-plugin-$(id -u).lock"
/usr/bin/python3 "$root/clients/python/generate.py"
mkdir -p "$1/plugins" "$1/home" "$1/scenarios"
cp "$root"/fiji-plugin-shim/target/InferenceBridge_-*.jar "$1/plugins/"
javac -encoding UTF-8 -cp "/usr/share/java/ij.jar:$(echo "$1"/plugins/InferenceBridge_-*.jar)" -d "$1/scenarios" "$here"/java/*.java
