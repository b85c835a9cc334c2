"""Arrays of any axis order as the T, C, Z, Y, X planes of the protocol, and back."""

from __future__ import annotations

from typing import Any, Dict, Optional, Sequence, Tuple

import numpy as np

from ._errors import InferenceBridgeError, usage
from .v1 import volume_pb2 as pb

_ORDER = "tczyx"
_DEFAULT_AXES = {2: "yx", 3: "zyx", 4: "czyx", 5: "tczyx"}

_TO_PROTO: Dict[str, int] = {
    "uint8": pb.PIXEL_TYPE_UINT8,
    "uint16": pb.PIXEL_TYPE_UINT16,
    "int16": pb.PIXEL_TYPE_INT16,
    "uint32": pb.PIXEL_TYPE_UINT32,
    "int32": pb.PIXEL_TYPE_INT32,
    "float32": pb.PIXEL_TYPE_FLOAT32,
    "float64": pb.PIXEL_TYPE_FLOAT64,
}
_FROM_PROTO = {value: np.dtype(name).newbyteorder("<") for name, value in _TO_PROTO.items()}

# Types that the protocol lacks, and the smallest one that holds all of their values.
_WIDENED = {"bool": "uint8", "int8": "int16", "float16": "float32"}


def pixel_type(dtype: Any, field: str) -> int:
    """The protocol's pixel type.

    Raises:
        InferenceBridgeError: it has none.
    """
    try:
        name = np.dtype(dtype).name
    except TypeError:
        name = str(dtype)
    if name not in _TO_PROTO:
        raise InferenceBridgeError(
            "PixelTypeUnsupported", field, f"The pixel type of {field} is {name}; accepted: {', '.join(_TO_PROTO)}."
        )
    return _TO_PROTO[name]


def dtype_of(pixel_type_value: int) -> np.dtype:
    """The little-endian dtype of a pixel type."""
    return _FROM_PROTO[pixel_type_value]


class VolumeView:
    """An array, or anything with ``shape``, ``dtype`` and indexing (dask, zarr, memory maps), read plane by plane.

    Args:
        name: input that it is for: ``"image"``, ``"psf"``.
        array: the pixels.
        axes: letters of its axes, of t, c, z, y, x in any order; None takes yx, zyx, czyx or tczyx.
    """

    def __init__(self, name: str, array: Any, axes: Optional[str] = None) -> None:
        if not (hasattr(array, "shape") and hasattr(array, "dtype") and hasattr(array, "__getitem__")):
            array = np.asarray(array)
        self.name = name
        self.axes = _check_axes(name, axes, len(array.shape))
        dtype = np.dtype(array.dtype)
        self.dtype = np.dtype(_WIDENED.get(dtype.name, dtype)).newbyteorder("<")
        self.pixel_type = pixel_type(self.dtype, name)
        self._array = array
        self._positions = {axis: self.axes.find(axis) for axis in _ORDER}
        self.shape: Tuple[int, ...] = tuple(
            int(array.shape[self._positions[axis]]) if self._positions[axis] >= 0 else 1 for axis in _ORDER
        )
        if 0 in self.shape:
            raise InferenceBridgeError(
                "ShapeInvalid", name, f"{name} has the shape {tuple(array.shape)}; accepted: at least 1 along each axis."
            )
        self._is_xy = self._positions["x"] < self._positions["y"]
        self._contiguous = self._flat_planes()

    @property
    def plane_count(self) -> int:
        return self.shape[0] * self.shape[1] * self.shape[2]

    @property
    def row_bytes(self) -> int:
        return self.shape[4] * self.dtype.itemsize

    @property
    def plane_bytes(self) -> int:
        return self.shape[3] * self.row_bytes

    def read(self, first: int, count: int, first_row: int, row_count: int) -> memoryview:
        """Little-endian bytes of planes, or of rows of one plane."""
        if self._contiguous is not None:
            block = self._contiguous[first : first + count, first_row : first_row + row_count]
        elif count == 1:
            block = self._plane(first)[first_row : first_row + row_count]
        else:
            block = np.stack([self._plane(plane) for plane in range(first, first + count)])
        return memoryview(np.ascontiguousarray(block, self.dtype)).cast("B")

    def restore(self, pixels: np.ndarray) -> np.ndarray:
        """A result of shape T, C, Z, Y, X in the axis order of this array; an axis that it lacks stays if it has grown."""
        kept = [axis for axis in self.axes]
        grown = [axis for axis in _ORDER if axis not in kept and pixels.shape[_ORDER.index(axis)] > 1]
        dropped = tuple(i for i, axis in enumerate(_ORDER) if axis not in kept and axis not in grown)
        names = [axis for axis in _ORDER if axis in kept or axis in grown]
        wanted = grown + kept
        return np.transpose(np.squeeze(pixels, axis=dropped), [names.index(axis) for axis in wanted])

    def restored_axes(self, shape: Sequence[int]) -> str:
        """Axes of what ``restore`` gives."""
        return "".join(a for a in _ORDER if a not in self.axes and shape[_ORDER.index(a)] > 1) + self.axes

    def restore_channels(self, pixels: np.ndarray) -> np.ndarray:
        """A side output of shape T, C, Z, Y, X: its channels first, then the axes of this array but for c."""
        kept = [axis for axis in self.axes if axis != "c"]
        dropped = tuple(i for i, axis in enumerate(_ORDER) if axis not in kept and axis != "c" and pixels.shape[i] == 1)
        names = [axis for i, axis in enumerate(_ORDER) if i not in dropped]
        grown = [axis for axis in names if axis not in kept and axis != "c"]
        return np.transpose(np.squeeze(pixels, axis=dropped), [names.index(axis) for axis in ["c", *grown, *kept]])

    def _flat_planes(self) -> Optional[np.ndarray]:
        # Only a true ndarray (a memory map is one): others are asked for a plane at a time.
        if not isinstance(self._array, np.ndarray):
            return None
        present = [self._positions[axis] for axis in _ORDER if self._positions[axis] >= 0]
        ordered = np.transpose(self._array, present)
        if not ordered.flags.c_contiguous:
            return None
        return ordered.reshape(self.plane_count, self.shape[3], self.shape[4])

    def _plane(self, number: int) -> np.ndarray:
        z = number % self.shape[2]
        c = number // self.shape[2] % self.shape[1]
        t = number // (self.shape[2] * self.shape[1])
        at = {"t": t, "c": c, "z": z}
        index = tuple(at.get(axis, slice(None)) for axis in self.axes)
        plane = np.asarray(self._array[index])
        expected = (self.shape[4], self.shape[3]) if self._is_xy else (self.shape[3], self.shape[4])
        if plane.shape != expected:
            raise InferenceBridgeError(
                "ShapeMismatch", self.name, f"Plane {number} of {self.name} has the shape {plane.shape}; accepted: {expected}."
            )
        return plane.T if self._is_xy else plane


