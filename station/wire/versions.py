"""Versions as boards and clouds write them: numbers between dots, and now and then more."""

from __future__ import annotations

import re

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")


def version_numbers(text: str) -> tuple[int, ...]:
    """Return the first numbers between dots in `text`: (0, 6, 2) for "0.6.2-rc1", () for none."""
    found = _NUMBERS.search(text)
    return tuple(map(int, found.group().split("."))) if found else ()


def is_older(version: str, least: str) -> bool:
    """Return whether `version` comes before `least`; "1.5" is "1.5.0", and nothing precedes ""."""
    have, want = version_numbers(version), version_numbers(least)
    width = max(len(have), len(want))
    return _padded(have, width) < _padded(want, width)


def _padded(numbers: tuple[int, ...], width: int) -> tuple[int, ...]:
    return numbers + (0,) * (width - len(numbers))
