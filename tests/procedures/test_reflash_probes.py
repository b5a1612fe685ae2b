"""Any board is flashed anew by a debug probe: each slot by its own, and never by another."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from station import procedures
from station.model import Advanced, Outcome
from station.registry import procedures as installed
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.scripted import SimulatedConsole
from tests.flash.probes import Probes, plugged
from tests.provision_hall import board_table
from tests.reflash_hall import PASS, ReflashHall, outcome, reflash_hall

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

APP, AT = bytes(range(256)) * 16, 0x2000
CONSOLE = board_table("esp32").split("[[board.write]]")[0].removeprefix("[board]")
PYOCD = f'tool = "pyocd"\ntarget = "nrf52840"\nat = {AT:#x}\n'
EACH = f"{PYOCD}probes = {{ 1 = 'E661', 2 = 'E662' }}"
J_LINK = (0x1366, 0x1059)


@pytest.fixture
def probes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Probes:
    return plugged(tmp_path, monkeypatch)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ReflashHall]:
    async with reflash_hall(tmp_path / "line") as opened:
        yield opened


def written(probes: Probes, probe: str) -> bytes:
    return probes.flash(probe)[AT : AT + len(APP)]


async def test_each_slot_has_its_own_probe(hall: ReflashHall, probes: Probes) -> None:
    probes.plug("E661", "slow")
    probes.plug("E662", "slow")
    await hall.work_on(CONSOLE, hall.image(APP) + EACH)
    for number in (1, 2):
        hall.wiring.plug(f"usb-{number}", SimulatedConsole(number))
    for slot in ("1", "2"):
        assert outcome(await hall.bystander.ended(slot)) == PASS
    assert written(probes, "E661") == written(probes, "E662") == APP
    slots = [each.slot for each in hall.bystander.of(Advanced)]
    assert slots != sorted(slots)  # neither waited for the other
    for slot in ("1", "2"):
        done = [each.done for each in hall.bystander.of(Advanced) if each.slot == slot]
        assert done == sorted(done)
        assert done[-1] == len(APP)


async def test_what_is_there_already_is_read_through_the_probe(
    hall: ReflashHall, probes: Probes
) -> None:
    probes.plug("E661")
    await hall.work_on(CONSOLE, hall.image(APP) + EACH)
    board = SimulatedConsole(1)
    await hall.visit(board)
    assert outcome(await hall.visit(board)) == PASS
    assert [each["there"] for each in hall.noted("looked")] == [False, True]
    assert len(hall.intents()) == 1


async def test_a_board_that_is_dead_is_flashed_and_need_not_answer(
    hall: ReflashHall, probes: Probes
) -> None:
    probes.plug("E661")
    dead = SimulatedConsole(1, faults=["silent"])
    board = CONSOLE.replace('kind = "scripted"', 'kind = "scripted"\nwake_within_s = 0.5')
    await hall.work_on(board, f"{hall.image(APP)}{EACH}\nanswers = false")
    ended = await hall.visit(dead)
    assert (outcome(ended), ended.unit) == (PASS, "")
    assert written(probes, "E661") == APP
    assert hall.noted("verified")[0]["by"] == ["pyocd has read the flash"]


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (("no-ack",), (Outcome.FAIL, "BOARD-SILENT")),
        (("locked",), (Outcome.FAIL, "FLASH-LOCKED")),
        (("worn",), (Outcome.FAIL, "FLASH-WORN")),
    ],
)
async def test_what_the_probe_finds_is_told(
    hall: ReflashHall, probes: Probes, faults: tuple[str, ...], expected: tuple[Outcome, str]
) -> None:
    probes.plug("E661", *faults)
    await hall.work_on(CONSOLE, hall.image(APP) + EACH)
    assert outcome(await hall.visit(SimulatedConsole(1))) == expected


async def test_a_probe_that_is_not_there_is_missed_and_no_other_one_taken(
    hall: ReflashHall, probes: Probes
) -> None:
    probes.plug("E662")
    await hall.work_on(CONSOLE, hall.image(APP) + EACH)
    assert outcome(await hall.visit(SimulatedConsole(1))) == (Outcome.ERROR, "PROBE-MISSING")
    assert set(probes.flash("E662")) == {0xFF}
    assert hall.steps[-1] == "look"


async def test_a_recipe_that_names_no_probe_is_wrong_when_the_board_has_none(
    hall: ReflashHall, probes: Probes
) -> None:
    probes.plug("E661")
    await hall.work_on(CONSOLE, hall.image(APP) + PYOCD)
    assert outcome(await hall.visit(SimulatedConsole(1))) == (Outcome.ERROR, "RECIPE-WRONG")


async def test_without_pyocd_its_remedy_is_told(
    hall: ReflashHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    await hall.work_on(CONSOLE, hall.image(APP) + EACH)
    ended = await hall.visit(SimulatedConsole(1))
    assert outcome(ended) == (Outcome.ERROR, "TOOL-MISSING")
    assert ended.trouble
    assert "provisioning-station[probes]" in ended.trouble.detail


async def test_a_kit_is_flashed_by_the_probe_that_sits_on_it(
    hall: ReflashHall, probes: Probes
) -> None:
    probes.plug("1051200007")
    probes.plug("1051299999")
    await hall.work_on(
        'kind = "nrf91"', f'{hall.image(APP)}tool = "pyocd"\ntarget = "nrf91"\nat = {AT:#x}'
    )
    board = SimulatedNrf91(7)
    ended = await hall.visit(board, ids=J_LINK, serial="001051200007")
    assert (outcome(ended), ended.unit) == (PASS, board.identity["imei"])
    assert hall.steps == [procedures.CONNECT, *installed()["reflash"].steps]
    assert written(probes, "1051200007") == APP
    assert set(probes.flash("1051299999")) == {0xFF}
    assert hall.noted("verified")[0]["by"][-1] == "the same unit answers"


async def test_a_kit_that_says_nothing_is_flashed_and_then_missed(
    hall: ReflashHall, probes: Probes
) -> None:
    probes.plug("1051200007")
    await hall.work_on(
        'kind = "nrf91"', f'{hall.image(APP)}tool = "pyocd"\ntarget = "nrf91"\nat = {AT:#x}'
    )
    board = SimulatedNrf91(7, faults=["silent"])
    ended = await hall.visit(board, ids=J_LINK, serial="001051200007")
    assert outcome(ended) == (Outcome.FAIL, "BOARD-SILENT")
    assert hall.ends["connect"] == hall.ends["flash"] == ""
    assert hall.ends["recheck"] == "BOARD-SILENT"
    assert written(probes, "1051200007") == APP
