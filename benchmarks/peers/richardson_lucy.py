"""scikit-image's richardson_lucy: richardson_lucy.py IMAGE.raw ZxYxX PSF.raw ZxYxX ITERATIONS."""

import sys

import scipy
import skimage
from resident import load, serve
from skimage.restoration import richardson_lucy

image_path, image_shape, psf_path, psf_shape, iterations = sys.argv[1:]
image, psf = load(image_path, image_shape), load(psf_path, psf_shape)
serve(
    lambda: richardson_lucy(image, psf, num_iter=int(iterations), clip=False),
    {"scikit-image": skimage.__version__, "scipy": scipy.__version__},
)
