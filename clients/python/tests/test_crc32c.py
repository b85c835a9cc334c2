import numpy as np
import pytest

from inferencebridge._crc32c import crc32c


def by_bits(data: bytes) -> int:
    register = 0xFFFFFFFF
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (0x82F63B78 if register & 1 else 0)
    return register ^ 0xFFFFFFFF


# RFC 3720, B.4.
@pytest.mark.parametrize(
    "data, expected",
    [(bytes(32), 0x8A9136AA), (b"\xff" * 32, 0x62A8AB43), (bytes(range(32)), 0x46DD794E), (b"123456789", 0xE3069283), (b"", 0)],
)
def test_crc32c_of_known_messages(data, expected):
    assert crc32c(data) == expected


# About the sizes at which rows, runs of words and the whole reduction begin and end.
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 255, 256, 257, 90959, 90960, 90961, 90968, 125543, 125544, 125545, 200003])
def test_crc32c_equals_division_bit_by_bit(size):
    data = np.random.default_rng(size).integers(0, 256, size, np.uint8).tobytes()
    assert crc32c(data) == by_bits(data)


def test_crc32c_leaves_its_message_alone():
    data = np.arange(200000, dtype=np.uint8)
    before = data.copy()
    crc32c(memoryview(data))
    assert (data == before).all()
