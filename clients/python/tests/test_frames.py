"""Frame streams against a real server."""

import numpy as np
import pytest

from inferencebridge import Client, InferenceBridgeError


@pytest.fixture
def client(server):
    with Client(server.address) as connected:
        yield connected


def movie(count, shape=(2, 24, 32)):
    return np.random.default_rng(3).integers(0, 60000, (count, *shape)).astype(np.uint16)


def test_map_answers_every_frame_in_order(client):
    frames = movie(25)
    with client.open_frames("diagnostic/identity", shape=frames.shape[1:], dtype=frames.dtype, queue_length=2) as stream:
        results = list(stream.map(frames))
    assert [result.id for result in results] == list(range(25))
    assert all((result.array == frame).all() for result, frame in zip(results, frames))
    assert all(0 < result.queue_s <= result.latency_s for result in results)
    assert (stream.summary.received, stream.summary.answered, stream.summary.dropped) == (25, 25, 0)


def test_state_is_resumed_by_a_new_stream(client):
    frames = movie(6)

    def opened(**arguments):
        return client.open_frames("diagnostic/identity", shape=frames.shape[1:], dtype=frames.dtype, **arguments)

    with opened() as first:
        for frame in frames[:2]:
            first.send(frame, timestamp_s=1.5, z_um=-0.25)
        state = first.export_state()
        first.finish()
        results = list(first)
    assert [(result.timestamp_s, result.z_um) for result in results] == [(1.5, -0.25)] * 2
    with opened(state=state.result(0)) as second:
        assert [result.numbers["frame"] for result in second.map(frames[2:])] == [2, 3, 4, 5]


def test_shifts_are_found(client):
    scene = np.random.default_rng(5).random((90, 90))
    kernel = np.exp(-0.5 * (np.arange(-6, 7) / 2.0) ** 2)
    for axis in (0, 1):
        scene = np.apply_along_axis(lambda line: np.convolve(line, kernel, "same"), axis, scene)
    shifts = [(0, 0), (3, -2), (-1, 4)]
    frames = [scene[10 - y : 74 - y, 10 - x : 74 - x].astype(np.float32) for y, x in shifts]
    with client.open_frames("register/rigid", shape=(64, 64), dtype=np.float32, template=frames[0], max_shift=8.0) as stream:
        found = [(result.numbers["shift_y"], result.numbers["shift_x"]) for result in stream.map(frames)]
    assert np.abs(np.array(found) - shifts).max() < 0.1


def test_id_that_goes_back_is_refused_by_name(client):
    frames = movie(1)
    with client.open_frames("diagnostic/identity", shape=frames.shape[1:], dtype=frames.dtype) as stream:
        stream.send(frames[0], id=7)
        stream.send(frames[0], id=6)
        answers = []
        with pytest.raises(InferenceBridgeError) as refusal:
            for result in stream:
                answers.append(result.id)
    assert answers == [7]
    assert (refusal.value.kind, refusal.value.field) == ("ChunkOutOfOrder", "frame.id")


def test_frame_of_another_type_is_refused(client):
    frames = movie(2)
    with client.open_frames("diagnostic/identity", shape=frames.shape[1:], dtype=frames.dtype) as stream:
        with pytest.raises(InferenceBridgeError) as refusal:
            list(stream.map(frames.astype(np.uint8)))
    assert (refusal.value.kind, refusal.value.field) == ("ShapeMismatch", "frame")


def test_displacements_come_with_every_answer(client):
    frames = movie(4, (40, 48))
    with client.open_frames(
        "register/rigid", shape=(40, 48), dtype=frames.dtype, template_kind="first", max_shift=4.0, side_outputs=["displacement"]
    ) as stream:
        results = list(stream.map(frames))
    assert len(results) == 4
    for result in results:
        dy, dx = result.side_outputs["displacement"]
        assert (dy.shape, dx.shape, dy.dtype) == ((40, 48), (40, 48), np.float32)
        np.testing.assert_allclose(dy, result.numbers["shift_y"], atol=1e-5)
        np.testing.assert_allclose(dx, result.numbers["shift_x"], atol=1e-5)


@pytest.mark.parametrize("axes", ["tyx", "ytx", "tcyx", "tzyx"])
def test_displacements_of_a_movie_have_its_axes(client, axes):
    frames = movie(5, (24, 32))
    shape = {"tyx": (5, 24, 32), "ytx": (24, 5, 32), "tcyx": (5, 1, 24, 32), "tzyx": (5, 1, 24, 32)}[axes]
    array = frames.transpose(1, 0, 2) if axes == "ytx" else frames.reshape(shape)
    result = client.run("register/rigid", array, axes=axes, side_outputs="displacement", max_shift=4.0)
    assert result.array.shape == shape
    displacement = result.side_outputs["displacement"]
    assert displacement.shape == {"tyx": (2, 5, 24, 32), "ytx": (2, 24, 5, 32), "tcyx": (2, 5, 24, 32), "tzyx": (2, 5, 1, 24, 32)}[axes]
    by_frame = np.moveaxis(displacement, 1 + axes.replace("c", "").index("t"), 0)
    assert len(result.frame_numbers) == 5
    for numbers, (dy, dx) in zip(result.frame_numbers, by_frame):
        np.testing.assert_allclose(dy, numbers["shift_y"], atol=1e-5)
        np.testing.assert_allclose(dx, numbers["shift_x"], atol=1e-5)


def test_side_output_that_is_not_made_is_named(client):
    image = movie(1)[0, 0]
    for operation, accepted in (("denoise/gaussian", "none"), ("register/rigid", "displacement")):
        with pytest.raises(InferenceBridgeError, match=f"accepted: {accepted}") as refusal:
            client.run(operation, image, side_outputs=["flow"])
        assert refusal.value.field == "side_outputs"
    assert [side.name for side in client.describe("register/rigid").side_outputs] == ["displacement"]
    with pytest.raises(InferenceBridgeError, match="each name once"):
        client.run("register/rigid", image, side_outputs=["displacement", "displacement"])
