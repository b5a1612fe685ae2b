"""GS1 element strings: what a code says by application identifiers.

GS1 General Specifications: 3.2 for the identifiers, 7.8 for how they are strung together.
"""

from __future__ import annotations

import re

GROUP = "\x1d"

SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
"""What a scanner that tells the symbology writes before a GS1 code (ISO/IEC 15424)."""

_DIGITS_OF_AI = {
    2: "00 01 02 03 04 10 11 12 13 15 16 17 20 21 22 30 37 90 91 92 93 94 95 96 97 98 99",
    3: "23 24 25 40 41 42 71",
    4: "31 32 33 34 35 36 39 43 70 72 80 81 82",
}
_AI_LENGTH = {pair: digits for digits, pairs in _DIGITS_OF_AI.items() for pair in pairs.split()}
# The identifiers whose values end without a separator, with the lengths of their values.
_FIXED = {
    "00": 18,
    **dict.fromkeys(("01", "02", "03"), 14),
    "04": 16,
    "20": 2,
    "41": 13,
    **dict.fromkeys((f"{n}" for n in range(11, 20)), 6),
    **dict.fromkeys((f"{n}" for n in range(31, 37)), 6),
}
_MOST_LETTERS = 90
_IN_BRACKETS = re.compile(r"\((\d{2,4})\)([^()]+)")


def elements(text: str) -> dict[str, str]:
    """Return the values by their identifiers; empty for a text that is no element string.

    Takes them as scanners send them, and as they stand below a code, with brackets.
    """
    bracketed = _IN_BRACKETS.findall(text)
    if bracketed and "".join(f"({ai}){value}" for ai, value in bracketed) == text:
        found = dict(bracketed)
    else:
        found = _strung(text.removeprefix(GROUP))
    return found if _has_true_numbers(found) else {}


def _strung(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    while text:
        digits = _AI_LENGTH.get(text[:2], 0)
        ai, rest = text[:digits], text[digits:]
        if not digits or not (ai.isascii() and ai.isdecimal()) or ai in found:
            return {}
        fixed = _FIXED.get(ai[:2])
        value = rest[:fixed] if fixed else rest.split(GROUP, 1)[0]
        text = rest[len(value) :].removeprefix(GROUP)
        if not 0 < len(value) <= _MOST_LETTERS or (fixed and len(value) != fixed):
            return {}
        found[ai] = value
    return found


def _has_true_numbers(found: dict[str, str]) -> bool:
    numbers = [found[ai] for ai in ("00", "01", "02") if ai in found]
    return all(map(_is_checked, numbers))


def _is_checked(number: str) -> bool:
    """Tell whether the last digit is the check of the others (7.9)."""
    if not (number.isascii() and number.isdecimal()):
        return False
    weighted = (int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(reversed(number)))
    return sum(weighted) % 10 == 0
