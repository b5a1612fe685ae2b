"""The boot loader in a chip's ROM by itself, frame by frame, as its protocol is described."""

from __future__ import annotations

import asyncio
import hashlib
import struct
import zlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from station.links.memory import MemoryLink, pair
from station.simulation import esp_rom
from station.simulation.esp_chip import SECTOR
from station.simulation.esp_rom import DEAF_AFTER_BLOCKS, SimulatedEspRom
from station.simulation.program import kinds
from station.simulation.slip import Slip, framed

SYNC = b"\x07\x07\x12\x20" + b"\x55" * 32
QUIET_S = 0.2


@dataclass
class Host:
    """A tool at the other end of a chip."""

    rom: SimulatedEspRom
    link: MemoryLink
    _come: Slip = field(default_factory=Slip)
    _frames: list[bytes] = field(default_factory=list)

    async def send(self, command: int, data: bytes = b"", total: int = 0) -> None:
        await self.link.send(framed(struct.pack("<BBHI", 0, command, len(data), total) + data))

    async def frame(self) -> bytes:
        async with asyncio.timeout(10):
            while not self._frames:
                self._frames += self._come.take(await self.link.receive())
        return self._frames.pop(0)

    async def ask(self, command: int, data: bytes = b"", total: int = 0) -> tuple[int, bytes]:
        """Send a command; return the value and the data of its answer, its status included."""
        await self.send(command, data, total)
        answer = await self.frame()
        direction, told, size, value = struct.unpack_from("<BBHI", answer)
        assert (direction, told, size) == (1, command, len(answer) - 8)
        return value, answer[8:]

    async def block(self, command: int, number: int, data: bytes, wrong: int = 0) -> bytes:
        """Send a block of data; return the status."""
        total = 0xEF
        for byte in data:
            total ^= byte
        told = struct.pack("<IIII", len(data), number, 0, 0) + data
        return (await self.ask(command, told, total ^ wrong))[1]

    async def hears_nothing(self) -> bool:
        try:
            async with asyncio.timeout(QUIET_S):
                await self.frame()
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def host(dialect: str = "esp32", faults: Iterable[str] = ()) -> AsyncIterator[Host]:
    here, there = pair()
    rom = SimulatedEspRom(7, dialect, faults)
    running = asyncio.create_task(rom.run(there))
    yield Host(rom, here)
    await here.close()
    assert await running is False


async def test_a_sync_is_answered_eight_times_and_tells_the_rom_from_the_stub() -> None:
    async with host() as tool:
        await tool.send(0x08, SYNC)
        answers = [await tool.frame() for _ in range(8)]
        assert len(set(answers)) == 1
        assert struct.unpack_from("<BBHI", answers[0])[3] != 0
        assert answers[0][8:] == bytes(4)
        await tool.ask(0x06, struct.pack("<II", 0, 0x4008_0000))
        assert await tool.frame() == b"OHAI"
        await tool.send(0x08, SYNC)
        assert struct.unpack_from("<BBHI", await tool.frame()) == (1, 8, 2, 0)


async def test_who_it_is_stands_in_its_registers() -> None:
    async with host() as tool:
        value, status = await tool.ask(0x0A, struct.pack("<I", 0x4000_1000))
        assert (value, status) == (0x00F0_1D83, bytes(4))
        low, _ = await tool.ask(0x0A, struct.pack("<I", 0x3FF5_A004))
        high, _ = await tool.ask(0x0A, struct.pack("<I", 0x3FF5_A008))
        mac = struct.pack(">HI", high, low)
        assert mac.hex(":") == tool.rom.identity["mac"] == "24:0a:c4:00:00:07"


async def test_the_older_chip_does_not_know_what_the_newer_one_is_asked() -> None:
    async with host("esp32c3") as tool:
        _, data = await tool.ask(0x14)
        assert struct.unpack_from("<I", data, 12)[0] == 5
        assert len(data) == 24
    async with host("esp32") as tool:
        await tool.send(0x14)
        refusals = [await tool.frame() for _ in range(8)]
        assert {each[8:10] for each in refusals} == {b"\x01\x05"}
        assert all(each[1] != 0x14 for each in refusals)


async def test_what_was_erased_written_and_summed_up_is_the_flash() -> None:
    content = bytes(range(256)) * 6
    async with host() as tool:
        tool.rom.flash[0x1000:0x3000] = bytes(0x2000)
        await tool.ask(0x02, struct.pack("<IIII", len(content), 2, 1024, 0x1000))
        assert tool.rom.flash[0x1000 : 0x1000 + SECTOR] == b"\xff" * SECTOR
        assert tool.rom.flash[0x2000:0x3000] == bytes(0x1000)
        for number in range(2):
            piece = content[number * 1024 :][:1024]
            assert await tool.block(0x03, number, piece.ljust(1024, b"\xff")) == bytes(4)
        _, digest = await tool.ask(0x13, struct.pack("<IIII", 0x1000, len(content), 0, 0))
        wanted = hashlib.md5(content, usedforsecurity=False)
        assert digest == wanted.hexdigest().encode() + bytes(4)
        await tool.ask(0x06, struct.pack("<II", 0, 0))
        await tool.frame()
        _, digest = await tool.ask(0x13, struct.pack("<IIII", 0x1000, len(content), 0, 0))
        assert digest == wanted.digest() + bytes(2)


