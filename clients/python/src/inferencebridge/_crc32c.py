"""CRC-32C (Castagnoli) of large buffers in numpy alone, at memory speed.

A CRC is the remainder of the message, taken as a polynomial over GF(2), modulo P. Reducing first modulo a *sparse* multiple
of P leaves that remainder as it is, and each step is then a few XORs of long runs of words. Squaring a polynomial over
GF(2) doubles its exponents, so that Q(x) = x^5685 + x^1362 + x^426 + 1, a multiple of P, gives the multiple
Q(x^64) = Q(x)^64, whose exponents are whole 64-bit words. What is left, at most 45 kB, goes through tables.
"""

from __future__ import annotations

import functools

import numpy as np

_REFLECTED = 0x82F63B78  # P without its leading term, lowest bit first
_DEGREE = 5685  # of Q, in words
_INNER = (1362, 426, 0)  # its other exponents
_RUN = _DEGREE - _INNER[0]  # words that one step can eliminate
_ROW = 256  # bytes of a table row


def _byte_table() -> np.ndarray:
    """CRC register after one byte, for each byte: the classic table."""
    values = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        values = np.where(values & 1, (values >> 1) ^ np.uint32(_REFLECTED), values >> 1).astype(np.uint32)
    return values


@functools.lru_cache(maxsize=None)
def _position_tables() -> np.ndarray:
    """What a byte at each place of a row adds to the remainder at the row's end; shape (_ROW, 256)."""
    step = _byte_table()
    tables = np.empty((_ROW, 256), np.uint32)
    tables[-1] = step
    for place in range(_ROW - 2, -1, -1):
        later = tables[place + 1]
        tables[place] = step[later & 0xFF] ^ (later >> 8)
    return tables


@functools.lru_cache(maxsize=None)
def _row_tables() -> list[list[int]]:
    """What each byte of the register becomes after a row of zeros; 4 lists of 256."""
    return [_position_tables()[place].tolist() for place in range(4)]


def _reduce(data: np.ndarray) -> np.ndarray:
    """Bytes with the same remainder, at most _DEGREE words of them and a few; ``data`` is left as it is."""
    if data.size <= 2 * _DEGREE * 8:
        return data
    words = data.size // 8
    work = data[: words * 8].copy().view("<u8")
    end = words - _DEGREE
    start = 0
    while start < end:
        run = min(_RUN, end - start)
        head = work[start : start + run]
        for exponent in _INNER:
            target = start + _DEGREE - exponent
            work[target : target + run] ^= head
        start += run
    return np.concatenate([work[end:].view(np.uint8), data[words * 8 :]])


def crc32c(data) -> int:
    """CRC-32C of a bytes-like object: initial value and final XOR 0xFFFFFFFF, as in iSCSI and RFC 3720.

    >>> hex(crc32c(b"123456789"))
    '0xe3069283'
    """
    message = np.frombuffer(data, np.uint8)
    # An initial register of ones is the same as a register of zeros and the first four bytes inverted.
    if message.size < 4:
        register = 0xFFFFFFFF
        step = _position_tables()[-1]
        for byte in message.tolist():
            register = int(step[(register ^ byte) & 0xFF]) ^ (register >> 8)
        return register ^ 0xFFFFFFFF
    register = _remainder(_reduce(_invert_start(message)))
    return register ^ 0xFFFFFFFF


def _invert_start(message: np.ndarray) -> np.ndarray:
    start = message.copy()
    start[:4] ^= 0xFF
    return start


def _remainder(message: np.ndarray) -> int:
    """Remainder with a register that starts at zero, so that zeros in front change nothing."""
    padding = -message.size % _ROW
    rows = np.concatenate([np.zeros(padding, np.uint8), message]).reshape(-1, _ROW)
    remainders = np.bitwise_xor.reduce(_position_tables()[np.arange(_ROW), rows], axis=1)
    shift = _row_tables()
    register = 0
    for remainder in remainders.tolist():
        register = (
            shift[0][register & 0xFF]
            ^ shift[1][(register >> 8) & 0xFF]
            ^ shift[2][(register >> 16) & 0xFF]
            ^ shift[3][register >> 24]
            ^ remainder
        )
    return register
