"""What one may ask of the record: read only, on a connection of the asker's own."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TextIO

from sqlite_utils import Database

from station.faults import RecordBroken
from station.record.trail import first_break
from station.record.writer import fault_of

COLUMNS = (
    "run", "began", "ended", "outcome", "code", "words", "seconds", "station", "slot", "operator",
    "work_order", "recipe", "recipe_digest", "procedure", "software", "port", "usb_serial", "kind",
    "serial", "model", "firmware", "hardware", "ids", "device_id", "cloud",
)  # fmt: skip
"""The columns of an export, one row a run."""

MOST_FOUND = 50

_RUNS = """
    select runs.id as run, runs.began, runs.ended, outcome, code, words, seconds, station, slot,
        operators.name as operator, work_orders.name as work_order, runs.recipe,
        runs.recipe_digest, procedure, software, port, usb_serial, kind, serial, model, firmware,
        hardware,
        (select group_concat(name || '=' || value, ' ') from unit_ids where unit = units.id) as ids,
        (select device_id from claims where unit = units.id and released is null) as device_id,
        (select cloud from claims where unit = units.id and released is null) as cloud
    from runs
    join operators on operators.id = runs.operator
    join work_orders on work_orders.id = runs.work_order
    left join units on units.id = runs.unit
"""


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
            yield Database(connection)
    except sqlite3.Error as exc:
        raise fault_of(exc) from exc


def operators(db: Database) -> tuple[str, ...]:
    """Return the names of all who ever signed in, the latest first."""
    return tuple(
        row["name"]
        for row in db.execute(
            "select name from operators"
            " order by (select max(id) from work_orders where operator = operators.id) desc"
        )
    )


def find(db: Database, text: str, limit: int = MOST_FOUND) -> list[dict[str, Any]]:
    """Return the units of which any identity begins with `text`, the last seen first."""
    # a range instead of LIKE, so that the index serves; U+10FFFF comes after every character
    ranges = {"from": text, "to": text + "\U0010ffff", "limit": limit}
    rows = db.execute(
        "select units.*, (select outcome from runs where unit = units.id order by id desc limit 1)"
        " as outcome from units where id in ("
        " select unit from unit_ids where value >= :from and value < :to"
        " union select id from units where serial >= :from and serial < :to"
        ") order by last_seen desc limit :limit",
        ranges,
    )
    return [dict(row) for row in rows]


def show(db: Database, text: str) -> list[dict[str, Any]]:
    """Return the whole life of each unit with the identity `text`: runs, steps, claims, open deeds."""
    found = db.execute(
        "select * from units where serial = :text"
        " or id in (select unit from unit_ids where value = :text) order by id",
        {"text": text},
    ).fetchall()
    return [_life(db, dict(unit)) for unit in found]


def rows(db: Database) -> Iterator[dict[str, Any]]:
    """Yield every run with its unit, oldest first; the keys are COLUMNS."""
    for row in db.execute(_RUNS + " order by runs.id"):
        yield dict(row)


def export(db: Database, form: str, out: TextIO) -> int:
    """Write every run to `out` as "csv" or "json" (an object a line); return how many."""
    sheet = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    if form == "csv":
        sheet.writeheader()
    count = 0
    for row in rows(db):
        count += 1
        if form == "csv":
            sheet.writerow({key: _unspreadable(value) for key, value in row.items()})
        else:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


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


def _life(db: Database, unit: dict[str, Any]) -> dict[str, Any]:
    def of(sql: str, *values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in db.execute(sql, values)]

    runs = of(_RUNS + " where runs.unit = ? order by runs.id", unit["id"])
    for run in runs:
        run["steps"] = of(
            "select name, began, outcome, code, words, seconds from steps where run = ? order by id",
            run["run"],
        )
    return {
        **unit,
        "ids": of("select name, value from unit_ids where unit = ? order by name", unit["id"]),
        "runs": runs,
        "claims": of(
            "select cloud, place, device_id, tags, noted, released from claims where unit = ?",
            unit["id"],
        ),
        "open": of(
            "select deed, key, place, intents.began from intents join runs on runs.id = intents.run"
            " where runs.unit = ? and intents.ended is null",
            unit["id"],
        ),
    }


def _unspreadable(value: Any) -> Any:
    """Keep a spreadsheet from running text as a formula (OWASP, CSV injection)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
