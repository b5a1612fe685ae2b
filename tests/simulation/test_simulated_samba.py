"""The SAM-BA monitor by itself, command by command, and as what a touched board becomes."""

from __future__ import annotations

import asyncio
import binascii
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from station.links import LineSettings
from station.links.memory import MemoryLink, pair
from station.links.serial import open_serial
from station.simulation import sketches
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_unit import product
from station.simulation.samba import FLASH_BYTES, RA4M1, SKETCH_AT, BoardMonitor, SambaMonitor

TOUCH = LineSettings(1200, dtr=False)
RESET = b"WE000ED0C,05FA0004#"


@dataclass
class Host:
    """A tool at the other end of a monitor."""

    monitor: SambaMonitor
    link: MemoryLink
    running: asyncio.Task[bool]
    started: list[bytes] = field(default_factory=list)
    _come: bytearray = field(default_factory=bytearray)

    async def ask(self, command: bytes, count: int) -> bytes:
        """Send a command and return the `count` bytes of its answer."""
        await self.link.send(command)
        async with asyncio.timeout(10):
            while len(self._come) < count:
                self._come += await self.link.receive()
        answer = bytes(self._come[:count])
        del self._come[:count]
        return answer

    async def fill(self, address: int, data: bytes) -> None:
        """Have `data` written to flash, by way of the memory."""
        await self.link.send(b"S20004000,%X#" % len(data) + data)
        assert await self.ask(b"Y20004000,0#", 3) == b"Y\n\r"
        assert await self.ask(b"Y%X,%X#" % (address, len(data)), 3) == b"Y\n\r"


@asynccontextmanager
async def host(**told: object) -> AsyncIterator[Host]:
    here, there = pair()
    started: list[bytes] = []
    monitor = SambaMonitor(started.append, **told)  # type: ignore[arg-type]
    running = asyncio.create_task(monitor.run(there))
    yield Host(monitor, here, running, started)
    await here.close()
    await running


async def test_it_says_who_it_is_in_binary_and_in_text() -> None:
    async with host() as tool:
        assert await tool.ask(b"N#", 2) == b"\n\r"
        assert (await tool.ask(b"V#", 41)).startswith(b"v2.0 [Arduino:XYZ]")
        assert await tool.ask(b"w41002018,4#", 4) == bytes.fromhex("05030110")
        assert await tool.ask(b"o41002018,1#", 1) == b"\x05"
        assert await tool.ask(b"T#", 3) == b"\n\r>"
        assert await tool.ask(b"wE000ED00,4#", 13) == b"0x410CC601\n\r>"


async def test_what_was_erased_written_and_started_is_the_sketch() -> None:
    old, new = b"O" * 300, bytes(range(1, 201)) + b"end."
    async with host(sketch=old) as tool:
        await tool.ask(b"N#", 2)
        assert tool.monitor.sketch == old
        assert await tool.ask(b"X2000#", 3) == b"X\n\r"
        assert tool.monitor.sketch == b""
        await tool.fill(SKETCH_AT, new)
        assert await tool.ask(b"R2000,CC#", len(new)) == new
        summed = binascii.crc_hqx(new, 0)
        assert await tool.ask(b"Z2000,CC#", 12) == b"Z%08X#\n\r" % summed
        await tool.link.send(RESET)
        assert await tool.running
        assert tool.started == [new]
    assert len(tool.monitor.flash) == FLASH_BYTES


async def test_flash_that_was_not_erased_keeps_its_zeros() -> None:
    async with host(sketch=b"\xf0\x0f" * 32) as tool:
        await tool.ask(b"N#", 2)
        await tool.fill(SKETCH_AT, b"\xcc" * 64)
        assert tool.monitor.sketch == b"\xc0\x0c" * 32


