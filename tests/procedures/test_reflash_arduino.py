"""Arduino boards are flashed anew in their own maker's way, whatever sketch they run."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from station import procedures
from station.model import Advanced, Identified, Outcome, Refused, RunEnded, StepBegan
from station.registry import procedures as installed
from station.simulation.arduino_unit import Product, product
from station.simulation.sketches import CLOUD, image, told
from tests.arduino_hall import ArduinoHall, open_arduino_hall

PASS = (Outcome.PASS, "")
APP = image(CLOUD, "3.1.4")
PORTENTA, IOT = product("Portenta H7"), product("Nano 33 IoT")


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line")
    (hall.folder / "app.bin").write_bytes(APP)
    yield hall
    await hall.close()


def pinned(content: bytes = APP) -> str:
    return f'file = "app.bin"\nsha256 = "{hashlib.sha256(content).hexdigest()}"'


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.mark.parametrize("what", [PORTENTA, IOT], ids=["dfu-util", "bossac"])
@pytest.mark.parametrize("sketch", ["blank", "provisioning"])
async def test_a_board_is_flashed_by_its_own_tool_and_is_the_same_unit(
    hall: ArduinoHall, what: Product, sketch: str
) -> None:
    await hall.work_on("reflash", pinned())
    board = hall.board(3, product=what, sketch=sketch)
    ended = await hall.visit(board)
    assert (outcome(ended), ended.unit) == (PASS, board.unit.usb_serial)
    assert told(board.flash) == (CLOUD, "3.1.4")
    begun = [each.step for each in hall.bystander.of(StepBegan)]
    assert begun == [procedures.CONNECT, *installed()["reflash"].steps]
    known = [dict(each.identity.ids)["usb serial"] for each in hall.bystander.of(Identified)]
    assert known == [board.unit.usb_serial] * 2
    done = [each.done for each in hall.bystander.of(Advanced)]
    assert done == sorted(done)
    assert done[-1] == len(APP)


async def test_a_board_that_waits_in_its_boot_loader_is_known_once_it_runs(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("reflash", pinned())
    board = hall.board(4, product=PORTENTA, sketch="blank")
    board.touch()
    ended = await hall.visit(board)
    assert (outcome(ended), ended.unit) == (PASS, board.unit.usb_serial)
    assert len(hall.bystander.of(Identified)) == 1


async def test_an_image_that_is_not_the_recipes_is_not_written(hall: ArduinoHall) -> None:
    await hall.work_on("reflash", pinned(b"another image"))
    board = hall.board(5, product=PORTENTA, sketch="blank")
    assert outcome(await hall.visit(board)) == (Outcome.ERROR, "IMAGE-WRONG")
    assert told(board.flash) is None


async def test_a_sketch_has_no_version_to_be_told(hall: ArduinoHall) -> None:
    await hall.work_on("reflash", f'{pinned()}\nversion = "3.1.4"')
    board = hall.board(6, product=PORTENTA, sketch="blank")
    assert outcome(await hall.visit(board)) == (Outcome.ERROR, "RECIPE-WRONG")
    assert told(board.flash) is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('tool = "esptool"', "esptool needs at"),
        ('tool = "pyocd"', "pyocd needs target"),
        ('probe = "E661"', "are for the tool pyocd"),
        (f'more = [{{ file = "a.bin", sha256 = "{"0" * 64}" }}]', "only esptool and pyocd"),
        ('version = "1"\nanswers = false', "tells none"),
    ],
)
async def test_options_that_do_not_go_together_are_refused(
    hall: ArduinoHall, more: str, words: str
) -> None:
    await hall.work_on("reflash", f"{pinned()}\n{more}")
    (refused,) = hall.bystander.of(Refused)
    assert refused.trouble.code == "RECIPE-WRONG"
    assert words in refused.trouble.detail
