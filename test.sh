#!/usr/bin/env bash
# Installs what is missing, builds everything in Release and runs every test.
# The last line adds up all test runners: "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

bash scripts/install-dependencies.sh

echo "Building"
dotnet build InferenceBridge.sln -c Release --nologo -v quiet

status=0
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "Testing $name"
  broken=0
  # Ten minutes without any test's end are a hang: the runner then names the test and goes on with the next project.
  dotnet test "$project" -c Release --no-build --nologo \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" || broken=1
  # A runner that broke before it wrote a failure into its results, by a crash or a hang, counts as one.
  if [ "$broken" = 1 ] && ! grep -q '<Counters[^>]* failed="[1-9]' "$results/$name.trx"; then
    echo '<Counters passed="0" failed="1" total="1" executed="1"' >"$results/$name.broken.trx"
  fi
  [ "$broken" = 0 ] || status=1
done

# Tests in other languages end with a line like this script's.
for runner in tests/Native/run.sh clients/python/test.sh; do
  echo "Testing $(dirname "$runner")"
  log=$results/$(tr / - <<<"$runner").log
  timeout --kill-after=10s 30m bash "$runner" >"$log" 2>&1 || { status=1; cat "$log"; }
  tail -n 1 "$log"
  # A runner that broke before it could count is one failure.
  read -r ran_passed _ ran_failed _ ran_skipped _ <<<"$(grep -x '[0-9]* passed, [0-9]* failed, [0-9]* skipped' "$log" | tail -n 1)" || true
  [ -n "$ran_passed" ] || { status=1; ran_passed=0 ran_failed=1 ran_skipped=0; }
  echo "<Counters total=\"$((ran_passed + ran_failed + ran_skipped))\" executed=\"$((ran_passed + ran_failed))\" passed=\"$ran_passed\"" >"$log.trx"
done

sum() { # sum ATTRIBUTE: over the counters of all result files
  grep -ho '<Counters[^>]*' "$results"/*.trx | grep -o "\b$1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}

total=$(sum total)
executed=$(sum executed)
passed=$(sum passed)
echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
exit "$status"
