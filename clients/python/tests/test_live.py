"""Against a real server."""

import asyncio
import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

from inferencebridge import AsyncClient, Client, InferenceBridgeError, Retry


@pytest.fixture
def client(server):
    with Client(server.address) as connected:
        yield connected


def volume(dtype, shape=(2, 3, 4, 33, 35)):
    values = np.random.default_rng(7).integers(0, 200, shape)
    return values.astype(dtype)


def test_server_info_names_version_and_devices(client):
    info = client.server_info()
    assert info.version and info.devices and info.devices[-1].id == "cpu"


def test_operations_are_those_of_the_task(client):
    assert {"denoise/nlm", "denoise/gaussian"} <= {operation.id for operation in client.operations("denoise")}
    assert {operation.task for operation in client.operations("denoise")} == {"denoise"}
    assert len(client.operations()) > len(client.operations("denoise"))


def test_describe_gives_the_declared_parameters(client):
    sigma = next(p for p in client.describe("denoise/gaussian").parameters if p.kind == "number")
    assert sigma.minimum <= sigma.default <= sigma.maximum and sigma.help


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.uint32, np.int32, np.float32, np.float64])
def test_identity_gives_every_pixel_type_back(client, dtype):
    array = volume(dtype)
    result = client.run("diagnostic/identity", array)
    assert result.array.dtype == array.dtype
    assert (result.array == array).all()
    assert result.axes == "tczyx"


@pytest.mark.parametrize("shape, axes", [((5, 7), "yx"), ((1, 1), "xy"), ((3, 700, 900), "zyx"), ((2, 1100, 1300), "cyx")])
def test_identity_of_awkward_shapes(client, shape, axes):
    array = volume(np.uint16, shape)
    result = client.run("diagnostic/identity", array, axes=axes)
    assert (result.array == array).all()


def test_identity_keeps_calibration_and_axis_order(client):
    array = volume(np.uint16, (6, 5, 4, 3))
    result = client.run("diagnostic/identity", array, axes="xyzt", voxel_size_um=(0.3, 0.2, 0.1), frame_interval_s=1.5)
    assert (result.array == array).all()
    assert (result.axes, result.voxel_size_um, result.frame_interval_s) == ("xyzt", (0.3, 0.2, 0.1), 1.5)


def test_a_result_is_an_array_for_numpy(client):
    array = volume(np.float32, (4, 5))
    assert np.asarray(client.run("diagnostic/identity", array)).sum() == array.sum()


def test_gaussian_equals_an_independent_filter(client):
    sigma, array = 1.5, volume(np.float32, (41, 43))
    result = client.run("denoise/gaussian", array, sigma_xy=sigma) if "sigma_xy" in names(client) else client.run(
        "denoise/gaussian", array, sigma=sigma)  # fmt: skip
    inner = (slice(12, -12), slice(12, -12))
    assert np.abs(result.array - gaussian(array, sigma))[inner].max() < 0.02 * 200


def names(client):
    return {parameter.name for parameter in client.describe("denoise/gaussian").parameters}


def gaussian(array, sigma):
    kernel = np.exp(-0.5 * (np.arange(-8, 9) / sigma) ** 2)
    kernel /= kernel.sum()
    rows = np.apply_along_axis(lambda line: np.convolve(line, kernel, "same"), 0, array.astype(np.float64))
    return np.apply_along_axis(lambda line: np.convolve(line, kernel, "same"), 1, rows)


def test_deconvolve_with_a_delta_changes_nothing(client):
    array = volume(np.float32, (6, 16, 17)) + 1
    psf = np.zeros((3, 3, 3), np.float32)
    psf[1, 1, 1] = 1
    result = client.deconvolve(array, psf, iterations=3)
    assert np.allclose(result.array, array, rtol=1e-3)
    assert result.summary.parameters["iterations"] == 3
    assert result.summary.device


def test_stream_yields_the_planes_of_the_result_in_order(client):
    array = volume(np.uint16, (40, 256, 256))
    parts = list(client.stream("diagnostic/identity", array))
    assert len(parts) > 1 and parts[0].total == 40
    assert [part.first for part in parts] == list(np.cumsum([0] + [len(part.array) for part in parts[:-1]]))
    assert (np.concatenate([part.array for part in parts]) == array).all()


def test_leaving_a_stream_early_frees_the_client(client):
    array = volume(np.uint16, (64, 256, 256))
    next(iter(client.stream("diagnostic/identity", array)))
    assert client.server_info().version


def test_progress_reaches_the_callback(client):
    seen = []
    client.run("diagnostic/identity", volume(np.uint16, (40, 256, 256)), progress=seen.append)
    assert seen[-1].planes_received == seen[-1].planes_total == 40
    assert [p.planes_received for p in seen] == sorted(p.planes_received for p in seen)


@pytest.mark.parametrize("parameters, kind, words", [
    ({"no_such": 1}, "ParameterUnknown", "no parameter no_such; accepted:"),
    ({"iterations": "many"}, "ParameterTypeMismatch", "accepted: an integer from"),
    ({"iterations": -5}, "ParameterOutOfRange", "-5"),
])  # fmt: skip
def test_wrong_parameters_are_named(client, parameters, kind, words):
    with pytest.raises(InferenceBridgeError, match=words) as refusal:
        client.deconvolve(volume(np.float32, (8, 8)), np.ones((3, 3), np.float32), **parameters)
    assert refusal.value.kind == kind
    assert refusal.value.field == f"parameters.{next(iter(parameters))}"


