"""TOML that people write: read strictly, and every mistake named by file, line and key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from station.toml_lines import Keys, lines_of

M = TypeVar("M", bound=BaseModel)


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


def read_text(path: Path) -> str:
    """Return the text of `path` without a byte order mark, line ends as LF.

    Raises:
        TextWrong: it is not UTF-8.
        OSError: it can't be read.

    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise TextWrong([Mistake(path.name, line, "", "is not UTF-8")]) from None
    return text.replace("\r\n", "\n")


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
            return strictly(model, self.tables())
        except ValidationError as exc:
            raise TextWrong(self.mistakes(exc)) from None

    def tables(self) -> dict[str, Any]:
        """Return what the text says.

        Raises:
            TextWrong: it is not TOML.

        """
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as exc:
            found = re.search(r"line (\d+)", str(exc))
            line = int(found[1]) if found else self.text.count("\n") + 1
            raise TextWrong([Mistake(self.file, line, "", str(exc))]) from None
        except (ValueError, RecursionError):  # a number of thousands of digits, or such a nest
            raise TextWrong([Mistake(self.file, 1, "", "is beyond all measure")]) from None

    def mistake(self, path: Keys, expected: str) -> Mistake:
        """Name a mistake at the key that `path` leads to."""
        return Mistake(self.file, self._line_of(path), ".".join(path), expected)

    def mistakes(self, error: ValidationError, below: Keys = ()) -> list[Mistake]:
        """Name each mistake that pydantic found in the table at `below`; values are not told."""
        return [
            self.mistake((*below, *(str(part) for part in each["loc"])), _expected(each))
            for each in error.errors(include_url=False, include_input=False)
        ]

    def _line_of(self, path: Keys) -> int:
        lines = lines_of(self.text)
        found = (lines.get(path[:length]) for length in range(len(path), 0, -1))
        return next((line for line in found if line), 1)


def strictly(model: type[M], told: dict[str, Any]) -> M:
    """Return `told` as `model`, with no guess at what a value of another type may mean.

    Raises:
        ValidationError: it is not what the model wants.

    """
    # as JSON, because pydantic's strictness takes arrays for tuples only there
    text = json.dumps(told, default=lambda moment: moment.isoformat())
    return model.model_validate_json(text, strict=True)


def _expected(each: Any) -> str:
    if each["type"] == "extra_forbidden":
        return "no such key"
    if each["type"] == "missing":
        return "is missing"
    return str(each["msg"]).removeprefix("Value error, ")
