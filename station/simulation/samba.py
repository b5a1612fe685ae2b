"""The SAM-BA monitor that Arduino's boot loaders are, at bossac's other end.

Two of them: that of the ATSAMD21G18A (MKR boards, Nano 33 IoT) with as many registers as bossac
looks at, as Atmel's data sheet has them, and that of the UNO R4 WiFi's RA4M1, which says that it is
an nRF52840 so that Arduino's bossac takes it. X, Y and Z erase, write and sum up flash, I and K of
the second say what chip it is and restart it: these are Arduino's extensions.
"""

from __future__ import annotations

import asyncio
import binascii
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from station.faults import LinkLost
from station.links import Link
from station.simulation.arduino_unit import ArduinoUnit

FLASH_BYTES, PAGE = 256 * 1024, 64
SKETCH_AT = 0x2000


@dataclass(frozen=True, slots=True)
class Chip:
    """What a monitor says of itself, and where it has its memories.

    `identity` is the answer to I, empty where the monitor does not know the extensions I and K.
    """

    version: str
    sketch_at: int
    ram_at: int
    identity: str = ""


SAMD21 = Chip("v2.0 [Arduino:XYZ] Mar 19 2018 09:45:14", SKETCH_AT, 0x2000_0000)
RA4M1 = Chip("Arduino Bootloader (SAM-BA extended) 2.0 [Arduino:IKXYZ]", 0, 0, "nRF52840-QIAA")

_RAM_BYTES = 32 * 1024
_STACK_TOP = 0x2000_2DDC
_CPU_ID, _CORTEX_M0_PLUS = 0xE000_ED00, 0x410C_C601
_CHIP_ID, _SAMD21G18A = 0x4100_2018, 0x1001_0305
_NVM_FLAGS, _NVM_READY = 0x4100_4014, 0x01
_USER_ROW_AT = 0x0080_4000
_USER_ROW = bytes.fromhex("d8e0c7fafc5fffff") + b"\xff" * 56
_RESET_AT, _RESET = 0xE000_ED0C, 0x05FA_0004
_SIZES = {"o": 1, "h": 2, "w": 4}
_BLOCK_STOPS_S = 0.5
_HEX = b"0123456789abcdefABCDEF"


class SambaMonitor:
    """A boot loader with its chip; `run` it on one link after the other.

    `flash` is all of the chip's flash. `on_reset` is called with what stands in the sketch's part,
    without the empty rest, when the chip is told to restart. A page takes `page_s` seconds; after
    `deaf_after` pages (None: never) it answers no more, as one whose cable lost contact.
    """

    def __init__(
        self,
        on_reset: Callable[[bytes], None] = lambda sketch: None,
        *,
        chip: Chip = SAMD21,
        sketch: bytes = b"",
        page_s: float = 0.0,
        deaf_after: int | None = None,
    ) -> None:
        self.chip = chip
        self.flash = bytearray(b"\xff" * FLASH_BYTES)
        self.flash[:4] = _STACK_TOP.to_bytes(4, "little")
        self.flash[chip.sketch_at : chip.sketch_at + len(sketch)] = sketch
        self.on_reset = on_reset
        self.page_s = page_s
        self.deaf_after = deaf_after
        self.pages_written = 0
        self._ram = bytearray(_RAM_BYTES)
        self._user_row = bytearray(_USER_ROW)
        self._source = chip.ram_at
        self._binary = False
        self._resets = False

    @property
    def sketch(self) -> bytes:
        """What stands in the sketch's part of the flash, without the empty rest."""
        return bytes(self.flash[self.chip.sketch_at :]).rstrip(b"\xff")

    async def run(self, link: Link) -> bool:
        """Obey until the wire goes away, or the chip is told to restart: then it returns True."""
        heard = _Heard(link)
        self._binary = self._resets = False
        try:
            while not self._resets:
                name, first, second = await heard.command()
                answer = await self._obey(heard, name, first, second)
                if self.deaf_after is not None and self.pages_written >= self.deaf_after:
                    continue
                await link.send(answer if self._binary else answer + b">")
        except LinkLost:
            return False
        self.on_reset(self.sketch)
        return True

    async def _obey(self, heard: _Heard, name: str, first: int, second: int) -> bytes:
        match name:
            case "N" | "T":
                self._binary = name == "N"
                return b"\n\r"
            case "V":
                return self.chip.version.encode() + b"\n\r"
            case "o" | "h" | "w":
                return self._told(self._read(first, _SIZES[name]))
            case "O" | "H" | "W":
                self._write(first, second.to_bytes(4, "little")[: _SIZES[name.lower()]])
                return b"" if self._binary else b"\n\r"
            case "R":
                return self._read(first, second)
            case "S":
                with suppress(TimeoutError):
                    self._write(first, await heard.block(second))
                return b""
            case _:
                return await self._extended(name, first, second)

    async def _extended(self, name: str, first: int, second: int) -> bytes:
        match name:
            case "X":
                self.flash[first:] = b"\xff" * (FLASH_BYTES - first)
                return b"X\n\r"
            case "Y":
                await self._copy(first, second)
                return b"Y\n\r"
            case "Z":
                return b"Z%08X#\n\r" % binascii.crc_hqx(self._read(first, second), 0)
            case "I" if self.chip.identity:
                return self.chip.identity.encode() + b"\n\r"
            case "K" if self.chip.identity:
                self._resets = True
                return b""
            case _:  # what it does not know it passes over
                return b"" if self._binary else b"\n\r"

    def _told(self, value: bytes) -> bytes:
        if self._binary:
            return value
        return b"0x%0*X\n\r" % (2 * len(value), int.from_bytes(value, "little"))

    async def _copy(self, first: int, size: int) -> None:
        """Note where to copy from (no size), or copy that much from there into flash."""
        if not size:
            self._source = first
            return
        place = self._source - self.chip.ram_at
        data = bytes(self._ram[place : place + size])
        for start in range(0, size, PAGE):
            if self.page_s:
                await asyncio.sleep(self.page_s)
            page = data[start : start + PAGE]
            at = first + start
            # flash that was not erased keeps its zeros
            old = self.flash[at : at + len(page)]
            self.flash[at : at + len(page)] = bytes(a & b for a, b in zip(old, page, strict=True))
            self.pages_written += 1

    def _read(self, address: int, size: int) -> bytes:
        if address < FLASH_BYTES:
            return bytes(self.flash[address : address + size])
        for start, memory in ((self.chip.ram_at, self._ram), (_USER_ROW_AT, self._user_row)):
            if start <= address < start + len(memory):
                return bytes(memory[address - start : address - start + size])
        known = {_CPU_ID: _CORTEX_M0_PLUS, _CHIP_ID: _SAMD21G18A, _NVM_FLAGS: _NVM_READY}
        return known.get(address, 0).to_bytes(4, "little")[:size].ljust(size, b"\0")

    def _write(self, address: int, data: bytes) -> None:
        place = address - self.chip.ram_at
        if 0 <= place < _RAM_BYTES:
            self._ram[place : place + len(data)] = data
        elif address == _RESET_AT and int.from_bytes(data, "little") == _RESET:
            self._resets = True


