#!/usr/bin/env bash
# From nothing to a restored stack: installs what is missing, builds, starts a server, denoises and deconvolves through it.
# Usage: bash quickstart.sh [STACK.tif]    results go to out/quickstart (OUT=DIR for another folder)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ib=$root/ib
out=${OUT:-$root/out/quickstart}
mkdir -p "$out"

"$ib" --version >/dev/null # installs what is missing and builds

if [ $# -gt 0 ]; then
  input=$1
  [ -f "$input" ] || { echo "quickstart.sh: $input is not a file; accepted: a TIFF stack." >&2; exit 2; }
  psf=$out/psf.tif
  background=0
  "$ib" sample psf "$psf" --like "$input" 2>"$out/psf.log" || {
    grep -q 'voxel size' "$out/psf.log" || { cat "$out/psf.log" >&2; exit 2; }
    echo "The file does not tell its voxel size: taking 0.1 µm in x and y and 0.3 µm in z for the PSF."
    "$ib" sample psf "$psf" --like "$input" --voxel-size 0.3,0.1,0.1
  }
else
  input=$out/sample.tif
  psf=$out/sample-psf.tif
  echo "== Simulating a fluorescence stack: tubules, blurred by a PSF, with Poisson and read noise"
  "$ib" sample tubules "$input"
  background=106 # what `ib sample` adds by default: a camera offset of 100 and 3 photons at a gain of 2
fi

echo "== Starting a server"
log=$out/server.log
"$ib" serve --urls http://127.0.0.1:0 >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  url=$(sed -n 's/^Listening on \(http[^ ]*\).*/\1/p' "$log" | head -n 1)
  [ -n "$url" ] && break
  kill -0 "$server" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { echo "The server does not answer; see $log." >&2; exit 1; }
cat "$log"

echo "== Denoising"
"$ib" denoise "$input" "$out/denoised.tif" --server "$url"
echo "== Deconvolving"
"$ib" deconvolve "$input" "$out/deconvolved.tif" --psf "$psf" -p background="$background" --server "$url"

"$ib" preview "$input" "$out/before-after.png" --caption input \
  --beside "$out/denoised.tif" --caption denoised --beside "$out/deconvolved.tif" --caption deconvolved

if [ $# -eq 0 ]; then
  echo "== Quality against what was simulated (after a fit of gain and offset)"
  compare() { printf '%-24s' "$1"; "$ib" metrics "$2" "$3" --fit | awk '/^PSNR|^SSIM/ { printf "%-7s%-10s", $1, $2 ($3 ? " " $3 : "") } END { print "" }'; }
  compare "noisy / noise-free" "$input" "$out/sample-blurred.tif"
  compare "denoised / noise-free" "$out/denoised.tif" "$out/sample-blurred.tif"
  compare "noisy / truth" "$input" "$out/sample-truth.tif"
  compare "deconvolved / truth" "$out/deconvolved.tif" "$out/sample-truth.tif"
fi

echo "== Results in $out"
for file in "$out"/*.tif "$out"/*.png; do echo "   $file"; done
