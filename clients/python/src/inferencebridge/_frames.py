"""Frames of a live instrument through an operation, and the answers back."""

from __future__ import annotations

import queue
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Deque, Dict, Iterable, Iterator, List, Mapping, Optional, Tuple

import grpc
import numpy as np

from ._arrays import VolumeView, describe, dtype_of, pixel_type
from ._crc32c import crc32c
from ._errors import InferenceBridgeError, from_rpc, usage
from ._operations import OperationInfo
from .v1 import frames_pb2 as pb
from .v1 import volume_pb2

METHOD = "/inferencebridge.v1.FrameService/Stream"

_STATE_CHUNK = 1 << 20
_WAITING = 2  # frames that wait here; the server has a queue of its own
_POLICIES = {"block": pb.DROP_POLICY_BLOCK, "oldest": pb.DROP_POLICY_OLDEST}


@dataclass(frozen=True)
class FrameResult:
    """The answer to one frame.

    Attributes:
        id, timestamp_s, z_um: the frame's own.
        array: the result, with the axes of the frame.
        numbers: what was found: ``"shift_y"``, ``"shift_x"``, ...
        latency_s: seconds from when the server had read the frame to when its answer was ready.
        queue_s: those of them that it waited for its turn.
        dropped_ids: frames dropped since the answer before this one.
    """

    id: int
    array: np.ndarray
    timestamp_s: float
    z_um: Optional[float]
    numbers: Mapping[str, float]
    latency_s: float
    queue_s: float
    dropped_ids: Tuple[int, ...]


@dataclass(frozen=True)
class FramesSummary:
    """What became of a stream; ``dropped_ids`` are those after the last answer."""

    operation: str
    device: str
    received: int
    answered: int
    dropped: int
    dropped_ids: Tuple[int, ...]
    compute_s: float
    latency_p50_s: float
    latency_p99_s: float
    latency_max_s: float
    warnings: Tuple[str, ...]
    details: Mapping[str, str]


