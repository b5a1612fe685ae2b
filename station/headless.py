"""The line without a screen: events as JSON lines or as sentences, a summary, an exit status."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from station.desk import Commands, Post
from station.faults import Bug, Fault, RecipeWrong, SocketUnknown
from station.model import (
    Appeared,
    Asked,
    Asking,
    Credentials,
    Event,
    Halted,
    Identified,
    LabelCame,
    Outcome,
    Prompted,
    Refused,
    RunBegan,
    RunEnded,
    StepEnded,
    Trouble,
)

logger = logging.getLogger(__name__)

Serve = Callable[[Post, Callable[[Commands], None]], Awaitable[None]]


ASKED = {
    Asking.MATCH: "scan the label of the unit",
    Asking.SCAN_BACK: "scan the label that was printed; or tell no, when it can't be read",
    Asking.LABEL_THERE: "scan the label if it came out; or tell no, when it did not",
}


class Exit(IntEnum):
    """The exit statuses of every command."""

    PASSED = 0
    NOT_PASSED = 1
    WRONG = 2
    """The command or the recipe is wrong."""
    UNABLE = 3
    """The station could not work."""


@dataclass(slots=True)
class Teller:
    """Writes events to `out` and counts units; `enough` is set when `units` of them have ended.

    A unit counts as its last run ended. What keeps the station from working also sets `enough`,
    and so does a reader of `out` that has gone.
    """

    out: TextIO
    as_json: bool
    record: Path
    units: int | None = None
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    unable: Trouble | None = None
    _ends: dict[str, bool] = field(default_factory=dict)
    _under_way: set[int] = field(default_factory=set)
    _gone: bool = False
    _began_s: float = field(default_factory=monotonic)

    @property
    def passed(self) -> int:
        return sum(self._ends.values())

    @property
    def failed(self) -> int:
        return len(self._ends) - self.passed

    def post(self, event: Event) -> None:
        """Tell one event."""
        match event:
            case RunBegan(run=run):
                self._under_way.add(run)
                self.idle.clear()
            case RunEnded():
                self._count(event)
            # a board in a foreign socket concerns nobody else
            case Refused(trouble) if trouble.code == SocketUnknown.code:
                complain(trouble)
            case Halted(trouble) | Refused(trouble):
                self._give_up(trouble)
            case _:
                pass
        self._write(as_data(event) if self.as_json else as_sentence(event))

    def summary(self) -> Exit:
        """Tell how it went and return the exit status."""
        seconds = monotonic() - self._began_s
        told = {
            "event": "summary",
            "units": len(self._ends),
            "passed": self.passed,
            "failed": self.failed,
            "seconds": round(seconds, 3),
            "record": str(self.record),
        }
        if self.as_json:
            self._write(told)
        else:
            self._write(
                f"{told['units']} units in {seconds:.1f} s: {self.passed} passed, "
                f"{self.failed} did not. Record: {self.record}"
            )
        return self._status()

    def _status(self) -> Exit:
        if self.unable:
            return Exit.WRONG if self.unable.code == RecipeWrong.code else Exit.UNABLE
        if self._gone:
            return Exit.UNABLE
        missing = self.units is not None and len(self._ends) < self.units
        return Exit.NOT_PASSED if self.failed or missing else Exit.PASSED

    def _count(self, ended: RunEnded) -> None:
        # a unit that never said who it is can't be known again
        self._ends[ended.unit or f"run {ended.run}"] = ended.outcome is Outcome.PASS
        self._under_way.discard(ended.run)
        if not self._under_way:
            self.idle.set()
        if self.units is not None and len(self._ends) >= self.units:
            self.enough.set()

    def _give_up(self, trouble: Trouble) -> None:
        if self.unable is None:
            self.unable = trouble
            complain(trouble)
        self.idle.set()
        self.enough.set()

    def _write(self, line: dict[str, Any] | str) -> None:
        text = _printable(line) if isinstance(line, str) else json.dumps(line, default=_plain)
        if not text or self._gone:
            return
        try:
            print(text, file=self.out, flush=True)
        except OSError:  # the reader has gone, or its disk is full: no fault of any unit's
            self._gone = True
            self.idle.set()
            self.enough.set()


async def work(
    serve: Serve,
    teller: Teller,
    sign_in: tuple[str, Path, int | None],
    also: Callable[[Event], None] = lambda event: None,
) -> Exit:
    """Run a line until the teller has had enough, and return the exit status.

    Runs that are under way by then still go on to their end, unless the station can't work.
    """
    given: asyncio.Future[Commands] = asyncio.get_running_loop().create_future()

    def post(event: Event) -> None:
        teller.post(event)
        also(event)

    async def shift() -> None:
        commands = await given
        operator, recipe, quantity = sign_in
        await commands.sign_in(Credentials(operator), recipe, quantity)
        await teller.enough.wait()
        await commands.sign_out()
        await teller.idle.wait()

    serving = asyncio.ensure_future(serve(post, given.set_result))
    working = asyncio.create_task(shift())
    try:
        await asyncio.wait([serving, working], return_when=asyncio.FIRST_COMPLETED)
    finally:
        working.cancel()
        serving.cancel()
        ends = await asyncio.gather(working, serving, return_exceptions=True)
        for ended in ends:
            if trouble := _trouble_of(ended):
                teller.post(Refused(trouble))
    return teller.summary()


def _trouble_of(ended: BaseException | None) -> Trouble | None:
    if isinstance(ended, Fault):
        return ended.trouble
    if isinstance(ended, Exception):
        logger.error("a bug, not a fault", exc_info=ended)
        return Bug(type(ended).__name__).trouble
    return None


def as_data(event: Event) -> dict[str, Any]:
    """Return an event as plain data: its name in snake case, the time, its fields."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(event).__name__).lower()
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"event": name, "at": at, **asdict(event)}


def as_sentence(event: Event) -> str:
    """Return an event as a line for a person; empty for those that only a screen shows."""
    match event:
        case Appeared(slot, port, kind):
            return f"slot {slot}: {kind or 'an unknown thing'} on {port.path}"
        case RunBegan(slot, run):
            return f"slot {slot}: run {run}"
        case Identified(slot, _, identity):
            return f"slot {slot}: {identity.model} {identity.serial}, firmware {identity.firmware}"
        case StepEnded(slot, _, step, outcome, _, seconds):
            return f"slot {slot}: {step} {outcome.value} ({seconds:.2f} s)"
        case Asked(slot, _, question):
            return f"slot {slot}: {ASKED[question.asking]} ({question.unit})"
        case LabelCame(slot, unit):
            return f"slot {slot}: the label of {unit} was printed"
        case Prompted(slot, _, trouble):
            return f"slot {slot}: {_words(trouble)}"
        case RunEnded(slot, _, outcome, unit, trouble):
            return f"slot {slot}: {outcome.value.upper()} {unit} {_words(trouble)}".rstrip()
        case _:
            return ""


def complain(trouble: Trouble) -> None:
    """Tell a trouble on standard error."""
    print(_printable(_words(trouble)), file=sys.stderr)  # noqa: T201 - this is what the command is for


def _words(trouble: Trouble | None) -> str:
    if trouble is None:
        return ""
    detail = f" ({trouble.detail})" if trouble.detail else ""
    return f"{trouble.code}: {trouble.says}{detail} {trouble.remedy}"


def _printable(text: str) -> str:
    """Keep what a board or a cloud said from steering the terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _plain(value: object) -> str:
    from pydantic import SecretStr

    if isinstance(value, SecretStr):
        return "•••"
    return str(value)
