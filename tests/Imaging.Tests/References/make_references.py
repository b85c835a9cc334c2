"""Reference values for the tests of Imaging, from scikit-image 0.19 and NumPy (Debian's python3-skimage).

Run `python3 make_references.py > imaging.json`. The inputs are integers of a linear congruential generator that the tests
compute too, so that no image files are needed.
"""
import json

import numpy as np
import pywt
from scipy.ndimage import gaussian_filter1d
from skimage.metrics import normalized_root_mse, peak_signal_noise_ratio, structural_similarity
from skimage.restoration import estimate_sigma

MASK = (1 << 64) - 1


def noise(seed, count, limit):
    """Integers 0 to limit - 1 of Knuth's MMIX generator, upper bits."""
    state, values = seed, []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) & MASK
        values.append((state >> 33) % limit)
    return np.array(values, dtype=np.int64)


def structure(depth, height, width):
    """A pattern with edges and slopes, integers of at most 4 digits."""
    z, y, x = np.indices((depth, height, width))
    return 200 + 11 * ((x * y + 5 * z) % 23) + 300 * ((x // 5 + y // 7 + z) % 3) + 2 * y


def pair(shape):
    reference = structure(*shape) + noise(1, int(np.prod(shape)), 8).reshape(shape)
    result = (reference * 3) // 4 + 50 + noise(2, int(np.prod(shape)), 120).reshape(shape)
    return result.astype(np.float64), reference.astype(np.float64)


def ssim_plane(x, y, data_range):
    """structural_similarity; on axes shorter than the window the same without cropping, edges reflected."""
    if min(x.shape) >= 11:
        return structural_similarity(
            x, y, data_range=data_range, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)

    def smooth(image):
        for axis in (0, 1):
            image = gaussian_filter1d(image, 1.5, axis=axis, truncate=3.5, mode="reflect")
        return image

    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    ux, uy = smooth(x), smooth(y)
    vx, vy, vxy = smooth(x * x) - ux * ux, smooth(y * y) - uy * uy, smooth(x * y) - ux * uy
    s = (2 * ux * uy + c1) * (2 * vxy + c2) / ((ux ** 2 + uy ** 2 + c1) * (vx + vy + c2))
    rows, columns = (slice(5, -5) if n >= 11 else slice(None) for n in x.shape)
    return s[rows, columns].mean()


def comparison(shape, fit, data_range):
    result, reference = pair(shape)
    gain, offset = 1.0, 0.0
    if fit:
        gain, offset = np.polyfit(result.ravel(), reference.ravel(), 1)
        result = gain * result + offset
    used = data_range or reference.max() - reference.min()
    return {
        "shape": shape, "fit": fit, "given_range": data_range, "data_range": used, "gain": gain, "offset": offset,
        "psnr": peak_signal_noise_ratio(reference, result, data_range=used),
        "nrmse": normalized_root_mse(reference, result, normalization="euclidean"),
        "ssim": float(np.mean([ssim_plane(x, y, used) for x, y in zip(result, reference)])),
    }


def sigma(height, width, masked):
    image = (100 + noise(height * 1000 + width, height * width, 41)).reshape(height, width).astype(np.float64)
    if masked:
        image[: height // 2] = 0
    if height > 1 and width > 1:
        value = estimate_sigma(image)
    else:
        _, detail = pywt.dwt(image.ravel(), "db2")
        detail = detail[np.nonzero(detail)]
        value = np.median(np.abs(detail)) / 0.6744897501960817
    return {"height": height, "width": width, "masked": masked, "sigma": float(value)}


def statistics(count):
    values = noise(9, count, 60000).astype(np.float32)
    exact = values.astype(np.float64)
    return {"count": count, "minimum": exact.min(), "maximum": exact.max(), "mean": exact.mean(), "standard_deviation": exact.std()}


def xoshiro(state, count):
    s, out = list(state), []

    def rotate(x, k):
        return ((x << k) | (x >> (64 - k))) & MASK

    for _ in range(count):
        out.append(rotate(s[1] * 5 & MASK, 7) * 9 & MASK)
        t = s[1] << 17 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 45)
    return [str(value) for value in out]


print(json.dumps({
    "comparisons": [
        comparison((3, 24, 31), False, None), comparison((3, 24, 31), True, None), comparison((2, 11, 11), False, 65535.0),
        comparison((1, 150, 40), True, None), comparison((2, 7, 20), False, None), comparison((1, 1, 5), True, None),
        comparison((4, 1, 1), False, None), comparison((1, 30, 4), True, 1000.0), comparison((2, 10, 11), False, None),
    ],
    "sigmas": [
        sigma(64, 50, False), sigma(17, 33, False), sigma(16, 16, True), sigma(2, 2, False), sigma(3, 5, False),
        sigma(2, 40, False), sigma(1, 20, False), sigma(31, 1, False), sigma(1, 2, False),
    ],
    "statistics": [statistics(1), statistics(2), statistics(10_007)],
    "xoshiro": xoshiro((1, 2, 3, 4), 10),
}, indent=1))
