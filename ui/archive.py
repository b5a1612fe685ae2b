"""What the window asks of the record; slow, and so asked on threads of its own (`Latest`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from station.model.finding import FoundUnit, Query, squeezed
from station.model.life import Life

MOST = 20
"""How many units are shown of those that fit: who sees more than a few types on."""


class Archive(Protocol):
    """Answers questions about units; each may raise a Fault."""

    def find(self, text: str) -> tuple[FoundUnit, ...]:
        """Return units of which some identity has `text` in it, the last seen first."""

    def named(self, names: Sequence[str]) -> tuple[FoundUnit, ...]:
        """Return the units that are called exactly by one of `names`, or else what fits one."""

    def life(self, unit: int) -> Life | None:
        """Return the whole life of a unit, None when the record has no such number."""


class RecordArchive:
    """Asks the record at `path`, on a connection for each question.

    The record's library is loaded with the first question: it takes long, and the window must come
    up fast.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, text: str) -> tuple[FoundUnit, ...]:
        """Return units of which some identity has `text` in it, the last seen first."""
        from station.record import questions, search

        with questions.reading(self._path) as db:
            return _known(search.find(db, Query(text), limit=MOST).units)

    def named(self, names: Sequence[str]) -> tuple[FoundUnit, ...]:
        """Return the units that are called exactly by one of `names`, or else what fits one."""
        from station.record import questions, search

        with questions.reading(self._path) as db:
            fits: tuple[FoundUnit, ...] = ()
            for name in names:
                found = _known(search.find(db, Query(name), limit=MOST).units)
                if exact := tuple(unit for unit in found if _is_called(unit, name)):
                    return exact
                fits = fits or found
            return fits

    def life(self, unit: int) -> Life | None:
        """Return the whole life of a unit, None when the record has no such number."""
        from station.record import life, questions

        with questions.reading(self._path) as db:
            return life.of_unit(db, unit)


def _known(found: tuple[FoundUnit, ...]) -> tuple[FoundUnit, ...]:
    """Leave out runs whose board never said who it is."""
    return tuple(each for each in found if each.unit is not None)


def _is_called(unit: FoundUnit, name: str) -> bool:
    needle = squeezed(name)
    return bool(needle) and needle in {squeezed(unit.serial), squeezed(unit.matched[1])}
