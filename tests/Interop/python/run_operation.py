"""Runs an operation through the Python client on raw files: T, C, Z, Y, X, little-endian.

Arguments: SERVER OPERATION DTYPE T,C,Z,Y,X INPUT OUTPUT [PSF Z,Y,X]
"""

import sys

import numpy as np
from inferencebridge import Client


def read(path, dtype, shape):
    return np.fromfile(path, np.dtype(dtype).newbyteorder("<")).reshape([int(size) for size in shape.split(",")])


server, operation, dtype, shape, source, target, *psf = sys.argv[1:]
with Client(server) as client:
    kernel = read(psf[0], "float32", psf[1]) if psf else None
    result = client.run(operation, read(source, dtype, shape), axes="tczyx", psf=kernel)
result.array.tofile(target)
