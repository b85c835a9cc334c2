"""Python client of InferenceBridge: restore microscope images on a server.

>>> from inferencebridge import Client
>>> with Client("localhost:50051") as client:
...     result = client.denoise(stack, axes="zyx", voxel_size_um=(0.3, 0.1, 0.1))
>>> result.array
"""

from ._aio import AsyncClient
from ._aio_frames import AsyncFrameStream
from ._client import Client
from ._errors import InferenceBridgeError
from ._frame_messages import FrameResult, FramesSummary
from ._frames import FrameStream
from ._operations import DeviceInfo, InputInfo, OperationInfo, ParameterInfo, ServerInfo, SideOutputInfo
from ._results import Planes, Progress, Result, Summary
from ._retry import Retry
from ._version import VERSION as __version__

__all__ = [
    "AsyncClient",
    "AsyncFrameStream",
    "Client",
    "DeviceInfo",
    "FrameResult",
    "FrameStream",
    "FramesSummary",
    "InferenceBridgeError",
    "InputInfo",
    "OperationInfo",
    "ParameterInfo",
    "Planes",
    "Progress",
    "Result",
    "Retry",
    "ServerInfo",
    "SideOutputInfo",
    "Summary",
    "__version__",
]