class FrameStream:
    """Made by ``Client.open_frames``. Send in one thread and iterate in another, or leave both to ``map``.

    Attributes:
        summary: what became of the stream; None until its last answer has been read.
    """

    def __init__(self, channel: Any, address: str, opening: pb.OpenFrames, template: Mapping[str, VolumeView], view: VolumeView, state: bytes) -> None:
        self._address = address
        self._view = view
        self._outgoing: "queue.Queue[Optional[pb.FrameRequest]]" = queue.Queue(_WAITING)
        self._exports: Deque["Future[bytes]"] = deque()
        self._state = bytearray()
        self._result: Optional[volume_pb2.VolumeDescription] = None
        self._next_id = 0
        self._ended = threading.Event()
        self.summary: Optional[FramesSummary] = None
        method = channel.stream_stream(METHOD, pb.FrameRequest.SerializeToString, pb.FrameResponse.FromString)
        self._call = method(self._requests(opening, template, state))

    def __enter__(self) -> "FrameStream":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def close(self) -> None:
        """Ends the stream at once; does nothing to one that has ended."""
        self._ended.set()
        self._call.cancel()

    def send(self, array: Any, *, id: Optional[int] = None, timestamp_s: float = 0.0, z_um: Optional[float] = None) -> int:
        """Sends a frame and gives its id; waits while the server has no room, for which answers must be read meanwhile.

        Args:
            array: of the shape and dtype that the stream was opened with.
            id: above that of the frame before; None counts on from 0.
            timestamp_s: seconds of the instrument's clock.
            z_um: position of the stage in µm.
        """
        view = VolumeView("frame", array, self._view.axes)
        if view.shape != self._view.shape or view.dtype != self._view.dtype:
            raise InferenceBridgeError(
                "ShapeMismatch", "frame",
                f"A frame is {view.dtype} of {view.shape} (t, c, z, y, x); accepted: {self._view.dtype} of {self._view.shape}, as opened.",
            )  # fmt: skip
        number = self._next_id if id is None else id
        data = bytes(view.read(0, view.plane_count, 0, view.shape[3]))
        frame = pb.Frame(
            id=number, timestamp_s=timestamp_s, data=data, crc32c=crc32c(data), pixel_type=view.pixel_type,
            size_y=view.shape[3], size_x=view.shape[4],
        )  # fmt: skip
        if z_um is not None:
            frame.z_um = z_um
        self._put(pb.FrameRequest(frame=frame))
        self._next_id = number + 1
        return number

    def finish(self) -> None:
        """Says that no frame follows; answers still come."""
        self._put(None)

    def export_state(self) -> "Future[bytes]":
        """Asks for the state after all frames sent so far; the future has it when it comes among the answers that are read."""
        future: "Future[bytes]" = Future()
        self._exports.append(future)
        self._put(pb.FrameRequest(export=pb.ExportState()))
        return future

    def map(self, frames: Iterable[Any]) -> Iterator[FrameResult]:
        """Sends every frame in a thread of its own and yields the answers in order; finishes the stream."""
        faults: List[BaseException] = []

        def work() -> None:
            try:
                for array in frames:
                    self.send(array)
                self.finish()
            except BaseException as fault:
                faults.append(fault)
                self._call.cancel()

        sender = threading.Thread(target=work, daemon=True)
        sender.start()
        try:
            yield from self
        except InferenceBridgeError:
            if faults:
                raise faults[0] from None
            raise
        sender.join()

    def __iter__(self) -> Iterator[FrameResult]:
        try:
            for response in self._call:
                kind = response.WhichOneof("kind")
                if kind == "opened":
                    self._result = response.opened.result
                elif kind == "result":
                    yield self._to_result(response.result)
                elif kind == "state":
                    self._take_state(response.state)
                elif kind == "summary":
                    self.summary = _to_summary(response.summary)
        except grpc.RpcError as error:
            fault = from_rpc(error, self._address, self._result is not None)
            self._fail(fault)
            raise fault from error
        finally:
            self._ended.set()
        self._fail(InferenceBridgeError("ProtocolViolation", "state", "The stream ended without the state that was asked for."))

    def _put(self, request: Optional[pb.FrameRequest]) -> None:
        while True:
            if self._ended.is_set():
                raise InferenceBridgeError("Cancelled", "", "The stream has ended; accepted: no further frames.")
            try:
                return self._outgoing.put(request, timeout=0.1)
            except queue.Full:
                continue

    def _requests(self, opening: pb.OpenFrames, auxiliaries: Mapping[str, VolumeView], state: bytes) -> Iterator[pb.FrameRequest]:
        yield pb.FrameRequest(open=opening)
        for name, view in auxiliaries.items():
            for plane in range(view.plane_count):
                data = bytes(view.read(plane, 1, 0, view.shape[3]))
                yield pb.FrameRequest(chunk=volume_pb2.Chunk(input=name, first_plane=plane, plane_count=1, data=data, crc32c=crc32c(data)))
        for offset in range(0, len(state), _STATE_CHUNK):
            data = state[offset : offset + _STATE_CHUNK]
            yield pb.FrameRequest(state=pb.StateChunk(offset=offset, total_bytes=len(state), data=data, crc32c=crc32c(data)))
        while not self._ended.is_set():
            try:
                request = self._outgoing.get(timeout=0.1)
            except queue.Empty:
                continue
            if request is None:
                return
            yield request

    def _to_result(self, message: pb.FrameResult) -> FrameResult:
        volume = self._result
        if volume is None or crc32c(message.data) != message.crc32c:
            raise InferenceBridgeError("ChunkCorrupt", "response.crc32c", f"The answer to frame {message.id} came damaged.")
        shape = (1, volume.size_c, volume.size_z, volume.size_y, volume.size_x)
        pixels = np.frombuffer(message.data, dtype_of(volume.pixel_type)).reshape(shape)
        return FrameResult(
            message.id, self._view.restore(pixels), message.timestamp_s, message.z_um if message.HasField("z_um") else None,
            dict(message.numbers), message.latency_seconds, message.queue_seconds, tuple(message.dropped_ids),
        )  # fmt: skip

    def _take_state(self, chunk: pb.StateChunk) -> None:
        if chunk.offset != len(self._state) or crc32c(chunk.data) != chunk.crc32c:
            raise InferenceBridgeError("ChunkCorrupt", "response.state", "The state came damaged.")
        self._state += chunk.data
        if len(self._state) >= chunk.total_bytes and self._exports:
            self._exports.popleft().set_result(bytes(self._state))
            self._state = bytearray()

    def _fail(self, fault: InferenceBridgeError) -> None:
        while self._exports:
            self._exports.popleft().set_exception(fault)


def opening(
    operation: OperationInfo,
    shape: Tuple[int, ...],
    dtype: Any,
    axes: Optional[str],
    *,
    voxel_size_um: Any,
    auxiliaries: Mapping[str, VolumeView],
    parameters: Mapping[str, Any],
    queue_length: int,
    drop: str,
    idle_timeout_s: float,
    state: bytes,
    output_dtype: Any,
) -> Tuple[pb.OpenFrames, VolumeView]:
    """The first message of a stream, and a view that stands for every frame."""
    if drop not in _POLICIES:
        raise usage("drop", f'drop is "{drop}"; accepted: {", ".join(_POLICIES)}.')
    view = VolumeView("image", np.broadcast_to(np.zeros((), dtype), tuple(shape)), axes)
    values: Dict[str, Any] = dict(operation.to_proto(parameters))
    message = pb.OpenFrames(
        operation=operation.id,
        parameters=values,
        frame=describe(view, voxel_size_um),
        auxiliaries=[volume_pb2.InputDeclaration(name=name, volume=describe(each)) for name, each in auxiliaries.items()],
        output_pixel_type=volume_pb2.PIXEL_TYPE_UNSPECIFIED if output_dtype is None else pixel_type(output_dtype, "output_dtype"),
        queue_length=queue_length,
        drop_policy=_POLICIES[drop],
        state_bytes=len(state),
        idle_timeout_s=idle_timeout_s,
    )
    return message, view


def _to_summary(message: pb.FramesSummary) -> FramesSummary:
    return FramesSummary(
        message.operation, message.device, message.frames_received, message.frames_answered, message.frames_dropped,
        tuple(message.dropped_ids), message.compute_seconds, message.latency_p50_seconds, message.latency_p99_seconds,
        message.latency_max_seconds, tuple(message.warnings), dict(message.details),
    )  # fmt: skip
