"""AT commands and their results, spoken plainly (an "AT host").

A decoder says what each line is, not which question it answers: log entries, notifications and
what other programs typed come between, so who asked matches answers by their shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from station.wire.console import Console

_REFUSED = re.compile(r"ERROR|\+(CM[ES]) ERROR: ?(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Said:
    """A line that is no final result: a part of an answer, an echo, a notification, or noise.

    `since` is what of it came after the question, where it had been begun before: a whole line by
    itself if a restart had cut off the one before it.
    """

    text: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The final result `OK`."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A final result that means no; `number` is None where the board gave no reason.

    `by` is `CME` (the equipment), `CMS` (messages), `shell` (the modem could not be asked: a
    negative errno), or empty for a bare `ERROR`.
    """

    by: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A shell waits for a command."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """A shell does not know `command`."""

    command: str


Heard = Said | Done | Refused | Prompt | NotFound


class Dialect(Protocol):
    """One way to speak AT.

    `prompts` tells whether a prompt follows each answer; `max_bytes` is what a command may be
    long, its line ending included, None where that differs between boards.
    """

    prompts: ClassVar[bool]
    max_bytes: ClassVar[int | None]

    def encode(self, command: str) -> bytes:
        """Return the bytes that make the board carry out `command`, line ending included.

        Raises:
            ValueError: `command` would not reach the modem as it is.

        """
        ...

    def mark(self) -> None:
        """Note that a question goes out now."""

    def feed(self, data: bytes) -> Iterator[Heard]:
        """Take bytes, cut anywhere, and yield what was heard in them."""
        ...


def result_in(line: str) -> Done | Refused | None:
    """Return the final result that `line` is, None when it is none."""
    if line == "OK":
        return Done()
    refused = _REFUSED.fullmatch(line)
    if refused is None:
        return None
    return Refused(refused[1] or "", int(refused[2]) if refused[2] else None)


class AtHost:
    """The AT host of nRF Connect SDK: no echo, no prompt.

    Its line ending is CR by default; it drops the LF that follows as a blank command.
    """

    prompts: ClassVar[bool] = False
    max_bytes: ClassVar[int | None] = 4096

    def __init__(self) -> None:
        self._console = Console()

    def encode(self, command: str) -> bytes:
        """As `Dialect.encode`; inside double quotes a line break is a part of the command."""
        outside_quotes = "".join(command.split('"')[::2])
        if not re.sub(r"[\r\n]", "", command).isprintable() or re.search(r"[\r\n]", outside_quotes):
            raise ValueError("an AT command must not hold a line break or a control character")
        return f"{command}\r\n".encode("ascii")

    def mark(self) -> None:
        """As `Dialect.mark`."""
        self._console.mark()

    def feed(self, data: bytes) -> Iterator[Heard]:
        """As `Dialect.feed`."""
        for line in self._console.feed(data):
            text, since = line.text.strip(), line.since.strip()
            if text or since:
                yield result_in(text) or result_in(since) or Said(text, since)
