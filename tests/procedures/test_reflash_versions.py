"""Where a tool can't look into the flash, the version that the board tells is what counts."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar

import pytest

from station.flash import Target, Told
from station.model import Image, Outcome, Tool
from station.simulation.scripted import SimulatedConsole
from tests.reflash_hall import PASS, ReflashHall, died_in_a_flash, outcome, reflash_hall

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

SKETCH = 'kind = "arduino_console"\nkeys = { token = "token" }'


class Drive:
    """A `Flasher` of one board, which can't be asked what the board holds."""

    tool: ClassVar[Tool] = Tool.UF2

    def __init__(self, board: SimulatedConsole, becomes: str) -> None:
        self.board, self.becomes = board, becomes
        self.writes = 0

    async def version(self) -> str:
        return "drive"

    async def write(self, target: Target, image: Image, told: Told) -> None:
        assert target.port is None
        told(0, 10)
        self.board.update(self.becomes)
        self.writes += 1
        told(10, 10)


@pytest.fixture
def drive() -> Drive:
    return Drive(SimulatedConsole(1, dialect="arduino"), becomes="2.0.0")


@pytest.fixture
async def hall(tmp_path: Path, drive: Drive) -> AsyncIterator[ReflashHall]:
    async with reflash_hall(tmp_path / "line", flasher=lambda _: drive) as opened:
        yield opened


def options(hall: ReflashHall, version: str) -> str:
    told = f'version = "{version}"' if version else ""
    return f'{hall.image(b"a sketch")}tool = "uf2"\n{told}'


async def test_a_board_that_tells_the_version_is_left_alone(
    hall: ReflashHall, drive: Drive
) -> None:
    await hall.work_on(SKETCH, options(hall, "1.0.3"))
    assert outcome(await hall.visit(drive.board)) == PASS
    assert drive.writes == 0
    (looked,), (verified,) = hall.noted("looked"), hall.noted("verified")
    assert (looked["there"], looked["known by"]) == (True, "the board tells version 1.0.3")
    assert "the board tells version 1.0.3" in verified["by"]


async def test_one_that_tells_another_is_flashed_and_asked_again(
    hall: ReflashHall, drive: Drive
) -> None:
    await hall.work_on(SKETCH, options(hall, "2.0.0"))
    assert outcome(await hall.visit(drive.board)) == PASS
    assert drive.writes == 1
    (looked,) = hall.noted("looked")
    assert (looked["there"], looked["known by"]) == (False, "the board tells version 1.0.3")


async def test_without_a_version_nothing_is_guessed(hall: ReflashHall, drive: Drive) -> None:
    await hall.work_on(SKETCH, options(hall, ""))
    for _ in range(2):
        assert outcome(await hall.visit(drive.board)) == PASS
    assert drive.writes == 2
    assert {each["known by"] for each in hall.noted("looked")} == {"uf2 can't look"}


async def test_after_a_flash_that_was_broken_off_a_version_proves_nothing(
    tmp_path: Path, drive: Drive
) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    await died_in_a_flash(folder, f"0001 1 {'0' * 16}")
    drive.becomes = "1.0.3"
    async with reflash_hall(folder, flasher=lambda _: drive) as hall:
        await hall.work_on(SKETCH, options(hall, "1.0.3"))
        assert outcome(await hall.visit(drive.board)) == PASS
        assert drive.writes == 1
        assert outcome(await hall.visit(drive.board)) == PASS
        assert drive.writes == 1


async def test_a_flash_that_changes_nothing_is_told(hall: ReflashHall, drive: Drive) -> None:
    drive.becomes = "1.0.3"
    await hall.work_on(SKETCH, options(hall, "2.0.0"))
    ended = await hall.visit(drive.board)
    assert outcome(ended) == (Outcome.FAIL, "FIRMWARE-WRONG")
    assert ended.trouble
    assert ended.trouble.detail == "it tells 1.0.3, not 2.0.0"


async def test_a_recipe_that_names_no_tool_is_wrong_for_a_board_that_has_none(
    hall: ReflashHall, drive: Drive
) -> None:
    await hall.work_on(SKETCH, hall.image(b"a sketch"))
    ended = await hall.visit(drive.board)
    assert outcome(ended) == (Outcome.ERROR, "RECIPE-WRONG")
    assert ended.trouble
    assert "nobody says what writes" in ended.trouble.detail
    assert drive.writes == 0
