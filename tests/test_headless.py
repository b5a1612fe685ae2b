"""The line without a screen, in this process: what is told where, and when it has had enough."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from station.desk import Commands, Post
from station.faults import (
    BoardSilent,
    Fault,
    KeyRefused,
    NameMissing,
    RecipeWrong,
    RecordInUse,
    SocketUnknown,
)
from station.headless import Exit, Teller, as_data, work
from station.model import (
    Claim,
    Claimed,
    Credentials,
    Event,
    Halted,
    LampTurned,
    Outcome,
    Refused,
    RunBegan,
    RunEnded,
    ShiftEnded,
)
from tests.ui.fakes import FakeEngine

SIGN_IN = ("Ann", Path("r.toml"), None)


class ScriptedLine(FakeEngine):
    """An engine that only says what it was told to say, once somebody has signed in."""

    def __init__(self, *said: Event | Exception) -> None:
        super().__init__()
        self._said = said
        self.signed_out = asyncio.Event()

    async def sign_in(
        self, who: Credentials, recipe: Path | None, quantity: int | None, order: str = ""
    ) -> None:
        for each in self._said:
            if isinstance(each, Exception):
                raise each
            self._post(each)

    async def sign_out(self) -> None:
        await super().sign_out()
        self.signed_out.set()


def teller(
    units: int | None = None, *, as_json: bool = True, out: io.StringIO | None = None
) -> Teller:
    return Teller(out if out is not None else io.StringIO(), as_json, Path("record.db"), units)


def said(by: Teller) -> list[str]:
    assert isinstance(by.out, io.StringIO)
    return by.out.getvalue().splitlines()


def began(run: int) -> RunBegan:
    return RunBegan("1", run, "Tracker", ("one",))


def ended(
    run: int, unit: str, outcome: Outcome = Outcome.PASS, why: Fault | None = None
) -> RunEnded:
    return RunEnded("1", run, outcome, unit, why.trouble if why else None, 0.5)


async def test_it_ends_when_the_units_have_ended() -> None:
    line, told = ScriptedLine(began(1), ended(1, "A"), began(2), ended(2, "B")), teller(2)
    assert await work(line.serve, told, SIGN_IN) is Exit.PASSED
    summary = json.loads(said(told)[-1])
    assert (summary["units"], summary["passed"], summary["failed"]) == (2, 2, 0)


async def test_runs_that_are_under_way_go_on_to_their_end() -> None:
    line, told = ScriptedLine(began(1), began(2), ended(1, "A")), teller(1)
    working = asyncio.create_task(work(line.serve, told, SIGN_IN))
    await line.signed_out.wait()
    assert not working.done()
    told.post(ended(2, "B"))
    assert await working is Exit.PASSED
    assert json.loads(said(told)[-1])["units"] == 2


async def test_a_unit_counts_as_its_last_run_ended() -> None:
    silent = ended(3, "", Outcome.FAIL, BoardSilent())
    line = ScriptedLine(ended(1, "A", Outcome.FAIL), ended(2, "A"), silent)
    told = teller(2)
    assert await work(line.serve, told, SIGN_IN) is Exit.NOT_PASSED
    assert (told.passed, told.failed) == (1, 1)


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (Halted(KeyRefused().trouble), Exit.UNABLE),
        (Refused(NameMissing().trouble), Exit.UNABLE),
        (Refused(RecipeWrong("r.toml:3: x").trouble), Exit.WRONG),
        (RecordInUse("there"), Exit.UNABLE),
        (RuntimeError("a bug"), Exit.UNABLE),
    ],
)
async def test_what_keeps_the_station_from_working_ends_it(
    event: Event | Exception,
    status: Exit,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = teller(1)
    assert await work(ScriptedLine(began(1), event).serve, told, SIGN_IN) is status
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "a bug" not in err
    assert json.loads(said(told)[-1])["event"] == "summary"


async def test_an_engine_that_can_not_begin_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    async def serve(post: Post, give: Callable[[Commands], None]) -> None:
        raise RecordInUse("record.db")

    told = teller()
    assert await work(serve, told, SIGN_IN) is Exit.UNABLE
    assert [json.loads(line)["event"] for line in said(told)] == ["refused", "summary"]
    assert capsys.readouterr().err.startswith("RECORD-IN-USE: ")


async def test_a_board_in_a_foreign_socket_stops_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    line = ScriptedLine(Refused(SocketUnknown("1-9").trouble), began(1), ended(1, "A"))
    assert await work(line.serve, teller(1), SIGN_IN) is Exit.PASSED
    assert "SOCKET-UNKNOWN" in capsys.readouterr().err


async def test_less_than_was_asked_for_is_not_passed() -> None:
    told = teller(2)
    told.post(ended(1, "A"))
    assert told.summary() is Exit.NOT_PASSED


async def test_an_output_that_breaks_ends_the_line_and_no_unit() -> None:
    class Full(io.StringIO):
        def write(self, text: str, /) -> int:
            raise OSError(28, "No space left on device")

    told = teller(out=Full())
    assert await work(ScriptedLine(began(1), ended(1, "A")).serve, told, SIGN_IN) is Exit.UNABLE
    assert told.passed == 1


def test_an_event_is_plain_data_without_its_secrets() -> None:
    claim = Claim("c", "d", write=(("password", SecretStr("hush")),))
    told = teller()
    told.post(Claimed("1", 1, claim))
    (line,) = said(told)
    assert "hush" not in line
    assert list(json.loads(line))[:2] == ["event", "at"]
    assert as_data(LampTurned("cloud", Outcome.PASS))["event"] == "lamp_turned"  # type: ignore[arg-type]


def test_a_person_reads_sentences_and_no_escape_sequences() -> None:
    told = teller(as_json=False)
    told.post(ended(1, "351\x1b[31m", Outcome.FAIL, BoardSilent("no\nanswer")))
    told.post(ShiftEnded())
    (line,) = said(told)
    assert line.startswith("slot 1: FAIL 351\ufffd[31m BOARD-SILENT: The board does not answer.")
