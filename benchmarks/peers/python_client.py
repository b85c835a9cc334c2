"""The Python client: a 16-bit stack of 256 MiB through diagnostic/identity. Arguments: SERVER PACKAGE_FOLDER"""

import sys

import numpy as np
from resident import serve

server, package = sys.argv[1:]
sys.path.insert(0, package)
from inferencebridge import Client, __version__  # noqa: E402

stack = np.random.default_rng(1).integers(0, 2**16, (128, 1024, 1024), np.uint16)
client = Client(server)
checked = False


def run() -> np.ndarray:
    global checked
    result = client.run("diagnostic/identity", stack).array
    # Once is enough, and takes no time from the runs that count.
    assert checked or (result == stack).all()
    checked = True
    return result


serve(run, {"inferencebridge": __version__})
