"""Denoises every frame that pymmcore-plus acquires, without holding up the acquisition.

Needs pymmcore-plus, useq-schema, tifffile and inferencebridge. Run: python samples/pymmcore_listener.py [HOST:PORT] [FRAMES]
"""

import queue
import sys
import threading


class Denoiser:
    """Takes frames as they come; a thread sends each to the server and hands the result on.

    Args:
        address: the server.
        on_result: function of (denoised frame, event).
        capacity: frames that may wait; further ones are dropped and counted, so that a slow server never stops the camera.
    """

    def __init__(self, address, on_result, capacity=32):
        from inferencebridge import Client

        self._client = Client(address)
        self._on_result = on_result
        self._waiting = queue.Queue(capacity)
        self.dropped = 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def frame_ready(self, image, event, metadata=None):
        """Slot for pymmcore-plus's ``frameReady``."""
        try:
            self._waiting.put_nowait((image.copy(), event))
        except queue.Full:
            self.dropped += 1

    def finish(self):
        """Waits for the frames that are left."""
        self._waiting.put(None)
        self._thread.join()
        self._client.close()

    def _run(self):
        from inferencebridge import InferenceBridgeError

        while (item := self._waiting.get()) is not None:
            image, event = item
            try:
                self._on_result(self._client.denoise(image, operation="denoise/nlm").array, event)
            except InferenceBridgeError as error:
                print(f"Frame {dict(event.index)}: {error}", file=sys.stderr)


def main():
    import tifffile
    import useq
    from pymmcore_plus import CMMCorePlus

    address = sys.argv[1] if len(sys.argv) > 1 else "localhost:50051"
    frames = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    core = CMMCorePlus.instance()
    core.loadSystemConfiguration()
    denoiser = Denoiser(address, lambda image, event: tifffile.imwrite("denoised.tif", image, append=True))
    core.mda.events.frameReady.connect(denoiser.frame_ready)
    core.mda.run(useq.MDASequence(time_plan={"interval": 0, "loops": frames}))
    denoiser.finish()
    print(f"{frames - denoiser.dropped} frames denoised, {denoiser.dropped} dropped")


if __name__ == "__main__":
    main()
