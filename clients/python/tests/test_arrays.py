import itertools

import numpy as np
import pytest

from inferencebridge import InferenceBridgeError
from inferencebridge._arrays import VolumeView, describe


def all_bytes(view):
    return b"".join(bytes(view.read(plane, 1, 0, view.shape[3])) for plane in range(view.plane_count))


@pytest.mark.parametrize("axes", ["".join(order) for order in itertools.permutations("tczyx")][::7])
def test_read_of_any_axis_order_gives_planes_with_z_fastest(axes):
    sizes = dict(zip("tczyx", (2, 3, 4, 5, 6)))
    volume = np.arange(720, dtype=np.uint16).reshape(2, 3, 4, 5, 6)
    array = np.transpose(volume, ["tczyx".index(axis) for axis in axes])
    view = VolumeView("image", array, axes)
    assert view.shape == tuple(sizes.values())
    assert all_bytes(view) == volume.tobytes()
    assert (view.restore(volume) == array).all()
    assert view.restored_axes(volume.shape) == axes


@pytest.mark.parametrize("array", [
    np.arange(60, dtype=">u2").reshape(3, 4, 5),
    np.arange(120, dtype=np.float32).reshape(3, 8, 5)[:, ::2],
    np.asfortranarray(np.arange(60, dtype=np.int32).reshape(3, 4, 5)),
    np.arange(60, dtype=np.float64).reshape(3, 4, 5)[::-1, ::-1, ::-1],
])  # fmt: skip
def test_read_of_any_strides_and_byte_order_gives_little_endian(array):
    expected = array.astype(array.dtype.newbyteorder("<")).tobytes()
    assert all_bytes(VolumeView("image", array)) == expected


def test_read_of_rows_gives_those_rows():
    array = np.arange(120, dtype=np.uint8).reshape(2, 10, 6)
    assert bytes(VolumeView("image", array).read(1, 1, 3, 4)) == array[1, 3:7].tobytes()


@pytest.mark.parametrize("dtype, widened", [(bool, "uint8"), (np.int8, "int16"), (np.float16, "float32")])
def test_types_that_the_protocol_lacks_are_widened(dtype, widened):
    view = VolumeView("image", np.ones((2, 3), dtype))
    assert view.dtype.name == widened
    assert (np.frombuffer(all_bytes(view), view.dtype) == 1).all()


@pytest.mark.parametrize("dtype", [np.int64, np.uint64, np.complex64, object, "S3"])
def test_types_that_do_not_fit_are_refused_with_those_that_do(dtype):
    with pytest.raises(InferenceBridgeError, match="accepted: uint8, uint16") as refusal:
        VolumeView("image", np.zeros((2, 3), dtype))
    assert refusal.value.kind == "PixelTypeUnsupported"


class Lazy:
    """What dask and zarr have in common; counts what it was asked for."""

    def __init__(self, array):
        self._array, self.shape, self.dtype, self.asked = array, array.shape, array.dtype, []

    def __getitem__(self, index):
        part = self._array[index]
        self.asked.append(part.size)
        return part


def test_lazy_arrays_are_read_a_plane_at_a_time():
    array = np.arange(720, dtype=np.uint16).reshape(6, 4, 5, 6)
    lazy = Lazy(array)
    assert all_bytes(VolumeView("image", lazy, "tzyx")) == array.tobytes()
    assert set(lazy.asked) == {30}


@pytest.mark.parametrize("axes", ["zy", "zzyx", "qyx", "xyzc", ""])
def test_wrong_axes_are_refused(axes):
    with pytest.raises(InferenceBridgeError, match="axes is"):
        VolumeView("image", np.zeros((2, 3, 4)), axes)


@pytest.mark.parametrize("shape", [(0, 3, 4), (5,), (1, 1, 1, 1, 1, 1)])
def test_empty_and_odd_shapes_are_refused(shape):
    with pytest.raises(InferenceBridgeError, match="accepted:") as refusal:
        VolumeView("image", np.zeros(shape, np.uint8))
    assert refusal.value.kind == "ShapeInvalid"


def test_restore_keeps_an_axis_that_has_grown():
    view = VolumeView("image", np.zeros((4, 5)), "yx")
    assert view.restore(np.zeros((1, 2, 1, 4, 5))).shape == (2, 4, 5)
    assert view.restored_axes((1, 2, 1, 4, 5)) == "cyx"


@pytest.mark.parametrize("size, expected", [(0.1, (0.1, 0.1, 0.1)), ((0.2, 0.1), (0, 0.2, 0.1)), ((0.3, 0.2, 0.1), (0.3, 0.2, 0.1))])
def test_describe_takes_one_two_or_three_voxel_sizes(size, expected):
    volume = describe(VolumeView("image", np.zeros((4, 5))), size, 2.5)
    assert (volume.voxel_size_z_um, volume.voxel_size_y_um, volume.voxel_size_x_um) == expected
    assert volume.frame_interval_s == 2.5


@pytest.mark.parametrize("size", [0, -1, (1, 2, 3, 4), float("nan"), "wide"])
def test_describe_refuses_impossible_voxel_sizes(size):
    with pytest.raises(InferenceBridgeError, match="voxel_size_um"):
        describe(VolumeView("image", np.zeros((4, 5))), size)
