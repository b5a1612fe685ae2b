"""Boards with a DFU boot loader, by a stand-in for dfu-util and by the real one without a board."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from station.faults import FlashRefused, PortForbidden, ToolMissing
from station.flash import Target, dfu_util
from station.flash.dfu_util import DfuUtil, arguments, which
from station.flash.flashing import flash
from station.model import Attachment, Image, Port
from tests.flash.conftest import PutOnPath, program
from tests.flash.seated import PORTENTA_H7, WHERE, Seated, seated

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

APP, BOOT = (0x2341, 0x025B), (0x2341, 0x035B)
FAKE = Path(__file__).with_name("fake_dfu_util.py")
ON_SOCKET = Attachment((Port("/dev/ttyACM0", *APP, usb_serial="S1", location="1-4.2"),))

SEEN_OR_NOT = pytest.mark.parametrize("sees_usb", [True, False], ids=["seen", "unseen"])
"""Whether the system shows a boot loader without a serial port: Linux does."""


@pytest.fixture
def device(tmp_path: Path, put_on_path: PutOnPath, monkeypatch: pytest.MonkeyPatch) -> Path:
    put_on_path("dfu-util", FAKE)
    folder = tmp_path / "device"
    folder.mkdir()
    monkeypatch.setenv("DFU_DEVICE", str(folder))
    return folder


@SEEN_OR_NOT
async def test_the_image_lands_though_the_tool_ends_as_if_it_had_failed(
    device: Path, image: Image, monkeypatch: pytest.MonkeyPatch, *, sees_usb: bool
) -> None:
    monkeypatch.setenv("DFU_ENDS", "74")
    progress: list[tuple[int, int]] = []
    async with portenta(device, sees_usb=sees_usb) as here:
        there = await flash(
            here.seat, PORTENTA_H7, image, DfuUtil(), lambda *told: progress.append(told)
        )
        assert here.board.flash == image.path.read_bytes()
        assert here.ids == ([APP, BOOT, APP] if sees_usb else [APP, APP])
        assert there == here.seat.attachment
    size = len(image.path.read_bytes())
    assert progress[0] == (0, size)
    assert progress[-1] == (size, size)
    assert progress == sorted(progress)


@SEEN_OR_NOT
async def test_a_download_that_breaks_off_is_tried_again_without_a_touch(
    device: Path, image: Image, monkeypatch: pytest.MonkeyPatch, *, sees_usb: bool
) -> None:
    monkeypatch.setenv("DFU_FAILS", "1")

    def told(done: int, total: int) -> None:
        if done > total // 3:
            monkeypatch.delenv("DFU_FAILS", raising=False)

    async with portenta(device, sees_usb=sees_usb) as here:
        await flash(here.seat, PORTENTA_H7, image, DfuUtil(), told, pause_s=0.0)
        assert here.board.flash == image.path.read_bytes()


async def test_what_the_tool_says_is_told_when_it_fails_for_good(
    device: Path, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DFU_FAILS", "1")
    async with portenta(device) as here:
        with pytest.raises(FlashRefused, match=r"exit status 74: .*SET_ADDRESS"):
            await flash(here.seat, PORTENTA_H7, image, DfuUtil(), _nobody, tries=2, pause_s=0.0)


@pytest.mark.parametrize("ending", ["sleep 60", "exit 74"])
async def test_a_boot_loader_that_may_not_be_opened_is_the_stations_trouble(
    ending: str, bare_path: Path, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Cannot open DFU device 2341:0368 found on devnum 73 (LIBUSB_ERROR_ACCESS)"
    monkeypatch.setattr(dfu_util, "BOOT_WITHIN_S", 1.0)
    path = "/usr/bin:/bin"
    program(
        bare_path / "dfu-util",
        f"export PATH={path}; echo 'dfu-util: {said}'; [ \"$1\" = --help ] || {ending}",
    )
    with pytest.raises(PortForbidden, match="LIBUSB_ERROR_ACCESS"):
        await DfuUtil().write(Target(PORTENTA_H7, None, ON_SOCKET), image, _nobody)


async def test_it_does_not_wait_for_ever(
    device: Path, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dfu_util, "BOOT_WITHIN_S", 0.2)
    with pytest.raises(FlashRefused, match="no DFU boot loader"):
        await DfuUtil().write(Target(PORTENTA_H7, None, ON_SOCKET), image, _nobody)
    words = (device / "words").read_text().split("\n")
    assert words == [
        *("-w", "--device", "0x2341:0x035b", "-a0", "--dfuse-address=0x08040000:leave"),
        *("--path", "1-4.2", "-D", str(image.path)),
    ]


@pytest.mark.peer
@pytest.mark.skipif(
    shutil.which("dfu-util") is None, reason="dfu-util is not installed (apt-get install dfu-util)"
)
async def test_the_real_tool_understands_us(image: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await DfuUtil().version())[0].isdigit()
    monkeypatch.setattr(dfu_util, "BOOT_WITHIN_S", 1.0)
    for_c33 = replace(PORTENTA_H7, arguments=("--device", "0x2341:0x0068,:0x0368", "-a0", "-Q"))
    for flashing in (PORTENTA_H7, for_c33):
        with pytest.raises(FlashRefused, match="no DFU boot loader"):
            await DfuUtil().write(Target(flashing, None, ON_SOCKET), image, _nobody)


async def test_without_the_tool_it_says_what_to_install(bare_path: Path) -> None:
    with pytest.raises(ToolMissing, match=r"dfu-util on PATH .*apt-get install dfu-util"):
        await DfuUtil().version()


def test_a_tool_that_can_not_restart_the_board_by_minus_q_resets_the_bus() -> None:
    wanted = ("--device", "0x2341:0x0368", "-Q")
    assert arguments(wanted, "  -w --wait\n  -Q --stm32-reset") == ("-w", *wanted)
    assert arguments(wanted, "  -R --reset") == ("--device", "0x2341:0x0368", "-R")


def test_one_of_several_boards_is_told_by_its_socket_or_its_serial_number() -> None:
    named = Attachment((replace(ON_SOCKET.ports[0], location=""),))
    assert which(ON_SOCKET, "linux") == ("--path", "1-4.2")
    assert which(ON_SOCKET, "win32") == ("--serial", "S1")
    assert which(named, "linux") == ("--serial", "S1")
    assert which(Attachment((Port("/dev/pts/1"),)), "linux") == ()


@asynccontextmanager
async def portenta(device: Path, *, sees_usb: bool = True) -> AsyncIterator[Seated]:
    """A Portenta H7 that shows the stand-in what it does on USB."""
    async with seated("envie_m7", sees_usb=sees_usb) as here:
        showing = asyncio.create_task(_show(here, device))
        try:
            yield here
        finally:
            showing.cancel()
            await asyncio.wait({showing})


async def _show(here: Seated, device: Path) -> None:
    waiting, flashed = device / "waiting", device / "flashed"
    while True:
        if here.line.waits_for_image(WHERE):
            waiting.touch()
        if flashed.exists():
            waiting.unlink()
            here.line.write(WHERE, flashed.read_bytes())
            flashed.unlink()
        await asyncio.sleep(0.01)


def _nobody(done: int, total: int) -> None:
    pass
