"""Finds the focus of a microscope that pymmcore-plus controls: takes a frame, asks the server, moves the stage, until it is found.

Needs pymmcore-plus and inferencebridge. Run: python samples/pymmcore_autofocus.py [HOST:PORT] [OPERATION] [NAME=VALUE ...]
such as: python samples/pymmcore_autofocus.py localhost:50051 autofocus/metrics range_um=15 tolerance_um=0.4
"""

import sys

OUTCOMES = ("searching", "focused", "not found", "at the limit", "holding", "the stage did not move as asked")


class Autofocus:
    """A search for the focus.

    Args:
        core: a ``CMMCorePlus``, or anything with its methods for the focus drive and for snapping.
        client: an ``inferencebridge.Client``.
        operation: ``"autofocus/metrics"``, or a network.
        limits: lowest and highest z in µm that the stage may be sent to. They are told to the server, and checked here once more.
        parameters: the operation's own: ``backlash_um``, ``tolerance_um``, ``na``, ``wavelength``, ...
    """

    # The server ends a search after max_frames; this only keeps a broken one from going on for ever.
    MOST_FRAMES = 10_000

    def __init__(self, core, client, operation="autofocus/metrics", *, limits, **parameters):
        self._core = core
        self._client = client
        self._operation = operation
        self._limits = limits
        self._parameters = dict(parameters, mode="search", minimum_z_um=float(limits[0]), maximum_z_um=float(limits[1]))
        self.curve = []

    def run(self, on_step=None):
        """Searches; the stage is left in focus, or where it began when none is found.

        Args:
            on_step: function of (z in µm, numbers of the answer), called for every frame before the stage moves.

        Returns:
            the outcome in words.
        """
        origin = self._core.getZPosition()
        frame = self._core.snap()
        pixel = self._core.getPixelSizeUm()
        voxel = dict(voxel_size_um=(1.0, pixel, pixel)) if pixel > 0 else {}
        with self._client.open_frames(self._operation, shape=frame.shape, dtype=frame.dtype, **voxel, **self._parameters) as stream:
            answers = iter(stream)
            for _ in range(self.MOST_FRAMES):
                z = self._core.getZPosition()
                stream.send(frame, z_um=z)
                numbers = next(answers).numbers
                self.curve.append((z, numbers["score"]))
                if on_step is not None:
                    on_step(z, numbers)
                self._follow(numbers)
                state = OUTCOMES[int(numbers["state"])]
                if state != "searching":
                    stream.finish()
                    if state == "not found":
                        self._move(origin)
                    return state
                frame = self._core.snap()
        return "not found"

    def _follow(self, numbers):
        # The approach takes up the play of the stage.
        if "approach_z_um" in numbers:
            self._move(numbers["approach_z_um"])
        if "approach_z_um" in numbers or numbers["move_um"] != 0:
            self._move(numbers["target_z_um"])

    def _move(self, z):
        if not self._limits[0] <= z <= self._limits[1]:
            raise ValueError(f"The stage was to go to {z} µm; accepted: {self._limits[0]} to {self._limits[1]}.")
        self._core.setZPosition(z)
        self._core.waitForDevice(self._core.getFocusDevice())


def value(text):
    """A parameter as typed: a number where it is one."""
    try:
        return float(text)
    except ValueError:
        return text


def main():
    from inferencebridge import Client
    from pymmcore_plus import CMMCorePlus

    address = sys.argv[1] if len(sys.argv) > 1 else "localhost:50051"
    operation = sys.argv[2] if len(sys.argv) > 2 else "autofocus/metrics"
    parameters = {name: value(text) for name, text in (pair.split("=", 1) for pair in sys.argv[3:])}
    core = CMMCorePlus.instance()
    core.loadSystemConfiguration()
    z = core.getZPosition()
    reach = parameters.get("range_um", 25.0)
    with Client(address) as client:
        search = Autofocus(core, client, operation, limits=(z - reach, z + reach), **parameters)
        outcome = search.run(lambda at, numbers: print(f"{at:8.2f} µm  score {numbers['score']:.5g}"))
    print(f"{outcome} after {len(search.curve)} frames, at {core.getZPosition():.2f} µm")


if __name__ == "__main__":
    main()
