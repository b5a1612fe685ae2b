"""^GFA's pictures: hexadecimal, with ZPL's letters for repetition."""

from __future__ import annotations

import re

from station.labels.zpl import number

Rows = tuple[tuple[bool, ...], ...]

_FEWER = "GHIJKLMNOPQRSTUVWXY"  # 1 to 19 times
_MORE = "ghijklmnopqrstuvwxyz"  # 20, 40, ... 400 times
_PIECE = re.compile(r"([G-Yg-z]*)([0-9A-Fa-f])|([,!:])")


def hexadecimal_rows(data: str) -> Rows:
    """Return the dots of ^GFA's data, True for black; nothing where they can't be read."""
    _, *given = data.split(",", 4)
    if len(given) < 4 or given[3].lstrip().startswith(":"):
        return ()
    bytes_in_row = number(tuple(given), 2, 0)
    digits = 2 * bytes_in_row
    if not digits or number(tuple(given), 1, 0) > 4_000_000:
        return ()
    rows = _rows(given[3], digits)[: number(tuple(given), 1, 0) // bytes_in_row]
    return tuple(tuple(bit == "1" for bit in f"{int(row, 16):0{4 * digits}b}") for row in rows)


def _rows(packed: str, digits: int) -> list[str]:
    """Unpack: a comma fills a row with white, an exclamation mark with black, a colon repeats it."""
    rows: list[str] = []
    row = ""
    for counts, digit, sign in _PIECE.findall(packed):
        if sign == ":":
            rows.append(rows[-1] if rows else "0" * digits)
        elif sign:
            rows.append(row.ljust(digits, "0" if sign == "," else "F"))
            row = ""
        else:
            row += digit * (sum(_times(each) for each in counts) or 1)
        while len(row) >= digits:
            rows.append(row[:digits])
            row = row[digits:]
    return rows


def _times(letter: str) -> int:
    return _FEWER.index(letter) + 1 if letter in _FEWER else 20 * (_MORE.index(letter) + 1)
