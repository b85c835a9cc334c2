"""What a server can do, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Tuple, Union

import numpy as np

from ._errors import InferenceBridgeError
from .v1 import catalog_pb2 as pb

Value = Union[bool, int, float, str]


@dataclass(frozen=True)
class ParameterInfo:
    """A declared parameter.

    Attributes:
        name: keyword of ``run``.
        kind: ``"number"``, ``"integer"``, ``"boolean"`` or ``"choice"``.
        default: value where none is given.
        minimum, maximum: inclusive bounds of a number or integer.
        choices: accepted values of a choice, with what each means.
        unit: ``"px"``, ``"µm"``, ...; empty for a plain number.
        help: a sentence or two.
        accepted_text: what the server says of accepted values where the bounds do not say it all.
    """

    name: str
    kind: str
    default: Value
    help: str
    unit: str = ""
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    choices: Mapping[str, str] = None  # type: ignore[assignment]
    accepted_text: str = ""

    @property
    def accepted(self) -> str:
        """What would be accepted, for messages."""
        if self.accepted_text:
            return self.accepted_text
        if self.kind == "choice":
            return ", ".join(self.choices)
        if self.kind == "boolean":
            return "True or False"
        article = "an integer" if self.kind == "integer" else "a number"
        return f"{article} from {self.minimum:g} to {self.maximum:g}"

    def to_proto(self, value: Any) -> pb.ParameterValue:
        """The value for the wire; the server checks ranges, this checks the type alone."""
        if isinstance(value, np.generic):
            value = value.item()
        if self.kind == "boolean" and isinstance(value, bool):
            return pb.ParameterValue(boolean=value)
        if self.kind == "integer" and isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63:
            return pb.ParameterValue(integer=value)
        if self.kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
            return pb.ParameterValue(number=float(value))
        if self.kind == "choice" and isinstance(value, str):
            return pb.ParameterValue(choice=value)
        raise InferenceBridgeError(
            "ParameterTypeMismatch", f"parameters.{self.name}", f"Parameter {self.name} is {value!r}; accepted: {self.accepted}."
        )


@dataclass(frozen=True)
class InputInfo:
    """An input: the image, or an auxiliary volume such as a PSF."""

    name: str
    help: str
    required: bool


@dataclass(frozen=True)
class SideOutputInfo:
    """A second volume, in float32, that an operation can make beside its result: ``"displacement"``."""

    name: str
    help: str


@dataclass(frozen=True)
class OperationInfo:
    """A declared operation: ``id`` is ``"task/name"``, such as ``"denoise/nlm"``."""

    id: str
    task: str
    version: str
    summary: str
    description: str
    inputs: Tuple[InputInfo, ...]
    parameters: Tuple[ParameterInfo, ...]
    licence: str
    citation: str
    weights_sha256: str
    training_data: str
    side_outputs: Tuple[SideOutputInfo, ...] = ()

    def to_proto(self, values: Mapping[str, Any]) -> Mapping[str, pb.ParameterValue]:
        """Parameters for the wire.

        Raises:
            InferenceBridgeError: an unknown parameter, or one of another type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                accepted = ", ".join(known) or "none"
                raise InferenceBridgeError(
                    "ParameterUnknown", f"parameters.{name}", f"{self.id} has no parameter {name}; accepted: {accepted}."
                )
        return {name: known[name].to_proto(value) for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class DeviceInfo:
    """A device that runs operations: ``"cpu"``, ``"cuda:0"``, ..."""

    id: str
    name: str
    memory_bytes: int


@dataclass(frozen=True)
class ServerInfo:
    """Version, devices and limits of a server."""

    version: str
    devices: Tuple[DeviceInfo, ...]
    torch_version: str
    max_chunk_bytes: int
    max_volume_bytes: int


def value_of(value: pb.ParameterValue) -> Value:
    """The Python value of a parameter."""
    kind = value.WhichOneof("kind")
    return getattr(value, kind) if kind else ""


def parameter(message: pb.Parameter) -> ParameterInfo:
    kind = message.WhichOneof("kind")
    declared = getattr(message, kind)
    bounded = kind in ("number", "integer")
    return ParameterInfo(
        name=message.name,
        kind=kind,
        default=declared.default_value,
        help=message.help,
        unit=message.unit,
        minimum=declared.minimum if bounded else None,
        maximum=declared.maximum if bounded else None,
        choices={choice.value: choice.help for choice in declared.choices} if kind == "choice" else {},
        accepted_text=message.accepted,
    )


def operation(message: pb.Operation) -> OperationInfo:
    return OperationInfo(
        id=message.id,
        task=message.task,
        version=message.version,
        summary=message.summary,
        description=message.description,
        inputs=tuple(InputInfo(i.name, i.help, i.required) for i in message.inputs),
        parameters=tuple(parameter(p) for p in message.parameters if p.WhichOneof("kind")),
        licence=message.provenance.licence,
        citation=message.provenance.citation,
        weights_sha256=message.provenance.weights_sha256,
        training_data=message.provenance.training_data,
        side_outputs=tuple(SideOutputInfo(s.name, s.help) for s in message.side_outputs),
    )


def server(message: pb.ServerInfo) -> ServerInfo:
    return ServerInfo(
        version=message.version,
        devices=tuple(DeviceInfo(d.id, d.name, d.memory_bytes) for d in message.devices),
        torch_version=message.torch_version,
        max_chunk_bytes=message.max_chunk_bytes,
        max_volume_bytes=message.max_volume_bytes,
    )
