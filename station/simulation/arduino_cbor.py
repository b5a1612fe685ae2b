"""As much CBOR as the boards' configuration needs, read as leniently as the boards read it."""

from __future__ import annotations

import struct
from typing import TypeAlias

Item: TypeAlias = "int | float | bytes | str | list[Item]"

_UINT, _NINT, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_INDEFINITE, _BREAK = 31, 0xFF
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}


class NotUnderstood(Exception):
    """A message that the board refuses."""


def message(tag: int, *fields: Item) -> bytes:
    """Return a message: a tag of 32 bits on an array of `fields`."""
    return b"\xda" + tag.to_bytes(4, "big") + _written(list(fields))


def read(payload: bytes) -> tuple[int, list[Item]]:
    """Return a message's tag and fields; what comes after them is not looked at.

    Raises:
        NotUnderstood: it is no tagged array of what a message may hold.

    """
    reader = _Reader(payload)
    major, _, tag = reader.head()
    fields = reader.item()
    if major != _TAG or not isinstance(fields, list):
        raise NotUnderstood("not a tagged array")
    return tag, fields


def _written(item: Item) -> bytes:
    match item:
        case int():
            return _head(_UINT, item) if item >= 0 else _head(_NINT, -1 - item)
        case float():
            return b"\xfb" + struct.pack(">d", item)
        case bytes():
            return _head(_BYTES, len(item)) + item
        case str():
            return _head(_TEXT, len(item.encode())) + item.encode()
        case list():
            return _head(_ARRAY, len(item)) + b"".join(_written(one) for one in item)


def _head(major: int, value: int) -> bytes:
    if value < 24:
        return bytes([major << 5 | value])
    for power, limit in enumerate((1 << 8, 1 << 16, 1 << 32)):
        if value < limit:
            return bytes([major << 5 | 24 + power]) + value.to_bytes(1 << power, "big")
    raise ValueError("longer than any message of a board")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def head(self) -> tuple[int, int, int]:
        """Return the major type, its five bits, and the value that they or what follows tell."""
        first = self._take(1)[0]
        major, small = first >> 5, first & 0x1F
        if small < 24 or small == _INDEFINITE:
            return major, small, small
        if small > 27:
            raise NotUnderstood("a reserved head")
        return major, small, int.from_bytes(self._take(1 << small - 24), "big")

    def item(self) -> Item:
        begun = self._at
        major, small, value = self.head()
        if small == _INDEFINITE and major != _ARRAY:
            raise NotUnderstood("a string in parts")
        match major:
            case 0:
                return value
            case 1:
                return -1 - value
            case 2:
                return self._take(value)
            case 3:
                return self._text(value)
            case 4:
                return self._array(None if small == _INDEFINITE else value)
            case 7 if small in _FLOATS:
                packed = self._data[begun + 1 : self._at]
                number: float = struct.unpack(_FLOATS[small], packed)[0]
                return number
        raise NotUnderstood(f"major type {major}")

    def _array(self, count: int | None) -> list[Item]:
        items: list[Item] = []
        while len(items) != count:
            if count is None and self._data[self._at : self._at + 1] == bytes([_BREAK]):
                self._at += 1
                break
            items.append(self.item())
        return items

    def _text(self, size: int) -> str:
        try:
            return self._take(size).decode()
        except UnicodeDecodeError:
            raise NotUnderstood("not UTF-8") from None

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise NotUnderstood("cut short")
        self._at += size
        return taken