def _check_axes(name: str, axes: Optional[str], dimensions: int) -> str:
    if axes is None:
        if dimensions not in _DEFAULT_AXES:
            raise InferenceBridgeError(
                "ShapeInvalid", name, f"{name} has {dimensions} dimensions; accepted: 2 to 5, with y and x among them."
            )
        return _DEFAULT_AXES[dimensions]
    lower = axes.lower()
    if len(set(lower)) != len(lower) or not set(lower) <= set(_ORDER) or not {"y", "x"} <= set(lower):
        raise usage("axes", f'axes is "{axes}"; accepted: each of t, c, z, y, x at most once, y and x among them.')
    if len(lower) != dimensions:
        raise usage("axes", f'axes is "{axes}", but {name} has {dimensions} dimensions; accepted: {dimensions} letters.')
    return lower


def describe(
    view: VolumeView, voxel_size_um: Any = None, frame_interval_s: Optional[float] = None
) -> pb.VolumeDescription:
    """The volume for the wire.

    Args:
        voxel_size_um: one number for all axes, (y, x) or (z, y, x), in µm; None where it is not known.
        frame_interval_s: seconds between frames.
    """
    z, y, x = _voxel_size(voxel_size_um)
    interval = 0.0 if frame_interval_s is None else float(frame_interval_s)
    if not (np.isfinite(interval) and interval >= 0):
        raise usage("frame_interval_s", f"frame_interval_s is {frame_interval_s}; accepted: 0 or more, or None.")
    return pb.VolumeDescription(
        size_t=view.shape[0],
        size_c=view.shape[1],
        size_z=view.shape[2],
        size_y=view.shape[3],
        size_x=view.shape[4],
        pixel_type=view.pixel_type,
        voxel_size_z_um=z,
        voxel_size_y_um=y,
        voxel_size_x_um=x,
        frame_interval_s=interval,
    )


def _voxel_size(value: Any) -> Tuple[float, float, float]:
    if value is None:
        return 0.0, 0.0, 0.0
    try:
        sizes = [float(size) for size in np.atleast_1d(value)]
    except (TypeError, ValueError):
        sizes = []
    if len(sizes) not in (1, 2, 3) or not all(np.isfinite(size) and size > 0 for size in sizes):
        raise usage("voxel_size_um", f"voxel_size_um is {value!r}; accepted: one, two (y, x) or three (z, y, x) numbers above 0.")
    if len(sizes) == 1:
        sizes = sizes * 3
    return (0.0, sizes[0], sizes[1]) if len(sizes) == 2 else (sizes[0], sizes[1], sizes[2])
