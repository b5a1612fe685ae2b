"""Boards that were left in a boot loader without a serial port: the next run repairs them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar

import pytest

from station.flash import Target, Told
from station.model import Appeared, Image, Medium, Outcome, RunEnded, StepBegan, Tool
from station.simulation.arduino_unit import product
from station.simulation.sketches import PROVISIONING, told
from tests.arduino_hall import ArduinoHall, open_arduino_hall

NETWORK = 'network = "factory"\ngreet_within_s = 0.5'
PASS = (Outcome.PASS, "")
PORTENTA, RP2040 = product("Portenta H7"), product("Nano RP2040 Connect")


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line")
    yield hall
    await hall.close()


class Counting:
    """The line's own flasher, counting; the first `breaks` of its writings never end."""

    tool: ClassVar[Tool] = Tool.DFU_UTIL

    def __init__(self, hall: ArduinoHall, breaks: int = 0) -> None:
        self._own = hall.flashers[-1]
        self._breaks = breaks
        self.targets: list[Target] = []
        self.writes = asyncio.Event()
        hall.flashers.append(self)

    async def version(self) -> str:
        return "counting"

    async def write(self, target: Target, image: Image, told: Told) -> None:
        self.targets.append(target)
        self.writes.set()
        if len(self.targets) <= self._breaks:
            await asyncio.Event().wait()
        await self._own.write(target, image, told)


async def test_a_board_that_was_left_in_its_boot_loader_is_flashed_and_passes(
    hall: ArduinoHall,
) -> None:
    tool = Counting(hall)
    await hall.work_on("arduino", NETWORK)
    board = hall.board(1, product=PORTENTA, sketch="blank")
    board.touch()
    assert outcome(await hall.visit(board)) == PASS
    (appeared,) = hall.bystander.of(Appeared)
    assert (appeared.kind, appeared.port.path) == ("arduino", "usb:usb-1")
    assert appeared.port.medium is Medium.USB
    (target,) = tool.targets
    assert (target.port, target.before.where) == (None, "usb-1")
    assert (told(board.flash) or ("",))[0] == PROVISIONING


async def test_another_product_in_its_boot_loader_is_refused(hall: ArduinoHall) -> None:
    tool = Counting(hall)
    await hall.work_on("arduino", NETWORK, board='boards = ["Nano 33 IoT"]')
    board = hall.board(2, product=PORTENTA)
    board.touch()
    assert outcome(await hall.visit(board)) == (Outcome.FAIL, "WRONG-PRODUCT")
    assert not tool.targets
    assert [each.step for each in hall.bystander.of(StepBegan)] == ["connect"]


async def test_a_flash_that_was_killed_is_mended_by_the_next_run(hall: ArduinoHall) -> None:
    tool = Counting(hall, breaks=1)
    await hall.work_on("arduino", NETWORK)
    hall.wiring.plug("usb-1", hall.board(3, product=PORTENTA, sketch="blank"))
    async with asyncio.timeout(20):
        await tool.writes.wait()
    await hall.engine.abort("1")
    assert outcome(await hall.bystander.ended()) == (Outcome.ABORTED, "STOPPED")
    assert hall.wiring.waits_for_image("usb-1")
    await hall.engine.retry("1")
    both = await hall.bystander.until(lambda event: isinstance(event, RunEnded), 2)
    assert isinstance(both, RunEnded)
    assert outcome(both) == PASS
    assert len(tool.targets) == 2


async def test_a_board_of_1_0_is_mended_as_well(hall: ArduinoHall) -> None:
    tool = Counting(hall)
    await hall.work_on("arduino_legacy", board='boards = ["Nano RP2040 Connect"]')
    board = hall.board(4, product=RP2040, sketch="blank", migrated=True)
    board.touch()
    assert outcome(await hall.visit(board)) == PASS
    assert len(tool.targets) == 1
    assert len(hall.cloud.account.devices) == 1
