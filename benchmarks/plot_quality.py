"""Draws the curve of deconvolution-quality over iterations: plot_quality.py REPORT.json PICTURE.png (needs python3-matplotlib)."""

import json
import re
import sys

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt  # noqa: E402  (after the choice of a backend without a screen)

LABELS = {
    "plain": "Richardson–Lucy, voxel n/2", "rl": "Richardson–Lucy, centred", "rl_tv": "… total variation",
    "rl_biggs_andrews": "… Biggs–Andrews", "rl_nesterov": "… Nesterov",
}


def main(report: str, picture: str) -> None:
    with open(report, encoding="utf-8") as file:
        figures = json.load(file)["figures"]
    _, axes = plt.subplots(figsize=(6.4, 4), dpi=110)
    for name, label in LABELS.items():
        points = [(int(match[1]), figure["value"]) for key, figure in figures.items()
                  if (match := re.fullmatch(rf"bars_{name}_(\d+)_psnr", key))]
        axes.plot(*zip(*points), marker="o", markersize=3, label=label)
    axes.plot([10, 50, 100], [27.50, 28.69, 28.96], "kx", label="DeconvolutionLab2")
    axes.set(xlabel="iterations", ylabel="PSNR after a gain fit, dB", title="bars_and_bead/bars-25pct")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    plt.tight_layout()
    plt.savefig(picture)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
