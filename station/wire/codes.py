"""Codes out of a serial scanner's bytes: one a line, ended by CR, LF or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

MOST_BYTES = 8192
"""Longer than the longest code: a QR code holds 7089 digits."""

_END = re.compile(rb"[\r\n]")
_FRAME = "\x02\x03"
"""STX and ETX, which scanners can be set to put around a code."""
_SEPARATORS = frozenset("\x04\x1c\x1d\x1e\x1f")
"""EOT, FS, GS, RS and US: parts of codes of GS1 and ANSI MH10.8."""
_CONTROLS = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))


class Spoilt(StrEnum):
    """Why what came is no code."""

    TOO_LONG = "too long"
    GARBLED = "garbled"
    """No text in the scanner's encoding, or control characters that no code holds."""


class Codes:
    """Collects bytes and gives codes back; how the bytes were cut makes no difference.

    A line without an end is not a code: `forget` drops it. No more than `most_bytes` are ever held.
    """

    def __init__(self, encoding: str = "utf-8", most_bytes: int = MOST_BYTES) -> None:
        self._encoding = encoding
        self._most_bytes = most_bytes
        self._held = b""
        self._drowns = False

    @property
    def holds(self) -> bool:
        """Whether a line has begun and not ended."""
        return bool(self._held) or self._drowns

    def feed(self, data: bytes) -> Iterator[str | Spoilt]:
        """Take `data` and yield what has ended with it, and `TOO_LONG` at the end of what is that."""
        *ended, rest = _END.split(self._held + data)
        for line in ended:
            yield from self._code(line)
            self._drowns = False
        self._held = rest
        if len(rest) > self._most_bytes:
            self._held, self._drowns = b"", True

    def forget(self) -> None:
        """Drop what has begun: its end is not going to come."""
        self._held, self._drowns = b"", False

    def _code(self, line: bytes) -> Iterator[str | Spoilt]:
        if self._drowns or len(line) > self._most_bytes:
            yield Spoilt.TOO_LONG
            return
        try:
            text = line.decode(self._encoding).strip(_FRAME)
        except UnicodeDecodeError:
            yield Spoilt.GARBLED
            return
        if not _CONTROLS.isdisjoint(text) and not _CONTROLS & set(text) <= _SEPARATORS:
            yield Spoilt.GARBLED
        elif text:
            yield text
