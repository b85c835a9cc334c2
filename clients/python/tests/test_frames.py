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
