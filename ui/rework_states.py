"""What the Rework page may be about, and what may bar an action."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from station.model import ReworkAction
from ui.card import Card


class State(StrEnum):
    """What the page is about now."""

    STARTING = "starting"
    SIGNED_OUT = "signed out"
    FORBIDDEN = "forbidden"
    EMPTY = "empty"
    READING = "reading"
    UNKNOWN = "unknown"
    """Nobody knows what was scanned."""
    SEVERAL = "several"
    OPEN = "open"


class Bar(StrEnum):
    """Why an action can't be done now."""

    NONE = "none"
    READ_ONLY = "read only"
    HALTED = "halted"
    SCRAPPED = "scrapped"
    RECIPE = "recipe"
    """What the recipe says is wrong, or something that it needs is missing."""
    NO_CASE = "no case"
    BUSY = "busy"
    WHICH = "which"
    """Several boards wait and none has said who it is: the slot must be chosen."""
    NOT_SEEN = "not seen"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where the unit sits; `sure` once the board there has said that it is this unit."""

    slot: str
    card: Card
    sure: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """An action on the unit that is open, and what bars it."""

    action: ReworkAction
    bar: Bar
