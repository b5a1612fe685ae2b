"""The serial boot loader in the ROM of an ESP32 or an ESP32-C3, and the stub that tools put over it.

Written after Espressif's description of the serial protocol. A tool uploads its own stub into the
chip's memory: here the upload is taken and counted, but no machine code is run; what the stub would
do from then on (larger blocks, shorter answers, erasing as it writes) is played. A pseudo-terminal
carries neither DTR nor RTS, so the chip sits in its boot loader from the beginning, as one whose
BOOT button was held when it started, and stays there.
"""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

from station.faults import LinkLost
from station.links import Link
from station.simulation import chosen
from station.simulation.esp_chip import KINDS, Chip
from station.simulation.slip import Slip, framed

NO_SYNC, APP_RUNS, CONTACT, WORN, SLOW, LOCKED = (
    "no-sync",
    "app-runs",
    "loses-contact",
    "worn-flash",
    "slow",
    "locked",
)
DEAF_AFTER_BLOCKS = 4
SLOW_BLOCK_S = 0.05
LOG_EVERY_S = 0.02
LOG = b"I (4711) app: still running\r\n"

_SYNC, _WRITE_REG, _READ_REG = 0x08, 0x09, 0x0A
_MEM_BEGIN, _MEM_END, _MEM_DATA = 0x05, 0x06, 0x07
_BEGIN, _DATA, _END = 0x02, 0x03, 0x04
_PACKED_BEGIN, _PACKED_DATA, _PACKED_END = 0x10, 0x11, 0x12
_ATTACH, _SET_PARAMETERS, _BAUD, _MD5, _SECURITY = 0x0D, 0x0B, 0x0F, 0x13, 0x14
_ERASE_ALL, _ERASE = 0xD0, 0xD1

_SYNC_WORDS = b"\x07\x07\x12\x20"
_SYNC_VALUE = 0x2012_0707
_SYNC_ANSWERS, _UNKNOWN_ANSWERS = 8, 8
_OK = b"\x00\x00"
_INVALID, _WRONG_SUM, _UNPACKED_BADLY = b"\x01\x05", b"\x01\x07", b"\x01\x0b"
_SUM_BEGINS_AT = 0xEF
_REALISTIC_BLOCK_S = 0.01


