"""Arduino's frames: 55 AA, type, length, payload, check, AA 55, with debug text between them.

The length counts the payload and its check, in two bytes, the high one first. The check is
CRC-16/IBM-SDLC over the payload alone: nothing covers the type.
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from dataclasses import dataclass, field
from enum import IntEnum
from struct import Struct

MAX_PAYLOAD_BYTES = 1024
"""More than any board sends: a list of 20 networks is 750 bytes long."""

TEXT_KEPT_BYTES = 4096

_START, _TAIL = b"\x55\xaa", b"\xaa\x55"
_HEADER = Struct(">2sBH")
_CHECK_BYTES = 2
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_LONG_WORD = re.compile(r"[\w.-]{60,}")  # a token, where the frame around it was garbled


class FrameType(IntEnum):
    """What a frame holds. Provisioning 1.0 has responses where 2.0 has control frames."""

    COMMAND = 1
    DATA = 2
    CONTROL = 3


_TYPES = frozenset(FrameType)


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole frame. What it holds may be secret and never prints."""

    type: FrameType
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Broken:
    """A frame that was garbled on its way; `reason` holds nothing of what was in it."""

    reason: str


def crc(payload: bytes) -> int:
    """Return the CRC-16/IBM-SDLC of `payload`.

    It is what `crc_hqx` computes, but for the order of bits in each byte and the last complement.
    """
    mirrored = crc_hqx(payload.translate(_MIRRORED), 0xFFFF).to_bytes(2, "little")
    return int.from_bytes(mirrored.translate(_MIRRORED), "big") ^ 0xFFFF


def encode(frame: Frame) -> bytes:
    """Return `frame` as it goes over the wire, which is in one write.

    Raises:
        ValueError: it is empty, which would wedge a board's receiver for ever, or too long.

    """
    size = len(frame.payload)
    if not 0 < size <= MAX_PAYLOAD_BYTES:
        raise ValueError(f"a payload of {size} bytes: from 1 to {MAX_PAYLOAD_BYTES} can be sent")
    header = _HEADER.pack(_START, frame.type, size + _CHECK_BYTES)
    return header + frame.payload + crc(frame.payload).to_bytes(_CHECK_BYTES, "big") + _TAIL


CONNECT = encode(Frame(FrameType.CONTROL, b"\x01"))
DISCONNECT = encode(Frame(FrameType.CONTROL, b"\x02"))
NACK = encode(Frame(FrameType.CONTROL, b"\x03"))


class FrameReader:
    """Finds the frames in what a board sends; how the bytes were cut makes no difference.

    What stands between frames is text, of which the last few kilobytes are kept. After a broken
    frame the search goes on inside of it, so that a false start swallows nothing.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._text = bytearray()

    @property
    def pending(self) -> bool:
        """Whether a frame has begun and not ended."""
        return len(self._held) >= len(_START)

    @property
    def text(self) -> str:
        """The last of what was said between frames, without long words: a board that logs is alive."""
        return _LONG_WORD.sub("...", self._text.decode(errors="replace"))

    def feed(self, data: bytes) -> list[Frame | Broken]:
        """Take `data` and return what has ended in it."""
        self._held += data
        return self._all()

    def give_up(self) -> list[Frame | Broken]:
        """Call a frame that has begun broken, after a silence, and return what it had swallowed."""
        found: list[Frame | Broken] = []
        while self.pending:
            found += [self._break("cut off"), *self._all()]
        return found

    def reset(self) -> None:
        """Forget what was said, and a frame that has begun."""
        self._held.clear()
        self._text.clear()

    def _all(self) -> list[Frame | Broken]:
        return list(iter(self._next, None))

    def _next(self) -> Frame | Broken | None:
        self._drop_text()
        if len(self._held) < _HEADER.size:
            return None
        _, kind, length = _HEADER.unpack_from(self._held)
        if kind not in _TYPES:
            return self._break(f"type {kind}")
        size = length - _CHECK_BYTES
        if not 0 < size <= MAX_PAYLOAD_BYTES:
            return self._break(f"length {length}")
        ends = _HEADER.size + length + len(_TAIL)
        if len(self._held) < ends:
            return None
        return self._ended(FrameType(kind), bytes(self._held[_HEADER.size : ends]))

    def _ended(self, kind: FrameType, rest: bytes) -> Frame | Broken:
        payload, check, tail = rest[:-4], rest[-4:-2], rest[-2:]
        if tail != _TAIL:
            return self._break("the end is not where it should be")
        if int.from_bytes(check, "big") != crc(payload):
            return self._break("the check is wrong")
        del self._held[: _HEADER.size + len(rest)]
        return Frame(kind, payload)

    def _break(self, reason: str) -> Broken:
        del self._held[: len(_START)]
        return Broken(reason)

    def _drop_text(self) -> None:
        start = self._held.find(_START)
        if start < 0:
            start = len(self._held) - self._held.endswith(_START[:1])
        self._text += self._held[:start]
        del self._held[:start]
        del self._text[:-TEXT_KEPT_BYTES]
