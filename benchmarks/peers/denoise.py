"""Denoises planes one after another: denoise.py METHOD STACK.raw ZxYxX LAWS.raw.

METHOD is nlm, wavelet, tv or bm3d. LAWS holds, for each plane, the gain and the variance at 0 of its noise, as ours
estimates them: all methods work on the generalised Anscombe transform and return through its exact unbiased inverse, or, where
the gain is 0, on the plane divided by the noise. Every method is told that the noise is then 1.
"""

import sys

import numpy as np
import skimage
from resident import load, serve
from skimage.restoration import cycle_spin, denoise_nl_means, denoise_tv_chambolle, denoise_wavelet

method, path, shape, laws_path = sys.argv[1:]
stack = load(path, shape)
laws = np.fromfile(laws_path, dtype="<f4").reshape(-1, 2)
versions = {"scikit-image": skimage.__version__}
if method == "bm3d":
    try:
        import bm3d as package
    except ImportError:
        sys.exit("bm3d is not installed")

    versions["bm3d"] = getattr(package, "__version__", "?")


def forward(plane: np.ndarray, gain: float, variance: float) -> np.ndarray:
    """Give the noise a standard deviation of 1."""
    if gain <= 0:
        return plane / np.sqrt(max(variance, 1e-12))
    return 2 * np.sqrt(np.maximum(0, (plane + variance / gain) / gain + 0.375))


def inverse(values: np.ndarray, gain: float, variance: float) -> np.ndarray:
    """Take means of transformed values to means of values."""
    if gain <= 0:
        return values * np.sqrt(max(variance, 1e-12))
    d = np.maximum(values, 2 * np.sqrt(0.375))
    root = np.sqrt(1.5)
    photons = d**2 / 4 + root / (4 * d) - 11 / (8 * d**2) + 5 * root / (8 * d**3) - 0.125
    return np.maximum(photons, 0) * gain - variance / gain


def denoise(image: np.ndarray) -> np.ndarray:
    """Denoise an image whose noise is 1."""
    low, high = image.min(), image.max()
    unit = (image - low) / (high - low)
    sigma = 1 / (high - low)
    if method == "nlm":
        result = denoise_nl_means(unit, patch_size=5, patch_distance=6, h=0.8 * sigma, sigma=sigma, fast_mode=True)
    elif method == "wavelet":
        options = {"sigma": sigma, "rescale_sigma": True, "method": "BayesShrink"}
        result = cycle_spin(unit, func=denoise_wavelet, max_shifts=3, func_kw=options, num_workers=1, channel_axis=None)
    elif method == "tv":
        result = denoise_tv_chambolle(unit, weight=1.5 * sigma)
    else:
        result = package.bm3d(unit, sigma)
    return result * (high - low) + low


def run() -> np.ndarray:
    """Denoise every plane."""
    return np.stack(
        [inverse(denoise(forward(plane.astype(np.float64), *law)), *law) for plane, law in zip(stack, laws.astype(float))]
    )


serve(run, versions)
