"""What is looked for in the record, and what is found: a page at a time, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from station.model.nouns import Outcome

MOST_LETTERS = 200
"""No label's text is longer that names a unit, and a longer needle only takes time."""

_GAPS = str.maketrans("", "", ":-. \t\r\n\0")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def squeezed(text: str) -> str:
    """Return `text` as identities are compared: without gaps, in small letters (of ASCII)."""
    return text.translate(_GAPS).translate(_LOWER)[:MOST_LETTERS]


def midnight(day: date) -> str:
    """Return when `day` begins at this place, as the record writes times."""
    begin = datetime.combine(day, time()).astimezone()
    return begin.astimezone(UTC).isoformat(timespec="milliseconds")


def midnight_after(day: date) -> str:
    """Return when `day` ends at this place, as the record writes times."""
    return midnight(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `text` is any part of any identity; an empty filter lets all through.

    The filters speak of runs: a unit is found when one run of it fits them all. `since` and `until`
    are when it began, ISO 8601 in UTC, the second one excluded.
    """

    text: str = ""
    outcome: Outcome | None = None
    recipe: str = ""
    order: str = ""
    operator: str = ""
    slot: str = ""
    station: str = ""
    procedure: str = ""
    code: str = ""
    since: str = ""
    until: str = ""

    @property
    def needle(self) -> str:
        """The text as it is compared."""
        return squeezed(self.text)

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        named = (self.recipe, self.order, self.operator, self.slot, self.station, self.procedure)
        return bool(self.outcome or any(named) or self.code or self.since or self.until)


@dataclass(frozen=True, slots=True)
class FoundRun:
    """The newest run of a unit that fits; `outcome` is None while it goes on."""

    run: int
    began: str
    outcome: Outcome | None
    code: str
    seconds: float | None
    station: str
    slot: str
    operator: str
    order: str
    recipe: str
    procedure: str


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit that fits, or a run whose board never said who it is: then `unit` is None.

    `run` is None for a unit that was taken into the record by hand and never had one. `matched` is
    the identity in which the text was found, by name and value; empty where it is the serial.
    """

    unit: int | None
    serial: str
    kind: str
    model: str
    firmware: str
    last_seen: str
    matched: tuple[str, str]
    run: FoundRun | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the place of its last unit among those found by text, or its last run."""

    nth: int = 0
    began: str = ""
    run: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was found; `after` asks for the next page and is None on the last one."""

    units: tuple[FoundUnit, ...] = ()
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters may be set to: all that the record has of each, in order of the alphabet."""

    recipes: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
