"""A unit's whole life as rows of the record, by what they tell of; `life` gives them their types."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from station.record import sheet
from station.record.rows import now

ERASURES = ("erased", "network removed")
"""What the trail says of a run that took something off a unit."""

QUEUE = f"""
    select {sheet.STATE} as state, coalesce(serial, '') as serial,
        coalesce((select value from unit_ids where unit = runs.unit and name = 'imei'), '') as imei,
        subject, names, place, gathered, queue.ended, coalesce(queue.code, '') as code,
        coalesce(queue.words, '') as words
    from queue join runs on runs.id = queue.run left join units on units.id = runs.unit
"""  # noqa: S608 - literals of ours

_FOLLOWED = """
    select device_id, place, stage, follow_ups.began, changed, due, follow_ups.ended,
        coalesce(follow_ups.ended, :now) > due as late
    from follow_ups join runs on runs.id = run where unit = :unit order by follow_ups.id
"""

_OPEN = """
    select deed, key, place, intents.began from intents join runs on runs.id = intents.run
    where runs.unit = :unit and intents.ended is null
"""

_LABELS = """
    select labels.id as label, run, template, printer, name as operator, reprint_of, reason,
        began, printed, failed, scanned
    from labels join operators on operators.id = labels.operator
    where unit = :unit order by labels.id
"""

_CASES = """
    select cases.id as "case", opened, coalesce(began.name, '') as operator, reason, fault, closed,
        coalesce(over.name, '') as closed_by, "end", actions
    from cases left join operators began on began.id = cases.operator
    left join operators over on over.id = cases.closed_by
    where unit = :unit order by cases.id
"""

_OVERRIDES = """
    select at, what, code, reason, first.name as operator, other.name as second, run
    from overrides join operators first on first.id = overrides.operator
    join operators other on other.id = overrides.second
    where unit = :unit or run in (select id from runs where runs.unit = :unit) order by overrides.id
"""

_TRAIL = f"""
    select at, run, what, data, digest from trail
    where run in (select id from runs where unit = :unit)
        and what in ('identified', {", ".join(f"'{each}'" for each in ERASURES)}) order by id
"""  # noqa: S608 - literals of ours

_SINCE_5 = {
    "labels": ("labels", _LABELS),
    "notes": (
        "notes",
        "select at, name as operator, text from notes"
        " join operators on operators.id = notes.operator where unit = :unit order by notes.id",
    ),
    "cases": ("cases", _CASES),
    "overrides": ("overrides", _OVERRIDES),
    "serials": (
        "serials",
        "select pools.name as pool, number, taken, confirmed from serials"
        " join pools on pools.id = pool where unit = :unit order by serials.id",
    ),
}
"""What a record has since its fifth migration, and the table whose absence tells an older one."""

Of = Callable[[str], list[dict[str, Any]]]


def of_unit(db: Database, unit: dict[str, Any]) -> dict[str, Any]:
    """Return all that is known of a unit, of which `unit` is the row."""

    def of(sql: str) -> list[dict[str, Any]]:
        told = {"unit": unit["id"], "now": now()}
        return [dict(row) for row in db.execute(sql, told)]

    trail = of(_TRAIL)
    followed = of(_FOLLOWED)
    there = set(db.table_names())
    later = {name: of(sql) for name, (table, sql) in _SINCE_5.items() if table in there}
    return {
        **unit,
        "ids": of("select name, value from unit_ids where unit = :unit order by name"),
        "runs": _runs(db, unit["id"], of, trail),
        "claims": of(
            "select cloud, place, device_id, tags, noted, released from claims where unit = :unit"
        ),
        "open": of(_OPEN),
        "followed": [{**each, "late": bool(each["late"])} for each in followed],
        "queue": of(f"{QUEUE} where runs.unit = :unit order by queue.id"),
        **{name: later.get(name, []) for name in _SINCE_5},
        "erasures": [
            {**row, "data": json.loads(row["data"])} for row in trail if row["what"] in ERASURES
        ],
    }


def _runs(db: Database, unit: int, of: Of, trail: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the runs with their steps, and the firmware that the unit told of in each."""
    runs = sheet.of_unit(db, unit)
    steps = of(
        "select run, name, began, outcome, code, words, seconds from steps"
        " where run in (select id from runs where unit = :unit) order by id"
    )
    firmware = {
        row["run"]: json.loads(row["data"]).get("firmware", "")
        for row in trail
        if row["what"] == "identified"
    }
    for run in runs:
        run["firmware"] = firmware.get(run["run"], "")
        run["steps"] = [
            {name: value for name, value in step.items() if name != "run"}
            for step in steps
            if step["run"] == run["run"]
        ]
    return runs
