"""UF2, the file that a mass storage boot loader takes, made of an ELF file or of bare flash.

A block has 512 bytes: a head of eight words, 476 bytes of which 256 are used, and a last word. The
format is Microsoft's; the ELF is the common one for 32 bits, little end first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from station.faults import ImageWrong

BLOCK, PAYLOAD = 512, 256
RP2040 = 0xE48BFF56
FLASH_AT, FLASH_ENDS = 0x1000_0000, 0x1100_0000

_FIRST, _SECOND, _LAST = 0x0A324655, 0x9E5D5157, 0x0AB16F30
_HAS_FAMILY = 0x2000
_ELF_HEAD = struct.Struct("<4sBBB9xHHIIIIIHHH")
_SEGMENT = struct.Struct("<IIIIII")
_PT_LOAD = 1


def uf2(image: bytes, name: str) -> bytes:
    """Return `image` as UF2 for an RP2040; one that is UF2 already stays as it is.

    Raises:
        ImageWrong: it is no image for this chip's flash.

    """
    if image.startswith(_FIRST.to_bytes(4, "little")):
        if len(image) % BLOCK:
            raise ImageWrong(f"{name} is cut short: UF2 has blocks of {BLOCK} bytes")
        return image
    pages = _pages(_segments(image, name) if image.startswith(b"\x7fELF") else [(FLASH_AT, image)])
    if not pages:
        raise ImageWrong(f"{name} holds nothing for the flash of an RP2040")
    return b"".join(
        _block(address, data, number, len(pages))
        for number, (address, data) in enumerate(sorted(pages.items()))
    )


def _block(address: int, data: bytes, number: int, count: int) -> bytes:
    head = struct.pack("<8I", _FIRST, _SECOND, _HAS_FAMILY, address, PAYLOAD, number, count, RP2040)
    return (head + data).ljust(BLOCK - 4, b"\0") + _LAST.to_bytes(4, "little")


def _pages(segments: list[tuple[int, bytes]]) -> dict[int, bytes]:
    """Return the pages of flash that are written, by address; two segments may share one."""
    pages: dict[int, bytearray] = {}
    for start, content in segments:
        for address, piece in _pieces(start, content):
            page = pages.setdefault(address - address % PAYLOAD, bytearray(PAYLOAD))
            page[address % PAYLOAD : address % PAYLOAD + len(piece)] = piece
    return {address: bytes(page) for address, page in pages.items()}


def _pieces(start: int, content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        room = PAYLOAD - (start + at) % PAYLOAD
        yield start + at, content[at : at + room]
        at += room


def _segments(elf: bytes, name: str) -> list[tuple[int, bytes]]:
    """Return what an ELF file has loaded into flash, by its physical address."""
    found = []
    try:
        head = _ELF_HEAD.unpack_from(elf)
        bits, order, table, size, count = head[1], head[2], head[8], head[12], head[13]
        if (bits, order) != (1, 1):
            raise ImageWrong(f"{name} is an ELF file for another kind of processor")
        for number in range(count):
            kind, at, _, address, length, _ = _SEGMENT.unpack_from(elf, table + number * size)
            if kind == _PT_LOAD and length and FLASH_AT <= address < FLASH_ENDS:
                content = elf[at : at + length]
                if len(content) < length:
                    raise ImageWrong(f"{name} is cut short")
                found.append((address, content))
    except struct.error as error:
        raise ImageWrong(f"{name} is cut short") from error
    return found
