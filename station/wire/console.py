"""A Zephyr console as text: what is left when colours, redraws and log entries are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from station.wire.lines import LONGEST_LINE_BYTES, Line, Lines

# ECMA-48 control sequences, with a bound so that a broken one is not waited for without end.
_SEQUENCE = re.compile(rb"\x1b\[[0-?]{0,16}[ -/]{0,4}([@-~])")
_SEQUENCE_SO_FAR = re.compile(rb"\x1b(?:\[[0-?]{0,16}[ -/]{0,4})?\Z")
_LOG_ENTRY = re.compile(r"\[\d\d:\d\d:\d\d[.,\d]*\] ")


class Console:
    """Gives the lines of a console back without what its firmware mixes into them.

    A log entry can stand inside an answer (`CONFIG_LOG_MODE_IMMEDIATE`): it is taken out together
    with its own line ending, and the two halves of the answer are one line again. Erasing the
    display (`ESC [ J`), which a shell does before it logs, ends a line.
    """

    def __init__(self, prompt: bytes = b"") -> None:
        self._lines = Lines(prompt)
        self._sequence = b""
        self._half = ""

    def feed(self, data: bytes) -> Iterator[Line]:
        """Take `data` and yield the lines that are complete; a prompt is the end of its line."""
        for line in self._lines.feed(self._printed(data)):
            entry = _LOG_ENTRY.search(line.text)
            if entry and line.end == "\n":
                self._half = (self._half + line.text[: entry.start()])[-LONGEST_LINE_BYTES:]
                continue
            half, self._half = self._half, ""
            yield Line(half + line.text[: entry.start() if entry else None], line.end)

    def _printed(self, data: bytes) -> bytes:
        data = self._sequence + data
        so_far = _SEQUENCE_SO_FAR.search(data)
        self._sequence = so_far.group() if so_far else b""
        whole = data[: so_far.start()] if so_far else data
        return _SEQUENCE.sub(lambda match: b"\n" if match[1] == b"J" else b"", whole)
