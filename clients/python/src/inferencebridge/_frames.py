"""Frames of a live instrument through an operation, and the answers back."""

from __future__ import annotations

import queue
import threading
from collections import deque
from concurrent.futures import Future
from typing import Any, Deque, Iterable, Iterator, List, Optional

import grpc

from ._errors import InferenceBridgeError, from_rpc
from ._frame_messages import METHOD, FrameCodec, FrameResult, FramesSummary, Opening, ended, ended_without_state, to_summary
from .v1 import frames_pb2 as pb

_WAITING = 2  # frames that wait here; the server has a queue of its own


class FrameStream:
    """Made by ``Client.open_frames``. Send in one thread and iterate in another, or leave both to ``map``.

    Attributes:
        summary: what became of the stream; None until its last answer has been read.
    """

    def __init__(self, channel: Any, address: str, opening: Opening) -> None:
        self._address = address
        self._codec = FrameCodec(opening)
        self._outgoing: "queue.Queue[Optional[pb.FrameRequest]]" = queue.Queue(_WAITING)
        self._exports: Deque["Future[bytes]"] = deque()
        self._ended = threading.Event()
        self.summary: Optional[FramesSummary] = None
        method = channel.stream_stream(METHOD, pb.FrameRequest.SerializeToString, pb.FrameResponse.FromString)
        self._call = method(self._requests(opening))

    def __enter__(self) -> "FrameStream":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def close(self) -> None:
        """Ends the stream at once; does nothing to one that has ended."""
        self._ended.set()
        self._call.cancel()

    def send(self, array: Any, *, id: Optional[int] = None, timestamp_s: float = 0.0, z_um: Optional[float] = None) -> int:
        """Sends a frame and gives its id; waits while the server has no room, for which answers must be read meanwhile.

        Args:
            array: of the shape and dtype that the stream was opened with.
            id: above that of the frame before; None counts on from 0.
            timestamp_s: seconds of the instrument's clock.
            z_um: position of the stage in µm.
        """
        number = self._codec.number(id)
        self._put(self._codec.encode(array, number, timestamp_s, z_um))
        return number

    def finish(self) -> None:
        """Says that no frame follows; answers still come."""
        self._put(None)

    def export_state(self) -> "Future[bytes]":
        """Asks for the state after all frames sent so far; the future has it when it comes among the answers that are read."""
        future: "Future[bytes]" = Future()
        self._exports.append(future)
        self._put(pb.FrameRequest(export=pb.ExportState()))
        return future

    def map(self, frames: Iterable[Any]) -> Iterator[FrameResult]:
        """Sends every frame in a thread of its own and yields the answers in order; finishes the stream."""
        faults: List[BaseException] = []

        def work() -> None:
            try:
                for array in frames:
                    self.send(array)
                self.finish()
            except BaseException as fault:
                faults.append(fault)
                self._call.cancel()

        sender = threading.Thread(target=work, daemon=True)
        sender.start()
        try:
            yield from self
        except InferenceBridgeError:
            if faults:
                raise faults[0] from None
            raise
        sender.join()

    def __iter__(self) -> Iterator[FrameResult]:
        try:
            for response in self._call:
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
        finally:
            self._ended.set()
        self._fail(ended_without_state())

    def _put(self, request: Optional[pb.FrameRequest]) -> None:
        while True:
            if self._ended.is_set():
                raise ended()
            try:
                return self._outgoing.put(request, timeout=0.1)
            except queue.Full:
                continue

    def _requests(self, opening: Opening) -> Iterator[pb.FrameRequest]:
        yield from opening.requests()
        while not self._ended.is_set():
            try:
                request = self._outgoing.get(timeout=0.1)
            except queue.Empty:
                continue
            if request is None:
                return
            yield request

    def _take_state(self, chunk: pb.StateChunk) -> None:
        state = self._codec.add_state(chunk)
        if state is not None and self._exports:
            self._exports.popleft().set_result(state)

    def _fail(self, fault: InferenceBridgeError) -> None:
        while self._exports:
            self._exports.popleft().set_exception(fault)
