"""A CSV file as text: cells by the names of their columns, mistakes by row and column.

A header, a byte order mark and CRLF may be there or not. Nothing is guessed: a cell stays text, so
that zeros in front survive.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from station.faults import FileWrong

MISTAKES_TOLD = 20

T = TypeVar("T")
Cells = Mapping[str, str]


class CellWrong(ValueError):
    """A cell that is not what its column holds; `expected` says what that is, not what is there."""

    def __init__(self, column: str, expected: str) -> None:
        super().__init__(column, expected)
        self.column, self.expected = column, expected


def read(text: str, columns: tuple[str, ...], make: Callable[[Cells], T]) -> tuple[T, ...]:
    """Read each row of `text` with `make`, which raises CellWrong for what is not as it must be.

    Raises:
        FileWrong: with row and column of each mistake.

    """
    found, mistakes = sifted(text, columns, make)
    if mistakes:
        raise FileWrong(listed(mistakes))
    return tuple(each for _, each in found)


def sifted(
    text: str, columns: tuple[str, ...], make: Callable[[Cells], T]
) -> tuple[tuple[tuple[int, T], ...], tuple[str, ...]]:
    """Return the good rows of `text`, each with its number, and the mistakes of the others.

    Raises:
        FileWrong: it is no CSV at all.

    """
    found: list[tuple[int, T]] = []
    mistakes: list[str] = []
    for number, cells in _rows(text, columns):
        try:
            found.append((number, make(_named(cells, columns))))
        except CellWrong as wrong:
            where = f", column {wrong.column}" if wrong.column else ""
            mistakes.append(f"row {number}{where}: {wrong.expected}")
    return tuple(found), tuple(mistakes)


def listed(mistakes: Sequence[str]) -> str:
    """Return mistakes as one text, the first of them if they are many."""
    more = len(mistakes) - MISTAKES_TOLD
    told = "; ".join(mistakes[:MISTAKES_TOLD])
    return f"{told}; and {more} more" if more > 0 else told


def _rows(text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header, if there is one, with its columns in our order."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    places: list[int] | None = None
    first, number = True, 0
    try:
        for number, row in enumerate(reader, 1):
            cells = [cell.strip(" \t") for cell in row]
            if not any(cells):
                continue
            if first and (places := _header(cells, columns)):
                first = False
                continue
            first = False
            told = places and len(cells) > max(places)
            yield number, [cells[place] for place in places or ()] if told else cells
    except csv.Error as exc:
        raise FileWrong(f"row {number + 1}: not CSV: {exc}") from None


def _header(cells: list[str], columns: tuple[str, ...]) -> list[int] | None:
    names = [cell.casefold() for cell in cells]
    wanted = [column.casefold() for column in columns]
    return [names.index(name) for name in wanted] if set(wanted) <= set(names) else None


def _named(cells: list[str], columns: tuple[str, ...]) -> Cells:
    if len(cells) != len(columns):
        hint = ", separated by commas and not by semicolons" if ";" in "".join(cells) else ""
        expected = f"{len(columns)} cells ({','.join(columns)}){hint}, not {len(cells)}"
        raise CellWrong("", expected)
    return dict(zip(columns, cells, strict=True))


def shaped(column: str, text: str, shape: re.Pattern[str], expected: str) -> str:
    """Return `text` when it has this shape.

    Raises:
        CellWrong: it has not.

    """
    if not shape.fullmatch(text):
        raise CellWrong(column, expected)
    return text


def written(rows: Iterable[Sequence[str]], check: Callable[[str], object]) -> str:
    """Return `rows` as text that `check` has read.

    Raises:
        FileWrong: `check` says so.

    """
    text = text_of(rows, csv.QUOTE_MINIMAL)
    check(text)
    return text


def text_of(rows: Iterable[Sequence[str]], quoting: int) -> str:
    """Return `rows` as text with line feeds."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return file.getvalue()
