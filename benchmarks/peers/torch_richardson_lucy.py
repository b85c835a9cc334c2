"""Richardson-Lucy as a plain loop over torch.fft: torch_richardson_lucy.py IMAGE.raw ZxYxX PSF.raw ZxYxX ITERATIONS padded|periodic.

Periodic: transforms of the image's own size. Padded: of image and PSF less 1, rounded up to fast lengths; what lies beyond the
faces is zero, as for scikit-image. On two threads; libtorch's transform itself uses one.
"""

import sys

import numpy as np
import torch
from resident import load, serve
from scipy.fft import next_fast_len

image_path, image_shape, psf_path, psf_shape, iterations, edges = sys.argv[1:]
torch.set_num_threads(2)
image, psf = torch.from_numpy(load(image_path, image_shape)), torch.from_numpy(load(psf_path, psf_shape))
padded = edges == "padded"
shape = [next_fast_len(i + p - 1, real=True) if padded else i for i, p in zip(image.shape, psf.shape)]
core = tuple(slice(0, size) for size in image.shape)


def run() -> np.ndarray:
    """All iterations, with the transform of the PSF."""
    kernel = torch.zeros(shape)
    kernel[tuple(slice(0, size) for size in psf.shape)] = psf
    transfer = torch.fft.rfftn(torch.roll(kernel, [-(size // 2) for size in psf.shape], (0, 1, 2)))

    def apply(volume: torch.Tensor, factor: torch.Tensor) -> torch.Tensor:
        return torch.fft.irfftn(torch.fft.rfftn(volume, s=shape) * factor, s=shape)[core]

    estimate = torch.full_like(image, 0.5)
    for _ in range(int(iterations)):
        ratio = image / apply(estimate, transfer).clamp_min_(1e-6)
        estimate = estimate * apply(ratio, transfer.conj())
    return estimate.numpy()


with torch.no_grad():
    serve(run, {"torch": torch.__version__})
