"""One job: what is sent. It knows no connection, so that both clients share it."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional, Sequence, Tuple, Union

from ._arrays import VolumeView, describe, pixel_type
from ._crc32c import crc32c
from ._errors import InferenceBridgeError, usage
from ._operations import OperationInfo
from ._wire import encode_chunk
from .v1 import volume_pb2 as pb

CHUNK_BYTES = 4 << 20


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
        side_outputs: names of second volumes that are wanted.
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
        side_outputs: Sequence[str] = (),
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
        self.side_outputs = side_output_names(operation, side_outputs)
        self._views = [view for view, _ in inputs[1:]] + [self.image]
        self.declaration = pb.Declaration(
            operation=operation.id,
            parameters=operation.to_proto(parameters),
            inputs=[pb.InputDeclaration(name=view.name, volume=volume) for view, volume in inputs],
            frame_numbers=True,
            side_outputs=self.side_outputs,
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


def auxiliary_inputs(psf: Any, auxiliaries: Optional[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The auxiliary volumes of a call; ``psf`` is the name of the commonest one."""
    return {**(auxiliaries or {}), **({} if psf is None else {"psf": psf})}


def side_output_names(operation: OperationInfo, wanted: Sequence[str]) -> Tuple[str, ...]:
    """The names, each known and given once.

    Raises:
        InferenceBridgeError: one is not, naming those that are.
    """
    names = (wanted,) if isinstance(wanted, str) else tuple(wanted)
    known = [side.name for side in operation.side_outputs]
    for name in names:
        if name not in known:
            raise usage("side_outputs", f"{operation.id} makes no side output {name}; accepted: {', '.join(known) or 'none'}.")
    if len(set(names)) != len(names):
        raise usage("side_outputs", f"side_outputs is {', '.join(names)}; accepted: each name once.")
    return names
