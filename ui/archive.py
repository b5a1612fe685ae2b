"""What the window asks of the record; slow, and so asked on threads of its own (`Latest`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from station.model.finding import FoundUnit
from station.model.life import Life

MOST_HITS = 20


class Archive(Protocol):
    """Answers questions about units; each may raise a Fault."""

    def find(self, text: str) -> tuple[FoundUnit, ...]:
        """Return the units that `text` may mean, the likeliest first."""

    def exactly(self, names: Sequence[str]) -> tuple[FoundUnit, ...]:
        """Return the units that are called by one of `names`, each once."""

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
        """Return the units that `text` may mean, the likeliest first."""
        from station.record import questions

        with questions.reading(self._path) as db:
            return tuple(_hit(row) for row in questions.find(db, text, MOST_HITS))

    def exactly(self, names: Sequence[str]) -> tuple[FoundUnit, ...]:
        """Return the units that are called by one of `names`, each once."""
        from station.record import questions

        found: dict[int, FoundUnit] = {}
        with questions.reading(self._path) as db:
            for name in names:
                found |= {unit["id"]: _hit(unit) for unit in questions.show(db, name)}
        return tuple(found.values())

    def life(self, unit: int) -> Life | None:
        """Return the whole life of a unit, None when the record has no such number."""
        from station.record import life, questions

        with questions.reading(self._path) as db:
            return life.of_unit(db, unit)


def _hit(row: dict[str, Any]) -> FoundUnit:
    return FoundUnit(
        row["id"],
        row["serial"],
        row["kind"],
        row["model"],
        row["firmware"],
        row["last_seen"],
        ("", ""),
        None,
    )
