"""What a job gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Optional, Tuple

import numpy as np

from ._operations import Value, value_of
from .v1 import volume_pb2 as pb


@dataclass(frozen=True)
class Progress:
    """How far a job is. Planes are 2-D images, over all of Z, C and T.

    Attributes:
        stage: ``"queued"``, ``"uploading"``, ``"computing"``, ...
        planes_sent: planes of all inputs that left this client.
        planes_received: planes of the result that came back.
        planes_total: planes of the result in all.
        fraction_computed: part of the result that the server has computed, iterations included, 0 to 1.
        predicted_memory_bytes: memory that the server predicts for the job; 0 until it has accepted it.
    """

    stage: str
    planes_sent: int
    planes_received: int
    planes_total: int
    fraction_computed: float = 0.0
    predicted_memory_bytes: int = 0


@dataclass(frozen=True)
class Summary:
    """What ran, where and how long.

    Attributes:
        device: device that really ran it.
        parameters: every parameter with the value that ran, defaults and estimates included.
        warnings: what a careful person would want to know.
        details: how it ran, by name: ``"algorithm"``, ``"residual"``, ``"blocks"``, ``"tiling_difference_percent"``, ...
        predicted_memory_bytes: memory that the server predicted before it began, on the device and in itself together.
    """

    operation: str
    operation_version: str
    server_version: str
    device: str
    parameters: Mapping[str, Value]
    warnings: Tuple[str, ...]
    upload_seconds: float
    compute_seconds: float
    download_seconds: float
    total_seconds: float
    tiles: int
    voxels: int
    weights_sha256: str
    details: Mapping[str, str] = field(default_factory=dict)
    predicted_memory_bytes: int = 0

    @staticmethod
    def from_proto(message: pb.Summary, predicted_memory_bytes: int = 0) -> "Summary":
        return Summary(
            operation=message.operation,
            operation_version=message.operation_version,
            server_version=message.server_version,
            device=message.device,
            parameters={name: value_of(value) for name, value in sorted(message.parameters.items())},
            warnings=tuple(message.warnings),
            upload_seconds=message.upload_seconds,
            compute_seconds=message.compute_seconds,
            download_seconds=message.download_seconds,
            total_seconds=message.total_seconds,
            tiles=message.tiles,
            voxels=message.voxels,
            weights_sha256=message.weights_sha256,
            details=dict(message.details),
            predicted_memory_bytes=predicted_memory_bytes,
        )


@dataclass(frozen=True)
class Result:
    """The restored image; numpy functions take it as an array.

    Attributes:
        array: pixels, with the axes in the order of the input.
        axes: letters of the array's axes, such as ``"zyx"``.
        voxel_size_um: distance between voxel centres along z, y and x in µm; None where it is not known.
        frame_interval_s: time between frames in seconds; None where it is not known.
        summary: what ran.
        side_outputs: second volumes that were asked for, by name: float32, channels first, then the axes of the input but for c.
            ``dy, dx = result.side_outputs["displacement"]``.
        frame_numbers: what was found for each frame along t, by operations that work along it: ``"shift_y"``, ``"shift_x"``, ...
    """

    array: np.ndarray
    axes: str
    voxel_size_um: Optional[Tuple[float, float, float]]
    frame_interval_s: Optional[float]
    summary: Summary
    side_outputs: Mapping[str, np.ndarray] = field(default_factory=dict)
    frame_numbers: Tuple[Mapping[str, float], ...] = ()

    def __array__(self, dtype=None, copy=None):
        return np.array(self.array, dtype=dtype, copy=bool(copy) or (dtype is not None and dtype != self.array.dtype))


@dataclass(frozen=True)
class Planes:
    """A run of whole result planes, as it came.

    Attributes:
        first: number of the first plane, Z fastest, then C, then T: ``(t * C + c) * Z + z``.
        array: pixels of shape (planes, y, x).
        total: planes of the whole result.
    """

    first: int
    array: np.ndarray
    total: int
