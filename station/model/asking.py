"""What a run may ask of whoever stands before it: data, so that it works without a screen too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Asking(StrEnum):
    """What is asked for."""

    MATCH = "match"
    """The label on the unit is scanned: is it this unit's?"""
    SCAN_BACK = "scan back"
    """The label that was just printed is scanned: can it be read, and is it this unit's?"""
    LABEL_THERE = "label there"
    """Nobody knows whether the label came out: it is scanned, or told that there is none (no)."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the operator; a scan answers each, `by_word` also a plain yes or no.

    `unit` is the serial number of the unit that it is about, `mistakes` how often it was answered
    wrongly.
    """

    asking: Asking
    unit: str
    by_word: bool = False
    mistakes: int = 0


@dataclass(frozen=True, slots=True)
class OrderOffer:
    """A work order that an engineer has set up: a recipe and how many units of it."""

    name: str
    recipe: str
    quantity: int | None
