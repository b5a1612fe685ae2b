"""ZPL as a row of commands, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The commands that change ^, ~ and the comma take one character, also one of these.
_COMMAND = re.compile(r"([\^~])(?:(C[CDT])(.)|([^\^~\s]{0,2})([^\^~]*))", re.DOTALL | re.IGNORECASE)
_LINE_ENDS = re.compile(r"[\r\n]+")
_HEX_PAIR = re.compile(rb"[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `name` with its prefix (`^FD`, `~HS`), and all that stands behind it.

    The name of ^A is two characters long; the font's is the first of `text`.
    """

    line: int
    name: str
    text: str

    @property
    def data(self) -> str:
        """The text as a printer takes it: without the ends of lines."""
        return _LINE_ENDS.sub("", self.text)

    @property
    def parameters(self) -> tuple[str, ...]:
        """What stands between commas."""
        return tuple(each.strip() for each in self.data.split(","))

    def __str__(self) -> str:
        return self.name + self.text


def commands(text: str) -> Iterator[Command]:
    """Read ZPL; what stands before the first command is passed over, as printers do."""
    line, read = 1, 0
    for found in _COMMAND.finditer(text):
        line += text.count("\n", read, found.start())
        read = found.start()
        prefix, *parts = found.groups("")
        code, rest = (parts[0] or parts[2]), (parts[1] or parts[3])
        if code[:1].upper() == "A":
            code, rest = code[:1], code[1:] + rest
        yield Command(line, prefix + code.upper(), rest)


def number(parameters: tuple[str, ...], place: int, default: int) -> int:
    """Return the parameter at `place` as a number, `default` when it is left out or is none."""
    given = parameters[place] if place < len(parameters) else ""
    return int(given) if given.lstrip("-").isdecimal() else default


def letter(parameters: tuple[str, ...], place: int, default: str) -> str:
    """Return the first character of the parameter at `place`, in upper case."""
    given = parameters[place] if place < len(parameters) else ""
    return given[:1].upper() or default


def unhexed(data: str, indicator: str) -> bytes:
    """Return field data with what ^FH writes in hexadecimal put in its place, as UTF-8."""
    if not indicator:
        return data.encode()
    first, *rest = data.encode().split(indicator.encode())
    found = bytearray(first)
    for piece in rest:
        if _HEX_PAIR.match(piece):
            found += bytes.fromhex(piece[:2].decode()) + piece[2:]
        else:
            found += indicator.encode() + piece
    return bytes(found)
