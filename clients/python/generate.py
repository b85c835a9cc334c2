#!/usr/bin/env python3
"""Generates src/inferencebridge/v1 from the .proto files, with protoc or, where that is missing, with grpcio-tools."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROTO = HERE.parent.parent / "proto"
OUT = HERE / "src"


def main() -> None:
    if not PROTO.is_dir():
        # A source distribution carries the generated files instead.
        if (OUT / "inferencebridge" / "v1" / "volume_pb2.py").exists():
            return
        sys.exit(f"{PROTO} is missing; accepted: a checkout of the whole project.")
    compiler = [shutil.which("protoc")] if shutil.which("protoc") else [sys.executable, "-m", "grpc_tools.protoc"]
    files = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("inferencebridge/v1/*.proto"))
    command = [*compiler, f"--proto_path={PROTO}", f"--python_out={OUT}", f"--pyi_out={OUT}", *files]
    subprocess.run(command, check=True)
    (OUT / "inferencebridge" / "v1" / "__init__.py").write_text('"""Generated from proto/inferencebridge/v1; see generate.py."""\n')


if __name__ == "__main__":
    main()
