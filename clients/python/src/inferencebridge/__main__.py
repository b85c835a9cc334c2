"""``python -m inferencebridge``: operations on TIFF files."""

from __future__ import annotations

import argparse
import sys
from typing import List, Optional

from . import _tiff
from ._client import Client
from ._errors import InferenceBridgeError
from ._operations import OperationInfo, ParameterInfo
from ._version import VERSION

_NOT_THE_CALLERS_FAULT = frozenset(
    {"ServerUnreachable", "ServerBusy", "ServerStopping", "DeviceOutOfMemory", "DeviceUnavailable", "DeadlineExceeded",
     "ProtocolViolation", "ChunkCorrupt", "Cancelled", "Internal"}
)  # fmt: skip
_DEFAULTS = {"denoise": "denoise/nlm", "deconvolve": "deconvolve/richardson-lucy"}


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the tool; gives the exit code: 0 done, 2 bad input or usage, 130 interrupted, 1 anything else."""
    options, rest = _parser().parse_known_args(arguments)
    try:
        with Client(options.server) as client:
            if options.command == "operations":
                if rest:
                    _parser().error(f"unrecognized arguments: {' '.join(rest)}")
                return _list(client)
            return _run(client, options, rest)
    except InferenceBridgeError as error:
        print(f"Error: {error.message}", file=sys.stderr)
        return 1 if error.kind in _NOT_THE_CALLERS_FAULT else 2
    except KeyboardInterrupt:
        print("Cancelled.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m inferencebridge", description="Restore microscope images on a server.")
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--server", default="localhost:50051", help="host:port or unix:/path (default %(default)s)")
    commands.add_parser("operations", parents=[common], help="list what the server can do")
    for name in ("run", "denoise", "deconvolve"):
        command = commands.add_parser(
            name, parents=[common], help=f"{name} a TIFF", epilog="The operation's own parameters are flags as well: --sigma 2"
        )
        if name == "run":
            command.add_argument("operation", help="id of the operation")
        else:
            command.add_argument("--operation", default=_DEFAULTS[name], help="id of the operation (default %(default)s)")
        command.add_argument("input", help="TIFF to read")
        command.add_argument("output", help="TIFF to write")
        command.add_argument("--psf", help="TIFF with the point spread function")
        command.add_argument("--axes", help="letters of the input's axes, such as tzyx, where the file does not say it")
        command.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


def _list(client: Client) -> int:
    for operation in client.operations():
        print(f"{operation.id:32} {operation.summary}")
    return 0


def _run(client: Client, options: argparse.Namespace, rest: List[str]) -> int:
    operation = client.describe(options.operation)
    parameters = _parameters(operation, rest)
    array, axes, voxel_size = _tiff.read(options.input)
    psf = None
    if options.psf is not None:
        pixels, _, size = _tiff.read(options.psf)
        psf = (pixels, size or voxel_size)
    result = client.run(
        operation.id, array, axes=options.axes or axes, voxel_size_um=voxel_size, psf=psf,
        progress=not options.quiet, **parameters,
    )  # fmt: skip
    _tiff.write(options.output, result)
    for warning in result.summary.warnings:
        print(f"Note: {warning}", file=sys.stderr)
    summary = result.summary
    print(f"{summary.operation} on {summary.device}: {summary.compute_seconds:.2f} s of computing, wrote {options.output}")
    return 0


def _parameters(operation: OperationInfo, rest: List[str]) -> dict:
    parser = argparse.ArgumentParser(prog=f"python -m inferencebridge run {operation.id}", add_help=False)
    for parameter in operation.parameters:
        parser.add_argument(
            f"--{parameter.name.replace('_', '-')}", dest=parameter.name, type=lambda text, p=parameter: _value(p, text)
        )
    return {name: value for name, value in vars(parser.parse_args(rest)).items() if value is not None}


def _value(parameter: ParameterInfo, text: str):
    try:
        if parameter.kind == "boolean":
            return {"true": True, "false": False}[text.lower()]
        return {"integer": int, "number": float, "choice": str}[parameter.kind](text)
    except (KeyError, ValueError):
        raise argparse.ArgumentTypeError(f'"{text}"; accepted: {parameter.accepted}') from None


if __name__ == "__main__":
    sys.exit(main())
