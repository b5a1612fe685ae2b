"""SLIP (RFC 1055): frames in a byte stream."""

from __future__ import annotations

_END, _ESCAPE = 0xC0, 0xDB
_MEANT = {0xDC: _END, 0xDD: _ESCAPE}


class Slip:
    """Takes frames out of what comes, in whatever pieces it comes."""

    def __init__(self) -> None:
        self._frame: bytearray | None = None
        self._is_escaped = False

    def take(self, piece: bytes) -> list[bytes]:
        """Return the frames that end in `piece`; what stands outside of frames is passed over."""
        frames = []
        for byte in piece:
            if byte == _END:
                if self._frame:
                    frames.append(bytes(self._frame))
                    self._frame = None
                else:
                    self._frame = bytearray()
                self._is_escaped = False
            elif self._frame is not None:
                self._put(self._frame, byte)
        return frames

    def _put(self, frame: bytearray, byte: int) -> None:
        if self._is_escaped:
            frame.append(_MEANT.get(byte, byte))
            self._is_escaped = False
        elif byte == _ESCAPE:
            self._is_escaped = True
        else:
            frame.append(byte)


def framed(data: bytes) -> bytes:
    """Return `data` as a frame."""
    return b"\xc0" + data.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + b"\xc0"
