"""One job: what is sent, and what its answers mean. It knows no connection, so that both clients share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, Mapping, Optional, Tuple, Union

import numpy as np

from ._arrays import VolumeView, describe, dtype_of, pixel_type
from ._crc32c import crc32c
from ._errors import InferenceBridgeError
from ._operations import OperationInfo
from ._results import Progress, Result, Summary
from ._wire import Buffer, ReceivedChunk, encode_chunk
from .v1 import volume_pb2 as pb

CHUNK_BYTES = 4 << 20


@dataclass(frozen=True)
class Block:
    """Whole planes of the result; array of shape (planes, y, x)."""

    first: int
    array: np.ndarray


class Job:
    """A checked job, and how far it is.

    Args:
        operation: its declaration.
        image: the image's pixels.
        axes: letters of its axes; None takes yx, zyx, czyx or tczyx.
        auxiliaries: arrays by input name; an array, or a pair of an array and its voxel size in µm.
        parameters: values by name.
        voxel_size_um, frame_interval_s: calibration of the image, see ``describe``.
        output_dtype: pixel type of the result; None follows the operation.
    """

    def __init__(
        self,
        operation: OperationInfo,
        image: Any,
        axes: Optional[str],
        auxiliaries: Mapping[str, Any],
        parameters: Mapping[str, Any],
        voxel_size_um: Any,
        frame_interval_s: Optional[float],
        output_dtype: Any,
    ) -> None:
        self.image = VolumeView("image", image, axes)
        inputs = [(self.image, describe(self.image, voxel_size_um, frame_interval_s))]
        known = [i.name for i in operation.inputs if i.name != "image"]
        for name, value in auxiliaries.items():
            if value is None:
                continue
            if name not in known:
                raise InferenceBridgeError(
                    "InputUnexpected", name, f"{operation.id} takes no input {name}; accepted: {', '.join(known) or 'none'}."
                )
            array, size = value if isinstance(value, tuple) else (value, voxel_size_um)
            view = VolumeView(name, array)
            inputs.append((view, describe(view, size)))
        self._views = [view for view, _ in inputs[1:]] + [self.image]
        self.declaration = pb.Declaration(
            operation=operation.id,
            parameters=operation.to_proto(parameters),
            inputs=[pb.InputDeclaration(name=view.name, volume=volume) for view, volume in inputs],
            output_pixel_type=pb.PIXEL_TYPE_UNSPECIFIED if output_dtype is None else pixel_type(output_dtype, "output_dtype"),
        )
        self.planes_sent = 0

    def requests(self) -> Iterator[Union[bytes, pb.ProcessRequest]]:
        """Every message to send, for ``encode``, in order; auxiliary volumes travel before the image."""
        self.planes_sent = 0
        yield pb.ProcessRequest(declaration=self.declaration)
        for view in self._views:
            for first, count, row, rows in _ranges(view):
                data = view.read(first, count, row, rows)
                fields = pb.Chunk(
                    input=view.name,
                    first_plane=first,
                    plane_count=count,
                    first_row=row,
                    row_count=0 if rows == view.shape[3] else rows,
                    crc32c=crc32c(data),
                )
                yield encode_chunk(fields, data)
                if row + rows == view.shape[3]:
                    self.planes_sent += count


def _ranges(view: VolumeView) -> Iterator[Tuple[int, int, int, int]]:
    """First plane, planes, first row and rows of each chunk; a chunk has whole planes or rows of one plane."""
    height = view.shape[3]
    if view.plane_bytes <= CHUNK_BYTES:
        step = CHUNK_BYTES // view.plane_bytes
        for first in range(0, view.plane_count, step):
            yield first, min(step, view.plane_count - first), 0, height
        return
    rows = max(1, min(height, CHUNK_BYTES // view.row_bytes))
    for plane in range(view.plane_count):
        for row in range(0, height, rows):
            yield plane, 1, row, min(rows, height - row)


class Receiver:
    """Checks what the server answers: every plane of the result once, in order and whole."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._next_plane = 0
        self._plane: Optional[np.ndarray] = None  # of which rows have come
        self._rows = 0
        self._stage = "uploading"
        self._fraction = 0.0
        self._memory = 0
        self.volume: Optional[pb.VolumeDescription] = None
        self.summary: Optional[pb.Summary] = None
        self.has_result = False

    @property
    def shape(self) -> Tuple[int, ...]:
        v = self.volume
        return (v.size_t, v.size_c, v.size_z, v.size_y, v.size_x)

    @property
    def dtype(self) -> np.dtype:
        return dtype_of(self.volume.pixel_type)

    @property
    def plane_count(self) -> int:
        return self.shape[0] * self.shape[1] * self.shape[2]

    @property
    def progress(self) -> Progress:
        total = self.plane_count if self.volume is not None else 0
        return Progress(self._stage, self._job.planes_sent, self._next_plane, total, self._fraction, self._memory)

    def feed(self, response: Union[ReceivedChunk, pb.ProcessResponse]) -> Optional[Block]:
        """Takes a message of ``decode``; gives the planes that it completes."""
        if isinstance(response, ReceivedChunk):
            return self._take(response.fields, response.data)
        kind = response.WhichOneof("kind")
        if kind == "chunk":
            return self._take(response.chunk, response.chunk.data)
        if kind == "accepted":
            if response.accepted.result.pixel_type not in (pb.PixelType.values()[1:]):
                raise _violation(f"a result of pixel type {response.accepted.result.pixel_type}")
            self.volume = response.accepted.result
            self._memory = response.accepted.predicted_memory_bytes
        elif kind == "progress":
            self._stage = response.progress.stage or self._stage
            self._fraction = response.progress.fraction
        elif kind == "summary":
            self.summary = response.summary
        return None

    def finish(self) -> Summary:
        """To be called at the stream's end.

        Raises:
            InferenceBridgeError: something is missing.
        """
        if self.volume is None or self.summary is None or self._next_plane != self.plane_count or self._plane is not None:
            total = self.plane_count if self.volume is not None else "an unknown number of"
            raise _violation(f"{self._next_plane} of {total} planes and {'a' if self.summary else 'no'} summary")
        return Summary.from_proto(self.summary, self._memory)

    def result(self, array: np.ndarray) -> Result:
        """The result around an array of shape T, C, Z, Y, X."""
        volume, image = self.volume, self._job.image
        sizes = (volume.voxel_size_z_um, volume.voxel_size_y_um, volume.voxel_size_x_um)
        return Result(
            array=image.restore(array),
            axes=image.restored_axes(array.shape),
            voxel_size_um=sizes if any(sizes) else None,
            frame_interval_s=volume.frame_interval_s or None,
            summary=self.finish(),
        )

    def _take(self, chunk: pb.Chunk, data: Buffer) -> Optional[Block]:
        if self.volume is None:
            raise _violation("pixels before it accepted the job")
        height, width = self.shape[3:]
        rows = chunk.row_count or height
        if (
            chunk.first_plane != self._next_plane
            or chunk.first_row != self._rows
            or chunk.plane_count < 1
            or chunk.first_plane + chunk.plane_count > self.plane_count
            or chunk.first_row + rows > height
            or (chunk.plane_count > 1 and rows != height)
            or len(data) != chunk.plane_count * rows * width * self.dtype.itemsize
        ):
            raise _violation(
                f"a chunk of {chunk.plane_count} planes from {chunk.first_plane}, rows {chunk.first_row} to "
                f"{chunk.first_row + rows}, {len(data)} bytes, where plane {self._next_plane}, row {self._rows} was due"
            )
        if crc32c(data) != chunk.crc32c:
            raise InferenceBridgeError(
                "ChunkCorrupt", "chunk", f"Plane {chunk.first_plane} of the result was damaged on its way; try again."
            )
        self.has_result = True
        pixels = np.frombuffer(data, self.dtype).reshape(chunk.plane_count, rows, width)
        if rows == height:
            self._next_plane += chunk.plane_count
            return Block(chunk.first_plane, pixels)
        if self._plane is None:
            self._plane = np.empty((1, height, width), self.dtype)
        self._plane[0, self._rows : self._rows + rows] = pixels[0]
        self._rows += rows
        if self._rows < height:
            return None
        block = Block(self._next_plane, self._plane)
        self._plane, self._rows, self._next_plane = None, 0, self._next_plane + 1
        return block


class Collector:
    """Puts blocks together to one array of shape T, C, Z, Y, X."""

    def __init__(self) -> None:
        self._array: Optional[np.ndarray] = None

    def add(self, receiver: Receiver, block: Block) -> None:
        if self._array is None:
            self._array = np.empty((receiver.plane_count, *receiver.shape[3:]), receiver.dtype)
        self._array[block.first : block.first + len(block.array)] = block.array

    def array(self, receiver: Receiver) -> np.ndarray:
        receiver.finish()
        return self._array.reshape(receiver.shape)


def _violation(what: str) -> InferenceBridgeError:
    return InferenceBridgeError("ProtocolViolation", "", f"The server sent {what}; accepted: what volume.proto says.")


def auxiliary_inputs(psf: Any, auxiliaries: Optional[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The auxiliary volumes of a call; ``psf`` is the name of the commonest one."""
    return {**(auxiliaries or {}), **({} if psf is None else {"psf": psf})}


