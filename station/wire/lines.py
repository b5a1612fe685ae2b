"""Text lines out of bytes that arrive cut anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE_BYTES = 8192
"""Longer than any answer of a modem (an AT host's buffer holds 4096 bytes)."""

# One line ending, however it is spelled. CR CR LF is what a Zephyr shell makes of a modem's CR LF.
_ONE_ENDING = (b"\r", b"\n", b"\r\n", b"\n\r", b"\r\r", b"\r\r\n")
_NEVER_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line's text and what ended it.

    `end` is a newline for every mix of CR and LF, or the mark that the line was cut at, or empty
    where a line was cut because it is longer than any line may be. `since` is the part of it that
    came after a mark was set in the middle of it; empty where none was.
    """

    text: str
    end: str = "\n"
    since: str = ""


class Lines:
    """Collects bytes and gives lines back; how the bytes were cut makes no difference.

    A blank line is a line too. Bytes that are not UTF-8 become replacement characters, control
    characters are dropped (a UART that wakes up sends NULs). `mark` is a pattern that ends a line
    as a newline does: a prompt. No more than `longest_bytes` are ever held back.
    """

    def __init__(self, mark: bytes = b"", longest_bytes: int = LONGEST_LINE_BYTES) -> None:
        self._end = re.compile(rb"[\r\n]" + (rb"|" + mark if mark else b""))
        self._longest_bytes = longest_bytes
        self._held = b""
        self._ending = b""
        self._marked = 0

    def mark(self) -> None:
        """Note how much of a line is here: what comes now may be the beginning of another one."""
        self._marked = len(self._held)

    def feed(self, data: bytes) -> Iterator[Line]:
        """Take `data` and yield each line as soon as the first byte of its ending is there."""
        self._held += data
        while True:
            self._drop_rest_of_ending()
            end = self._end.search(self._held)
            if end and end.end() <= self._longest_bytes + 1:
                yield self._cut(end.start(), end.group())
            elif len(self._held) > self._longest_bytes:
                yield self._cut(self._longest_bytes, b"")
            else:
                return

    def _cut(self, length: int, end: bytes) -> Line:
        text, self._held = self._held[:length], self._held[length + len(end) :]
        since, self._marked = text[self._marked :] if self._marked else b"", 0
        self._ending = end if end in _ONE_ENDING else b""
        mark = "\n" if self._ending else end.decode(errors="replace")
        return Line(_text(text), mark, _text(since))

    def _drop_rest_of_ending(self) -> None:
        while self._ending and self._held:
            ending = self._ending + self._held[:1]
            if ending not in _ONE_ENDING:
                self._ending = b""
                return
            self._ending, self._held = ending, self._held[1:]


def _text(line: bytes) -> str:
    return _NEVER_TEXT.sub("", line.decode(errors="replace"))
