"""What a flashing tool finds in a chip of Espressif's: registers, fuses, and the flash beside it.

Addresses and bits are those of the technical reference manuals of the ESP32 and the ESP32-C3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

FLASH_BYTES, SECTOR = 4 * 1024 * 1024, 4096
FLASH_ID = 0x16_40_C8
"""GigaDevice, its 32 Mbit part: maker, type and size as it answers 0x9F, lowest byte first."""

_READ_ID, _READ_SFDP = 0x9F, 0x5A
_SFDP = int.from_bytes(b"SFDP", "little")
_RUN_COMMAND = 1 << 18
_MAGIC_AT = 0x4000_1000


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of chip.

    `magic` stands at a place in its ROM by which the older ones are told apart; `number` is what
    the newer ones say when they are asked (None: they don't know the question). `spi_at` are its
    flash controller's registers; the command word and the first data word lie at `usr2` and `w0`
    from there. `mac_at` are the registers of the lower and the upper part of the MAC address.
    `locked` is the fuse, and its bit, that forbids the boot loader's place to be written.
    """

    name: str
    magic: int
    number: int | None
    spi_at: int
    usr2: int
    w0: int
    mac_at: tuple[int, int]
    locked: tuple[int, int] | None
    fuses: Mapping[int, int] = field(default_factory=dict)


_CLOCK_40_MHZ_AT_115200 = 347

ESP32 = Kind(
    "esp32",
    magic=0x00F0_1D83,
    number=None,
    spi_at=0x3FF4_2000,
    usr2=0x24,
    w0=0x80,
    mac_at=(0x3FF5_A004, 0x3FF5_A008),
    locked=(0x3FF5_A018, 1 << 4),
    fuses={
        0x3FF5_A00C: 1 << 15 | 1 << 13 | 1 << 9,  # an ESP32-D0WD-V3, revision 3.0, 240 MHz
        0x3FF5_A014: 1 << 20,
        0x3FF6_607C: 1 << 31,
        0x3FF4_0014: _CLOCK_40_MHZ_AT_115200,
    },
)
ESP32_C3 = Kind(
    "esp32c3",
    magic=0x1B31_506F,
    number=5,
    spi_at=0x6000_2000,
    usr2=0x20,
    w0=0x58,
    mac_at=(0x6000_8844, 0x6000_8848),
    locked=None,
    fuses={0x6000_0014: _CLOCK_40_MHZ_AT_115200},
)
KINDS = {kind.name: kind for kind in (ESP32, ESP32_C3)}


class Chip:
    """A chip with its flash; `mac` are six bytes.

    With `is_worn` one byte of each sector can't be cleared any more.
    """

    def __init__(
        self, kind: Kind, mac: bytes, *, is_worn: bool = False, is_locked: bool = False
    ) -> None:
        self.kind, self.mac = kind, mac
        self.flash = bytearray(b"\xff" * FLASH_BYTES)
        self._is_worn = is_worn
        self._registers = {
            _MAGIC_AT: kind.magic,
            kind.mac_at[0]: int.from_bytes(mac[2:], "big"),
            kind.mac_at[1]: int.from_bytes(mac[:2], "big"),
            **kind.fuses,
        }
        if is_locked and kind.locked:
            fuse, bit = kind.locked
            self._registers[fuse] = self._registers.get(fuse, 0) | bit

    def read(self, address: int) -> int:
        """Return the word at `address`; what is not simulated reads as 0."""
        return self._registers.get(address, 0)

    def write(self, address: int, value: int, mask: int) -> None:
        """Set the bits of `mask` at `address`; a command to the flash is carried out at once."""
        spi_at = self.kind.spi_at
        if address == spi_at and value & _RUN_COMMAND:
            command = self.read(spi_at + self.kind.usr2) & 0xFF
            answer = {_READ_ID: FLASH_ID, _READ_SFDP: _SFDP}.get(command, 0)
            self._registers[spi_at + self.kind.w0] = answer
            return  # the bit falls when the command has ended
        self._registers[address] = self.read(address) & ~mask | value & mask

    def erase(self, address: int, size: int) -> None:
        """Erase all sectors that the range touches."""
        start = address // SECTOR * SECTOR
        end = -(-(address + size) // SECTOR) * SECTOR
        self.flash[start:end] = b"\xff" * (min(end, FLASH_BYTES) - start)

    def program(self, address: int, data: bytes) -> None:
        """Write `data`: flash that was not erased keeps its zeros."""
        old = self.flash[address : address + len(data)]
        new = bytearray(a & b for a, b in zip(old, data, strict=False))
        if self._is_worn:
            for place in range(-address % SECTOR, len(new), SECTOR):
                new[place] = 0xFF
        self.flash[address : address + len(new)] = new

    def md5(self, address: int, size: int) -> bytes:
        """Return the digest of a range of the flash, 16 bytes."""
        return hashlib.md5(self.flash[address : address + size], usedforsecurity=False).digest()
