"""A real server for the tests that need one: the command-line tool of this checkout, on a free loopback port."""

import os
import re
import signal
import subprocess
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


class Server:
    """``ib serve`` as a process of its own."""

    def __init__(self, folder: Path, urls: str = "http://127.0.0.1:0", **options: str) -> None:
        environment = {**os.environ, **{f"INFERENCEBRIDGE__{name}": value for name, value in options.items()}}
        environment["INFERENCEBRIDGE__ScratchDirectory"] = str(folder)
        self.process = subprocess.Popen(
            ["env", "--default-signal=INT,TERM", os.environ.get("IB", str(ROOT / "ib")), "serve", "--urls", urls],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines = []
        self.address = self._wait_for_address()
        # An unread pipe would stop the server when it is full.
        threading.Thread(target=self._drain, daemon=True).start()

    def _wait_for_address(self) -> str:
        for line in self.process.stdout:
            self.lines.append(line)
            if match := re.search(r"(http://127\.0\.0\.1:[0-9]+|unix:\S+)", line):
                return match[1].rstrip(".,;")
        raise AssertionError(f"The server did not start: {''.join(self.lines)}")

    def _drain(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("scratch"))
    yield running
    running.stop()


@pytest.fixture
def own_server(tmp_path):
    """A server that a test may kill."""
    running = Server(tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()
