"""The frames of Arduino's board configuration, and the board's own receiver of them.

`55 AA`, a type, the length of payload and check (2 bytes), payload, check (2 bytes), `AA 55`.
"""

from __future__ import annotations

from dataclasses import dataclass

DATA, CONTROL = 2, 3
CONNECT, DISCONNECT, NACK = b"\x01", b"\x02", b"\x03"

_HEAD, _TAIL = b"\x55\xaa", b"\xaa\x55"
_HEADER_BYTES, _CHECK_BYTES = 5, 2


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: `kind` is DATA or CONTROL."""

    kind: int
    payload: bytes


class Garbled(Exception):
    """What came is no frame."""


def framed(kind: int, payload: bytes) -> bytes:
    """Return `payload` in its frame."""
    length = (len(payload) + _CHECK_BYTES).to_bytes(2, "big")
    return _HEAD + bytes([kind]) + length + payload + check(payload).to_bytes(2, "big") + _TAIL


def check(data: bytes) -> int:
    """Return CRC-16/IBM-SDLC of `data`: 0x906E for b"123456789"."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x8408 if crc & 1 else 0)
    return crc ^ 0xFFFF


class Receiver:
    """Puts frames together, byte by byte, with the mistakes of the real one.

    It takes the first five bytes for a header, whatever they are. It waits for ever once it waits
    for a payload of which nothing is to come: after a frame without payload, and when a frame ends
    after its header and `gap_s` seconds pass. `is_stuck` tells; only a restart helps.
    """

    def __init__(self, gap_s: float, *, is_stuck: bool = False) -> None:
        self.is_stuck = is_stuck
        self._gap_s = gap_s
        self._held = bytearray()
        self._heard_at = 0.0

    def take(self, byte: int, now: float) -> Frame | None:
        """Take the next byte, at `now` seconds; return the frame that it completes.

        Raises:
            Garbled: it can't be a frame any more; the receiver has forgotten what it held.

        """
        if self.is_stuck or self._was_left_waiting(now):
            return None
        self._held.append(byte)
        if len(self._held) == _HEADER_BYTES:
            self._begin()
        if len(self._held) < _HEADER_BYTES + self._payload_bytes() + 2 * _CHECK_BYTES:
            return None
        whole, size = bytes(self._held), self._payload_bytes()
        self._held.clear()
        payload, rest = whole[_HEADER_BYTES:][:size], whole[_HEADER_BYTES + size :]
        if rest != check(payload).to_bytes(2, "big") + _TAIL:
            raise Garbled
        return Frame(whole[2], payload)

    def _was_left_waiting(self, now: float) -> bool:
        """Forget a frame that was begun too long ago; tell whether that is the end of it."""
        if self._held and now - self._heard_at > self._gap_s:
            behind_header = len(self._held) - _HEADER_BYTES
            self.is_stuck = 0 <= behind_header < self._payload_bytes()
            self._held.clear()
        self._heard_at = now
        return self.is_stuck

    def _begin(self) -> None:
        if not self._held.startswith(_HEAD) or self._held[2] not in {DATA, CONTROL}:
            self._held.clear()
            raise Garbled
        self.is_stuck = self._payload_bytes() == 0

    def _payload_bytes(self) -> int:
        # a length below that of the check wraps round: the board reckons in 16 bits
        told = int.from_bytes(self._held[3:5], "big")
        return (told - _CHECK_BYTES) & 0xFFFF
