"""Frames of a live instrument, for asyncio."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, AsyncIterable, AsyncIterator, Awaitable, Callable, Deque, Iterable, Optional, Union

import grpc

from ._errors import InferenceBridgeError, from_rpc
from ._frame_messages import METHOD, FrameCodec, FrameResult, FramesSummary, Opening, ended, ended_without_state, to_summary
from .v1 import frames_pb2 as pb


class AsyncFrameStream:
    """Made by ``AsyncClient.open_frames``, for ``async with``. Send in one task and iterate in another, or leave both to ``map``.

    Attributes:
        summary: what became of the stream; None until its last answer has been read.
    """

    def __init__(self, channel: Any, address: str, opening: Callable[[], Awaitable[Opening]]) -> None:
        self._channel = channel
        self._address = address
        self._opening = opening
        self._writing = asyncio.Lock()
        self._exports: Deque["asyncio.Future[bytes]"] = deque()
        self._is_closed = False
        self._call: Any = None
        self.summary: Optional[FramesSummary] = None

    async def __aenter__(self) -> "AsyncFrameStream":
        opening = await self._opening()
        self._codec = FrameCodec(opening)
        method = self._channel.stream_stream(METHOD, pb.FrameRequest.SerializeToString, pb.FrameResponse.FromString)
        self._call = method()
        try:
            for request in opening.requests():
                await self._call.write(request)
        except (grpc.RpcError, asyncio.InvalidStateError):
            pass  # Refused: whoever reads learns why.
        except BaseException:
            self._call.cancel()
            raise
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the stream at once; does nothing to one that has ended."""
        self._is_closed = True
        if self._call is not None:
            self._call.cancel()
        self._fail(ended())

    async def send(self, array: Any, *, id: Optional[int] = None, timestamp_s: float = 0.0, z_um: Optional[float] = None) -> int:
        """Sends a frame and gives its id; waits while the server has no room, for which answers must be read meanwhile.

        Arguments are those of ``FrameStream.send``.
        """
        number = self._codec.number(id)
        await self._write(self._codec.encode(array, number, timestamp_s, z_um))
        return number

    async def finish(self) -> None:
        """Says that no frame follows; answers still come."""
        async with self._writing:
            try:
                await self._call.done_writing()
            except (grpc.RpcError, asyncio.InvalidStateError):
                pass  # It has ended: whoever reads learns why.

    async def export_state(self) -> bytes:
        """The state after all frames sent so far; it comes among the answers, which another task must read meanwhile."""
        future: "asyncio.Future[bytes]" = asyncio.get_running_loop().create_future()
        self._exports.append(future)
        await self._write(pb.FrameRequest(export=pb.ExportState()))
        return await future

    async def map(self, frames: Union[Iterable[Any], AsyncIterable[Any]]) -> AsyncIterator[FrameResult]:
        """Sends every frame in a task of its own and yields the answers in order; finishes the stream.

        Args:
            frames: arrays; a plain iterable is asked in a thread, since a camera may make it wait.
        """
        sender = asyncio.ensure_future(self._send_all(frames))
        try:
            async for result in self:
                yield result
            await sender
        except (InferenceBridgeError, asyncio.CancelledError):
            # A frame that could not be sent is the cause, not the end of the call that follows from it.
            if sender.done() and not sender.cancelled() and sender.exception() is not None:
                raise sender.exception() from None
            raise
        finally:
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)

    async def __aiter__(self) -> AsyncIterator[FrameResult]:
        try:
            async for response in self._call:
                kind = response.WhichOneof("kind")
                if kind == "opened":
                    self._codec.opened(response.opened)
                elif kind == "result":
                    yield self._codec.decode(response.result)
                elif kind == "state":
                    self._take_state(response.state)
                elif kind == "summary":
                    self.summary = to_summary(response.summary)
        except grpc.RpcError as error:
            fault = from_rpc(error, self._address, self._codec.is_opened)
            self._fail(fault)
            raise fault from error
        except asyncio.CancelledError:
            if self._is_closed:
                raise ended() from None
            raise
        self._fail(ended_without_state())

    async def _send_all(self, frames: Union[Iterable[Any], AsyncIterable[Any]]) -> None:
        try:
            if hasattr(frames, "__aiter__"):
                async for array in frames:
                    await self.send(array)
            else:
                rest, end = iter(frames), object()
                while (array := await asyncio.to_thread(next, rest, end)) is not end:
                    await self.send(array)
            await self.finish()
        except InferenceBridgeError as error:
            if error.kind != "Cancelled":
                self._call.cancel()
                raise
            # The server has ended the stream: reading tells why.
        except BaseException:
            self._call.cancel()
            raise

    async def _write(self, request: pb.FrameRequest) -> None:
        async with self._writing:
            try:
                await self._call.write(request)
            except (grpc.RpcError, asyncio.InvalidStateError) as error:
                raise ended() from error

    def _take_state(self, chunk: pb.StateChunk) -> None:
        state = self._codec.add_state(chunk)
        if state is not None and self._exports:
            future = self._exports.popleft()
            if not future.done():
                future.set_result(state)

    def _fail(self, fault: InferenceBridgeError) -> None:
        while self._exports:
            future = self._exports.popleft()
            if not future.done():
                future.set_exception(fault)
                future.exception()  # Whoever did not wait for it does not want to know.
