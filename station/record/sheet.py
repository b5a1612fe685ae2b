"""Every run as one row, with its unit: what an export and a unit's life are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from station.record.queue import REFUSED

COLUMNS = (
    "run", "began", "ended", "outcome", "code", "words", "seconds", "station", "slot", "operator",
    "work_order", "recipe", "recipe_digest", "procedure", "software", "port", "usb_serial", "kind",
    "serial", "model", "firmware", "hardware", "ids", "device_id", "cloud", "stage", "queued",
)  # fmt: skip
"""The columns of an export, one row a run."""

STATE = f"""case when queue.ended is null then 'waiting' when queue.code is null then 'claimed'
    when {REFUSED} then 'refused' else 'refused before' end"""

_COLUMNS = f"""
    runs.id as run, runs.began, runs.ended, outcome, code, words, seconds, station, slot,
        operators.name as operator, work_orders.name as work_order, runs.recipe,
        runs.recipe_digest, procedure, software, port, usb_serial, kind, serial, model, firmware,
        hardware,
        (select group_concat(name || '=' || value, ' ') from unit_ids where unit = units.id) as ids,
        (select device_id from claims where unit = units.id and released is null) as device_id,
        (select cloud from claims where unit = units.id and released is null) as cloud,
        (select stage from follow_ups where run = runs.id order by id desc limit 1) as stage,
        (select {STATE} from queue where run = runs.id order by id desc limit 1) as queued
"""  # noqa: S608 - literals of ours

_AROUND = """
    join operators on operators.id = runs.operator
    join work_orders on work_orders.id = runs.work_order
    left join units on units.id = runs.unit
"""

_ALL = f"select {_COLUMNS} from runs {_AROUND} order by runs.id"  # noqa: S608 - literals of ours

_OF_UNIT = f"select {_COLUMNS} from runs {_AROUND} where runs.unit = ? order by runs.id"  # noqa: S608 - literals of ours

# a unit that was taken in by hand has no run, and a run whose board said nothing has no unit
_LISTED = f"""
    select {_COLUMNS} from temp.listed left join runs on runs.id = listed.run
    left join operators on operators.id = runs.operator
    left join work_orders on work_orders.id = runs.work_order
    left join units on units.id = listed.unit order by listed.nth
"""  # noqa: S608 - literals of ours


def rows(db: Database) -> Iterator[dict[str, Any]]:
    """Yield every run with its unit, oldest first; the keys are COLUMNS."""
    for row in db.execute(_ALL):
        yield dict(row)


def of_unit(db: Database, unit: int) -> list[dict[str, Any]]:
    """Return the runs of a unit, oldest first; the keys are COLUMNS."""
    return [dict(row) for row in db.execute(_OF_UNIT, [unit])]


def listed(
    db: Database, found: Iterable[tuple[int | None, int | None]]
) -> Iterator[dict[str, Any]]:
    """Yield these units, each with that run of it, in their order; the keys are COLUMNS.

    A temporary table holds the list, so that no memory does.
    """
    db.execute("drop table if exists temp.listed")
    db.execute("create temp table listed (nth integer primary key, unit integer, run integer)")
    db.conn.executemany("insert into temp.listed (unit, run) values (?, ?)", found)
    for row in db.execute(_LISTED):
        yield dict(row)
