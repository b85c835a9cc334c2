"""Chunks to and from the wire without needless copies of their pixels.

A protobuf message is a sequence of fields in any order, so everything but the pixels is left to protobuf, and the pixels
are put behind it or cut out of it here. Through the generated classes alone each pixel would be copied twice more.
"""

from __future__ import annotations

from typing import Tuple, Union

from .v1 import volume_pb2 as pb

_LENGTH_DELIMITED = 2
_REQUEST_CHUNK = pb.ProcessRequest.CHUNK_FIELD_NUMBER << 3 | _LENGTH_DELIMITED
_RESPONSE_CHUNK = pb.ProcessResponse.CHUNK_FIELD_NUMBER << 3 | _LENGTH_DELIMITED
_DATA = pb.Chunk.DATA_FIELD_NUMBER << 3 | _LENGTH_DELIMITED

Buffer = Union[bytes, memoryview]


class ReceivedChunk:
    """A chunk of a response: its fields but for ``data``, and the data as a view of the message."""

    __slots__ = ("data", "fields")

    def __init__(self, fields: pb.Chunk, data: Buffer) -> None:
        self.fields = fields
        self.data = data


def encode_chunk(fields: pb.Chunk, data: Buffer) -> bytes:
    """A ProcessRequest with a chunk of these fields and this data."""
    head = fields.SerializeToString() + _varint(_DATA) + _varint(len(data))
    return b"".join((_varint(_REQUEST_CHUNK), _varint(len(head) + len(data)), head, data))


def encode(message: Union[bytes, pb.ProcessRequest]) -> bytes:
    """What gRPC is given to serialise: a message, or one that ``encode_chunk`` made."""
    return message if isinstance(message, bytes) else message.SerializeToString()


def decode(message: bytes) -> Union[ReceivedChunk, pb.ProcessResponse]:
    """A response; one that holds nothing but a chunk comes as that chunk."""
    tag, start = _read_varint(message, 0)
    if tag == _RESPONSE_CHUNK:
        length, start = _read_varint(message, start)
        if start + length == len(message):
            return _decode_chunk(message, start)
    return pb.ProcessResponse.FromString(message)


def _decode_chunk(message: bytes, start: int) -> Union[ReceivedChunk, pb.ProcessResponse]:
    view = memoryview(message)
    position = start
    while position < len(message):
        field = position
        tag, position = _read_varint(message, position)
        kind = tag & 7
        if kind == 0:
            _, position = _read_varint(message, position)
        elif kind == 1:
            position += 8
        elif kind == 5:
            position += 4
        elif kind == _LENGTH_DELIMITED:
            length, position = _read_varint(message, position)
            position += length
            if tag == _DATA and position <= len(message):
                rest = message[start:field] + message[position:]
                return ReceivedChunk(pb.Chunk.FromString(rest), view[position - length : position])
        else:
            break
    # No data, or nothing that is known: protobuf has the last word.
    return pb.ProcessResponse.FromString(message)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(message: bytes, position: int) -> Tuple[int, int]:
    value = shift = 0
    while position < len(message):
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
    return -1, len(message) + 1
