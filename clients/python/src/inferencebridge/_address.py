"""Where a server listens."""

from __future__ import annotations

import re
from typing import List, Tuple

from ._errors import usage

_LOOPBACK = ("localhost", "127.", "[::1]")


def parse(address: str) -> str:
    """gRPC's target for ``host:port``, ``http://host:port`` or ``unix:/path``.

    Raises:
        InferenceBridgeError: it is none of them.
    """
    text = address.strip()
    if text.lower().startswith("unix:"):
        path = text[5:]
        path = path[2:] if path.startswith("///") else path
        if path:
            return f"unix:{path}"
    else:
        match = re.fullmatch(r"(?:http://)?(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+):([0-9]{1,5})/?", text)
        if match and 0 < int(match[2]) <= 65535:
            return f"{match[1]}:{match[2]}"
    raise usage("address", f'The address is "{address}"; accepted: host:port, http://host:port or unix:/path/to.sock.')


def channel_options(target: str) -> List[Tuple[str, int]]:
    """Messages of any size (the server states its own limit), and no proxy in front of a local server."""
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    if target.startswith(("unix:", *_LOOPBACK)):
        options.append(("grpc.enable_http_proxy", 0))
    return options
