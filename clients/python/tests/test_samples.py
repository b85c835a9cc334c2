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


@pytest.mark.parametrize("name", ["napari_widget", "pymmcore_listener"])
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
