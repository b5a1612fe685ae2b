"""Real esptool against a simulated boot loader in a chip's ROM."""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from station.faults import (
    BootModeMissed,
    Fault,
    FlashLocked,
    FlashRefused,
    FlashWorn,
    ImageWrong,
    PortMissing,
    RecipeWrong,
    WrongProduct,
)
from station.flash import Target
from station.flash.esptool import Esptool
from station.model import Attachment, Image, Port
from station.simulation import esp_rom
from station.simulation.esp_rom import SimulatedEspRom
from tests.flash.esp_seated import PEERS, esp, files, seated

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals"),
    pytest.mark.skipif(
        not (PEERS / "esptool").exists(), reason=f"there is no esptool in {PEERS} (packaging/test)"
    ),
]

RANDOM = random.Random(6)
BOOT, TABLE = RANDOM.randbytes(20_000), b"\xaa\x50" + bytes(3070)
APP = RANDOM.randbytes(150_000)
ESP32 = esp("--chip", "esp32")
ONCE = esp("--chip", "esp32", "--connect-attempts", "1")


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{PEERS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def image(tmp_path: Path) -> Image:
    """A boot loader, a table of partitions and an application, the last one named first."""
    return files(tmp_path, ((0x10000, APP), (0x1000, BOOT), (0x8000, TABLE)))


def is_there(rom: SimulatedEspRom) -> bool:
    parts = ((0x10000, APP), (0x1000, BOOT), (0x8000, TABLE))
    return all(rom.flash[at : at + len(content)] == content for at, content in parts)


async def test_all_files_land_in_their_places(image: Image) -> None:
    rom = SimulatedEspRom()
    async with seated(rom) as here:
        assert await here.flash(ESP32, image) == here.seat.attachment
        assert rom.is_stub
        assert is_there(rom)
        total = len(BOOT) + len(TABLE) + len(APP)
        assert here.progress[-1] == (total, total)
        assert here.progress == sorted(here.progress)
        assert len(here.progress) > 8


async def test_what_is_there_already_is_not_written_again(image: Image) -> None:
    rom = SimulatedEspRom()
    async with seated(rom) as here:
        await here.flash(ESP32, image)
        rom.chip.erase(0x8000, len(TABLE))
        before = rom.blocks_written
        await here.flash(ESP32, image)
        assert is_there(rom)
        assert rom.blocks_written == before + 1  # the small table alone
        await here.flash(ESP32, image)
        assert rom.blocks_written == before + 1
        assert here.progress[-1][0] == here.progress[-1][1] > 0


async def test_several_are_flashed_at_once(image: Image) -> None:
    roms = [SimulatedEspRom(number) for number in (1, 2, 3)]
    async with AsyncExitStack() as line:
        seats = [await line.enter_async_context(seated(rom)) for rom in roms]
        await asyncio.gather(*(here.flash(ESP32, image) for here in seats))
        assert all(is_there(rom) for rom in roms)


async def test_without_the_stub_the_rom_itself_is_spoken_to(tmp_path: Path) -> None:
    rom = SimulatedEspRom(dialect="esp32c3")
    content = RANDOM.randbytes(9_999)
    async with seated(rom) as here:
        await here.flash(esp("--chip", "esp32c3", "--no-stub"), files(tmp_path, ((0, content),)))
        assert not rom.is_stub
        assert rom.flash[: len(content)] == content


async def test_a_higher_speed_and_words_for_the_writing_are_passed_on(tmp_path: Path) -> None:
    rom = SimulatedEspRom(dialect="esp32c3")
    packs_well = bytes(40_000)
    wanted = esp("--chip", "auto", "--baud", "921600", "write_flash", "--erase-all", "--compress")
    rom.flash[0x100000] = 0
    async with seated(rom) as here:
        await here.flash(wanted, files(tmp_path, ((0x10000, packs_well),)))
        assert rom.flash[0x10000 : 0x10000 + len(packs_well)] == packs_well
        assert rom.flash[0x100000] == 0xFF
        assert rom.blocks_written == 1


async def test_contact_that_is_lost_in_the_middle_is_told(image: Image) -> None:
    rom = SimulatedEspRom(faults=[esp_rom.CONTACT])
    async with seated(rom) as here:
        with pytest.raises(FlashRefused, match=r"esptool \d+\.\S+, exit status 2: .*") as told:
            await here.flash(ESP32, image)
        # version 4 has its own words for it
        assert re.search("read from the serial port|stopped responding", told.value.detail)
        assert not is_there(rom)


async def test_the_next_try_repairs_it(image: Image) -> None:
    rom = SimulatedEspRom(faults=[esp_rom.CONTACT])
    async with seated(rom) as here:
        await here.flash(ESP32, image, tries=2)
        assert is_there(rom)


async def test_a_run_that_is_stopped_kills_it_and_the_next_one_repairs(image: Image) -> None:
    rom = SimulatedEspRom(faults=[esp_rom.SLOW])
    async with seated(rom) as here:
        under_way = asyncio.create_task(here.flash(ESP32, image))
        async with asyncio.timeout(30):
            while rom.blocks_written < 4:  # noqa: ASYNC110 - the chip tells nobody
                await asyncio.sleep(0.01)
        rom.block_s = 2.0  # what is left would take longer than any busy machine needs to stop it
        under_way.cancel()
        with pytest.raises(asyncio.CancelledError):
            await under_way
        assert not await processes_at(here.end.path)
        assert not is_there(rom)
        rom.block_s = 0.0
        await here.flash(ESP32, image)
        assert is_there(rom)


@pytest.mark.parametrize(
    ("name", "fault", "words"),
    [
        (esp_rom.NO_SYNC, BootModeMissed, "No serial data received"),
        (esp_rom.APP_RUNS, BootModeMissed, "Invalid head of packet"),
        (esp_rom.WORN, FlashWorn, "MD5 of file does not match"),
        (esp_rom.LOCKED, FlashLocked, "is disabled to protect the bootloader"),
    ],
)
async def test_each_failure_has_its_fault(
    name: str, fault: type[Fault], words: str, tmp_path: Path
) -> None:
    async with seated(SimulatedEspRom(faults=[name])) as here:
        with pytest.raises(fault) as told:
            await here.flash(ONCE, files(tmp_path, ((0x1000, BOOT),)))
        assert words in told.value.detail


async def test_another_chip_is_not_written(image: Image) -> None:
    rom = SimulatedEspRom(dialect="esp32c3")
    async with seated(rom) as here:
        with pytest.raises(WrongProduct, match="This chip is ESP32-C3, not ESP32"):
            await here.flash(ESP32, image)
    assert rom.blocks_written == 0


async def test_what_does_not_fit_into_the_flash_is_not_written(tmp_path: Path) -> None:
    rom = SimulatedEspRom()
    async with seated(rom) as here:
        with pytest.raises(WrongProduct, match="will not fit"):
            await here.flash(ESP32, files(tmp_path, ((0x3F0000, APP),)))
    assert rom.blocks_written == 0


async def test_words_that_esptool_does_not_know_are_the_recipes_fault(image: Image) -> None:
    async with seated(SimulatedEspRom()) as here:
        with pytest.raises(RecipeWrong, match="esp99"):
            await here.flash(esp("--chip", "esp99"), image)


async def test_a_file_that_has_changed_is_not_written(image: Image) -> None:
    image.more[0].path.write_bytes(b"something else")
    rom = SimulatedEspRom()
    async with seated(rom) as here:
        with pytest.raises(ImageWrong):
            await here.flash(ESP32, image)
    assert rom.blocks_written == 0


async def test_a_port_that_is_not_there_is_missed(image: Image) -> None:
    there = Attachment((Port("/dev/ttyNONE"),))
    with pytest.raises(PortMissing, match="could not open port /dev/ttyNONE"):
        await Esptool().write(Target(ESP32, there.ports[0], there), image, lambda done, total: None)


async def test_it_says_its_version() -> None:
    version = await Esptool().version()
    assert version.split(".")[0].isdecimal()


async def processes_at(path: str) -> list[str]:
    """Return the processes that were started for a port."""
    process = await asyncio.create_subprocess_exec(
        "ps", "-eo", "args", stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return [line for line in said.decode().splitlines() if path in line.split()]
