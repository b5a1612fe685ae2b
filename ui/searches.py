"""What the Records page asks of the record; slow, and so asked on threads of its own (`Latest`)."""

from __future__ import annotations

from pathlib import Path

from station.model.finding import Choices, Cursor, Page, Query
from station.model.life import Life


class Searches:
    """Asks the record at `path`, on a connection for each question; a new station has none yet.

    The record's library is loaded with the first question: it takes long, and the window must come
    up fast. Each question may raise a Fault.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, query: Query, after: Cursor | None = None) -> Page:
        """Return what fits, from the beginning or after a page."""
        from station.record import questions, search

        if not self._path.exists():
            return Page()
        with questions.reading(self._path) as db:
            return search.find(db, query, after)

    def first_found(self, query: Query, texts: tuple[str, ...]) -> tuple[Query, Page]:
        """Return what the first of `texts` finds that finds anything, and the query that did."""
        from station.record import questions, search

        if not self._path.exists():
            return query, Page()
        with questions.reading(self._path) as db:
            return search.first_found(db, query, texts)

    def choices(self) -> Choices:
        """Return what the filters may be set to."""
        from station.record import questions, search

        if not self._path.exists():
            return Choices()
        with questions.reading(self._path) as db:
            return search.choices(db)

    def life(self, unit: int) -> Life | None:
        """Return the whole life of a unit, None when the record has no such number."""
        from station.record import life, questions

        with questions.reading(self._path) as db:
            return life.of_unit(db, unit)

    def export(self, path: Path, form: str, query: Query) -> int:
        """Write all that fits to the file at `path`, as "sheet" or "json"; return how many rows."""
        from station.record import export, questions

        with questions.reading(self._path) as db:
            return export.to_file(
                path, export.Form(form), lambda out: export.export_found(db, form, out, query)
            )
