"""Generates the protocol's classes before the package is built; everything else is in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithProtocol(build_py):
    def run(self):
        subprocess.run([sys.executable, str(Path(__file__).parent / "generate.py")], check=True)
        super().run()


setup(cmdclass={"build_py": BuildWithProtocol})
