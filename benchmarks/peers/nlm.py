"""scikit-image's fast non-local means. Reads "run" lines, answers seconds; writes its last result as raw float32."""
import sys
import time

import numpy as np
from skimage.restoration import denoise_nl_means

source, target, shape, patch_size, patch_distance, h, sigma = sys.argv[1:]
image = np.fromfile(source, np.float32).reshape([int(n) for n in shape.split("x")])
for _ in sys.stdin:
    start = time.perf_counter()
    result = denoise_nl_means(image, patch_size=int(patch_size), patch_distance=int(patch_distance), h=float(h),
                              sigma=float(sigma), fast_mode=True)
    seconds = time.perf_counter() - start
    result.astype(np.float32).tofile(target)
    print(seconds, flush=True)
