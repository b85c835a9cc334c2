"""The client for asyncio."""

from __future__ import annotations

import asyncio
from typing import Any, AsyncIterator, List, Mapping, Optional, Sequence, Tuple

import grpc

from . import _operations
from ._address import channel_options, parse
from ._aio_frames import AsyncFrameStream
from ._client import _CATALOG, _PROCESS
from ._errors import InferenceBridgeError, from_rpc
from ._frame_messages import Opening, opening
from ._job import Job, auxiliary_inputs
from ._operations import OperationInfo, ServerInfo
from ._progress import ProgressSink
from ._receiver import Block, Collector, Receiver
from ._results import Planes, Result
from ._retry import Retry
from ._wire import decode, encode
from .v1 import catalog_pb2

_END = object()


class AsyncClient:
    """The asyncio twin of ``Client``: the same methods and arguments, awaited. Cancelling the task cancels the job."""

    def __init__(self, address: str = "localhost:50051", *, timeout_s: float = 30.0, retry: Retry = Retry()) -> None:
        self.address = address
        target = parse(address)
        self._channel = grpc.aio.insecure_channel(target, options=channel_options(target))
        self._timeout_s = timeout_s
        self._retry = retry

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the connection; jobs that run are cancelled."""
        await self._channel.close()

    async def server_info(self) -> ServerInfo:
        """See ``Client.server_info``."""
        reply = await self._unary("GetServerInfo", catalog_pb2.GetServerInfoRequest(), catalog_pb2.ServerInfo)
        return _operations.server(reply)

    async def operations(self, task: str = "") -> List[OperationInfo]:
        """See ``Client.operations``."""
        reply = await self._unary(
            "ListOperations", catalog_pb2.ListOperationsRequest(task=task), catalog_pb2.ListOperationsResponse
        )
        return [_operations.operation(message) for message in reply.operations]

    async def describe(self, name: str) -> OperationInfo:
        """See ``Client.describe``."""
        reply = await self._unary("DescribeOperation", catalog_pb2.DescribeOperationRequest(id=name), catalog_pb2.Operation)
        return _operations.operation(reply)

    async def run(
        self,
        name: str,
        array: Any,
        *,
        axes: Optional[str] = None,
        voxel_size_um: Any = None,
        frame_interval_s: Optional[float] = None,
        psf: Any = None,
        auxiliaries: Optional[Mapping[str, Any]] = None,
        output_dtype: Any = None,
        side_outputs: Sequence[str] = (),
        progress: Any = None,
        timeout_s: Optional[float] = None,
        **parameters: Any,
    ) -> Result:
        """See ``Client.run``."""
        job = Job(
            await self.describe(name), array, axes, auxiliary_inputs(psf, auxiliaries), parameters, voxel_size_um,
            frame_interval_s, output_dtype, side_outputs,
        )  # fmt: skip
        sink = ProgressSink(progress)
        attempt = 1
        try:
            while True:
                receiver, collector = Receiver(job), Collector()
                try:
                    async for block in self._blocks(job, receiver, sink, timeout_s):
                        collector.add(receiver, block)
                    return receiver.result(collector.arrays(receiver))
                except InferenceBridgeError as error:
                    if receiver.has_result or not self._retry.may_repeat(attempt, error):
                        raise
                await asyncio.sleep(self._retry.pause(attempt))
                attempt += 1
        finally:
            sink.close()

    async def denoise(self, array: Any, *, operation: str = "denoise/nlm", **arguments: Any) -> Result:
        """See ``Client.denoise``."""
        return await self.run(operation, array, **arguments)

    async def deconvolve(
        self, array: Any, psf: Any, *, operation: str = "deconvolve/richardson-lucy", **arguments: Any
    ) -> Result:
        """See ``Client.deconvolve``."""
        return await self.run(operation, array, psf=psf, **arguments)

    async def stream(
        self,
        name: str,
        array: Any,
        *,
        axes: Optional[str] = None,
        voxel_size_um: Any = None,
        frame_interval_s: Optional[float] = None,
        psf: Any = None,
        auxiliaries: Optional[Mapping[str, Any]] = None,
        output_dtype: Any = None,
        timeout_s: Optional[float] = None,
        **parameters: Any,
    ) -> AsyncIterator[Planes]:
        """See ``Client.stream``."""
        job = Job(
            await self.describe(name), array, axes, auxiliary_inputs(psf, auxiliaries), parameters, voxel_size_um,
            frame_interval_s, output_dtype,
        )  # fmt: skip
        receiver = Receiver(job)
        async for block in self._blocks(job, receiver, ProgressSink(None), timeout_s):
            yield Planes(block.first, block.array, receiver.plane_count)
        receiver.finish()

    def open_frames(
        self,
        name: str,
        *,
        shape: Tuple[int, ...],
        dtype: Any,
        axes: Optional[str] = None,
        voxel_size_um: Any = None,
        template: Any = None,
        queue_length: int = 0,
        drop: str = "block",
        idle_timeout_s: float = 0.0,
        state: bytes = b"",
        output_dtype: Any = None,
        side_outputs: Sequence[str] = (),
        **parameters: Any,
    ) -> AsyncFrameStream:
        """Opens a stream for the frames of an instrument; see ``Client.open_frames``.

        >>> async with client.open_frames("register/rigid", shape=(512, 512), dtype="uint16") as stream:
        ...     async for result in stream.map(camera):
        ...         show(result.array, result.numbers["shift_x"])
        """
        arguments = dict(
            shape=shape, dtype=dtype, axes=axes, voxel_size_um=voxel_size_um, template=template, queue_length=queue_length, drop=drop,
            idle_timeout_s=idle_timeout_s, state=state, output_dtype=output_dtype, side_outputs=side_outputs,
        )  # fmt: skip

        async def described() -> Opening:
            return opening(await self.describe(name), parameters, **arguments)

        return AsyncFrameStream(self._channel, self.address, described)

    async def _blocks(
        self, job: Job, receiver: Receiver, sink: ProgressSink, timeout_s: Optional[float]
    ) -> AsyncIterator[Block]:
        method = self._channel.stream_stream(_PROCESS, encode, decode)
        call = method(timeout=timeout_s)
        upload = asyncio.ensure_future(_upload(call, job))
        try:
            async for response in call:
                block = receiver.feed(response)
                sink.report(receiver.progress)
                if block is not None:
                    yield block
        except grpc.RpcError as error:
            _raise_fault(upload)
            raise from_rpc(error, self.address, receiver.is_accepted) from error
        except asyncio.CancelledError:
            _raise_fault(upload)
            raise
        finally:
            call.cancel()
            upload.cancel()
            await asyncio.gather(upload, return_exceptions=True)

    async def _unary(self, method: str, request: Any, reply: Any) -> Any:
        stub = self._channel.unary_unary(_CATALOG + method, type(request).SerializeToString, reply.FromString)
        attempt = 1
        while True:
            try:
                return await stub(request, timeout=self._timeout_s)
            except grpc.RpcError as rpc_error:
                error = from_rpc(rpc_error, self.address)
                if not self._retry.may_repeat(attempt, error):
                    raise error from rpc_error
            await asyncio.sleep(self._retry.pause(attempt))
            attempt += 1


async def _upload(call: Any, job: Job) -> None:
    requests = job.requests()
    try:
        # Planes are read in a thread: an array may be on a disk.
        while (message := await asyncio.to_thread(next, requests, _END)) is not _END:
            await call.write(message)
        await call.done_writing()
    except (grpc.RpcError, asyncio.InvalidStateError):
        pass  # The call has ended; the reading side learns why.
    except Exception:
        call.cancel()
        raise


def _raise_fault(upload: "asyncio.Future[None]") -> None:
    """A volume that could not be read is the cause, not the cancellation that follows from it."""
    if upload.done() and not upload.cancelled() and upload.exception() is not None:
        raise upload.exception()
