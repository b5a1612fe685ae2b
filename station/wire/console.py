"""A Zephyr console as text: what is left when colours, redraws and log entries are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from station.wire.lines import LONGEST_LINE_BYTES, Line, Lines

# ECMA-48 control sequences, with a bound so that a broken one is not waited for without end.
_SEQUENCE = re.compile(rb"\x1b\[[0-?]{0,16}[ -/]{0,4}([@-~])")
_SEQUENCE_SO_FAR = re.compile(rb"\x1b(?:\[[0-?]{0,16}[ -/]{0,4})?\Z")
_LOG_ENTRY = re.compile(r"\[\d\d:\d\d:\d\d[.,\d]*\] ")


class Printed:
    """Takes colours and redraws out of a stream of bytes, cut anywhere.

    Erasing the display (`ESC [ J`), which a shell does before it logs, ends a line.
    """

    def __init__(self) -> None:
        self._sequence = b""

    def feed(self, data: bytes) -> bytes:
        """Take `data` and return what of it is text."""
        data = self._sequence + data
        so_far = _SEQUENCE_SO_FAR.search(data)
        self._sequence = so_far.group() if so_far else b""
        whole = data[: so_far.start()] if so_far else data
        return _SEQUENCE.sub(lambda match: b"\n" if match[1] == b"J" else b"", whole)


class Console:
    """Gives the lines of a console back without what its firmware mixes into them.

    A log entry can stand inside an answer (`CONFIG_LOG_MODE_IMMEDIATE`): it is taken out together
    with its own line ending, and the two halves of the answer are one line again.
    """

    def __init__(self, prompt: bytes = b"") -> None:
        self._printed = Printed()
        self._lines = Lines(prompt)
        self._half = ""

    def mark(self) -> None:
        """Note that a question goes out: a line that was begun before may never be finished.

        A restart leaves such a beginning. `Line.since` is what came after it.
        """
        self._lines.mark()

    def feed(self, data: bytes) -> Iterator[Line]:
        """Take `data` and yield the lines that are complete; a prompt is the end of its line."""
        for line in self._lines.feed(self._printed.feed(data)):
            entry = _LOG_ENTRY.search(line.text)
            if entry and line.end == "\n":
                self._half = (self._half + line.text[: entry.start()])[-LONGEST_LINE_BYTES:]
                if line.since and not _LOG_ENTRY.search(line.since):
                    yield Line("", since=line.since)
                continue
            half, self._half = self._half, ""
            text = line.text[: entry.start() if entry else None]
            yield Line(half + text, line.end, line.since)
