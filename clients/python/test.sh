#!/usr/bin/env bash
# Tests the Python client with Debian's Python against a real server. The last line: "N passed, N failed, N skipped".
# Usage: bash clients/python/test.sh [PYTEST_ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

bash "$root/scripts/install-dependencies.sh" python3-grpcio python3-protobuf python3-numpy python3-tifffile python3-pytest protobuf-compiler
"$root/ib" --version >/dev/null # builds the server where it is missing
/usr/bin/python3 generate.py

results=$(mktemp)
trap 'rm -f "$results"' EXIT
status=0
PYTHONPATH=src PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -m pytest -q -p no:cacheprovider --junitxml="$results" "$@" || status=$?
/usr/bin/python3 - "$results" <<'PYTHON'
import sys
from xml.etree import ElementTree

total = failed = skipped = 0
for suite in ElementTree.parse(sys.argv[1]).iter("testsuite"):
    total += int(suite.get("tests"))
    failed += int(suite.get("failures")) + int(suite.get("errors"))
    skipped += int(suite.get("skipped"))
print(f"{total - failed - skipped} passed, {failed} failed, {skipped} skipped")
PYTHON
exit "$status"
