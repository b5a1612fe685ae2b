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


def quoted(word: str) -> str:
    r"""Return `word` so that a Zephyr shell takes it as one argument and leaves it as it is.

    In single quotes the shell still reads `\'`, `\0oo` and `\xhh` (make_argv in shell_utils.c), so
    a backslash is spelled as `\x5c`.
    """
    if _WORD.fullmatch(word):
        return word
    return "'" + word.replace("\\", r"\x5c").replace("'", r"\'") + "'"


class AtShell:
    """A Zephyr shell with the command `at`: echo, prompt, colours, and log entries between."""

    prompts: ClassVar[bool] = True

    def __init__(self) -> None:
        self._console = Console(_PROMPT)

    def encode(self, command: str) -> bytes:
        """As `Dialect.encode`; no line break survives a shell, which takes it for Enter."""
        if not command.isprintable():
            raise ValueError("a shell command must not hold a line break or a control character")
        return f"{AT_COMMAND} {quoted(command)}\r\n".encode("ascii")

    def feed(self, data: bytes) -> Iterator[Heard]:
        """As `Dialect.feed`."""
        for line in self._console.feed(data):
            if text := line.text.strip():
                yield _heard(text)
            if line.end not in {"", "\n"}:
                yield Prompt()


def _heard(text: str) -> Heard:
    if unknown := _NOT_FOUND.fullmatch(text):
        return NotFound(unknown[1])
    if failed := _NOT_SENT.fullmatch(text):
        return Refused("shell", int(failed[1]))
    return result_in(text) or Said(text)
