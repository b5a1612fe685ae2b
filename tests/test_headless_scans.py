"""A shift without a screen, by scanner: each line of standard input is a scan."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from station.desk import Commands
from station.headless_scans import Scans
from station.model import Answered, Asked, Asking, Event, Outcome, Question, RunEnded
from station.scans import Act, Command
from tests.by_hand import RECIPE
from tests.label_hall import LABELS
from tests.station_program import begun, simulated


class Heard:
    """Commands that are only noted."""

    def __init__(self) -> None:
        self.given: list[tuple[Any, ...]] = []
        self.more = asyncio.Event()

    def _note(self, *what: Any) -> None:
        self.given.append(what)
        self.more.set()

    async def answer(self, slot: str, *, text: str = "", yes: bool | None = None) -> None:
        self._note("answer", slot, text if yes is None else yes)

    async def retry(self, slot: str) -> None:
        self._note("retry", slot)

    async def abort(self, slot: str) -> None:
        self._note("abort", slot)

    async def sign_out(self) -> None:
        self._note("sign out")


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    os.close(ends[1])


async def scanned(pipe: tuple[int, int], events: list[Event], *lines: str, gives: int = 1) -> Heard:
    """Return what was given after `events` were told and `lines` scanned."""
    heard, scans = Heard(), Scans(pipe[0])

    async def serve(post: Any, give: Any) -> None:
        give(cast(Commands, heard))
        for event in events:
            post(event)
        os.write(pipe[1], "".join(f"{each}\n" for each in lines).encode())
        while len(heard.given) < gives:
            heard.more.clear()
            await heard.more.wait()

    await scans.beside(serve)(lambda event: None, lambda commands: None)
    return heard


def asked(slot: str) -> Asked:
    return Asked(slot, 1, Question(Asking.MATCH, "SN-1"))


async def test_a_scan_answers_whoever_has_asked_longest(pipe: tuple[int, int]) -> None:
    heard = await scanned(pipe, [asked("2"), asked("1")], "SN-1")
    assert heard.given == [("answer", "2", "SN-1")]


async def test_what_was_answered_asks_no_more(pipe: tuple[int, int]) -> None:
    ended = RunEnded("2", 1, Outcome.PASS, "", None, 1.0)
    heard = await scanned(pipe, [asked("1"), asked("2"), Answered("1", 1), ended, asked("3")], "A1")
    assert heard.given == [("answer", "3", "A1")]


async def test_a_slot_is_chosen_for_one_scan(pipe: tuple[int, int]) -> None:
    lines = (Command(Act.SLOT, 2).text, "SN-9", "SN-1")
    heard = await scanned(pipe, [asked("1"), asked("2")], *lines, gives=2)
    assert heard.given == [("answer", "2", "SN-9"), ("answer", "1", "SN-1")]


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (Act.YES, ("answer", "1", True)),
        (Act.NO, ("answer", "1", False)),
        (Act.RETRY, ("retry", "1")),
        (Act.STOP, ("abort", "1")),
        (Act.SIGN_OUT, ("sign out",)),
    ],
)
async def test_a_command_is_carried_out(
    pipe: tuple[int, int], act: Act, given: tuple[Any, ...]
) -> None:
    heard = await scanned(pipe, [asked("1")], Command(act).text)
    assert heard.given == [given]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_unit_is_matched_labelled_and_scanned_back(tmp_path: Path) -> None:
    recipe, folder = tmp_path / "tracker.toml", tmp_path / "line"
    folder.mkdir()
    (tmp_path / "label.zpl").write_text((LABELS / "tracker.zpl").read_text("utf-8"), "utf-8")
    table = '[label]\ntemplate = "label.zpl"\nprinter = "it"\nmatch = true\nscan_back = true\n'
    with (
        simulated("cloud", "nrf") as (cloud,),
        simulated("printer", "--folder", str(tmp_path)) as (printer,),
        simulated("board", "nrf91") as (board,),
    ):
        recipe.write_text(RECIPE.format(http=cloud["http"]) + table, "utf-8")
        (folder / "station.toml").write_text(
            f'[[printers]]\nname = "it"\naddress = "{printer["printer"]}"\n'
        )
        told = ("run", "--recipe", str(recipe), "--port", board["port"], "--units", "1")
        more = {"STATION_SECRET_NRF_CLOUD": cloud["api_key"]}
        with begun(*told, "--scans", "--json", folder=folder, more=more) as process:
            assert process.stdin
            assert process.stdout
            said = []
            for line in process.stdout:
                said.append(json.loads(line))
                if said[-1]["event"] == "asked":
                    is_match = said[-1]["question"]["asking"] == Asking.MATCH
                    name = "imei" if is_match else "uuid"
                    process.stdin.write(board["identity"][name] + "\n")
                    process.stdin.flush()
            process.wait()
    assert process.returncode == 0
    asked_for = [each["question"]["asking"] for each in said if each["event"] == "asked"]
    assert asked_for == ["match", "scan back"]
    assert [each["event"] for each in said].count("label_came") == 1
    assert said[-1]["passed"] == 1
    assert "scanned" not in {each["event"] for each in said}
    assert len(list(tmp_path.glob("*.png"))) == 1
