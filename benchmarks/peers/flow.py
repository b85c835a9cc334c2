"""scikit-image's estimates of displacements: flow.py METHOD PAIRS.raw 2NxYxX [register].

PAIRS holds a reference and a frame in turn. METHOD is phase (phase_cross_correlation, one shift for all pixels), ilk
(optical_flow_ilk) or tvl1 (optical_flow_tvl1), with their defaults but for an upsampling of 20. The result is N times the
displacements along y and along x: the content of the reference's pixel p lies at p + d(p) in the frame. With "register" it is
the N frames, moved back by cubic interpolation.
"""

import sys

import numpy as np
import scipy
import skimage
from resident import load, serve
from scipy import ndimage
from skimage.registration import optical_flow_ilk, optical_flow_tvl1, phase_cross_correlation

method, path, shape, *rest = sys.argv[1:]
pairs = load(path, shape)
references, frames = pairs[0::2], pairs[1::2]
grid = np.mgrid[: pairs.shape[1], : pairs.shape[2]].astype(np.float32)


def displacement(reference: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """Find where the reference's content lies in the frame."""
    if method == "phase":
        # It gives the shift that takes the frame to the reference.
        shift = phase_cross_correlation(reference, frame, upsample_factor=20)[0]
        return np.broadcast_to(-shift[:, None, None], (2, *frame.shape)).astype(np.float32)
    return {"ilk": optical_flow_ilk, "tvl1": optical_flow_tvl1}[method](reference, frame)


def registered(reference: np.ndarray, frame: np.ndarray) -> np.ndarray:
    """Move a frame back."""
    found = displacement(reference, frame)
    if method == "phase":
        return ndimage.shift(frame, -found[:, 0, 0], order=3, mode="nearest")
    return ndimage.map_coordinates(frame, grid + found, order=3, mode="nearest")


work = registered if rest == ["register"] else displacement
serve(
    lambda: np.stack([work(reference, frame) for reference, frame in zip(references, frames)]),
    {"scikit-image": skimage.__version__, "scipy": scipy.__version__},
)
