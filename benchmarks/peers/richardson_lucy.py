"""scikit-image's Richardson-Lucy. Reads "run" lines, answers seconds."""
import sys
import time

import numpy as np
from skimage.restoration import richardson_lucy

source, psf_file, shape, psf_size, iterations = sys.argv[1:]
image = np.fromfile(source, np.float32).reshape([int(n) for n in shape.split("x")])
psf = np.fromfile(psf_file, np.float32).reshape([int(psf_size)] * 3)
for _ in sys.stdin:
    start = time.perf_counter()
    richardson_lucy(image, psf, num_iter=int(iterations))
    print(time.perf_counter() - start, flush=True)
