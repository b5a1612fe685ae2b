"""What a console says, as lines: answers, and the log entries that its firmware mixes into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from station.wire.console import Printed
from station.wire.lines import Lines

LONGEST_LINE_BYTES: Final = 2048
WINDOW: Final = 4096
"""So many characters, the newest, are searched: a pattern's search time must have a bound."""

# Zephyr's "[00:00:01.234,567] <inf> " and ESP-IDF's "I (1234) tag: "
_ENTRY: Final = re.compile(r"\[\d\d:\d\d:\d\d[.,\d]*\] |[EWIDV] \(\d{1,10}\) [^\s:]{1,40}: ")
# ECMA-48's two-byte sequences; a Zephyr shell writes ESC E where its echo reaches the margin
_TWO_BYTES: Final = re.compile(rb"\x1b[@-Z\\-_=>78]")

_PROMPT_ENDS: Final = ">$#%"


@dataclass(frozen=True, slots=True)
class Said:
    """One line. `end` is a line end or the prompt; `is_log` for an entry of the firmware's log."""

    text: str
    end: str = "\n"
    is_log: bool = False


class Reader:
    """Gives a console's lines back without colours and redraws; how bytes were cut is no matter.

    A log entry in the middle of an answer is taken out with its line end: the answer is one line.
    """

    def __init__(self, prompt: str) -> None:
        self._prompt = prompt.encode()
        self._printed = Printed()
        self.begin()

    def begin(self) -> None:
        """Drop what was begun: what comes from now on belongs to another line."""
        self._lines = Lines(
            b"(?:" + self._prompt + b")" if self._prompt else b"", LONGEST_LINE_BYTES
        )
        self._half = ""

    def feed(self, data: bytes) -> Iterator[Said]:
        """Take `data` and yield the lines that are complete."""
        for line in self._lines.feed(_TWO_BYTES.sub(b"", self._printed.feed(data))):
            *_, begins = (-1, *(entry.start() for entry in _ENTRY.finditer(line.text)))
            if line.end == "\n" and (begins > 0 or (begins == 0 and self._half)):
                self._half = (self._half + line.text[:begins])[-LONGEST_LINE_BYTES:]
                yield Said(line.text[begins:], is_log=True)
                continue
            text, self._half = self._half + line.text, ""
            yield Said(text, line.end, is_log=_ENTRY.match(text) is not None)


class Transcript:
    """What came since a line was sent, with the echo of it taken out.

    With `needs_echo` there is nothing to be found before the echo has come, whole. What comes
    before an echo belongs to something else.
    """

    def __init__(self, sent: str, *, needs_echo: bool) -> None:
        self._sent = sent.strip()
        self._is_echoed = False
        self._needs_echo = needs_echo and bool(self._sent)
        self._answer = ""
        self._log = ""

    @property
    def lacks_echo(self) -> bool:
        """Whether there is still no echo where there must be one."""
        return self._needs_echo and not self._is_echoed

    def take(self, said: Said) -> None:
        """Add a line."""
        text = said.text.strip()
        if said.is_log:
            self._log = (self._log + said.text + "\n")[-WINDOW:]
        elif self._is_echo(text):
            self._is_echoed = True
            self._answer = self._log = ""
        elif not self._is_half_echo(text):
            self._answer = (self._answer + said.text + said.end)[-WINDOW:]

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return where `pattern` is found: in what was answered, or in the log."""
        if self.lacks_echo:
            return None
        return pattern.search(self._answer) or pattern.search(self._log)

    def _is_echo(self, text: str) -> bool:
        if not self._sent or self._is_echoed or not text.endswith(self._sent):
            return False
        before = text.removesuffix(self._sent).rstrip()
        return not before or before[-1] in _PROMPT_ENDS

    def _is_half_echo(self, text: str) -> bool:
        """Tell whether a line editor has drawn the beginning of the echo, and will draw it again."""
        return len(text) > 1 and not self._is_echoed and self._sent.startswith(text)
