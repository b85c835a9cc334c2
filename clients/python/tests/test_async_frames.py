"""Frame streams of the asyncio client against a real server."""

import asyncio

import numpy as np
import pytest

from inferencebridge import AsyncClient, Client, InferenceBridgeError


def movie(count, shape=(2, 24, 32)):
    return np.random.default_rng(3).integers(0, 60000, (count, *shape)).astype(np.uint16)


def run(server, work):
    """Runs a coroutine function with a client, within a bound of time."""

    async def bounded():
        async with AsyncClient(server.address) as client:
            return await asyncio.wait_for(work(client), 120)

    return asyncio.run(bounded())


def opened(client, frames, operation="diagnostic/identity", **arguments):
    return client.open_frames(operation, shape=frames.shape[1:], dtype=frames.dtype, **arguments)


async def camera(frames):
    for frame in frames:
        await asyncio.sleep(0)
        yield frame


@pytest.mark.parametrize("source", [list, camera])
def test_map_answers_every_frame_in_order(server, source):
    frames = movie(25)

    async def work(client):
        async with opened(client, frames, queue_length=2) as stream:
            return [result async for result in stream.map(source(frames))], stream.summary

    results, summary = run(server, work)
    assert [result.id for result in results] == list(range(25))
    assert all((result.array == frame).all() for result, frame in zip(results, frames))
    assert (summary.received, summary.answered, summary.dropped) == (25, 25, 0)


def test_results_are_those_of_the_synchronous_client(server):
    frames = movie(6, (40, 48))
    arguments = {"side_outputs": ["displacement"], "template_kind": "first", "max_shift": 4.0}

    async def work(client):
        async with opened(client, frames, "register/rigid", **arguments) as stream:
            return [result async for result in stream.map(frames)]

    with Client(server.address) as client, opened(client, frames, "register/rigid", **arguments) as stream:
        expected = list(stream.map(frames))
    for one, other in zip(run(server, work), expected):
        np.testing.assert_array_equal(one.array, other.array)
        np.testing.assert_array_equal(one.side_outputs["displacement"], other.side_outputs["displacement"])
        assert one.numbers == other.numbers


def test_two_streams_of_one_client_do_not_disturb_each_other(server):
    frames = movie(12, (40, 48))

    async def one(client, mine):
        async with opened(client, mine, "register/rigid", max_shift=4.0) as stream:
            return [(result.numbers, result.array.tobytes()) async for result in stream.map(camera(mine))]

    async def together(client):
        return await asyncio.gather(one(client, frames), one(client, frames[::-1]))

    async def alone(client):
        return [await one(client, frames), await one(client, frames[::-1])]

    assert run(server, together) == run(server, alone)


def test_state_is_resumed_by_a_new_stream(server):
    frames = movie(6)

    async def work(client):
        async with opened(client, frames) as first:
            reading = asyncio.ensure_future(_read(first))
            for frame in frames[:2]:
                await first.send(frame, timestamp_s=1.5, z_um=-0.25)
            state = await first.export_state()
            await first.finish()
            results = await reading
        async with opened(client, frames, state=state) as second:
            return results, [result.numbers["frame"] async for result in second.map(frames[2:])]

    results, numbers = run(server, work)
    assert [(result.timestamp_s, result.z_um) for result in results] == [(1.5, -0.25)] * 2
    assert numbers == [2, 3, 4, 5]


def test_id_that_goes_back_is_refused_by_name(server):
    frames = movie(1)
    answers = []

    async def work(client):
        async with opened(client, frames) as stream:
            await stream.send(frames[0], id=7)
            await stream.send(frames[0], id=6)
            async for result in stream:
                answers.append(result.id)

    with pytest.raises(InferenceBridgeError) as refusal:
        run(server, work)
    assert answers == [7]
    assert (refusal.value.kind, refusal.value.field) == ("ChunkOutOfOrder", "frame.id")


def test_frame_of_another_type_is_refused(server):
    frames = movie(2)

    async def work(client):
        async with opened(client, frames) as stream:
            return [result async for result in stream.map(frames.astype(np.uint8))]

    with pytest.raises(InferenceBridgeError) as refusal:
        run(server, work)
    assert (refusal.value.kind, refusal.value.field) == ("ShapeMismatch", "frame")


def test_a_camera_that_fails_ends_the_stream_with_its_own_error(server):
    frames = movie(3)

    async def broken():
        yield frames[0]
        raise OSError("cable")

    async def work(client):
        async with opened(client, frames) as stream:
            return [result async for result in stream.map(broken())]

    with pytest.raises(OSError, match="cable"):
        run(server, work)


def test_unknown_side_output_is_named(server):
    frames = movie(1)

    async def work(client):
        async with opened(client, frames, "register/rigid", side_outputs=["flow"]):
            raise AssertionError("It was opened.")

    with pytest.raises(InferenceBridgeError, match="accepted: displacement") as refusal:
        run(server, work)
    assert refusal.value.field == "side_outputs"


def test_bad_opening_is_refused_to_the_reader(server):
    frames = movie(1)

    async def work(client):
        async with opened(client, frames, queue_length=2000) as stream:
            return await _read(stream)

    with pytest.raises(InferenceBridgeError) as refusal:
        run(server, work)
    assert refusal.value.field == "queue_length"


def test_cancelling_frees_the_server(server):
    frames = movie(1)

    async def work(client):
        async with opened(client, frames) as stream:
            reading = asyncio.ensure_future(_read(stream))
            await stream.send(frames[0])
            await asyncio.sleep(0)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
        # The next one finds its place.
        async with opened(client, frames) as stream:
            return [result.id async for result in stream.map(frames)]

    assert run(server, work) == [0]


def test_a_server_killed_in_the_middle_is_one_error(own_server):
    frames = movie(3)

    async def work(client):
        async with opened(client, frames) as stream:
            await stream.send(frames[0])
            async for _ in stream:
                own_server.kill()

    with pytest.raises(InferenceBridgeError) as refusal:
        run(own_server, work)
    assert refusal.value.kind == "ServerUnreachable"


async def _read(stream):
    return [result async for result in stream]
