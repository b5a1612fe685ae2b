"""Which kind of board is seen in what is plugged in: by the recipe's word first, then by its marks."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from station import cli_line, recipes, registry
from station.boards import KnownByRecipe, catalogue
from station.boards.nrf91_marks import MARKS
from station.boards.scripted_port import ADAPTERS
from station.links.memory import pair
from station.model import (
    Appeared,
    Attached,
    Attachment,
    Change,
    Detached,
    Medium,
    Outcome,
    Port,
    RunEnded,
)
from station.registry import Equipment
from station.settings import Settings
from station.simulation.scripted import SimulatedConsole
from tests.by_hand import Hall, open_hall

CP2102 = Attachment((Port("/dev/ttyUSB0", 0x10C4, 0xEA60, "0001", "usb-1", 0),))
CH340 = Attachment((Port("/dev/ttyUSB1", 0x1A86, 0x7523, "", "usb-1", 0),))
DK = Attachment(
    (
        Port("/dev/ttyACM0", 0x1366, 0x1059, "001051216197", "usb-1", 0),
        Port("/dev/ttyACM1", 0x1366, 0x1059, "001051216197", "usb-1", 2),
    )
)
UNO = Attachment((Port("/dev/ttyACM2", 0x2341, 0x1002, "A1", "usb-1", 0),))
STRANGE = Attachment((Port("/dev/ttyACM3", 0xDEAD, 0xBEEF, "", "usb-1", 0),))

SCRIPT = """\
recipe = 1
name = "Sensor"
procedure = "claim"
[board]
kind = "esp_console"
keys = { token = "token" }
{marks}
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
timeout_s = 3
"""
TRACKER = SCRIPT.partition("[board]")[0] + '[board]\nkind = "nrf91"\n[cloud]\nkind = "nrf_cloud"\n'


def equipment(marks: str = "", text: str = SCRIPT) -> Equipment:
    """Return all of an equipment that detection looks at."""
    recipe = recipes.check(
        text.replace("{marks}", marks).replace("{http}", "https://127.0.0.1"),
        "r.toml",
        registry.shapes(),
    )
    board = registry.boards()[recipe.board]
    return Equipment(recipe, registry.procedures()[recipe.procedure], board, None)  # type: ignore[arg-type]


# Which kind fits


def test_a_board_with_marks_that_kinds_know_is_one_kinds_alone() -> None:
    marks = [Port("p", mark.vid or 0x2FE3, 0x1234, mark.serial + "0001") for mark in MARKS]
    marks += [Port("p", *ids) for each in catalogue.BOARDS for ids in each.ids]
    assert len(marks) > 40
    for port in marks:
        kinds = [n for n, kind in registry.boards().items() if kind.port(Attachment((port,)))]
        assert len(kinds) <= 1, port


def test_each_kind_with_a_console_takes_adapters_at_its_recipes_word() -> None:
    kinds = [kind for kind in registry.boards().values() if issubclass(kind, KnownByRecipe)]
    assert kinds
    options = equipment().recipe.board_options
    for kind, mark in itertools.product(kinds, sorted(ADAPTERS)):
        vid, pid = (int(half, 16) for half in mark.split(":"))
        there = Attachment((Port("/dev/ttyUSB0", vid, pid),))
        assert registry.detect(there) == ("scripted", there.ports[0])
        assert kind.port_of(there, options) == there.ports[0]
        assert (kind.port(there) is None) == (kind.name != "scripted")


@pytest.mark.parametrize(
    ("marks", "there", "seen"),
    [
        ("", CP2102, "esp_console"),
        ("", CH340, "esp_console"),
        ("", STRANGE, None),
        ("", DK, "nrf91"),
        ("", UNO, "arduino"),
        ('marks = ["10c4:ea60"]', CP2102, "esp_console"),
        ('marks = ["10c4:ea60"]', CH340, "scripted"),
        ('marks = ["10c4:ea60"]', STRANGE, None),
        ('marks = ["dead:beef"]', STRANGE, "esp_console"),
        ('marks = ["2341:1002"]', UNO, "esp_console"),
        ('marks = ["2341:1002"]', DK, "nrf91"),
    ],
)
def test_the_recipes_marks_come_before_those_of_kinds_that_know_their_products(
    marks: str, there: Attachment, seen: str | None
) -> None:
    found = registry.fitting(equipment(marks), there)
    assert found == ((seen, there.ports[0]) if seen else None)


@pytest.mark.parametrize("there", [CP2102, STRANGE, UNO, DK])
def test_a_kind_that_knows_its_marks_is_detected_as_ever(there: Attachment) -> None:
    assert registry.fitting(equipment(text=TRACKER), there) == registry.detect(there)


@pytest.mark.parametrize(
    ("more", "path"), [("", "/dev/ttyACM0"), ("interface = 2", "/dev/ttyACM1")]
)
def test_one_of_several_ports_is_the_console(more: str, path: str) -> None:
    turned = Attachment(tuple(reversed(DK.ports)))
    found = registry.fitting(equipment(f'marks = ["1366:1059"]\n{more}'), turned)
    assert found
    assert (found[0], found[1].path) == ("esp_console", path)


def test_what_is_on_the_air_or_in_a_boot_loader_has_no_console() -> None:
    for medium in (Medium.BLUETOOTH, Medium.USB):
        there = Attachment((replace(CP2102.ports[0], medium=medium),))
        assert registry.fitting(equipment(), there) is None


@pytest.mark.parametrize("named", [CP2102.ports[0], CH340.ports[0], Port("/dev/pts/3")])
def test_a_port_that_is_given_by_its_name_is_the_recipes_whatever_its_marks(
    named: Port, tmp_path: Path
) -> None:
    line = cli_line.line_of(tmp_path, Settings(), (named.path,), "esp_console")
    made = equipment('marks = ["10c4:ea60"]')
    found = registry.fitting(made, Attachment((named,)), line.detect)
    assert found == ("esp_console", named)
    assert registry.fitting(made, UNO, line.detect) == ("arduino", UNO.ports[0])


# On a line


@dataclass
class Consoles:
    """A `Wiring` with consoles, plugged in by the test."""

    board: SimulatedConsole

    def __post_init__(self) -> None:
        self.news: asyncio.Queue[Change] = asyncio.Queue()
        self.opened: list[Port] = []
        self._lives: list[asyncio.Task[bool]] = []

    async def changes(self) -> AsyncIterator[Change]:
        while True:
            yield await self.news.get()

    async def open(self, port: Port, line: Any) -> Any:
        here, there = pair()
        self.opened.append(port)
        self._lives.append(asyncio.create_task(self.board.run(there)))
        return here

    async def close(self) -> None:
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    hall = await open_hall(tmp_path / "line", text=SCRIPT.replace("{marks}", ""))
    yield hall
    await hall.close()


@pytest.fixture
async def consoles(hall: Hall) -> AsyncIterator[Consoles]:
    """Boards that tell their serial number; `claim` goes no further than to ask for a proof."""
    made = Consoles(SimulatedConsole(5))
    hall.wiring.open = made.open  # type: ignore[method-assign]
    yield made
    await made.close()


def write(hall: Hall, marks: str) -> None:
    text = SCRIPT.replace("{marks}", marks).replace("{http}", hall.cloud.address)
    hall.recipe.write_text(text)


async def seen(hall: Hall, there: Attachment) -> RunEnded:
    before = len(hall.bystander.of(RunEnded))
    hall.wiring._news.put_nowait(Attached(there))
    return await hall.bystander.ended(count=before + 1)


def appeared(hall: Hall) -> list[tuple[str, str]]:
    return [(each.port.path, each.kind) for each in hall.bystander.of(Appeared)]


async def test_a_board_that_was_there_before_the_recipe_is_seen_anew_at_sign_in(
    hall: Hall, consoles: Consoles
) -> None:
    hall.wiring._news.put_nowait(Attached(CP2102))
    await hall.bystander.until(lambda event: isinstance(event, Appeared))
    assert appeared(hall) == [("/dev/ttyUSB0", "scripted")]

    await hall.sign_in()
    ended = await hall.bystander.ended()

    assert appeared(hall) == [("/dev/ttyUSB0", "scripted"), ("/dev/ttyUSB0", "esp_console")]
    assert (ended.unit, ended.trouble and ended.trouble.code) == ("E0000005", "NOT-CLAIMABLE")
    assert consoles.opened == [CP2102.ports[0]]


async def test_a_board_that_comes_after_the_recipe_appears_once_and_as_its_kind(
    hall: Hall, consoles: Consoles
) -> None:
    await hall.sign_in()
    assert (await seen(hall, CP2102)).unit == "E0000005"
    assert appeared(hall) == [("/dev/ttyUSB0", "esp_console")]


@pytest.mark.parametrize(
    ("there", "kind"), [(CH340, "scripted"), (STRANGE, ""), (UNO, "arduino"), (DK, "nrf91")]
)
async def test_other_marks_than_the_recipes_are_another_product(
    hall: Hall, consoles: Consoles, there: Attachment, kind: str
) -> None:
    write(hall, 'marks = ["10c4:ea60"]')
    await hall.sign_in()
    ended = await seen(hall, there)
    assert ended.outcome is Outcome.FAIL
    assert ended.trouble
    assert ended.trouble.code == "WRONG-PRODUCT"
    assert ended.trouble.detail == f"{kind or 'unknown'}, not esp_console"
    assert appeared(hall) == [(there.ports[0].path, kind)]
    assert consoles.opened == []


async def test_another_recipe_sees_the_same_board_as_another_thing(
    hall: Hall, consoles: Consoles
) -> None:
    write(hall, 'marks = ["dead:beef"]')
    await hall.sign_in()
    first = await seen(hall, CP2102)
    assert first.trouble
    assert first.trouble.code == "WRONG-PRODUCT"

    write(hall, "")
    await hall.sign_in()
    await hall.engine.retry("1")
    assert (await hall.bystander.ended(count=2)).unit == "E0000005"
    assert appeared(hall) == [("/dev/ttyUSB0", "scripted"), ("/dev/ttyUSB0", "esp_console")]


async def test_a_board_without_marks_stays_what_it_was_taken_for(
    hall: Hall, consoles: Consoles
) -> None:
    """A boot loader may bear no marks at all; what it belongs to was seen before."""
    await hall.sign_in()
    place = hall.engine._slots.fixture.called("1")
    assert place
    assert (await seen(hall, CP2102)).unit == "E0000005"
    place.expect()
    hall.wiring._news.put_nowait(Detached(CP2102))
    hall.wiring._news.put_nowait(Attached(STRANGE))
    while place.attachment != STRANGE:
        await place.changes()
    place.expect_no_more()

    await hall.engine.retry("1")
    ended = await hall.bystander.ended(count=2)
    assert (ended.unit, place.kind) == ("E0000005", "esp_console")
    assert consoles.opened[-1] == STRANGE.ports[0]
