"""What one may ask of the record: read only, on a connection of the asker's own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from station.faults import RecordBroken
from station.model.finding import FoundUnit, Query
from station.record import life_rows, search, search_schema
from station.record.export import export
from station.record.queue import REFUSED
from station.record.schema import stand_in
from station.record.sheet import COLUMNS, rows
from station.record.trail import first_break
from station.record.writer import fault_of

MOST_FOUND = 50

MAKE_CREDENTIALS = ("claim", "claim_and_wake", "claim_own_ca", "local_credentials", "renew")
"""The procedures after which a unit has new credentials."""

# what was gathered has its credentials from when its cloud took it
_MADE = """
    select unit, id as run, procedure, ended as made from runs
        where outcome = 'pass' and procedure in (select value from json_each(:procedures))
    union all
    select unit, run, procedure, queue.ended from queue join runs on runs.id = run
        where queue.ended is not null and queue.code is null
"""

_STALE = f"""
    select serial, kind, model, firmware, run, procedure, max(made) as made
    from ({_MADE}) join units on units.id = unit group by unit
    having made < :before
        and not exists (select 1 from claims where unit = units.id and released >= made)
        and not exists (select 1 from runs back where back.unit = units.id
            and back.procedure = 'take_back' and back.outcome = 'pass' and back.ended >= made)
    order by made
"""  # noqa: S608 - literals of ours


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Open the record to read it; a station may be writing to it meanwhile.

    Raises:
        RecordBroken: there is no record, or it can't be read.

    """
    if not path.exists():
        raise RecordBroken(f"there is no record at {path}")
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            connection.row_factory = sqlite3.Row
            db = Database(connection)
            stand_in(db)
            search_schema.stand_in(db)
            yield db
    except sqlite3.Error as exc:
        raise fault_of(exc) from exc


def last_work(db: Database) -> tuple[str, str]:
    """Return the names of the last work order and its recipe; empty when nobody has worked yet."""
    found = db.execute(
        "select name, recipe from work_orders where recipe <> '' order by id desc limit 1"
    ).fetchone()
    return (found["name"], found["recipe"]) if found else ("", "")


def operators(db: Database) -> tuple[str, ...]:
    """Return the names of all who ever signed in, the latest first."""
    return tuple(
        row["name"]
        for row in db.execute(
            "select name from operators"
            " order by (select max(id) from work_orders where operator = operators.id) desc"
        )
    )


def find(db: Database, asked: str | Query, limit: int = MOST_FOUND) -> list[dict[str, Any]]:
    """Return the units of which any identity holds a text, or that fit a query; newest first.

    What they were plugged in as, and what they are or were at a cloud, is such an identity too.
    """
    query = Query(asked) if isinstance(asked, str) else asked
    page = search.find(db, query, limit=limit)
    return [
        {**dict(row), "outcome": _outcome(found)}
        for found in page.units
        for row in db.execute("select * from units where id = ?", [found.unit])
    ]


def _outcome(found: FoundUnit) -> str | None:
    return found.run.outcome.value if found.run and found.run.outcome else None


def show(db: Database, text: str) -> list[dict[str, Any]]:
    """Return the whole life of each unit with the identity `text`.

    That is its runs with their steps, its claims and open deeds, how far it was followed and what
    became of its proofs in the queue.
    """
    found = db.execute(
        "select * from units where serial = :text"
        " or id in (select unit from unit_ids where value = :text)"
        " or id in (select unit from claims where device_id = :text)"
        " or id in (select unit from runs where usb_serial = :text) order by id",
        {"text": text},
    ).fetchall()
    return [life_rows.of_unit(db, dict(unit)) for unit in found]


def queued(db: Database) -> list[dict[str, Any]]:
    """Return the proofs that wait, and those that were refused, oldest first; never their text."""
    found = db.execute(
        f"{life_rows.QUEUE} where queue.ended is null or {REFUSED} order by queue.id"
    )
    return [dict(row) for row in found]


def waiting(db: Database) -> list[dict[str, str]]:
    """Return what waits for any cloud: place, imei, subject, sealed and gathered, oldest first."""
    found = db.execute(
        "select place, coalesce((select value from unit_ids where unit = runs.unit"
        " and name = 'imei'), '') as imei, subject, sealed, gathered from queue"
        " join runs on runs.id = run where queue.ended is null order by queue.id"
    )
    return [dict(row) for row in found]


def stale(db: Database, older_than: timedelta) -> list[dict[str, Any]]:
    """Return the units whose credentials are older, the oldest first; none that was let go.

    `made` is when they were made, `run` and `procedure` are what made them.
    """
    before = (datetime.now(UTC) - older_than).isoformat(timespec="milliseconds")
    told = {"before": before, "procedures": json.dumps(MAKE_CREDENTIALS)}
    return [dict(row) for row in db.execute(_STALE, told)]


def has_runs_of_others(db: Database, station: str) -> bool:
    """Return whether any station but `station` has written runs here."""
    if "runs" not in db.table_names():
        return False
    found = db.execute("select 1 from runs where station <> ? limit 1", [station])
    return found.fetchone() is not None


def certificates(db: Database) -> Iterator[dict[str, Any]]:
    """Yield the last certificate that was signed for each device, as the trail keeps it."""
    latest: dict[str, dict[str, Any]] = {}
    for row in db.execute("select data from trail where what = 'certificate signed' order by id"):
        told = json.loads(row["data"])
        latest[told["subject"]] = told
    yield from latest.values()


def verify(db: Database) -> list[str]:
    """Return what is wrong with the record; nothing when it is whole."""
    wrong = [row[0] for row in db.execute("pragma integrity_check") if row[0] != "ok"]
    wrong += [
        f"{row[0]} row {row[1]} refers to nothing" for row in db.execute("pragma foreign_key_check")
    ]
    if broken := first_break(db):
        wrong.append(f"the trail was changed at row {broken}")
    wrong += [
        f"run {row[0]} is told as passed but not all its steps did"
        for row in db.execute(
            "select id from runs where outcome = 'pass' and exists (select 1 from json_each(steps)"
            " where value not in (select name from steps where run = runs.id and outcome = 'pass'))"
        )
    ]
    return wrong


def backup(db: Database, path: Path) -> None:
    """Copy the whole record to `path`, as it is at this moment.

    Raises:
        RecordBroken: `path` is there already, or can't be written.

    """
    if path.exists():
        raise RecordBroken(f"{path} is there already")
    try:
        with closing(sqlite3.connect(path)) as copy:
            db.conn.backup(copy)
    except sqlite3.Error as exc:
        path.unlink(missing_ok=True)  # half a copy is none
        raise fault_of(exc) from exc


__all__ = [
    "COLUMNS",
    "MOST_FOUND",
    "backup",
    "certificates",
    "export",
    "find",
    "has_runs_of_others",
    "operators",
    "queued",
    "reading",
    "rows",
    "show",
    "stale",
    "verify",
    "waiting",
]
