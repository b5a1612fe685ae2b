"""The payload of an Arduino frame: a CBOR tag in its 32-bit form and an array of fields."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from io import BytesIO

import cbor2

_FIRST = 0x12000
_TAGGED = b"\xda" + (_FIRST >> 8).to_bytes(3, "big")


class MessageBroken(ValueError):
    """What a board sent is no message of the protocol; the text holds nothing of what was read."""


class Tag(IntEnum):
    """What a message is; the vendor writes these numbers in hexadecimal, from 12000 on."""

    STATUS = _FIRST
    NETWORKS_HEARD = _FIRST + 0x01
    TIMESTAMP = _FIRST + 0x02
    COMMAND = _FIRST + 0x03
    WIFI = _FIRST + 0x04
    LORA = _FIRST + 0x05
    GSM = _FIRST + 0x06
    NB_IOT = _FIRST + 0x07
    CAT_M1 = _FIRST + 0x08
    ETHERNET = _FIRST + 0x09
    HARDWARE_ID = _FIRST + 0x10
    BOARD_TOKEN = _FIRST + 0x11
    CELLULAR = _FIRST + 0x12
    BLUETOOTH_ADDRESS = _FIRST + 0x13
    WIFI_FIRMWARE = _FIRST + 0x14
    SKETCH_VERSION = _FIRST + 0x15
    LIBRARY_VERSION = _FIRST + 0x16
    PUBLIC_KEY = _FIRST + 0x17


def packed(tag: Tag, fields: Sequence[object]) -> bytes:
    """Return the payload that says `fields` under `tag`."""
    return cbor2.dumps(cbor2.CBORTag(tag, list(fields)))


def unpacked(payload: bytes) -> tuple[int, list[object]]:
    """Return the tag and the fields of `payload`.

    Text that is not UTF-8 gets replacement characters: anybody may call a network what he likes.

    Raises:
        MessageBroken: it has not this form.

    """
    head = len(_TAGGED) + 1
    if not payload.startswith(_TAGGED) or len(payload) <= head:
        raise MessageBroken("it has no tag of the protocol")
    stream = BytesIO(payload[head:])
    try:
        fields = cbor2.CBORDecoder(stream, str_errors="replace").decode()
    except (
        cbor2.CBORDecodeError,
        ValueError,
        TypeError,
        ArithmeticError,
        LookupError,
        RecursionError,
        MemoryError,
    ):
        raise MessageBroken("what it holds is not CBOR") from None
    if not isinstance(fields, list):
        raise MessageBroken("it holds no array")
    if stream.tell() != len(payload) - head:
        raise MessageBroken("something follows its array")
    return int.from_bytes(payload[1:head], "big"), fields
