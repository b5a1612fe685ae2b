"""Intel HEX, the file that linkers make for flash which is not in one piece.

A line is a colon and hex digits: a count, a 16-bit address, a kind, the bytes, and a sum that makes
all of them 0 in eight bits. After the format's description by Intel, revision A of 1988.
"""

from __future__ import annotations

from collections.abc import Iterator

from station.faults import ImageWrong

_DATA, _END, _SEGMENT, _START, _LINEAR, _START_LINEAR = range(6)
_KNOWN = frozenset({_SEGMENT, _START, _LINEAR, _START_LINEAR})


def pieces(text: str, name: str) -> tuple[tuple[int, bytes], ...]:
    """Return what a file holds, by its address; what lies side by side is one piece.

    Raises:
        ImageWrong: it is no such file, is cut short, or holds nothing.

    """
    flash: dict[int, bytearray] = {}
    ends: dict[int, int] = {}
    for address, data in sorted(_data(text, name)):
        start = ends.pop(address, address)
        flash.setdefault(start, bytearray()).extend(data)
        ends[address + len(data)] = start
    if not flash:
        raise ImageWrong(f"{name} holds nothing")
    return tuple((start, bytes(data)) for start, data in flash.items())


def _data(text: str, name: str) -> Iterator[tuple[int, bytes]]:
    base = 0
    for number, line in enumerate(text.split(), 1):
        kind, address, data = _line(line, f"{name}, line {number}")
        if kind == _END:
            return
        if kind == _DATA:
            yield base + address, data
        elif kind in {_SEGMENT, _LINEAR}:
            base = int.from_bytes(data, "big") << (4 if kind == _SEGMENT else 16)
        elif kind not in _KNOWN:
            raise ImageWrong(f"{name}, line {number}: no line of Intel HEX")
    raise ImageWrong(f"{name} is cut short")


def _line(line: str, where: str) -> tuple[int, int, bytes]:
    try:
        told = bytes.fromhex(line.removeprefix(":"))
    except ValueError:
        told = b""
    if not line.startswith(":") or len(told) < 5 or len(told) != told[0] + 5 or sum(told) % 256:
        raise ImageWrong(f"{where}: no line of Intel HEX")
    return told[3], int.from_bytes(told[1:3], "big"), told[4:-1]
