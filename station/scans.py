"""What a scanned text means: a command, a badge, a work order, a unit's label, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256

from station.model import Identity, Reading
from station.wire import gs1

SHEET_SLOTS = 16

# Letters that stand in the same place on American, German and French keyboards, and that no
# keyboard writes in another way: a command is heard from a scanner that is set to a wrong country.
_LETTERS = "BCDEFGHJKLNOPRSTUVX"
_BEGIN = "CNTRL"
_CHECK_LETTERS = 6
_LIKE_A_COMMAND = re.compile(f"{_BEGIN}[A-Z]{{{2 + _CHECK_LETTERS}}}")

LEAST_LETTERS = 4
"""A shorter text is no label."""
LEAST_WITHIN = 6
"""A shorter part of a longer label may be there by chance: it names no unit."""

USUAL = Reading()

_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_MORE = re.compile(r"[\s{}\[\]\"'?&=;,|/]")
_GAPS = re.compile(r"[-:.\s]")
_PARTS = re.compile(r"[0-9A-Za-z][0-9A-Za-z:._-]*")
_PAIR = re.compile(r"[0-9A-Fa-f]{2}")
_NAMES_UNIT = ("21", "8004", "8003", "8006")
"""Identifiers of GS1 that tell one thing from another: serial, GIAI, GRAI, ITIP."""


class Act(StrEnum):
    """What a command barcode asks for."""

    RETRY = "retry"
    STOP = "stop"
    PRINT_AGAIN = "print again"
    NEXT_ORDER = "next order"
    YES = "yes"
    NO = "no"
    SIGN_OUT = "sign out"
    SLOT = "slot"
    """Selects a slot, by its place in the fixture."""


_BODIES = {
    Act.RETRY: "RT",
    Act.STOP: "ST",
    Act.PRINT_AGAIN: "PR",
    Act.NEXT_ORDER: "NX",
    Act.YES: "XX",
    Act.NO: "NO",
    Act.SIGN_OUT: "SO",
}


@dataclass(frozen=True, slots=True)
class Command:
    """A command barcode was scanned; `slot` counts from 1 and is told with `Act.SLOT` alone."""

    act: Act
    slot: int | None = None

    @property
    def text(self) -> str:
        """What stands in the barcode: letters with a check that no label has by accident."""
        body = f"L{_LETTERS[(self.slot or 1) - 1]}" if self.act is Act.SLOT else _BODIES[self.act]
        digest = sha256(f"station command 1 {body}".encode()).digest()
        check = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_CHECK_LETTERS])
        return f"{_BEGIN}{body}{check}"


@dataclass(frozen=True, slots=True)
class Badge:
    """An operator's badge."""

    badge: str


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A work order's sheet."""

    order: str


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """A label that may be a unit's. `names` are all it may be called by, the likeliest first."""

    text: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The likeliest name that is nothing but a name: beside it a label may hold a secret."""
        plain = [each for each in self.names if not _MORE.search(each)]
        numbered = (each for each in plain if any(map(str.isdecimal, each)))
        return next(numbered, next(iter(plain), self.names[0]))

    def fits(self, identity: Identity, also: Iterable[str] = ()) -> bool:
        """Tell whether it is the label of this unit: one of its names is exactly one of its ids.

        `also` are further ids, such as the one a cloud has given. Case and the gaps in addresses
        make no difference.
        """
        ids = (value for _, value in identity.ids)
        its = {_bare(each) for each in (identity.serial, *ids, *also)}
        return not (its - {""}).isdisjoint(map(_bare, self.names))


class Why(StrEnum):
    """Why a text means nothing."""

    SHORT = "short"
    COMMAND_BROKEN = "command broken"
    """It looks like a command, and its check is wrong."""
    OTHER_PRODUCT = "other product"
    """The recipe's labels look different."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A text that means nothing to the station."""

    text: str
    why: Why


Meaning = Command | Badge | WorkOrder | UnitLabel | Unknown


def meaning(text: str, reading: Reading = USUAL) -> Meaning:
    """Say what a scanned text is: a command before a badge, an order and a unit's label."""
    bare = without_symbology(text)
    if command := _commands().get(bare.upper()):
        return command
    if _LIKE_A_COMMAND.fullmatch(bare.upper()):
        return Unknown(text, Why.COMMAND_BROKEN)
    if badge := _id_by(reading.badge, bare):
        return Badge(badge)
    if order := _id_by(reading.order, bare):
        return WorkOrder(order)
    return _label(text, bare, reading)


def without_symbology(text: str) -> str:
    """Return a text without what some scanners write before it to tell the kind of code."""
    return text[3:].strip() if _SYMBOLOGY.match(text) else text.strip()


def sheet(slots: int) -> tuple[Command, ...]:
    """Return the commands that are printed for a line of so many slots (16 at most), in order."""
    acts = tuple(Command(act) for act in Act if act is not Act.SLOT)
    return (*acts, *(Command(Act.SLOT, n) for n in range(1, min(slots, SHEET_SLOTS) + 1)))


@cache
def _commands() -> dict[str, Command]:
    return {command.text: command for command in sheet(SHEET_SLOTS)}


def _label(text: str, bare: str, reading: Reading) -> UnitLabel | Unknown:
    if reading.unit:
        name = _id_by(reading.unit, bare)
        return UnitLabel(text, (name,)) if name else Unknown(text, Why.OTHER_PRODUCT)
    if len(bare) < LEAST_LETTERS:
        return Unknown(text, Why.SHORT)
    told = gs1.elements(bare)
    if told:
        known = tuple(told[ai] for ai in _NAMES_UNIT if ai in told)
        return UnitLabel(text, known or (bare,))
    within = (part for part in _parts(bare) if len(_bare(part)) >= LEAST_WITHIN)
    return UnitLabel(text, tuple(dict.fromkeys((bare, *within))))


def _parts(text: str) -> Iterator[str]:
    """Yield the words of a text, and of each `MAC:F4:12:...` what comes after its caption."""
    for part in _PARTS.findall(text):
        yield part
        caption, _, rest = part.partition(":")
        if rest and not _PAIR.fullmatch(caption):
            yield rest


def _id_by(pattern: str, text: str) -> str:
    """Return what counts of `text` by a pattern; empty when it does not fit."""
    found = _compiled(pattern).fullmatch(text) if pattern else None
    if found is None:
        return ""
    counts: str | None = found.group("id") if "id" in found.re.groupindex else found.group()
    return (counts or "").strip()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _bare(name: str) -> str:
    return _GAPS.sub("", name).upper()
