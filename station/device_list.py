"""A line's scanned list of devices: names, one a line, or a CSV with a header. All cells stay text.

Read as scanners, editors and spreadsheets write it. What a spreadsheet has made of a serial is
named, not guessed back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from station.csv_text import CellWrong, listed
from station.faults import FileWrong
from station.model import Listed

NAME, SERIAL, LABEL = COLUMNS = ("name", "serial", "label")
MOST_BYTES = 64 * 1024 * 1024
"""A hundred times what ten thousand names need: a larger file is another one."""

_DELIMITERS = ",;\t"
_TOLD_DELIMITER = re.compile(r"sep=([,;\t])\r?\n?", re.IGNORECASE)  # Excel's own first line
_BROKEN = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029\ufffd]")
_ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d{2,}")
_NO_TEXT = "no text in UTF-8: save it as 'CSV UTF-8' or as 'Unicode text'"
_BLANKS = " \t\u00a0\ufeff"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that is not empty: its number in the file, and its cells without blanks around."""

    line: int
    cells: tuple[str, ...]


def read_list(path: Path) -> tuple[Listed, ...]:
    """Read a list of devices, in its order.

    A line is a name; or the first line holds the names of columns: `name`, and `serial` and `label`
    if they are there, in any order. UTF-8, or UTF-16 as spreadsheets write it; commas, semicolons
    or tabs; with or without a byte order mark.

    Raises:
        FileWrong: with the line of each mistake, and names and serials that are there twice.

    """
    try:
        return _devices(_text_of(path))
    except FileWrong as wrong:
        raise FileWrong(f"{path.name}: {wrong.detail}") from None


def _devices(text: str) -> tuple[Listed, ...]:
    rows = list(_rows(text))
    columns = _header(rows[0].cells) if rows else None
    if columns:
        del rows[0]
    mistakes: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    found: list[Listed] = []
    for row in rows:
        try:
            device = _device(row.cells, columns or (NAME,))
            _note(device, row.line, seen)
            found.append(device)
        except CellWrong as wrong:
            where = f", column {wrong.column}" if wrong.column else ""
            mistakes.append(f"line {row.line}{where}: {wrong.expected}")
    if mistakes:
        raise FileWrong(listed(mistakes))
    if not found:
        raise FileWrong("there is no name in it")
    return tuple(found)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise FileWrong(exc.strerror or type(exc).__name__) from None
    if len(data) > MOST_BYTES:
        raise FileWrong(f"more than {MOST_BYTES} bytes, this is no list of devices")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise FileWrong(f"line {line}: {_NO_TEXT}") from None
    if "\0" in text:  # UTF-16 that does not say so, or no text at all
        raise FileWrong(_NO_TEXT)
    return text


def _rows(text: str) -> Iterator[_Row]:
    told = _TOLD_DELIMITER.match(text)
    rest = text[told.end() :] if told else text
    delimiter = told[1] if told else _delimiter(rest)
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True)
    before, line = (1, 2) if told else (0, 1)
    try:
        for row in reader:
            cells = tuple(cell.strip(_BLANKS) for cell in row)
            while cells and not cells[-1]:  # spreadsheets write empty columns
                cells = cells[:-1]
            if cells:
                yield _Row(line, cells)
            line = before + reader.line_num + 1
    except csv.Error as exc:
        raise FileWrong(f"line {line}: not CSV: {exc}") from None


def _delimiter(text: str) -> str:
    """Return what separates the header's columns; a comma when there is none to tell by."""
    head = next((line for line in text.splitlines() if line.strip(_BLANKS + _DELIMITERS)), "")
    for delimiter in _DELIMITERS:
        cells = [cell.strip(_BLANKS + '"').casefold() for cell in head.split(delimiter)]
        if len(cells) > 1 and NAME in cells:
            return delimiter
    return ","


def _header(cells: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the columns in the file's order, None when the first line is a device already."""
    names = tuple(cell.casefold() for cell in cells)
    if NAME not in names:
        return None
    for name in names:
        if name not in COLUMNS:
            known = ", ".join(COLUMNS)
            raise FileWrong(f"the header's column {name[:40]!r} is none of {known}: take it out")
        if names.count(name) > 1:
            raise FileWrong(f"the header has the column {name!r} twice")
    return names


def _device(cells: tuple[str, ...], columns: tuple[str, ...]) -> Listed:
    if len(cells) > len(columns):
        expected = f"{len(columns)} cells, not {len(cells)}"
        if columns == (NAME,):
            expected = "more than a name: such a list begins with the line name,serial,label"
        raise CellWrong("", expected)
    told = dict(zip(columns, cells, strict=False))
    for column, cell in told.items():
        _check(column, cell)
    if columns == (NAME,) and any(each in told[NAME] for each in ";\t"):
        raise CellWrong("", "more than a name: such a list begins with the line name;serial;label")
    if not told.get(NAME):
        raise CellWrong(NAME, "it is empty")
    return Listed(told[NAME], told.get(SERIAL, ""), told.get(LABEL, ""))


def _check(column: str, cell: str) -> None:
    if _BROKEN.search(cell):
        raise CellWrong(column, "it holds a line break or another character that can't be seen")
    if cell.startswith("="):
        raise CellWrong(column, "a spreadsheet's formula, not a text")
    if column != LABEL and _ROUNDED.fullmatch(cell):
        raise CellWrong(column, "a spreadsheet has rounded it: make its column text, enter it anew")


def _note(device: Listed, line: int, seen: dict[tuple[str, str], int]) -> None:
    """Remember where a device stands.

    Raises:
        CellWrong: another one has its name or its serial.

    """
    for column, cell in ((NAME, device.name), (SERIAL, device.serial)):
        if cell and (first := seen.setdefault((column, cell), line)) != line:
            raise CellWrong(column, f"the same as in line {first}")
