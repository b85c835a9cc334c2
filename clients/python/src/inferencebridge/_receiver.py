"""What the answers to a job mean. It knows no connection, so that both clients share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Tuple, Union

import numpy as np

from ._arrays import dtype_of
from ._crc32c import crc32c
from ._errors import InferenceBridgeError
from ._job import Job
from ._results import Progress, Result, Summary
from ._wire import Buffer, ReceivedChunk
from .v1 import volume_pb2 as pb


@dataclass(frozen=True)
class Block:
    """Whole planes of the result, or of the side output that is named; array of shape (planes, y, x)."""

    first: int
    array: np.ndarray
    name: str = ""


class VolumeReceiver:
    """Checks the chunks of one volume: every plane once, in order and whole.

    Args:
        name: of the side output; empty for the result.
        volume: as the server has announced it.
    """

    def __init__(self, name: str, volume: pb.VolumeDescription) -> None:
        if volume.pixel_type not in pb.PixelType.values()[1:]:
            raise violation(f"a {name or 'result'} of pixel type {volume.pixel_type}")
        self.name = name
        self.volume = volume
        self.shape = (volume.size_t, volume.size_c, volume.size_z, volume.size_y, volume.size_x)
        self.dtype = dtype_of(volume.pixel_type)
        self.plane_count = self.shape[0] * self.shape[1] * self.shape[2]
        self.next_plane = 0
        self._plane: Optional[np.ndarray] = None  # of which rows have come
        self._rows = 0

    @property
    def is_complete(self) -> bool:
        return self.next_plane == self.plane_count and self._plane is None

    def take(self, chunk: pb.Chunk, data: Buffer) -> Optional[Block]:
        """Gives the planes that a chunk completes."""
        height, width = self.shape[3:]
        rows = chunk.row_count or height
        if (
            chunk.first_plane != self.next_plane
            or chunk.first_row != self._rows
            or chunk.plane_count < 1
            or chunk.first_plane + chunk.plane_count > self.plane_count
            or chunk.first_row + rows > height
            or (chunk.plane_count > 1 and rows != height)
            or len(data) != chunk.plane_count * rows * width * self.dtype.itemsize
        ):
            raise violation(
                f"a chunk of {chunk.plane_count} planes from {chunk.first_plane}, rows {chunk.first_row} to "
                f"{chunk.first_row + rows}, {len(data)} bytes, where plane {self.next_plane}, row {self._rows} was due"
            )
        if crc32c(data) != chunk.crc32c:
            raise InferenceBridgeError(
                "ChunkCorrupt", "chunk", f"Plane {chunk.first_plane} of the {self.name or 'result'} was damaged on its way; try again."
            )
        pixels = np.frombuffer(data, self.dtype).reshape(chunk.plane_count, rows, width)
        if rows == height:
            self.next_plane += chunk.plane_count
            return Block(chunk.first_plane, pixels, self.name)
        if self._plane is None:
            self._plane = np.empty((1, height, width), self.dtype)
        self._plane[0, self._rows : self._rows + rows] = pixels[0]
        self._rows += rows
        if self._rows < height:
            return None
        block = Block(self.next_plane, self._plane, self.name)
        self._plane, self._rows, self.next_plane = None, 0, self.next_plane + 1
        return block


class Receiver:
    """Checks what the server answers to a job."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stage = "uploading"
        self._fraction = 0.0
        self._memory = 0
        self._numbers: List[Mapping[str, float]] = []
        self.volumes: Dict[str, VolumeReceiver] = {}
        self.summary: Optional[pb.Summary] = None
        self.has_result = False

    @property
    def is_accepted(self) -> bool:
        return bool(self.volumes)

    @property
    def plane_count(self) -> int:
        """Planes of the result; 0 until the server has accepted the job."""
        return self.volumes[""].plane_count if self.is_accepted else 0

    @property
    def progress(self) -> Progress:
        received = self.volumes[""].next_plane if self.is_accepted else 0
        return Progress(self._stage, self._job.planes_sent, received, self.plane_count, self._fraction, self._memory)

    def feed(self, response: Union[ReceivedChunk, pb.ProcessResponse]) -> Optional[Block]:
        """Takes a message of ``decode``; gives the planes that it completes."""
        if isinstance(response, ReceivedChunk):
            return self._take(response.fields, response.data)
        kind = response.WhichOneof("kind")
        if kind == "chunk":
            return self._take(response.chunk, response.chunk.data)
        if kind == "accepted":
            self._accept(response.accepted)
        elif kind == "progress":
            self._stage = response.progress.stage or self._stage
            self._fraction = response.progress.fraction
        elif kind == "frame_numbers":
            self._numbers.append(dict(response.frame_numbers.numbers))
        elif kind == "summary":
            self.summary = response.summary
        return None

    def finish(self) -> Summary:
        """To be called at the stream's end.

        Raises:
            InferenceBridgeError: something is missing.
        """
        missing = next((volume for volume in self.volumes.values() if not volume.is_complete), None)
        if not self.is_accepted or self.summary is None or missing is not None:
            volume = missing or self.volumes.get("")
            total = volume.plane_count if volume else "an unknown number of"
            of = f" of {volume.name}" if volume and volume.name else ""
            raise violation(f"{volume.next_plane if volume else 0} of {total} planes{of} and {'a' if self.summary else 'no'} summary")
        return Summary.from_proto(self.summary, self._memory)

    def result(self, arrays: Mapping[str, np.ndarray]) -> Result:
        """The result and side outputs around arrays of shape T, C, Z, Y, X, by name."""
        volume, image, array = self.volumes[""].volume, self._job.image, arrays[""]
        sizes = (volume.voxel_size_z_um, volume.voxel_size_y_um, volume.voxel_size_x_um)
        return Result(
            array=image.restore(array),
            axes=image.restored_axes(array.shape),
            voxel_size_um=sizes if any(sizes) else None,
            frame_interval_s=volume.frame_interval_s or None,
            summary=self.finish(),
            side_outputs={name: image.restore_channels(arrays[name]) for name in self._job.side_outputs},
            frame_numbers=tuple(self._numbers),
        )

    def _accept(self, accepted: pb.Accepted) -> None:
        self._memory = accepted.predicted_memory_bytes
        self.volumes = {"": VolumeReceiver("", accepted.result)}
        announced = {side.name: side.volume for side in accepted.side_outputs}
        for name in self._job.side_outputs:
            if name not in announced:
                raise violation(f"no announcement of {name}, which was asked for")
            self.volumes[name] = VolumeReceiver(name, announced[name])

    def _take(self, chunk: pb.Chunk, data: Buffer) -> Optional[Block]:
        if not self.is_accepted:
            raise violation("pixels before it accepted the job")
        if chunk.input not in self.volumes:
            raise violation(f'a chunk of "{chunk.input}"')
        self.has_result = True
        return self.volumes[chunk.input].take(chunk, data)


class Collector:
    """Puts blocks together to arrays of shape T, C, Z, Y, X."""

    def __init__(self) -> None:
        self._arrays: Dict[str, np.ndarray] = {}

    def add(self, receiver: Receiver, block: Block) -> None:
        array = self._arrays.get(block.name)
        if array is None:
            volume = receiver.volumes[block.name]
            array = self._arrays[block.name] = np.empty((volume.plane_count, *volume.shape[3:]), volume.dtype)
        array[block.first : block.first + len(block.array)] = block.array

    def arrays(self, receiver: Receiver) -> Mapping[str, np.ndarray]:
        receiver.finish()
        return {name: array.reshape(receiver.volumes[name].shape) for name, array in self._arrays.items()}


def violation(what: str) -> InferenceBridgeError:
    return InferenceBridgeError("ProtocolViolation", "", f"The server sent {what}; accepted: what volume.proto says.")
