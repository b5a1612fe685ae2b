"""TOML that people write: read strictly, and every mistake named by file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

_TABLE = re.compile(r"^\s*\[\[?\s*(?P<name>[^\]]+?)\s*\]\]?")
_KEY = re.compile(r"""^\s*(?P<name>[A-Za-z0-9_."'-]+)\s*=""")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where a text is wrong, and what was expected there. `line` counts from 1."""

    file: str
    line: int
    key: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key or 'the text'}: {self.expected}"


class TextWrong(ValueError):
    """A text with mistakes, at least one."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


def parse(text: str, file: str) -> dict[str, Any]:
    """Return the tables of `text`.

    Raises:
        TextWrong: it is not TOML.

    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        found = re.search(r"line (\d+)", str(exc))
        line = int(found[1]) if found else text.count("\n") + 1
        raise TextWrong([Mistake(file, line, "", str(exc))]) from None


def mistakes_of(
    error: ValidationError, text: str, file: str, below: tuple[str, ...] = ()
) -> list[Mistake]:
    """Name each mistake that pydantic found in the table at `below`; values are not repeated."""
    found = []
    for each in error.errors(include_url=False, include_input=False):
        path = (*below, *(str(part) for part in each["loc"]))
        found.append(Mistake(file, line_of(text, path), ".".join(path), _expected(each)))
    return found


def line_of(text: str, path: Sequence[str]) -> int:
    """Return the line of a key, or of the nearest table above it that the text holds."""
    lines = _lines(text)
    for length in range(len(path), 0, -1):
        if line := lines.get(".".join(path[:length])):
            return line
    return 1


def _expected(each: Any) -> str:
    if each["type"] == "extra_forbidden":
        return "no such key"
    if each["type"] == "missing":
        return "is missing"
    return str(each["msg"]).removeprefix("Value error, ")


def _lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    table, counts = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            table = head["name"].replace('"', "").replace("'", "")
            if line.lstrip().startswith("[["):
                counts[table] = counts.get(table, -1) + 1
                lines.setdefault(table, number)
                table = f"{table}.{counts[table]}"
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key["name"].replace('"', "").replace("'", "")
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines
