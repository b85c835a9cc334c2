"""Writes focus_values.json: focus metrics computed a second time, in float64, with numpy and scipy's own operators.

Images are formulas that the tests have too. Run with Debian 12's python3-scipy: /usr/bin/python3 make_focus_values.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import ndimage
from scipy.fft import dctn

BLOCK = 32
SOBEL = np.outer([1, 2, 1], [-1, 0, 1]).astype(float)
LAPLACE = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], float)


def image(height, width, offset=0, top=None):
    """Whole numbers with structure at all scales, the same in every language."""
    y, x = np.mgrid[:height, :width].astype(np.int64)
    g = (7 * y * y + 13 * x + 5 * x * y) % 251 + 40 * ((y // 9 + x // 11) % 3) + offset
    return np.minimum(g, top).astype(float) if top else g.astype(float)


def tiles(size, tile):
    """Edges of tiles that cut an axis evenly."""
    count = max(1, (size + tile // 2) // tile)
    return [size * i // count for i in range(count + 1)]


def starts(size):
    count = -(-size // BLOCK)
    return [0] if count == 1 else [(size - BLOCK) * i // (count - 1) for i in range(count)]


def radii():
    k = np.arange(BLOCK) / (2 * BLOCK)
    return np.hypot(k[:, None], k[None, :])


def spectral(blocks, brightness, cutoff):
    """Entropy and mid-band power of blocks' mean power."""
    r = radii()
    power = np.mean([dctn(block, norm="ortho") ** 2 for block in blocks], axis=0) / BLOCK**2
    limit = cutoff if cutoff and np.sum(r > cutoff) >= 64 else 0.5
    low, high = (0.2 * cutoff, 0.6 * cutoff) if cutoff else (0.05, 0.25)
    noise = power[r > limit].mean()
    ac = r > 0
    middle = ac & (r >= low) & (r < high)
    band = max(0.0, (power[middle] - noise).sum()) / brightness**2
    signal = ac & (r <= limit)
    rest = np.maximum(power[signal] - noise * (1 + 5 / np.sqrt(len(blocks))), 0)
    if rest.sum() == 0:
        return 0.0, band
    p = rest[rest > 0] / rest.sum()
    return max(0.0, -(p * np.log(p)).sum() / np.log(signal.sum())), band


def measure(g, tile=64, background=0.0, normalise=True, cutoff=None):
    """The seven metrics of a plane, and of its tiles (rows of tiles first)."""
    height, width = g.shape
    b = np.abs(g - background).mean() if normalise else 1.0
    padded = np.pad(g, ((0, max(0, 3 - height)), (0, max(0, 3 - width))), mode="edge")
    inner = np.zeros(padded.shape, bool)
    inner[1:-1, 1:-1] = True
    gradient = ndimage.correlate(padded, SOBEL) ** 2 + ndimage.correlate(padded, SOBEL.T) ** 2
    laplacian = ndimage.correlate(padded, LAPLACE)
    full = np.pad(g, ((0, max(0, BLOCK - height)), (0, max(0, BLOCK - width))), mode="symmetric")
    level = g.mean()

    def over(rows, columns):
        (top, bottom), (left, right) = rows, columns
        part = g[top:bottom, left:right]
        mean = part.mean()
        ends = (max(bottom, 3) if bottom == height else bottom, max(right, 3) if right == width else right)
        squares, products = [], []
        for y in range(top, bottom):
            for x in range(left, right):
                if x + 2 < width:
                    squares.append((g[y, x + 2] - g[y, x]) ** 2)
                    products.append((g[y, x] - mean) * (g[y, x + 1] - g[y, x + 2]))
                if y + 2 < height:
                    squares.append((g[y + 2, x] - g[y, x]) ** 2)
                    products.append((g[y, x] - mean) * (g[y + 1, x] - g[y + 2, x]))
        here = inner[top : ends[0], left : ends[1]]
        sharp = gradient[top : ends[0], left : ends[1]][here]
        curved = laplacian[top : ends[0], left : ends[1]][here]
        half = BLOCK // 2
        blocks = [
            full[y : y + BLOCK, x : x + BLOCK] - level
            for y in starts(full.shape[0])
            for x in starts(full.shape[1])
            if (height < BLOCK or top <= y + half < bottom) and (width < BLOCK or left <= x + half < right)
        ]
        entropy, band = spectral(blocks, b, cutoff)
        mean_of = lambda values: float(np.mean(values)) if len(values) else 0.0
        return [
            mean_of(squares) / b**2, mean_of(sharp) / b**2, float(np.var(curved)) / b**2 if len(curved) else 0.0,
            float(np.var(part)) / b**2, mean_of(products) / b**2, entropy, band,
        ]

    ys, xs = tiles(height, tile), tiles(width, tile)
    parts = [over(rows, columns) for rows in zip(ys, ys[1:]) for columns in zip(xs, xs[1:])]
    return {"frame": over((0, height), (0, width)), "tiles": parts, "map": [len(ys) - 1, len(xs) - 1]}


CASES = [
    dict(shape=(1, 37)), dict(shape=(37, 1)), dict(shape=(2, 5)), dict(shape=(3, 3)), dict(shape=(31, 47)), dict(shape=(97, 101), tile=32),
    dict(shape=(64, 130), offset=60000), dict(shape=(65, 66), top=180, normalise=False), dict(shape=(70, 45), background=90, cutoff=0.31),
    dict(shape=(33, 127), cutoff=0.9), dict(shape=(128, 96), tile=47, cutoff=0.07),
    dict(shape=(263, 331), tile=40),
]


def main():
    values = []
    for case in CASES:
        keys = dict(case)
        height, width = keys.pop("shape")
        g = image(height, width, keys.pop("offset", 0), keys.pop("top", None))
        values.append({**case, **measure(g, **keys)})
    Path(__file__).with_name("focus_values.json").write_text(json.dumps({"cases": values}, indent=1) + "\n")


if __name__ == "__main__":
    main()