class Flashed(Protocol):
    """What a boot loader needs of the board that it runs on."""

    flash: bytes
    """What stands where a sketch belongs."""

    def flashed(self, image: bytes) -> None:
        """Start `image`."""

    @property
    def unit(self) -> ArduinoUnit:
        """Who it is."""
        ...


class BoardMonitor:
    """The monitor as a board's boot loader: what it has written stays when it is broken off."""

    def __init__(
        self, board: Flashed, *, page_s: float = 0.0, deaf_after: int | None = None
    ) -> None:
        self._board = board
        self._found = board.flash
        self._monitor = SambaMonitor(
            board.flashed,
            chip=RA4M1 if board.unit.product.bridged else SAMD21,
            sketch=board.flash,
            page_s=page_s,
            deaf_after=deaf_after,
        )

    async def run(self, link: Link) -> bool:
        """As `SambaMonitor.run`."""
        try:
            return await self._monitor.run(link)
        finally:
            if self._monitor.sketch != self._found:
                self._board.flash = self._monitor.sketch


class _Heard:
    """What has come over the wire and was not obeyed yet."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._come = bytearray()

    async def command(self) -> tuple[str, int, int]:
        """Return the next command's letter and its two numbers."""
        name, numbers, text = "", [0, 0], ""
        while True:
            byte = await self.bytes(1)
            if byte == b"#":
                numbers[1 if "," in text else 0] = int(text.rpartition(",")[2] or "0", 16)
                return name, numbers[0], numbers[1]
            if byte == b",":
                numbers[0], text = int(text or "0", 16), ","
            elif byte in _HEX and name:
                text += byte.decode()
            else:
                name, numbers, text = byte.decode("latin-1"), [0, 0], ""

    async def block(self, count: int) -> bytes:
        """Return data of a known length.

        Raises:
            TimeoutError: the sender stopped halfway; a real driver would still have sent the rest.

        """
        try:
            while len(self._come) < count:
                async with asyncio.timeout(_BLOCK_STOPS_S):
                    self._come += await self._link.receive()
        except TimeoutError:
            self._come.clear()
            raise
        return await self.bytes(count)

    async def bytes(self, count: int) -> bytes:
        while len(self._come) < count:
            self._come += await self._link.receive()
        taken = bytes(self._come[:count])
        del self._come[:count]
        return taken
