"""What a technician does to a unit that came back: cases, codes, actions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from station.model.nouns import Trouble
from station.model.people import Approval


@dataclass(frozen=True, slots=True)
class RepairCode:
    """A code of the factory's own list and what it says, such as ("F10", "no radio")."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class RepairCodes:
    """The lists that a technician chooses from, and how often a unit may be reworked."""

    reasons: tuple[RepairCode, ...]
    """Why it came back."""
    faults: tuple[RepairCode, ...]
    """What was found."""
    actions: tuple[RepairCode, ...]
    """What was done."""
    limit: int
    """How many cases a unit may have before an engineer must approve of the next."""


class CaseEnd(StrEnum):
    """How a case ended."""

    SHIPPED = "shipped"
    """Repaired, or nothing was wrong: it goes out again."""
    SCRAPPED = "scrapped"


@dataclass(frozen=True, slots=True)
class ReworkAction:
    """Something that can be done with a unit: a procedure by a recipe.

    `key` names it within the recipe ("" is the recipe's own procedure, else a table
    `[rework.KEY]`); `kind` is the kind of board that it is for, `erases` tells that it takes
    something off the unit. `trouble` says why it can't be used.
    """

    title: str
    recipe: Path
    key: str
    procedure: str
    kind: str
    erases: bool = False
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class ReworkOrder:
    """One action on the unit in `slot`, for the open case of that unit.

    `unit` is the record's number of the unit that is meant, None when it is not known yet: the
    board in the slot must be that one, else nothing is done to it. `again` has the story do anew
    what was done already (provision again), with `approval`.
    """

    slot: str
    recipe: Path
    key: str
    unit: int | None = None
    again: bool = False
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that nobody knows and that is taken into the record by hand."""

    kind: str
    serial: str
    ids: tuple[tuple[str, str], ...]
    reason: str