def test_an_unknown_operation_is_named(client):
    with pytest.raises(InferenceBridgeError, match="denoise/nlm") as refusal:
        client.run("denoise/magic", volume(np.uint8, (4, 4)))
    assert refusal.value.kind == "OperationNotFound"


def test_a_missing_psf_is_named(client):
    with pytest.raises(InferenceBridgeError) as refusal:
        client.run("deconvolve/richardson-lucy", volume(np.float32, (8, 8)))
    assert refusal.value.kind == "InputMissing" and "psf" in refusal.value.message


def test_nan_is_refused_with_its_place(client):
    array = volume(np.float32, (3, 8, 8))
    array[1, 2, 3] = np.nan
    with pytest.raises(InferenceBridgeError) as refusal:
        client.run("denoise/gaussian", array)
    assert refusal.value.kind == "ValueNotFinite"


class Broken:
    shape, dtype = (50, 512, 512), np.dtype(np.uint16)

    def __getitem__(self, index):
        if index[0] == 20:
            raise OSError("disk gone")
        return np.zeros((512, 512), np.uint16)


def test_an_array_that_fails_ends_the_job_with_its_own_error(client):
    with pytest.raises(OSError, match="disk gone"):
        client.run("diagnostic/identity", Broken())


def test_a_timeout_is_named(client):
    with pytest.raises(InferenceBridgeError) as refusal:
        client.run("denoise/nlm", volume(np.float32, (64, 512, 512)), timeout_s=0.05)
    assert refusal.value.kind == "DeadlineExceeded"


def test_no_server_is_said_with_the_address():
    with Client("127.0.0.1:9", retry=Retry(attempts=2, base_delay_s=0.01)) as client:
        with pytest.raises(InferenceBridgeError, match="No server answers at 127.0.0.1:9"):
            client.server_info()


def test_a_server_killed_in_the_middle_is_one_error(own_server):
    array = np.zeros((64, 512, 512), np.float32)
    with Client(own_server.address, retry=Retry(attempts=1)) as client:
        killed = []

        def kill_once(progress):
            if progress.planes_sent > 2 and not killed:
                killed.append(True)
                own_server.kill()

        with pytest.raises(InferenceBridgeError) as refusal:
            client.run("diagnostic/identity", array, progress=kill_once)
    assert refusal.value.kind == "ServerUnreachable"
    assert "lost" in refusal.value.message


def test_ctrl_c_cancels_and_leaves_the_server_free(server):
    script = (
        "import numpy as np, sys\n"
        "from inferencebridge import Client\n"
        f"client = Client({server.address!r})\n"
        "def tell(p):\n"
        "    print('going', flush=True)\n"
        "client.run('denoise/nlm', np.random.rand(200, 512, 512).astype('f4'), progress=tell)\n"
    )
    process = subprocess.Popen(
        ["env", "--default-signal=INT", sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout.readline() == "going\n"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert "KeyboardInterrupt" in errors
    with Client(server.address) as client:
        array = volume(np.uint8, (4, 4))
        assert (client.run("diagnostic/identity", array).array == array).all()


def test_threads_share_a_client(client):
    array = volume(np.uint16, (10, 64, 64))
    results = []
    threads = [threading.Thread(target=lambda: results.append(client.run("diagnostic/identity", array).array)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6 and all((result == array).all() for result in results)


def test_asyncio_gives_the_same_bytes(client, server):
    array = volume(np.uint16, (20, 128, 130))

    async def run():
        async with AsyncClient(server.address) as twin:
            assert (await twin.server_info()).version
            assert {o.id for o in await twin.operations()} == {o.id for o in client.operations()}
            result = await twin.denoise(array, operation="denoise/median")
            parts = [part.array async for part in twin.stream("denoise/median", array)]
            with pytest.raises(InferenceBridgeError, match="denoise/nlm"):
                await twin.run("denoise/magic", array)
            return result.array, np.concatenate(parts)

    whole, parts = asyncio.run(run())
    expected = client.denoise(array, operation="denoise/median").array
    assert whole.tobytes() == expected.tobytes() == parts.tobytes()


def test_asyncio_cancel_ends_the_job(server):
    async def run():
        async with AsyncClient(server.address) as twin:
            going = asyncio.Event()
            array = np.random.default_rng(1).random((200, 512, 512), np.float32)
            job = asyncio.ensure_future(twin.run("denoise/nlm", array, progress=lambda _: going.set()))
            await going.wait()
            job.cancel()
            with pytest.raises(asyncio.CancelledError):
                await job
            return (await twin.run("diagnostic/identity", array[:1])).array.shape

    assert asyncio.run(run()) == (1, 512, 512)


def test_asyncio_array_that_fails_ends_the_job_with_its_own_error(server):
    async def run():
        async with AsyncClient(server.address) as twin:
            await twin.run("diagnostic/identity", Broken())

    with pytest.raises(OSError, match="disk gone"):
        asyncio.run(run())
