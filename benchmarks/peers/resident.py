"""Keeps a peer loaded, so that it can be timed in turn with what it is compared with.

Says its versions as a line of JSON; then, for each line of standard input:
  run         runs the peer once and answers the seconds that it took
  save PATH   writes the last result as little-endian float32, x fastest, and answers "saved"
"""

import json
import platform
import sys
import time
from collections.abc import Callable

import numpy as np


def load(path: str, shape: str) -> np.ndarray:
    """Read little-endian float32 with a (z, y, x) shape such as 32x256x256."""
    return np.fromfile(path, dtype="<f4").reshape([int(size) for size in shape.split("x")])


def serve(run: Callable[[], np.ndarray], versions: dict[str, str]) -> None:
    """Answer commands until standard input ends."""
    print(json.dumps({"python": platform.python_version(), "numpy": np.__version__, **versions}), flush=True)
    result = None
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "run":
            start = time.perf_counter()
            result = run()
            print(repr(time.perf_counter() - start), flush=True)
        elif command == "save" and result is not None:
            result.astype("<f4").tofile(argument)
            print("saved", flush=True)
        else:
            sys.exit(f"unknown command {line.strip()!r}; accepted: run, then save PATH")