async def test_packed_data_is_unpacked_and_what_is_no_such_data_is_refused() -> None:
    content = bytes(5000) + b"end"
    packed = zlib.compress(content)
    async with host() as tool:
        begin = struct.pack("<IIII", len(content), 1, 1024, 0x8000)
        await tool.ask(0x10, begin)
        assert await tool.block(0x11, 0, packed) == bytes(4)
        assert tool.rom.flash[0x8000 : 0x8000 + len(content)] == content
        await tool.ask(0x10, begin)
        assert (await tool.block(0x11, 0, b"not packed"))[0] == 1


async def test_a_block_that_was_spoilt_on_its_way_is_not_written() -> None:
    async with host() as tool:
        await tool.ask(0x02, struct.pack("<IIII", 4, 1, 4, 0))
        assert await tool.block(0x03, 0, b"abcd", wrong=1) == b"\x01\x07\0\0"
        assert tool.rom.flash[:4] == b"\xff" * 4
        assert tool.rom.blocks_written == 0


async def test_flash_that_was_not_erased_keeps_its_zeros() -> None:
    async with host() as tool:
        await tool.ask(0x02, struct.pack("<IIII", 4, 1, 4, 0))
        tool.rom.flash[:4] = b"\xf0\xf0\xf0\xf0"
        await tool.block(0x03, 0, b"\xff\x0f\xaa\xf0")
        assert tool.rom.flash[:4] == b"\xf0\x00\xa0\xf0"


async def test_the_flash_chip_says_who_it_is_by_way_of_the_controller() -> None:
    async with host() as tool:
        for address, value in ((0x3FF4_2024, 7 << 28 | 0x9F), (0x3FF4_2000, 1 << 18)):
            await tool.ask(0x09, struct.pack("<IIII", address, value, 0xFFFF_FFFF, 0))
        assert (await tool.ask(0x0A, struct.pack("<I", 0x3FF4_2080)))[0] == 0x1640C8
        assert (await tool.ask(0x0A, struct.pack("<I", 0x3FF4_2000)))[0] == 0  # it has ended


async def test_contact_is_lost_once_and_comes_back_with_a_sync() -> None:
    async with host(faults=[esp_rom.CONTACT]) as tool:
        await tool.ask(0x02, struct.pack("<IIII", 64, 16, 4, 0))
        for number in range(DEAF_AFTER_BLOCKS - 1):
            await tool.block(0x03, number, b"abcd")
        await tool.send(0x03, struct.pack("<IIII", 4, 9, 0, 0) + b"abcd", 0xEF ^ 0x04)
        assert await tool.hears_nothing()
        await tool.send(0x0A, bytes(4))
        assert await tool.hears_nothing()
        await tool.send(0x08, SYNC)
        assert (await tool.frame())[1] == 0x08


async def test_one_that_does_not_sync_does_nothing() -> None:
    async with host(faults=[esp_rom.NO_SYNC]) as tool:
        await tool.send(0x08, SYNC)
        assert await tool.hears_nothing()


async def test_firmware_that_runs_writes_its_log_and_no_frames() -> None:
    async with host(faults=[esp_rom.APP_RUNS]) as tool:
        await tool.send(0x08, SYNC)
        async with asyncio.timeout(10):
            assert esp_rom.LOG.startswith((await tool.link.receive())[:8])


async def test_worn_flash_keeps_a_byte_of_each_sector() -> None:
    async with host(faults=[esp_rom.WORN]) as tool:
        await tool.ask(0x02, struct.pack("<IIII", 8, 1, 8, SECTOR))
        await tool.block(0x03, 0, b"abcdefgh")
        assert tool.rom.flash[SECTOR : SECTOR + 8] == b"\xffbcdefgh"


@pytest.mark.parametrize("pieces", [1, 3, 1000])
def test_frames_are_found_in_whatever_pieces_they_come(pieces: int) -> None:
    wanted = [b"\xc0\xdb plain", bytes(range(256)), b"\xdb\xdc"]
    stream = b"noise" + b"".join(framed(each) for each in wanted)
    slip, found = Slip(), list[bytes]()
    for start in range(0, len(stream), pieces):
        found += slip.take(stream[start : start + pieces])
    assert found == wanted


def test_it_can_be_asked_for_by_name() -> None:
    assert SimulatedEspRom.kind in kinds("station.simulated_boards")
    made = SimulatedEspRom.realistic(3, "esp32c3", [esp_rom.SLOW])
    assert made.identity == {"chip": "esp32c3", "mac": "24:0a:c4:00:00:03"}
    assert made.block_s == esp_rom.SLOW_BLOCK_S
    with pytest.raises(ValueError, match="no fault 'nonsense'"):
        SimulatedEspRom.realistic(1, None, ["nonsense"])
    with pytest.raises(ValueError, match="no dialect 'esp99'"):
        SimulatedEspRom.realistic(1, "esp99", [])
