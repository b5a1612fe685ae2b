"""The line without a screen: events as JSON lines or as sentences, a summary, an exit status."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from pydantic import SecretStr

from station.desk import Commands, Post
from station.faults import Fault
from station.model import (
    Appeared,
    Event,
    Halted,
    Identified,
    Outcome,
    Refused,
    RunBegan,
    RunEnded,
    StepEnded,
    Trouble,
)

Serve = Callable[[Post, Callable[[Commands], None]], Awaitable[None]]


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
    """Writes events to `out` and counts runs; `enough` is set when `units` of them have ended."""

    out: TextIO
    as_json: bool
    record: Path
    units: int | None = None
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    passed: int = 0
    failed: int = 0
    unable: Trouble | None = None
    _began_s: float = field(default_factory=monotonic)

    def post(self, event: Event) -> None:
        """Tell one event."""
        match event:
            case RunEnded(outcome=Outcome.PASS):
                self.passed += 1
            case RunEnded():
                self.failed += 1
            case Halted(trouble) | Refused(trouble):
                self.unable = trouble
                self.enough.set()
            case _:
                pass
        self._write(as_data(event) if self.as_json else as_sentence(event))
        if self.units is not None and self.passed + self.failed >= self.units:
            self.enough.set()

    def summary(self) -> Exit:
        """Tell how it went and return the exit status."""
        seconds = monotonic() - self._began_s
        told = {
            "event": "summary",
            "units": self.passed + self.failed,
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
        if self.unable:
            return Exit.UNABLE
        return Exit.NOT_PASSED if self.failed else Exit.PASSED

    def _write(self, line: dict[str, Any] | str) -> None:
        text = line if isinstance(line, str) else json.dumps(line, default=_plain)
        if text:
            print(text, file=self.out, flush=True)


async def work(
    serve: Serve,
    teller: Teller,
    sign_in: tuple[str, Path, int | None],
    also: Callable[[Event], None] = lambda event: None,
) -> Exit:
    """Run a line until the teller has had enough, or it can't work; return the exit status."""
    given: asyncio.Future[Commands] = asyncio.get_running_loop().create_future()

    def post(event: Event) -> None:
        teller.post(event)
        also(event)

    serving = asyncio.ensure_future(serve(post, given.set_result))
    enough = asyncio.create_task(teller.enough.wait())
    try:
        both: set[asyncio.Future[Any]] = {serving, given}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if given.done():
            await given.result().sign_in(*sign_in)
            await asyncio.wait([serving, enough], return_when=asyncio.FIRST_COMPLETED)
    finally:
        enough.cancel()
        serving.cancel()
        (ended,) = await asyncio.gather(serving, return_exceptions=True)
    if isinstance(ended, Fault):
        teller.post(Refused(ended.trouble))
    elif isinstance(ended, Exception):
        raise ended
    return teller.summary()


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
        case RunEnded(slot, _, outcome, unit, trouble):
            return f"slot {slot}: {outcome.value.upper()} {unit} {_words(trouble)}".rstrip()
        case Halted(trouble) | Refused(trouble):
            return _words(trouble)
        case _:
            return ""


def complain(trouble: Trouble) -> None:
    """Tell a trouble on standard error."""
    print(_words(trouble), file=sys.stderr)  # noqa: T201 - this is what the command is for


def _words(trouble: Trouble | None) -> str:
    if trouble is None:
        return ""
    detail = f" ({trouble.detail})" if trouble.detail else ""
    return f"{trouble.code}: {trouble.says}{detail} {trouble.remedy}"


def _plain(value: object) -> str:
    if isinstance(value, SecretStr):
        return "•••"
    return str(value)
