import pytest

from inferencebridge._wire import ReceivedChunk, decode, encode, encode_chunk
from inferencebridge.v1 import volume_pb2 as pb


@pytest.mark.parametrize("size", [0, 1, 127, 128, 20000])
def test_encode_chunk_is_what_protobuf_reads(size):
    data = bytes(range(256)) * 100
    fields = pb.Chunk(input="psf", first_plane=3, plane_count=2, crc32c=0xFFFFFFFF)
    message = pb.ProcessRequest.FromString(encode_chunk(fields, memoryview(data)[:size]))
    expected = pb.Chunk(input="psf", first_plane=3, plane_count=2, crc32c=0xFFFFFFFF, data=data[:size])
    assert message.chunk == expected


@pytest.mark.parametrize("size", [1, 127, 128, 20000])
def test_decode_reads_what_protobuf_writes(size):
    chunk = pb.Chunk(first_plane=300, plane_count=1, first_row=7, row_count=9, data=b"\xab" * size, crc32c=5)
    received = decode(pb.ProcessResponse(chunk=chunk).SerializeToString())
    assert isinstance(received, ReceivedChunk)
    assert bytes(received.data) == chunk.data
    chunk.ClearField("data")
    assert received.fields == chunk


@pytest.mark.parametrize("response", [
    pb.ProcessResponse(),
    pb.ProcessResponse(accepted=pb.Accepted(device="cpu")),
    pb.ProcessResponse(chunk=pb.Chunk(first_plane=1)),
    pb.ProcessResponse(summary=pb.Summary(operation="a")),
])  # fmt: skip
def test_decode_leaves_the_rest_to_protobuf(response):
    assert decode(response.SerializeToString()) == response


@pytest.mark.parametrize("message", [b"\x1a", b"\x1a\x05\x32\x7f", b"\x1a\x02\x32\x09", b"\x1a\x02\x33\x09"])
def test_decode_of_damaged_messages_fails_as_protobuf_does(message):
    with pytest.raises(Exception, match="(?i)pars|truncated|decod"):
        pb.ProcessResponse.FromString(message)
    with pytest.raises(Exception, match="(?i)pars|truncated|decod"):
        decode(message)


def test_encode_takes_messages_and_bytes():
    message = pb.ProcessRequest(declaration=pb.Declaration(operation="a/b"))
    assert encode(message) == encode(message.SerializeToString()) == message.SerializeToString()
