"""Zephyr boards are flashed anew by the real smpclient, through the whole story."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("smpclient", reason="the extra smp is not installed")

from station import procedures
from station.flash import smp_client
from station.model import Advanced, Identified, Outcome
from station.registry import procedures as installed
from station.simulation import smp
from station.simulation.mcuboot import mcuboot_image
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.zephyr_board import SimulatedZephyr
from tests.reflash_hall import PASS, ReflashHall, outcome, reflash_hall

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

NEW = mcuboot_image(bytes(range(256)) * 40, (2, 5, 1))
SHELL = """\
kind = "zephyr_shell"
keys = { token = "token" }
"""
TELLS_VERSION = """\
kind = "scripted"
prompt = 'uart:~\\$ '
echoes = true
wake_within_s = 2
[[board.identify]]
send = "hwinfo devid"
expect = '^ID: 0x(?P<serial>[0-9a-f]{8,32})\\s'
[[board.identify]]
send = "app version"
expect = '^(?P<firmware>\\d+\\.\\d+\\.\\d+)\\s'
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smp_client, "ANSWER_WITHIN_S", 2.0)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ReflashHall]:
    async with reflash_hall(tmp_path / "line") as opened:
        yield opened


def options(hall: ReflashHall, more: str = "", image: bytes = NEW) -> str:
    return f'{hall.image(image)}tool = "smp"\n{more}'


async def test_a_board_is_flashed_confirmed_and_asked(hall: ReflashHall) -> None:
    await hall.work_on(TELLS_VERSION, options(hall, 'version = "2.5.1"'))
    board = SimulatedZephyr(1)
    assert outcome(await hall.visit(board)) == PASS
    assert hall.steps == [procedures.CONNECT, *installed()["reflash"].steps]
    assert board.server.slots.running.content == NEW
    assert board.server.slots.is_confirmed
    told = [each.identity for each in hall.bystander.of(Identified)]
    assert [each.firmware for each in told] == ["1.0.0", "2.5.1"]
    advanced = [each.done for each in hall.bystander.of(Advanced)]
    assert advanced == sorted(advanced)
    assert advanced[-1] == len(NEW)


async def test_what_runs_already_is_known_by_its_digest(hall: ReflashHall) -> None:
    await hall.work_on(SHELL, options(hall))
    board = SimulatedZephyr(1)
    await hall.visit(board)
    assert outcome(await hall.visit(board)) == PASS
    assert board.server.restarts == 1
    looked = hall.noted("looked")
    assert [each["there"] for each in looked] == [False, True]
    assert {each["known by"] for each in looked} == {"smp has compared the flash"}
    assert len(hall.intents()) == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (smp.CRASHES, (Outcome.FAIL, "FLASH-REFUSED")),
        (smp.UNTRUSTED, (Outcome.FAIL, "FLASH-REFUSED")),
        (smp.CONTACT, PASS),
        (smp.NOISE, PASS),
    ],
)
async def test_what_goes_wrong_is_told_or_made_up_for(
    hall: ReflashHall, fault: str, expected: tuple[Outcome, str]
) -> None:
    await hall.work_on(SHELL, options(hall))
    assert outcome(await hall.visit(SimulatedZephyr(1, [fault]))) == expected


async def test_a_file_that_is_no_image_is_not_sent(hall: ReflashHall) -> None:
    await hall.work_on(SHELL, options(hall, image=b"firmware" * 100))
    board = SimulatedZephyr(1)
    assert outcome(await hall.visit(board)) == (Outcome.ERROR, "IMAGE-WRONG")
    assert board.server.pieces_written == 0


async def test_two_slots_are_flashed_at_once(hall: ReflashHall) -> None:
    await hall.work_on(SHELL, options(hall))
    boards = [SimulatedZephyr(number, piece_s=0.01) for number in (1, 2)]
    for number, board in enumerate(boards, 1):
        hall.wiring.plug(f"usb-{number}", board)
    for slot in ("1", "2"):
        assert outcome(await hall.bystander.ended(slot)) == PASS
    assert all(board.server.slots.running.content == NEW for board in boards)
    slots = [each.slot for each in hall.bystander.of(Advanced)]
    assert slots != sorted(slots)  # neither waited for the other


async def test_a_flash_that_is_stopped_goes_on_where_it_was(hall: ReflashHall) -> None:
    await hall.work_on(SHELL, options(hall))
    board = SimulatedZephyr(1, piece_s=0.03)
    before = board.server.slots.running
    hall.wiring.plug("usb-1", board)
    await hall.bystander.until(lambda e: isinstance(e, Advanced) and e.done > len(NEW) // 4)
    await hall.engine.abort("1")
    assert outcome(await hall.bystander.ended("1")) == (Outcome.ABORTED, "STOPPED")
    assert board.server.slots.running == before
    told = len(hall.bystander.of(Advanced))
    board.server.piece_s = 0.0
    await hall.engine.retry("1")
    assert outcome(await hall.bystander.ended("1", 2)) == PASS
    assert hall.bystander.of(Advanced)[told].done > len(NEW) // 8
    assert board.server.slots.running.content == NEW


async def test_an_nrf91_takes_its_image_beside_its_at_commands(hall: ReflashHall) -> None:
    await hall.work_on('kind = "nrf91"', options(hall))
    modem = SimulatedNrf91(7)
    board = SimulatedZephyr(7, shell=modem)
    ended = await hall.visit(board, ids=(0x1366, 0x1059), serial="001051200007")
    assert (outcome(ended), ended.unit) == (PASS, modem.identity["imei"])
    assert board.server.slots.running.content == NEW
    assert hall.noted("verified")[0]["by"][-1] == "the same unit answers"


async def test_a_board_in_recovery_says_nothing_and_is_whole_afterwards(hall: ReflashHall) -> None:
    recovery = options(hall, 'arguments = ["--recovery"]')
    await hall.work_on(TELLS_VERSION, f'{recovery}\nversion = "2.5.1"')
    board = SimulatedZephyr(1, dialect=smp.RECOVERY)
    ended = await hall.visit(board)
    assert (outcome(ended), ended.unit) == (PASS, board.identity["serial"])
    assert board.server.slots.running.content == NEW
    assert hall.noted("does not answer")
