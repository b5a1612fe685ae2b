"""Cells of a CSV file that a spreadsheet will open: no text is run, and none is changed.

A text that a spreadsheet would take for a formula gets an apostrophe before it: the sign by which
spreadsheets themselves mark a text (OWASP, CSV injection). Excel looks past blanks and quotes, knows
the full-width forms of the signs, and where its language separates by semicolons it begins a new
cell after each one, quoted or not.
"""

from __future__ import annotations

import re

_UNSEEN = "[\\s\\0\"'\u200b-\u200f\u2060\ufeff]*"
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(f"{_UNSEEN}[{_SIGNS}]|[\\t\\r\\n]")
_LATER = re.compile(f"([;\\t\\r\\n]{_UNSEEN})(?=[{_SIGNS}])")

_NUMBER = re.compile(r"0\d+|\d{12,}|\d+(?:[.,]\d*)?[eE][+]?\d+|\d*[.,]\d+|\d+(?:[./:-]\d+){1,3}")
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ]?\d{1,4}", re.IGNORECASE
)


def inert(text: str) -> str:
    """Return `text` so that no spreadsheet runs any of it."""
    kept = _LATER.sub(r"\1'", text)
    return f"'{kept}" if _FORMULA.match(kept) else kept


def kept(text: str) -> str:
    """Return `text` so that a spreadsheet neither runs nor rewrites it.

    Excel would drop zeros in front, show an IMEI as 3.55E+14 and write that back, round what is longer
    than 15 digits, and make a date of the slot 1-4 and a number of the version 1.10.
    """
    safe = inert(text)
    if safe == text and (_NUMBER.fullmatch(text) or _MONTH.fullmatch(text)):
        return f"'{text}"
    return safe