async def test_the_uno_r4s_says_it_is_another_chip_and_restarts_by_a_command() -> None:
    async with host(chip=RA4M1) as tool:
        await tool.ask(b"N#", 2)
        assert await tool.ask(b"I#", 15) == b"nRF52840-QIAA\n\r"
        # as Arduino's bossac does it: memory and flash both begin at 0
        await tool.ask(b"X00000000#", 3)
        await tool.link.send(b"S00000034,00000040#" + b"s" * 64)
        assert await tool.ask(b"Y00000034,0#", 3) == b"Y\n\r"
        assert await tool.ask(b"Y00000000,00000040#", 3) == b"Y\n\r"
        await tool.link.send(b"K#")
        assert await tool.running
        assert tool.started == [b"s" * 64]


async def test_a_samd_does_not_know_those_two() -> None:
    async with host() as tool:
        await tool.ask(b"N#", 2)
        assert await tool.ask(b"I#K#V#", 4) == b"v2.0"


async def test_a_command_it_does_not_know_is_passed_over() -> None:
    async with host() as tool:
        await tool.ask(b"N#", 2)
        assert await tool.ask(b"\x80\x80?12,3#g!#V#", 4) == b"v2.0"


async def test_a_block_that_stops_halfway_is_given_up() -> None:
    async with host() as tool:
        await tool.ask(b"N#", 2)
        await tool.link.send(b"S20004000,40#" + b"x" * 10)
        async with asyncio.timeout(20):
            while True:
                await tool.link.send(b"V#")
                try:
                    async with asyncio.timeout(1):
                        assert (await tool.link.receive()).startswith(b"v2.0")
                        return
                except TimeoutError:
                    continue


async def test_it_falls_silent_when_it_is_told_to() -> None:
    async with host(deaf_after=1) as tool:
        await tool.ask(b"N#", 2)
        await tool.link.send(b"S20004000,40#" + b"x" * 64 + b"Y20004000,0#Y2000,40#V#")
        assert await tool.ask(b"", 3) == b"Y\n\r"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await tool.link.receive()


async def test_what_a_boards_monitor_has_written_stays_when_it_is_broken_off() -> None:
    board = SimulatedArduino(1, product("nano_33_iot"))
    here, there = pair()
    running = asyncio.create_task(BoardMonitor(board).run(there))
    tool = Host(SambaMonitor(), here, running)
    await tool.ask(b"N#", 2)
    await tool.ask(b"X2000#", 3)
    await here.close()
    assert not await running
    assert board.flash == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.skipif(
    shutil.which("bossac") is None, reason="bossac is not installed (apt-get install bossa-cli)"
)
@pytest.mark.peer
async def test_a_board_at_a_terminal_keeps_its_name_while_it_is_flashed(tmp_path: Path) -> None:
    from station.simulation.pty_end import PtyEnd
    from station.simulation.terminals import live

    file = tmp_path / "image.bin"
    file.write_bytes(sketches.image(sketches.LORA, size=6400))
    board, end = SimulatedArduino(1, product("nano_33_iot")), PtyEnd()
    life = asyncio.create_task(live(board, end))
    try:
        link = await open_serial(end.path, TOUCH)
        await link.close()
        await _until(lambda: board.is_in_boot_loader)
        port = end.path.removeprefix("/dev/")
        words = (f"--port={port}", "-U", "-e", "-w", "-v", "-R", "--offset=0x2000", str(file))
        process = await asyncio.create_subprocess_exec(
            "bossac", *words, stdout=asyncio.subprocess.DEVNULL
        )
        assert await process.wait() == 0
        assert not board.is_in_boot_loader
        assert board.flash == file.read_bytes()
        link = await open_serial(end.path, LineSettings(9600))
        async with asyncio.timeout(10):
            assert (await link.receive()).endswith(b"\r\n")
        await link.close()
    finally:
        end.unplug()
        await life


async def _until(is_so: object) -> None:
    assert callable(is_so)
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 - the board tells nobody
            await asyncio.sleep(0.01)
