"""ESP32 boards are flashed anew by the real esptool, through the whole story."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from station import procedures
from station.model import Advanced, Identified, Outcome
from station.registry import procedures as installed
from station.simulation import esp32, esp_rom
from station.simulation.esp32 import SimulatedEsp32
from station.simulation.esp_image import APP_AT, esp_image
from tests.flash.esp_seated import PEERS
from tests.provision_hall import board_table
from tests.reflash_hall import PASS, ReflashHall, died_in_a_flash, outcome, reflash_hall

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals"),
    pytest.mark.skipif(
        not (PEERS / "esptool").exists(), reason=f"there is no esptool in {PEERS} (packaging/test)"
    ),
]

RANDOM = random.Random(7)
NEW = esp_image("2.0.0", RANDOM.randbytes(60_000))
TABLE = b"\xaa\x50" + bytes(3070)
KNOWN = 'kind = "esp_console"\nkeys = { token = "token" }'
SCRIPTED = board_table("esp32").split("[[board.write]]")[0].removeprefix("[board]")
BOARD = SCRIPTED.replace('kind = "scripted"', 'kind = "scripted"\nwake_within_s = 1')
ESPTOOL = f'tool = "esptool"\narguments = ["--chip", "esp32"]\nat = {APP_AT:#x}\n'


@pytest.fixture(autouse=True)
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{PEERS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ReflashHall]:
    async with reflash_hall(tmp_path / "line") as opened:
        yield opened


def options(hall: ReflashHall, version: str = "2.0.0", image: bytes = NEW) -> str:
    table = hall.image(TABLE).replace("\n", ", ")
    told = f'version = "{version}"\n' if version else ""
    return f"{hall.image(image)}{ESPTOOL}{told}more = [{{ {table} at = 0x8000 }}]"


@pytest.mark.parametrize("board", [KNOWN, BOARD], ids=["esp_console", "scripted"])
async def test_a_board_is_flashed_read_back_and_asked(hall: ReflashHall, board: str) -> None:
    await hall.work_on(board, options(hall))
    unit = SimulatedEsp32(1)
    assert outcome(await hall.visit(unit)) == PASS
    assert hall.steps == [procedures.CONNECT, *installed()["reflash"].steps]
    assert unit.version == "2.0.0"
    assert unit.rom.flash[0x8000 : 0x8000 + len(TABLE)] == TABLE
    told = [each.identity for each in hall.bystander.of(Identified)]
    assert [each.firmware for each in told] == ["1.4.2", "2.0.0"]
    assert told[0].ids == told[1].ids
    advanced = [(each.done, each.total) for each in hall.bystander.of(Advanced)]
    assert advanced == sorted(advanced)
    assert advanced[-1] == (len(NEW) + len(TABLE), len(NEW) + len(TABLE))
    (looked,), (verified,) = hall.noted("looked"), hall.noted("verified")
    assert (looked["there"], looked["known by"]) == (False, "esptool has compared the flash")
    assert verified["by"] == [
        "esptool has read the flash",
        "the board tells version 2.0.0",
        "the same unit answers",
    ]


async def test_what_is_there_already_is_not_written_and_nothing_is_begun(hall: ReflashHall) -> None:
    await hall.work_on(BOARD, options(hall))
    board = SimulatedEsp32(1)
    await hall.visit(board)
    written = board.rom.blocks_written
    assert outcome(await hall.visit(board)) == PASS
    assert board.rom.blocks_written == written
    assert [each["there"] for each in hall.noted("looked")] == [False, True]
    assert len(hall.intents()) == 1
    assert len(hall.noted("verified")) == 2


async def test_the_same_version_with_other_bytes_is_no_reason_to_skip(hall: ReflashHall) -> None:
    board = SimulatedEsp32(1)
    other = esp_image("2.0.0", RANDOM.randbytes(500))
    board.rom.flash[APP_AT : APP_AT + len(other)] = other
    await hall.work_on(BOARD, options(hall))
    assert outcome(await hall.visit(board)) == PASS
    assert board.rom.flash[APP_AT : APP_AT + len(NEW)] == NEW


async def test_a_blank_board_is_flashed_and_known_afterwards(hall: ReflashHall) -> None:
    await hall.work_on(BOARD, options(hall))
    ended = await hall.visit(SimulatedEsp32(3, faults=[esp32.BLANK]))
    assert (outcome(ended), ended.unit) == (PASS, "E0000003")
    assert hall.noted("does not answer")[0]["code"] in {"BOARD-SILENT", "ANSWER-BROKEN"}


async def test_a_recipe_may_want_no_blank_boards(hall: ReflashHall) -> None:
    await hall.work_on(BOARD, f"{options(hall)}\nblank = false")
    board = SimulatedEsp32(3, faults=[esp32.BLANK])
    assert (await hall.visit(board)).outcome is Outcome.FAIL
    assert hall.ends["identify"] == "BOARD-SILENT"
    assert board.rom.blocks_written == 0


@pytest.mark.parametrize(
    ("fault", "step", "expected"),
    [
        (esp32.OLD, "recheck", (Outcome.FAIL, "FIRMWARE-WRONG")),
        (esp32.ANOTHER, "recheck", (Outcome.FAIL, "UNIT-CHANGED")),
        (esp_rom.WORN, "flash", (Outcome.FAIL, "FLASH-WORN")),
    ],
)
async def test_what_is_wrong_after_a_flash_is_told(
    hall: ReflashHall, fault: str, step: str, expected: tuple[Outcome, str]
) -> None:
    await hall.work_on(BOARD, options(hall))
    assert outcome(await hall.visit(SimulatedEsp32(1, faults=[fault]))) == expected
    assert hall.ends[step] == expected[1]
    assert not hall.noted("verified")


async def test_another_chip_and_an_image_that_has_changed_are_refused(hall: ReflashHall) -> None:
    await hall.work_on(BOARD, options(hall))
    other = SimulatedEsp32(1, "esp32c3")
    assert outcome(await hall.visit(other)) == (Outcome.FAIL, "WRONG-PRODUCT")
    (hall.folder / "image 2.bin").write_bytes(b"another image")
    board = SimulatedEsp32(2)
    assert outcome(await hall.visit(board)) == (Outcome.ERROR, "IMAGE-WRONG")
    assert other.rom.blocks_written == board.rom.blocks_written == 0
    assert "flash" not in hall.steps


async def test_two_slots_are_flashed_at_once_though_adapters_share_a_number(
    hall: ReflashHall,
) -> None:
    await hall.work_on(BOARD, options(hall))
    boards = [SimulatedEsp32(number) for number in (1, 2)]
    for number, board in enumerate(boards, 1):
        hall.wiring.plug(f"usb-{number}", board)
    for slot in ("1", "2"):
        assert outcome(await hall.bystander.ended(slot)) == PASS
    assert [board.version for board in boards] == ["2.0.0", "2.0.0"]
    assert sorted(key.split(" ")[:2] for key, _ in hall.intents()) == [["0001", "1"], ["0001", "2"]]
    first = {each.slot: n for n, each in reversed([*enumerate(hall.bystander.of(Advanced))])}
    assert set(first) == {"1", "2"}


async def test_a_flash_that_is_stopped_is_told_and_mended_by_the_next_run(
    hall: ReflashHall,
) -> None:
    await hall.work_on(BOARD, options(hall))
    board = SimulatedEsp32(1)
    board.rom.block_s = 0.05
    hall.wiring.plug("usb-1", board)
    await hall.bystander.until(lambda e: isinstance(e, Advanced) and e.done > 2 * len(TABLE))
    board.rom.block_s = 30.0  # what is left would take longer than any busy machine needs
    await hall.engine.abort("1")
    assert outcome(await hall.bystander.ended("1")) == (Outcome.ABORTED, "STOPPED")
    assert board.version is None
    board.rom.block_s = 0.0
    await hall.engine.retry("1")
    again = await hall.bystander.ended("1", 2)
    assert (outcome(again), again.unit) == (PASS, "E0000001")
    assert board.version == "2.0.0"
    assert [done for _, done in hall.intents()] == [0, 1]


async def test_a_station_that_died_in_a_flash_says_so_at_the_next_try(tmp_path: Path) -> None:
    folder = tmp_path / "line"
    folder.mkdir()
    board = SimulatedEsp32(1)
    board.rom.flash[APP_AT : APP_AT + len(NEW)] = NEW[: len(NEW) // 2].ljust(len(NEW), b"\xff")
    await died_in_a_flash(folder, f"0001 1 {'0' * 16}")
    async with reflash_hall(folder) as hall:
        await hall.work_on(BOARD, options(hall))
        ended = await hall.visit(board)
        assert (outcome(ended), ended.unit) == (PASS, "E0000001")
        assert hall.noted("a flash was broken off") == [{"runs": [1]}]
        assert [done for _, done in hall.intents()] == [None, 1]
        assert await hall.record.open_intents() == ()
    assert board.version == "2.0.0"
