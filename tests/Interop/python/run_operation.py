"""Runs an operation through the Python client on raw files: T, C, Z, Y, X, little-endian.

Arguments: SERVER OPERATION DTYPE T,C,Z,Y,X INPUT OUTPUT PSF|- Z,Y,X|- [NAME=NUMBER ...]. A refusal is printed as its message alone.
"""

import sys

import numpy as np
from inferencebridge import Client, InferenceBridgeError


def read(path, dtype, shape):
    return np.fromfile(path, np.dtype(dtype).newbyteorder("<")).reshape([int(size) for size in shape.split(",")])


server, operation, dtype, shape, source, target, psf, psf_shape, *pairs = sys.argv[1:]
with Client(server) as client:
    kernel = None if psf == "-" else read(psf, "float32", psf_shape)
    parameters = {name: float(value) for name, value in (pair.split("=") for pair in pairs)}
    try:
        result = client.run(
            operation, read(source, dtype, shape), axes="tczyx", psf=kernel, voxel_size_um=(0.35, 0.1, 0.1), frame_interval_s=1.5, **parameters
        )
    except InferenceBridgeError as error:
        sys.exit(error.message)
result.array.tofile(target)
