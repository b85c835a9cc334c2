"""Planes of a picture file, in the order of its channels: images.py FILE. The result is (channels, y, x)."""

import sys

import numpy as np
import skimage
from resident import serve
from skimage import io

picture = io.imread(sys.argv[1])
planes = picture[np.newaxis] if picture.ndim == 2 else np.moveaxis(picture[..., :3], -1, 0)
serve(lambda: planes.astype(np.float32), {"scikit-image": skimage.__version__})
