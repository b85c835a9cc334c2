"""Writes values.json: what scipy and scikit-image give for images that the tests compute by the same formula.

Run with Debian 12's python3-skimage (scikit-image 0.19.3, scipy 1.10.1): /usr/bin/python3 make_values.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import ndimage
from skimage import restoration


def sample(depth, height, width):
    """Whole numbers with structure and something like noise: Sample.Image in the tests is the same."""
    z, y, x = np.ogrid[:depth, :height, :width]
    noise = (z * 73 + y * 37 + x * 101 + (x * y) % 17 * 13 + (z * x) % 11 * 7 + (y * y * x) % 23 * 5) % 64
    return (100.0 + noise + 200 * ((y // 5 + x // 7 + z // 3) % 2)).astype(np.float64)


def bordered(depth, height, width, border):
    image = sample(depth, height, width)
    inner = np.zeros_like(image)
    part = tuple(slice(b, n - b) for b, n in zip(border, image.shape))
    inner[part] = image[part]
    return inner


def psf(depth, height, width):
    """Whole numbers, largest at n // 2, not symmetric."""
    z, y, x = np.ogrid[:depth, :height, :width]
    kernel = 1.0 + 3 * (depth - abs(z - depth // 2)) * (height - abs(y - height // 2)) * (width - abs(x - width // 2)) + (z + 2 * y + 3 * x) % 5
    return kernel / kernel.sum()


def gaussian(shape, sigma_xy, sigma_z, edges):
    mode = {"reflect": "reflect", "nearest": "nearest"}[edges]
    values = ndimage.gaussian_filter(sample(*shape), (sigma_z, sigma_xy, sigma_xy), mode=mode, truncate=4)
    return {"shape": shape, "sigma_xy": sigma_xy, "sigma_z": sigma_z, "edges": edges, "values": values}


def median(shape, radius_xy, radius_z):
    size = (2 * radius_z + 1, 2 * radius_xy + 1, 2 * radius_xy + 1)
    values = ndimage.median_filter(sample(*shape), size=size, mode="reflect")
    return {"shape": shape, "radius_xy": radius_xy, "radius_z": radius_z, "values": values}


def nlm(shape, volumetric, fast, patch_size, distance, h, sigma):
    image = sample(*shape)

    def one(part):
        return restoration.denoise_nl_means(part, patch_size, distance, h, fast_mode=fast, sigma=sigma, preserve_range=True)

    values = one(image) if volumetric else np.stack([one(plane) for plane in image])
    return {"shape": shape, "volumetric": volumetric, "fast": fast, "patch_size": patch_size, "patch_distance": distance,
            "h": h, "sigma": sigma, "values": values}


def richardson_lucy(shape, border, kernel_shape, iterations):
    # scikit-image takes zeros beyond the image and centres even kernels elsewhere: with a dark border and an odd kernel
    # neither matters, and its constant start of 0.5 gives the same as any constant.
    values = restoration.richardson_lucy(bordered(*shape, border), psf(*kernel_shape), num_iter=iterations, clip=False)
    return {"shape": shape, "border": border, "psf_shape": kernel_shape, "iterations": iterations, "values": values}


def main():
    cases = {
        "gaussian": [
            gaussian((1, 13, 11), 1.3, 0, "reflect"),
            gaussian((5, 7, 6), 0.8, 1.7, "reflect"),
            gaussian((3, 7, 9), 2.5, 0.6, "nearest"),
        ],
        "median": [median((1, 13, 11), 1, 0), median((5, 7, 6), 2, 1), median((2, 3, 4), 3, 2)],
        "nlm": [
            nlm((1, 23, 19), False, True, 5, 6, 30.0, 0.0),
            nlm((2, 17, 13), False, True, 7, 3, 25.0, 15.0),
            nlm((5, 11, 9), True, True, 3, 2, 30.0, 10.0),
            nlm((1, 17, 13), False, False, 5, 4, 30.0, 0.0),
            nlm((4, 9, 7), True, False, 3, 2, 30.0, 10.0),
        ],
        "richardson_lucy": [richardson_lucy((9, 17, 15), (2, 4, 4), (3, 5, 5), 10)],
    }
    for group in cases.values():
        for case in group:
            case["values"] = [float(f"{value:.8g}") for value in case["values"].ravel()]
    Path(__file__).with_name("values.json").write_text(json.dumps(cases, indent=None, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
