"""``python -m inferencebridge`` on real files."""

import os
import subprocess
import sys

import numpy as np
import pytest

tifffile = pytest.importorskip("tifffile")


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "inferencebridge", *map(str, arguments)], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


def test_denoise_of_a_hyperstack_keeps_axes_and_calibration(server, tmp_path):
    source, target = tmp_path / "in µm.tif", tmp_path / "out µm.tif"
    array = np.random.default_rng(3).integers(0, 4000, (2, 3, 2, 40, 41)).astype(np.uint16)
    tifffile.imwrite(source, array, imagej=True, resolution=(10, 10), metadata={"axes": "TZCYX", "spacing": 0.3, "unit": "um"})
    done = run("run", "diagnostic/identity", source, target, "--server", server.address, "--quiet")
    assert done.returncode == 0, done.stderr
    with tifffile.TiffFile(target) as file:
        assert file.series[0].axes == "TZCYX"
        assert (file.asarray() == array).all()
        assert file.imagej_metadata["spacing"] == pytest.approx(0.3)
        assert file.imagej_metadata["unit"] == "um"


def test_parameters_are_flags(server, tmp_path):
    source, target = tmp_path / "in.tif", tmp_path / "out.tif"
    tifffile.imwrite(source, np.zeros((16, 16), np.float32) + 5)
    assert run("denoise", source, target, "--operation", "denoise/median", "--radius-xy", "9999", "--server", server.address).returncode == 2
    assert not target.exists()


def test_operations_lists_them(server):
    done = run("operations", "--server", server.address)
    assert done.returncode == 0 and "denoise/nlm" in done.stdout


def test_a_missing_file_is_named(server, tmp_path):
    done = run("denoise", tmp_path / "none.tif", tmp_path / "out.tif", "--server", server.address)
    assert done.returncode == 2 and "none.tif" in done.stderr and "Traceback" not in done.stderr


def test_a_file_that_is_no_tiff_is_named(server, tmp_path):
    (tmp_path / "text.tif").write_text("hello")
    done = run("denoise", tmp_path / "text.tif", tmp_path / "out.tif", "--server", server.address)
    assert done.returncode == 2 and "text.tif" in done.stderr and "Traceback" not in done.stderr


def test_no_server_is_a_sentence_and_another_exit_code(tmp_path):
    done = run("operations", "--server", "127.0.0.1:9")
    assert done.returncode == 1 and "No server answers at 127.0.0.1:9" in done.stderr and "Traceback" not in done.stderr