class SimulatedEspRom:
    """A chip at whose wire a flashing tool sits.

    `flash` is all of its flash. A block takes `block_s` seconds.
    """

    kind: ClassVar[str] = "esp_rom"
    dialects: ClassVar[tuple[str, ...]] = tuple(KINDS)
    known_faults: ClassVar[Mapping[str, str]] = {
        NO_SYNC: "the boot loader does not answer",
        APP_RUNS: "the firmware runs, and writes its log",
        CONTACT: "once, in the middle of an image, it answers no more",
        WORN: "one byte in each sector of its flash can't be written",
        SLOW: f"a block takes {SLOW_BLOCK_S:g} s",
        LOCKED: "its fuses forbid that the boot loader is replaced (esp32 only)",
    }

    def __init__(
        self,
        seed: int = 1,
        dialect: str | None = None,
        faults: Iterable[str] = (),
        *,
        block_s: float = 0.0,
    ) -> None:
        kind = KINDS[dialect or self.dialects[0]]
        self.faults = chosen(faults, self.known_faults, "fault")
        self.chip = Chip(
            kind,
            bytes.fromhex("240ac4") + seed.to_bytes(3, "big"),
            is_worn=WORN in self.faults,
            is_locked=LOCKED in self.faults,
        )
        self.block_s = SLOW_BLOCK_S if SLOW in self.faults else block_s
        self.blocks_written = 0
        self.is_stub = False
        self._is_deaf = NO_SYNC in self.faults
        self._may_go_deaf = CONTACT in self.faults
        self._at = 0
        self._unpacking = zlib.decompressobj()

    @classmethod
    def realistic(cls, seed: int, dialect: str | None, faults: Iterable[str]) -> Self:
        """As `SimulatedBoard.realistic`."""
        if dialect is not None:
            chosen([dialect], cls.dialects, "dialect")
        return cls(seed, dialect, faults, block_s=_REALISTIC_BLOCK_S)

    @property
    def identity(self) -> Mapping[str, str]:
        """As `SimulatedBoard.identity`."""
        return {"chip": self.chip.kind.name, "mac": self.chip.mac.hex(":")}

    @property
    def flash(self) -> bytearray:
        """What stands in its flash."""
        return self.chip.flash

    async def run(self, link: Link) -> bool:
        """As `SimulatedBoard.run`."""
        try:
            if APP_RUNS in self.faults:
                while True:
                    await link.send(LOG)
                    await asyncio.sleep(LOG_EVERY_S)
            come = Slip()
            while True:
                for frame in come.take(await link.receive()):
                    await self._hear(link, frame)
        except LinkLost:
            return False

    async def _hear(self, link: Link, frame: bytes) -> None:
        if len(frame) < 8 or frame[0] != 0:
            return
        _, command, size, total = struct.unpack_from("<BBHI", frame)
        data = frame[8 : 8 + size]
        if command == _SYNC:
            await self._sync(link, data)
            return
        value, answer, status = await self._obey(command, data, total)
        if self._is_deaf:
            return
        if status == _INVALID:
            refusal = self._answer(0, 0, b"", status)
            await link.send(refusal * _UNKNOWN_ANSWERS)
            return
        await link.send(self._answer(command, value, answer, status))
        if command == _MEM_END:
            self.is_stub = True
            await link.send(framed(b"OHAI"))

    async def _sync(self, link: Link, data: bytes) -> None:
        if not data.startswith(_SYNC_WORDS) or NO_SYNC in self.faults:
            return
        if self._is_deaf:
            # a tool that begins anew restarts the chip by DTR and RTS, which nobody feels here
            self._is_deaf = self.is_stub = False
        value = 0 if self.is_stub else _SYNC_VALUE
        await link.send(self._answer(_SYNC, value, b"", _OK) * _SYNC_ANSWERS)

    def _answer(self, command: int, value: int, data: bytes, status: bytes) -> bytes:
        told = data + (status if self.is_stub else status + bytes(2))
        return framed(struct.pack("<BBHI", 1, command, len(told), value) + told)

    async def _obey(self, command: int, data: bytes, total: int) -> tuple[int, bytes, bytes]:
        """Return the value, the data and the status of the answer."""
        match command:
            case 0x09:  # _WRITE_REG
                for address, value, mask, _ in struct.iter_unpack("<IIII", data):
                    self.chip.write(address, value, mask)
                return 0, b"", _OK
            case 0x0A:  # _READ_REG
                return self.chip.read(*struct.unpack_from("<I", data)), b"", _OK
            case 0x13:  # _MD5
                address, size = struct.unpack_from("<II", data)
                digest = self.chip.md5(address, size)
                return 0, digest if self.is_stub else digest.hex().encode(), _OK
            case 0x14 if self.chip.kind.number is not None:  # _SECURITY
                return 0, struct.pack("<IB7xII", 0, 0, self.chip.kind.number, 0), _OK
            case _:
                return 0, b"", await self._write(command, data, total)

    async def _write(self, command: int, data: bytes, total: int) -> bytes:
        """Obey a command that changes the flash or the memory; return its status."""
        if command in {_BEGIN, _PACKED_BEGIN}:
            size, _, _, self._at = struct.unpack_from("<IIII", data)
            self._unpacking = zlib.decompressobj()
            self.chip.erase(self._at, size)
            return _OK
        if command in {_DATA, _PACKED_DATA, _MEM_DATA}:
            return await self._block(command, data, total)
        if command == _ERASE_ALL and self.is_stub:
            self.chip.erase(0, len(self.flash))
            return _OK
        if command == _ERASE and self.is_stub:
            self.chip.erase(*struct.unpack_from("<II", data))
            return _OK
        known = {_MEM_BEGIN, _MEM_END, _END, _PACKED_END, _ATTACH, _SET_PARAMETERS, _BAUD}
        return _OK if command in known else _INVALID

    async def _block(self, command: int, data: bytes, total: int) -> bytes:
        size, *_ = struct.unpack_from("<IIII", data)
        block = data[16 : 16 + size]
        if len(block) != size or _sum(block) != total:
            return _WRONG_SUM
        if command == _MEM_DATA:
            return _OK
        if self.block_s:
            await asyncio.sleep(self.block_s)
        if command == _PACKED_DATA:
            try:
                block = self._unpacking.decompress(block)
            except zlib.error:
                return _UNPACKED_BADLY
        self.chip.program(self._at, block)
        self._at += len(block)
        self.blocks_written += 1
        if self._may_go_deaf and self.blocks_written >= DEAF_AFTER_BLOCKS:
            self._may_go_deaf, self._is_deaf = False, True
        return _OK


def _sum(data: bytes) -> int:
    total = _SUM_BEGINS_AT
    for byte in data:
        total ^= byte
    return total
