"""What a server may send wrongly, without a server."""

import numpy as np
import pytest

from inferencebridge import InferenceBridgeError
from inferencebridge._crc32c import crc32c
from inferencebridge._job import Job
from inferencebridge._operations import OperationInfo, SideOutputInfo
from inferencebridge._receiver import Collector, Receiver
from inferencebridge.v1 import volume_pb2 as pb


def job():
    operation = OperationInfo("test/op", "test", "1", "", "", (), (), "", "", "", "", (SideOutputInfo("field", ""),))
    return Job(operation, np.zeros((2, 3, 4), np.uint8), "tyx", {}, {}, None, None, None, ["field"])


def accepted(channels=2):
    def volume(c, pixel_type):
        return pb.VolumeDescription(size_t=2, size_c=c, size_z=1, size_y=3, size_x=4, pixel_type=pixel_type)

    side = pb.SideVolume(name="field", volume=volume(channels, pb.PIXEL_TYPE_FLOAT32))
    return pb.ProcessResponse(accepted=pb.Accepted(result=volume(1, pb.PIXEL_TYPE_UINT8), side_outputs=[side]))


def chunk(name, first, array):
    data = array.tobytes()
    return pb.ProcessResponse(chunk=pb.Chunk(input=name, first_plane=first, plane_count=len(array), data=data, crc32c=crc32c(data)))


def script():
    for t in range(2):
        yield chunk("", t, np.full((1, 3, 4), t + 1, np.uint8))
        yield chunk("field", 2 * t, np.full((2, 3, 4), t + 0.5, np.float32))
    yield pb.ProcessResponse(summary=pb.Summary())


def feed(messages):
    receiver, collector = Receiver(job()), Collector()
    for message in messages:
        block = receiver.feed(message)
        if block is not None:
            collector.add(receiver, block)
    return receiver.result(collector.arrays(receiver))


def test_chunks_of_both_volumes_find_their_place():
    result = feed([accepted(), *script()])
    assert (result.array == np.array([1, 2])[:, None, None]).all()
    assert result.side_outputs["field"].shape == (2, 2, 3, 4)
    assert (result.side_outputs["field"] == np.array([0.5, 1.5])[:, None, None]).all()
    assert job().declaration.side_outputs == ["field"]


@pytest.mark.parametrize("spoil", [
    lambda messages: [pb.ProcessResponse(accepted=pb.Accepted(result=messages[0].accepted.result)), *messages[1:]],
    lambda messages: messages[:2] + messages[3:],
    lambda messages: messages[:4] + messages[5:],
    lambda messages: messages[:3] + messages[2:],
    lambda messages: messages[:2] + [chunk("flow", 0, np.zeros((2, 3, 4), np.float32))] + messages[3:],
    lambda messages: messages[1:],
])  # fmt: skip
def test_a_server_that_breaks_the_protocol_is_named(spoil):
    with pytest.raises(InferenceBridgeError, match="volume.proto") as fault:
        feed(spoil([accepted(), *script()]))
    assert fault.value.kind == "ProtocolViolation"
