"""Messages of frame streams, which the synchronous and the asyncio client share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, Mapping, Optional, Sequence, Tuple

import numpy as np

from ._arrays import VolumeView, describe, dtype_of, pixel_type
from ._crc32c import crc32c
from ._errors import InferenceBridgeError, usage
from ._job import side_output_names
from ._operations import OperationInfo
from .v1 import frames_pb2 as pb
from .v1 import volume_pb2

METHOD = "/inferencebridge.v1.FrameService/Stream"

_STATE_CHUNK = 1 << 20
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
        side_outputs: second arrays that were asked for, by name: float32, channels first.
    """

    id: int
    array: np.ndarray
    timestamp_s: float
    z_um: Optional[float]
    numbers: Mapping[str, float]
    latency_s: float
    queue_s: float
    dropped_ids: Tuple[int, ...]
    side_outputs: Mapping[str, np.ndarray] = field(default_factory=dict)


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


@dataclass(frozen=True)
class Opening:
    """What comes before the frames.

    Attributes:
        message: the first message.
        view: stands for every frame.
        auxiliaries: volumes by input name.
        state: what another stream gave.
    """

    message: pb.OpenFrames
    view: VolumeView
    auxiliaries: Mapping[str, VolumeView]
    state: bytes

    def requests(self) -> Iterator[pb.FrameRequest]:
        """Everything that the server reads before the first frame."""
        yield pb.FrameRequest(open=self.message)
        for name, view in self.auxiliaries.items():
            for plane in range(view.plane_count):
                data = bytes(view.read(plane, 1, 0, view.shape[3]))
                yield pb.FrameRequest(chunk=volume_pb2.Chunk(input=name, first_plane=plane, plane_count=1, data=data, crc32c=crc32c(data)))
        for offset in range(0, len(self.state), _STATE_CHUNK):
            data = self.state[offset : offset + _STATE_CHUNK]
            yield pb.FrameRequest(state=pb.StateChunk(offset=offset, total_bytes=len(self.state), data=data, crc32c=crc32c(data)))


class FrameCodec:
    """Frames to messages, and answers back to arrays, each checked."""

    def __init__(self, opening: Opening) -> None:
        self._view = opening.view
        self._wanted = list(opening.message.side_outputs)
        self._result: Optional[volume_pb2.VolumeDescription] = None
        self._sides: Dict[str, volume_pb2.VolumeDescription] = {}
        self._state = bytearray()
        self._next_id = 0

    @property
    def is_opened(self) -> bool:
        return self._result is not None

    def number(self, id: Optional[int]) -> int:
        """The id of a frame; None counts on from that before."""
        number = self._next_id if id is None else id
        self._next_id = number + 1
        return number

    def encode(self, array: Any, id: int, timestamp_s: float, z_um: Optional[float]) -> pb.FrameRequest:
        view = VolumeView("frame", array, self._view.axes)
        if view.shape != self._view.shape or view.dtype != self._view.dtype:
            raise InferenceBridgeError(
                "ShapeMismatch", "frame",
                f"A frame is {view.dtype} of {view.shape} (t, c, z, y, x); accepted: {self._view.dtype} of {self._view.shape}, as opened.",
            )  # fmt: skip
        data = bytes(view.read(0, view.plane_count, 0, view.shape[3]))
        frame = pb.Frame(
            id=id, timestamp_s=timestamp_s, data=data, crc32c=crc32c(data), pixel_type=view.pixel_type,
            size_y=view.shape[3], size_x=view.shape[4],
        )  # fmt: skip
        if z_um is not None:
            frame.z_um = z_um
        return pb.FrameRequest(frame=frame)

    def opened(self, message: pb.FramesOpened) -> None:
        given = [side.name for side in message.side_outputs]
        if given != self._wanted:
            raise InferenceBridgeError(
                "ProtocolViolation", "side_outputs", f"The server opened the stream with the side outputs {given}; accepted: {self._wanted}, as asked for."
            )
        self._result = message.result
        self._sides = {side.name: side.volume for side in message.side_outputs}

    def decode(self, message: pb.FrameResult) -> FrameResult:
        pixels = self._pixels(message.data, message.crc32c, self._result, f"The answer to frame {message.id}")
        sides = {
            side.name: self._view.restore_channels(
                self._pixels(side.data, side.crc32c, self._sides.get(side.name), f"The {side.name} of frame {message.id}")
            )
            for side in message.side_outputs
        }
        return FrameResult(
            message.id, self._view.restore(pixels), message.timestamp_s, message.z_um if message.HasField("z_um") else None,
            dict(message.numbers), message.latency_seconds, message.queue_seconds, tuple(message.dropped_ids), sides,
        )  # fmt: skip

    def add_state(self, chunk: pb.StateChunk) -> Optional[bytes]:
        """Takes a part of a state; gives the state when it is whole."""
        if chunk.offset != len(self._state) or crc32c(chunk.data) != chunk.crc32c:
            raise InferenceBridgeError("ChunkCorrupt", "response.state", "The state came damaged.")
        self._state += chunk.data
        if len(self._state) < chunk.total_bytes:
            return None
        state, self._state = bytes(self._state), bytearray()
        return state

    @staticmethod
    def _pixels(data: bytes, expected: int, volume: Optional[volume_pb2.VolumeDescription], what: str) -> np.ndarray:
        if volume is None or crc32c(data) != expected:
            raise InferenceBridgeError("ChunkCorrupt", "response.crc32c", f"{what} came damaged.")
        return np.frombuffer(data, dtype_of(volume.pixel_type)).reshape(1, volume.size_c, volume.size_z, volume.size_y, volume.size_x)


