"""TOML that people write: read strictly, and every mistake named by file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)

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


@dataclass(frozen=True, slots=True)
class TomlText:
    """A text and the name of its file."""

    file: str
    text: str

    def read(self, model: type[M]) -> M:
        """Return what the text says, as `model` wants it.

        Raises:
            TextWrong: it is not TOML, or not what the model wants.

        """
        try:
            return model.model_validate(self._tables())
        except ValidationError as exc:
            raise TextWrong(self.mistakes(exc)) from None

    def mistake(self, path: Sequence[str], expected: str) -> Mistake:
        """Name a mistake at the key that `path` leads to."""
        return Mistake(self.file, self._line_of(path), ".".join(path), expected)

    def mistakes(self, error: ValidationError, below: tuple[str, ...] = ()) -> list[Mistake]:
        """Name each mistake that pydantic found in the table at `below`; values are not told."""
        return [
            self.mistake((*below, *(str(part) for part in each["loc"])), _expected(each))
            for each in error.errors(include_url=False, include_input=False)
        ]

    def _tables(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as exc:
            found = re.search(r"line (\d+)", str(exc))
            line = int(found[1]) if found else self.text.count("\n") + 1
            raise TextWrong([Mistake(self.file, line, "", str(exc))]) from None

    def _line_of(self, path: Sequence[str]) -> int:
        lines = _lines(self.text)
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
