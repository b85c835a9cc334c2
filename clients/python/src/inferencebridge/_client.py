"""The client for ordinary, synchronous code."""

from __future__ import annotations

import time
from typing import Any, Iterator, List, Mapping, Optional, Sequence, Tuple

import grpc

from . import _frames, _operations
from ._address import channel_options, parse
from ._errors import InferenceBridgeError, from_rpc
from ._frame_messages import opening
from ._job import Job, auxiliary_inputs
from ._operations import OperationInfo, ServerInfo
from ._progress import ProgressSink
from ._receiver import Block, Collector, Receiver
from ._results import Planes, Result
from ._retry import Retry
from ._wire import decode, encode
from .v1 import catalog_pb2

_CATALOG = "/inferencebridge.v1.CatalogService/"
_PROCESS = "/inferencebridge.v1.VolumeService/Process"


class Client:
    """A connection to a server; several threads may use it at once.

    Args:
        address: ``host:port``, ``http://host:port`` or ``unix:/path/to.sock``.
        timeout_s: seconds that a call of the catalogue may take.
        retry: when a call is made again.
    """

    def __init__(self, address: str = "localhost:50051", *, timeout_s: float = 30.0, retry: Retry = Retry()) -> None:
        self.address = address
        target = parse(address)
        self._channel = grpc.insecure_channel(target, options=channel_options(target))
        self._timeout_s = timeout_s
        self._retry = retry

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; jobs that run are cancelled."""
        self._channel.close()

    def server_info(self) -> ServerInfo:
        """Version, devices and limits of the server."""
        reply = self._unary("GetServerInfo", catalog_pb2.GetServerInfoRequest(), catalog_pb2.ServerInfo)
        return _operations.server(reply)

    def operations(self, task: str = "") -> List[OperationInfo]:
        """Every operation, ordered by id; only those of a task such as ``"denoise"`` where one is given."""
        reply = self._unary(
            "ListOperations", catalog_pb2.ListOperationsRequest(task=task), catalog_pb2.ListOperationsResponse
        )
        return [_operations.operation(message) for message in reply.operations]

    def describe(self, name: str) -> OperationInfo:
        """One operation, by its id.

        Raises:
            InferenceBridgeError: of kind ``OperationNotFound``; its message names the ids that exist.
        """
        reply = self._unary("DescribeOperation", catalog_pb2.DescribeOperationRequest(id=name), catalog_pb2.Operation)
        return _operations.operation(reply)

    def run(
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
        """Runs an operation on an image and waits for the whole result. Ctrl-C cancels the job on the server.

        Args:
            name: id of the operation, such as ``"denoise/nlm"``.
            array: numpy array of any strides, or anything with shape, dtype and indexing, which is read by planes.
            axes: letters of its axes, of t, c, z, y, x in any order; None takes yx, zyx, czyx or tczyx.
            voxel_size_um: one number, (y, x) or (z, y, x) in µm.
            frame_interval_s: seconds between frames.
            psf: point spread function of shape (z, y, x) or (y, x), where the operation takes one.
            auxiliaries: other inputs by name; a pair (array, voxel_size_um) states a voxel size of its own.
            output_dtype: pixel type of the result; None follows the operation.
            side_outputs: names of second volumes that are wanted too, such as ``["displacement"]``; see ``Result.side_outputs``.
            progress: a function that takes a ``Progress``, or True for a bar of tqdm.
            timeout_s: seconds that the job may take; None for no limit.
            parameters: the operation's own, see ``describe``.

        Raises:
            InferenceBridgeError: the server, the connection or a value is at fault.
        """
        job = Job(
            self.describe(name), array, axes, auxiliary_inputs(psf, auxiliaries), parameters, voxel_size_um,
            frame_interval_s, output_dtype, side_outputs,
        )  # fmt: skip
        sink = ProgressSink(progress)
        try:
            return self._run(job, sink, timeout_s)
        finally:
            sink.close()

    def denoise(self, array: Any, *, operation: str = "denoise/nlm", **arguments: Any) -> Result:
        """``run`` of a denoising operation."""
        return self.run(operation, array, **arguments)

    def deconvolve(self, array: Any, psf: Any, *, operation: str = "deconvolve/richardson-lucy", **arguments: Any) -> Result:
        """``run`` of a deconvolution; ``psf`` is (z, y, x) or (y, x) on the image's voxel grid."""
        return self.run(operation, array, psf=psf, **arguments)

    def stream(
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
    ) -> Iterator[Planes]:
        """Runs an operation and yields planes as they come, so that memory does not grow with the image.

        The planes follow each other with Z fastest, then C, then T. Leaving the loop early cancels the job. Arguments are
        those of ``run``; nothing is tried again.
        """
        job = Job(
            self.describe(name), array, axes, auxiliary_inputs(psf, auxiliaries), parameters, voxel_size_um,
            frame_interval_s, output_dtype,
        )  # fmt: skip
        receiver = Receiver(job)
        for block in self._blocks(job, receiver, ProgressSink(None), timeout_s):
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
    ) -> _frames.FrameStream:
        """Opens a stream for the frames of an instrument; use it in a ``with`` statement.

        >>> with client.open_frames("register/rigid", shape=(512, 512), dtype="uint16") as stream:
        ...     for result in stream.map(camera):
        ...         show(result.array, result.numbers["shift_x"])

        Args:
            name: id of the operation, such as ``"register/rigid"``.
            shape, dtype, axes: of every frame; axes None takes yx, zyx or czyx.
            template: image to register to, with the parameter ``template="given"`` set by this.
            queue_length: frames that wait in the server, 1 to 1024; 0 takes 4.
            drop: ``"block"`` makes the sender wait, ``"oldest"`` drops the frame that has waited longest.
            idle_timeout_s: seconds that the instrument may be silent; 0 takes the server's limit.
            state: what ``FrameStream.export_state`` of another stream gave.
            side_outputs: names of second arrays that are wanted with every answer, such as ``["displacement"]``.
            parameters: the operation's own, see ``describe``; as ``template`` here is an image, the kind of template is
                ``template_kind``.
        """
        arguments = dict(
            shape=shape, dtype=dtype, axes=axes, voxel_size_um=voxel_size_um, template=template, queue_length=queue_length, drop=drop,
            idle_timeout_s=idle_timeout_s, state=state, output_dtype=output_dtype, side_outputs=side_outputs,
        )  # fmt: skip
        return _frames.FrameStream(self._channel, self.address, opening(self.describe(name), parameters, **arguments))

    def _run(self, job: Job, sink: ProgressSink, timeout_s: Optional[float]) -> Result:
        attempt = 1
        while True:
            receiver, collector = Receiver(job), Collector()
            try:
                for block in self._blocks(job, receiver, sink, timeout_s):
                    collector.add(receiver, block)
                return receiver.result(collector.arrays(receiver))
            except InferenceBridgeError as error:
                if receiver.has_result or not self._retry.may_repeat(attempt, error):
                    raise
            time.sleep(self._retry.pause(attempt))
            attempt += 1

    def _blocks(self, job: Job, receiver: Receiver, sink: ProgressSink, timeout_s: Optional[float]) -> Iterator[Block]:
        faults: List[BaseException] = []
        method = self._channel.stream_stream(_PROCESS, encode, decode)
        call = method(_watched(job.requests(), faults), timeout=timeout_s)
        try:
            for response in call:
                block = receiver.feed(response)
                sink.report(receiver.progress)
                if block is not None:
                    yield block
        except grpc.RpcError as error:
            if faults:
                raise faults[0]
            raise from_rpc(error, self.address, receiver.is_accepted) from error
        finally:
            # Nothing to the call that has ended; frees the server where this side gives up.
            call.cancel()

    def _unary(self, method: str, request: Any, reply: Any) -> Any:
        stub = self._channel.unary_unary(_CATALOG + method, type(request).SerializeToString, reply.FromString)

        def call() -> Any:
            try:
                return stub(request, timeout=self._timeout_s)
            except grpc.RpcError as error:
                raise from_rpc(error, self.address) from error

        return self._retry.call(call)


def _watched(requests: Iterator[Any], faults: List[BaseException]) -> Iterator[Any]:
    """gRPC hides why a request could not be made: the reason is kept for the caller."""
    try:
        yield from requests
    except Exception as fault:
        faults.append(fault)
        raise