def opening(
    operation: OperationInfo,
    parameters: Mapping[str, Any],
    *,
    shape: Tuple[int, ...],
    dtype: Any,
    axes: Optional[str],
    voxel_size_um: Any,
    template: Any,
    queue_length: int,
    drop: str,
    idle_timeout_s: float,
    state: bytes,
    output_dtype: Any,
    side_outputs: Sequence[str],
) -> Opening:
    """What a call of ``open_frames`` asks for, checked."""
    if drop not in _POLICIES:
        raise usage("drop", f'drop is "{drop}"; accepted: {", ".join(_POLICIES)}.')
    values = dict(parameters)
    kind = values.pop("template_kind", None)
    if template is not None or kind is not None:
        values["template"] = kind or "given"
    auxiliaries = {} if template is None else {"template": VolumeView("template", template)}
    view = VolumeView("image", np.broadcast_to(np.zeros((), dtype), tuple(shape)), axes)
    message = pb.OpenFrames(
        operation=operation.id,
        parameters=operation.to_proto(values),
        frame=describe(view, voxel_size_um),
        auxiliaries=[volume_pb2.InputDeclaration(name=name, volume=describe(each)) for name, each in auxiliaries.items()],
        output_pixel_type=volume_pb2.PIXEL_TYPE_UNSPECIFIED if output_dtype is None else pixel_type(output_dtype, "output_dtype"),
        queue_length=queue_length,
        drop_policy=_POLICIES[drop],
        state_bytes=len(state),
        idle_timeout_s=idle_timeout_s,
        side_outputs=side_output_names(operation, side_outputs),
    )
    return Opening(message, view, auxiliaries, state)


def to_summary(message: pb.FramesSummary) -> FramesSummary:
    return FramesSummary(
        message.operation, message.device, message.frames_received, message.frames_answered, message.frames_dropped,
        tuple(message.dropped_ids), message.compute_seconds, message.latency_p50_seconds, message.latency_p99_seconds,
        message.latency_max_seconds, tuple(message.warnings), dict(message.details),
    )  # fmt: skip


def ended_without_state() -> InferenceBridgeError:
    return InferenceBridgeError("ProtocolViolation", "state", "The stream ended without the state that was asked for.")


def ended() -> InferenceBridgeError:
    return InferenceBridgeError("Cancelled", "", "The stream has ended; accepted: no further frames.")
