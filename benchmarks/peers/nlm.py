"""scikit-image's denoise_nl_means(fast_mode=True): nlm.py IMAGE.raw ZxYxX PATCH DISTANCE H SIGMA.

A stack of one slice is filtered in two dimensions.
"""

import sys

import skimage
from resident import load, serve
from skimage.restoration import denoise_nl_means

path, shape, patch, distance, h, sigma = sys.argv[1:]
image = load(path, shape)
image = image[0] if image.shape[0] == 1 else image
serve(
    lambda: denoise_nl_means(
        image,
        patch_size=int(patch),
        patch_distance=int(distance),
        h=float(h),
        sigma=float(sigma),
        fast_mode=True,
        preserve_range=True,
        channel_axis=None,
    ),
    {"scikit-image": skimage.__version__},
)
