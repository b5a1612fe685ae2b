"""What was found, written down: for programs, or for a spreadsheet."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO, cast

from sqlite_utils import Database

from station.faults import DiskFull, RecordBroken
from station.model.finding import Query
from station.record import cells, search, sheet

ALL = Query()
PAGE = 500
"""Units that are read at a time."""
NO_SPACE = 28
"""ENOSPC; Python says it of a full disk on Windows too."""


class Form(StrEnum):
    """How an export is written. All are UTF-8."""

    CSV = "csv"
    """For programs: each value as it is, but for what a spreadsheet would run as a formula."""
    SHEET = "sheet"
    """CSV for a spreadsheet: numbers of units stay as they are, letters of all languages too."""
    JSON = "json"
    """An object a line."""


def export(db: Database, form: str, out: TextIO, query: Query = ALL) -> int:
    """Write every run that fits to `out` as "csv", "sheet" or "json"; return how many.

    Without a query that is every run, oldest first; else the runs of the last unit come first.
    """
    if query == ALL:
        return _write(sheet.rows(db), Form(form), out)
    with _one_moment(db):
        return _write(sheet.listed(db, _runs(db, query)), Form(form), out)


def export_found(db: Database, form: str, out: TextIO, query: Query) -> int:
    """Write what a search shows to `out`: a row for each unit, with the run that it shows.

    All pages of it are written, as they are at one moment.
    """
    with _one_moment(db):
        return _write(sheet.listed(db, search.everything(db, query, PAGE)), Form(form), out)


def to_file(path: Path, form: Form, write: Callable[[TextIO], int]) -> int:
    """Have `write` write the file at `path`: whole, or not at all; return what it returned.

    Raises:
        DiskFull, RecordBroken: it could not be written; what was there before still is.

    """
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    coding = "utf-8-sig" if form is Form.SHEET else "utf-8"  # Excel takes it for Latin otherwise
    try:
        with half.open("x", encoding=coding, newline="") as out:
            count = write(out)
            out.flush()
            os.fsync(out.fileno())
        half.replace(path)
    except OSError as exc:
        raise (DiskFull if exc.errno == NO_SPACE else RecordBroken)(f"{path}: {exc}") from exc
    finally:
        half.unlink(missing_ok=True)
    return count


def _runs(db: Database, query: Query) -> Iterator[tuple[int | None, int | None]]:
    """Yield every run that fits, unit by unit."""
    for unit, shown in search.everything(db, query, PAGE):
        if unit is None:
            yield None, shown
        else:
            for run in search.fitting_runs(db, query, unit):
                yield unit, run


def _write(rows: Iterator[dict[str, Any]], form: Form, out: TextIO) -> int:
    count = 0
    if form is Form.JSON:
        for count, row in enumerate(rows, 1):  # noqa: B007 - it is returned
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return count
    safe = cells.kept if form is Form.SHEET else cells.inert
    ends = "\r\n" if form is Form.SHEET else "\n"
    table = csv.DictWriter(out, sheet.COLUMNS, lineterminator=ends)
    # a carriage return ends a row for many readers, and the writer does not see to it
    quoted = csv.DictWriter(out, sheet.COLUMNS, lineterminator=ends, quoting=csv.QUOTE_ALL)
    table.writeheader()
    for count, row in enumerate(rows, 1):  # noqa: B007 - it is returned
        told = {name: safe(each) if isinstance(each, str) else each for name, each in row.items()}
        returns = any("\r" in each for each in told.values() if isinstance(each, str))
        (quoted if returns else table).writerow(told)
    return count


@contextmanager
def _one_moment(db: Database) -> Iterator[None]:
    """See the record as it is now until the end: a station may be writing to it meanwhile."""
    db.execute("begin")
    try:
        yield
    finally:
        cast(Any, db.conn).rollback()
