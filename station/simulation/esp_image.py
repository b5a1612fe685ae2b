"""An application as it lies in the flash of an ESP32, as far as its boot loader looks at it.

After Espressif's description of the image format: a head, one segment that begins with a description
of the application, a sum, and the digest of all of it.
"""

from __future__ import annotations

import hashlib
import struct
from functools import reduce

MAGIC, APP_AT = 0xE9, 0x10000

_HEAD = struct.Struct("<BBBBIB3sHBHH4sB")
_SEGMENT = struct.Struct("<II")
_DESCRIPTION = struct.Struct("<II8s32s32s16s16s32s32s")
_DESCRIBED = 0xABCD_5432
_CHIPS = {"esp32": 0, "esp32c3": 5}
_LOADED_AT, _ENTRY = 0x3F40_0020, 0x4008_0000
_DIGEST = 32


def esp_image(version: str, body: bytes = b"", chip: str = "esp32") -> bytes:
    """Return an application of this `version`, for a chip of this sort."""
    told = _DESCRIPTION.pack(
        _DESCRIBED, 0, b"", version.encode(), b"sensor", b"08:00:00", b"Jan  1 2026", b"v5.3", b""
    )
    data = told + body + bytes(-len(told + body) % 4)
    head = _HEAD.pack(MAGIC, 1, 0, 0x20, _ENTRY, 0xEE, b"", _CHIPS[chip], 0, 0, 0xFFFF, b"", 1)
    whole = head + _SEGMENT.pack(_LOADED_AT, len(data)) + data
    padded = whole + bytes(15 - len(whole) % 16)
    total = reduce(lambda total, byte: total ^ byte, data, 0xEF)
    summed = padded + bytes([total])
    return summed + hashlib.sha256(summed).digest()


def version_at(flash: bytes) -> str | None:
    """Return the version of the application that begins there; None when it is not whole."""
    if len(flash) < _HEAD.size + _SEGMENT.size + _DESCRIPTION.size or flash[0] != MAGIC:
        return None
    _, length = _SEGMENT.unpack_from(flash, _HEAD.size)
    end = _HEAD.size + _SEGMENT.size + length
    end += 16 - end % 16
    if hashlib.sha256(flash[:end]).digest() != flash[end : end + _DIGEST]:
        return None
    told = _DESCRIPTION.unpack_from(flash, _HEAD.size + _SEGMENT.size)
    return str(told[3].rstrip(b"\0").decode())
