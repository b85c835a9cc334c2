"""The one exception that callers see, and how a gRPC status becomes it."""

from __future__ import annotations

from typing import Optional
from urllib.parse import unquote

import grpc

_TRANSIENT = frozenset({"ServerUnreachable", "ServerBusy", "ServerStopping"})
_BY_STATUS = {
    grpc.StatusCode.UNAVAILABLE: "ServerUnreachable",
    grpc.StatusCode.DEADLINE_EXCEEDED: "DeadlineExceeded",
    grpc.StatusCode.CANCELLED: "Cancelled",
    grpc.StatusCode.RESOURCE_EXHAUSTED: "ServerBusy",
    grpc.StatusCode.UNIMPLEMENTED: "ProtocolViolation",
}


class InferenceBridgeError(Exception):
    """What was wrong, with which value, and what would be accepted.

    Attributes:
        kind: name of the error, the same in every client: ``"ParameterOutOfRange"``, ``"ServerUnreachable"``, ...
        field: what is at fault, such as ``"parameters.sigma"``; may be empty.
        message: a sentence for people.
    """

    def __init__(self, kind: str, field: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.field = field
        self.message = message

    @property
    def is_transient(self) -> bool:
        """Whether the same call may succeed a little later, without any change to it."""
        return self.kind in _TRANSIENT

    def __repr__(self) -> str:
        return f"InferenceBridgeError({self.kind!r}, {self.field!r}, {self.message!r})"

    def __reduce__(self):
        return InferenceBridgeError, (self.kind, self.field, self.message)


def usage(field: str, message: str) -> InferenceBridgeError:
    """A call that is refused before anything is sent."""
    return InferenceBridgeError("UsageInvalid", field, message)


def from_rpc(error: grpc.RpcError, address: str, was_connected: bool = False) -> InferenceBridgeError:
    """The error that the server named in its trailers, or one made from the status."""
    trailers = {key: value for key, value in (error.trailing_metadata() or ())}
    kind: Optional[str] = trailers.get("ib-error")
    detail = error.details() or ""
    if kind:
        return InferenceBridgeError(str(kind), unquote(str(trailers.get("ib-field", ""))), detail)
    code = error.code()
    kind = _BY_STATUS.get(code, "Internal")
    if kind == "ServerUnreachable":
        message = (
            f"The connection to the server at {address} was lost ({detail}). Check that the server runs, and try again."
            if was_connected
            else f"No server answers at {address} ({detail}). Start one with `ib serve`, or correct the address."
        )
        return InferenceBridgeError(kind, "address", message)
    if kind == "DeadlineExceeded":
        return InferenceBridgeError(kind, "timeout", f"The deadline of the call to {address} passed.")
    return InferenceBridgeError(kind, "", f"The server at {address} ended the call ({code.name}): {detail}")
