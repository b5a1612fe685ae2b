"""Attestation tokens in what a board logs while it boots; nothing is ever asked.

Firmware shows a token in one of four ways: after the words of a log entry, in an entry of its own,
or on a line of its own inside an entry, framed by dashes or by blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from station.wire import attestation
from station.wire.console import Printed
from station.wire.lines import Lines

_ENTRY = re.compile(r"\[(\d\d):(\d\d):(\d\d)[.,\d]*\] ")
_LAST_RUN = re.compile(r"[A-Za-z0-9_.-]+\Z")
_BEGINS = "2dn3hQFQ"

# What interrupts an entry was logged at the same moment; a token is shown again after a minute at
# the soonest, or after a restart that sets the clock back.
_EARLIER_AT_MOST_S, _LATER_AT_MOST_S = 1, 2


@dataclass(frozen=True, slots=True)
class _Half:
    text: str
    at_s: int | None
    """The time stamp of the entry it began in, in seconds since the board started."""


class BootLog:
    """Finds tokens, whole or interrupted by other log entries, but never one made of two.

    A token that is cut off goes on only after entries that stand on that line and on whole lines
    of their own, all of them logged at that moment. A blank line, a banner, or anything else shows
    that the rest is lost.
    """

    def __init__(self) -> None:
        self._printed = Printed()
        self._lines = Lines()
        self._half = _Half("", None)
        self._now_s: int | None = None

    def feed(self, data: bytes) -> Iterator[str]:
        """Take bytes, cut anywhere, and yield each token as soon as its line is complete."""
        for line in self._lines.feed(self._printed.feed(data)):
            yield from self._tokens(line.text)

    def _tokens(self, line: str) -> Iterator[str]:
        first, *rest = _pieces(line)
        whole = self._half.text + first.text
        if found := attestation.find(first.text) or _joined(whole):
            yield found
        if rest:
            self._cut(_Half(whole, self._half.at_s if self._half.text else self._now_s))
        else:
            self._cut(_Half("", None))
        for number, piece in enumerate(rest, 1):
            self._interrupted_at(piece.at_s)
            if found := attestation.find(piece.text):
                yield found
            if number < len(rest) and _beginning(piece.text):
                self._cut(piece)

    def _cut(self, half: _Half) -> None:
        self._half = _Half(_beginning(half.text), half.at_s)

    def _interrupted_at(self, at_s: int | None) -> None:
        self._now_s = at_s
        began_s = self._half.at_s
        if (
            at_s is None
            or began_s is None
            or not (-_EARLIER_AT_MOST_S <= at_s - began_s <= _LATER_AT_MOST_S)
        ):
            self._half = _Half("", None)


def _pieces(line: str) -> list[_Half]:
    """Return what stands before the first log entry in a line, and the text of each entry."""
    entries = list(_ENTRY.finditer(line))
    ends = [entry.start() for entry in entries[1:]] + [len(line)]
    before = _Half(line[: entries[0].start()] if entries else line, None)
    return [
        before,
        *(
            _Half(line[entry.end() : end], _seconds(entry))
            for entry, end in zip(entries, ends, strict=False)
        ),
    ]


def _seconds(entry: re.Match[str]) -> int:
    hours, minutes, seconds = map(int, entry.groups())
    return (hours * 60 + minutes) * 60 + seconds


def _joined(text: str) -> str | None:
    found = attestation.find(text)
    return found if found == text.strip() else None  # nothing but a token goes on with one


def _beginning(text: str) -> str:
    """Return the beginning of a token that `text` ends with, empty when it ends otherwise."""
    run = _LAST_RUN.search(text)
    beginning = run.group() if run else ""
    is_one = beginning.startswith(_BEGINS) or _BEGINS.startswith(beginning)
    return beginning if is_one and len(beginning) < attestation.LENGTH else ""
