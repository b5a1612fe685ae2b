"""Real bossac against a simulated SAM-BA monitor, through the seat that the board leaves."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Callable

import pytest

from station.faults import FlashRefused, ImageWrong, LinkLost, NotReturned
from station.flash import flashing
from station.flash.bossac import Bossac
from station.flash.flashing import flash
from station.model import Image
from station.simulation import sketches
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_text import dev_eui
from station.simulation.samba import BoardMonitor
from tests.flash.conftest import PAGES
from tests.flash.seated import NANO_33_IOT, Seated, seated

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals"),
    pytest.mark.skipif(
        shutil.which("bossac") is None, reason="bossac is not installed (apt-get install bossa-cli)"
    ),
]

APP, BOOT = (0x2341, 0x8057), (0x2341, 0x0057)
SLOW_PAGE_S = 0.005


def slow(board: SimulatedArduino) -> BoardMonitor:
    return BoardMonitor(board, page_s=SLOW_PAGE_S)


async def test_the_image_lands_and_the_board_comes_back_and_runs_it(image: Image) -> None:
    progress: list[tuple[int, int]] = []
    async with seated() as here:
        there = await flash(
            here.seat, NANO_33_IOT, image, Bossac(), lambda *told: progress.append(told)
        )
        assert here.board.flash == image.path.read_bytes()
        assert here.ids == [APP, BOOT, APP]
        assert there == here.seat.attachment
        assert sketches.told(here.board.flash) == (sketches.LORA, "1.2.3")
    assert progress[0] == (0, PAGES * 64)
    assert progress[-1] == (PAGES * 64, PAGES * 64)
    assert progress == sorted(progress)
    assert len(progress) > 3


async def test_the_port_may_be_open_again_at_once(image: Image) -> None:
    async with seated() as here:
        await flash(here.seat, NANO_33_IOT, image, Bossac(), _nobody)
        assert await here.greeting() in dev_eui(7).encode() + b"\r\n"


async def test_a_flash_that_is_cancelled_kills_the_tool_and_the_next_one_repairs(
    image: Image,
) -> None:
    async with seated(boot_loader=slow) as here:
        await _break_off(here, image)
        assert here.board.is_in_boot_loader
        assert here.board.flash != image.path.read_bytes()
        assert not await _bossacs_at(here)
        await flash(here.seat, NANO_33_IOT, image, Bossac(), _nobody)
        assert here.board.flash == image.path.read_bytes()
        assert here.ids == [APP, BOOT, APP]  # it waited in its boot loader: no second touch


async def test_what_bossac_says_of_a_boot_loader_that_falls_silent_is_told(image: Image) -> None:
    def deaf(board: SimulatedArduino) -> BoardMonitor:
        return BoardMonitor(board, deaf_after=64)

    async with seated(boot_loader=deaf) as here:
        with pytest.raises(FlashRefused, match=r"bossac 1\.\S+, exit status 1: .*SAM-BA"):
            await flash(here.seat, NANO_33_IOT, image, Bossac(), _nobody, tries=1)


async def test_an_image_that_has_changed_is_not_written(image: Image) -> None:
    image.path.write_bytes(b"something else")
    async with seated() as here:
        before = here.board.flash
        with pytest.raises(ImageWrong):
            await flash(here.seat, NANO_33_IOT, image, Bossac(), _nobody)
        assert here.board.flash == before


async def test_a_board_that_is_pulled_out_is_missed(
    image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flashing, "ENDS_WITHIN_S", 0.5)  # bossac itself would never end
    async with seated() as here:
        pulling: list[asyncio.Task[None]] = []

        def pull(done: int, total: int) -> None:
            if done == total and not pulling:
                pulling.append(asyncio.create_task(here.line.pull("usb-1")))

        # bossac hangs, as a rule; on a machine that is busy it may see the end by itself, or be done
        with pytest.raises((LinkLost, FlashRefused, NotReturned)):
            await flash(here.seat, NANO_33_IOT, image, Bossac(), pull, tries=1)
        await asyncio.gather(*pulling)


async def test_it_says_its_version() -> None:
    version = await Bossac().version()
    assert version[0].isdigit()
    assert "." in version


async def _break_off(here: Seated, image: Image) -> None:
    """Cancel a flash in the middle of its writing."""
    half = asyncio.Event()

    def told(done: int, total: int) -> None:
        if 0 < done < total:
            half.set()

    under_way = asyncio.create_task(flash(here.seat, NANO_33_IOT, image, Bossac(), told))
    async with asyncio.timeout(20):
        await half.wait()
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way


async def _bossacs_at(here: Seated) -> list[str]:
    """Return the processes that still have the board's port open."""
    attachment = here.seat.attachment
    assert attachment is not None
    path = attachment.ports[0].path
    process = await asyncio.create_subprocess_exec(
        "ps", "-eo", "args", stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    wanted = f"--port={path.removeprefix('/dev/')}"
    return [line for line in said.decode().splitlines() if wanted in line.split()]


_nobody: Callable[[int, int], None] = lambda done, total: None  # noqa: E731
