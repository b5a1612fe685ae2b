"""AT commands through a Zephyr shell, whose command `at` passes them on to the modem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from station.wire.at import Heard, NotFound, Prompt, Refused, Said, result_in
from station.wire.console import Console

AT_COMMAND = "at"
"""The shell command that passes its argument on to the modem (CONFIG_AT_SHELL)."""

# Zephyr's UART shell and Nordic's Modem Shell. A prompt ends with a space and no newline.
_PROMPT = rb"(?:uart|mosh):~\$ "
_NOT_FOUND = re.compile(r"(.+): command not found")
_NOT_SENT = re.compile(r"Sending AT command failed with error code (-?\d{1,10})")
_WORD = re.compile(r"[^\s'\"\\]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WRITES_CREDENTIAL = "AT%CMNG=0"


def quoted(word: str) -> str:
    r"""Return `word` so that a Zephyr shell takes it as one argument and leaves it as it is.

    In single quotes the shell still reads `\'`, `\0oo` and `\xhh` (make_argv in shell_utils.c), so
    a backslash is spelled as `\x5c`.
    """
    if _WORD.fullmatch(word):
        return word
    return f"'{_escaped(word)}'"


class AtShell:
    """A Zephyr shell with the command `at`: echo, prompt, colours, and log entries between."""

    prompts: ClassVar[bool] = True
    max_bytes: ClassVar[int | None] = None

    def __init__(self) -> None:
        self._console = Console(_PROMPT)

    def encode(self, command: str) -> bytes:
        r"""As `Dialect.encode`; no line break survives a shell, which takes it for Enter.

        In a credential it is spelled as `\n`, which the firmware turns into CR LF
        (CONFIG_AT_SHELL_UNESCAPE_LF).
        """
        lines = _LINE_BREAK.split(command) if command.startswith(_WRITES_CREDENTIAL) else [command]
        if not all(map(str.isprintable, lines)):
            raise ValueError("a shell command must not hold a line break or a control character")
        if len(lines) == 1:
            return self.encode_line(f"{AT_COMMAND} {quoted(command)}")
        escaped = r"\n".join(map(_escaped, lines))
        return self.encode_line(f"{AT_COMMAND} '{escaped}'")

    def encode_line(self, line: str) -> bytes:
        """Return the bytes that type `line`, a shell command in words, and Enter."""
        return f"{line}\r\n".encode("ascii")

    def mark(self) -> None:
        """As `Dialect.mark`."""
        self._console.mark()

    def feed(self, data: bytes) -> Iterator[Heard]:
        """As `Dialect.feed`."""
        for line in self._console.feed(data):
            text, since = line.text.strip(), line.since.strip()
            if text or since:
                yield _heard(text, since)
            if line.end not in {"", "\n"}:
                yield Prompt()


def _escaped(word: str) -> str:
    return word.replace("\\", r"\x5c").replace("'", r"\'")


def _heard(text: str, since: str) -> Heard:
    if unknown := _NOT_FOUND.fullmatch(text):
        return NotFound(unknown[1])
    if failed := _NOT_SENT.fullmatch(text):
        return Refused("shell", int(failed[1]))
    return result_in(text) or result_in(since) or Said(text, since)
