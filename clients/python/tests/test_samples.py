"""The samples import only when run, so that a missing napari or pymmcore-plus breaks nothing."""

import importlib.util
import time
from pathlib import Path

import numpy as np
import pytest

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def load(name):
    specification = importlib.util.spec_from_file_location(name, SAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["napari_widget", "pymmcore_listener", "pymmcore_autofocus"])
def test_a_sample_imports_without_its_packages(name):
    assert callable(load(name).main)


class Event:
    index = {"t": 0}


def test_the_frame_listener_denoises_what_it_is_given_and_drops_what_is_too_much(server):
    results = []

    def slow(image, event):
        results.append(image)
        time.sleep(0.05)

    denoiser = load("pymmcore_listener").Denoiser(server.address, slow, capacity=2)
    for _ in range(30):
        denoiser.frame_ready(np.ones((16, 16), np.uint16), Event())
    denoiser.finish()
    assert denoiser.dropped > 0
    assert len(results) + denoiser.dropped == 30
    assert all(image.shape == (16, 16) for image in results)


class FakeCore:
    """The methods of a CMMCorePlus that an autofocus needs: a stage, and a camera that sees dots grow wider out of focus."""

    def __init__(self, z, focus=0.0, stuck=False, dark=False):
        self.z, self.focus, self.stuck, self.dark, self.moves = z, focus, stuck, dark, []
        self._noise = np.random.default_rng(1)
        self._dots = np.random.default_rng(2).uniform(0, 96, (50, 2))

    def getZPosition(self):
        return self.z

    def setZPosition(self, z):
        self.moves.append(z)
        if not self.stuck:
            self.z = z

    def getFocusDevice(self):
        return "Z"

    def waitForDevice(self, device):
        assert device == "Z"

    def getPixelSizeUm(self):
        return 0.2

    def snap(self):
        y, x = np.mgrid[:96, :96]
        variance = 1.4 + 2 * (self.z - self.focus) ** 2
        light = sum(np.exp(-((y - a) ** 2 + (x - b) ** 2) / (2 * variance)) / variance for a, b in self._dots)
        return (self._noise.poisson(0 * light if self.dark else 10 + 500 * light) + 100).astype(np.uint16)


@pytest.fixture(scope="module")
def client(server):
    from inferencebridge import Client

    with Client(server.address) as client:
        yield client


@pytest.mark.parametrize("start", [-6.0, 0.4, 7.0])
def test_the_autofocus_sample_finds_the_focus(client, start):
    core = FakeCore(start)
    steps = []
    search = load("pymmcore_autofocus").Autofocus(core, client, limits=(-12, 12), tolerance_um=0.4)
    assert search.run(lambda z, numbers: steps.append(z)) == "focused"
    assert abs(core.z) < 0.4
    assert steps == [z for z, _ in search.curve]
    assert all(-12 <= z <= 12 for z in core.moves)


def test_the_autofocus_sample_reports_a_stuck_stage(client):
    core = FakeCore(5.0, stuck=True)
    assert load("pymmcore_autofocus").Autofocus(core, client, limits=(-12, 12)).run() == "the stage did not move as asked"


def test_the_autofocus_sample_goes_back_where_it_sees_nothing(client):
    core = FakeCore(3.0, dark=True)
    assert load("pymmcore_autofocus").Autofocus(core, client, limits=(-12, 12)).run() in ("not found", "at the limit")
    assert -12 <= core.z <= 12


def test_the_autofocus_sample_refuses_limits_without_the_start(client):
    from inferencebridge import InferenceBridgeError

    with pytest.raises(InferenceBridgeError, match="z = 20"):
        load("pymmcore_autofocus").Autofocus(FakeCore(20.0), client, limits=(-12, 12)).run()
