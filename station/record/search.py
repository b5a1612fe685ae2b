"""Finds units by any part of what they are called, and by what was done to them.

A page at a time, newest first, and no more is read than the page needs: what fits is walked in the
order of an index, and of several indexes that would do the one with the fewest rows is taken.
Found by text, the last visited units come first; without one, those whose fitting run is newest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlite_utils import Database

from station.model import Outcome
from station.model.finding import Choices, Cursor, FoundRun, FoundUnit, Page, Query, squeezed
from station.record.by_text import by_text
from station.record.fitting import Fitting, Key, distinct, place

LIMIT = 50
"""Units of a page: more than a screen shows."""


def find(db: Database, query: Query, after: Cursor | None = None, limit: int = LIMIT) -> Page:
    """Return the first units that fit, or those after a page, `limit` of them at most."""
    keys = _keys(db, query, after, limit + 1)
    units = tuple(_unit(db, query, unit, run) for _, unit, run in keys[:limit])
    return Page(units, keys[limit - 1][0] if len(keys) > limit else None)


def first_found(db: Database, query: Query, texts: tuple[str, ...]) -> tuple[Query, Page]:
    """Return what the first of `texts` finds that finds anything: a label may name a unit in parts."""
    asked = [replace(query, text=text) for text in texts if squeezed(text)]
    for each in asked:
        page = find(db, each)
        if page.units:
            return each, page
    return (asked or [query])[0], Page()


def everything(db: Database, query: Query, page_of: int) -> Iterator[tuple[int | None, int | None]]:
    """Yield the number of each unit that fits, and of the run of it that is shown, page by page.

    That is as of one moment if the caller began a transaction.
    """
    after: Cursor | None = None
    while True:
        keys = _keys(db, query, after, page_of)
        yield from ((unit, run) for _, unit, run in keys)
        if len(keys) < page_of:
            return
        after = keys[-1][0]


def fitting_runs(db: Database, query: Query, unit: int) -> tuple[int, ...]:
    """Return the runs of a unit that fit the filters, newest first."""
    fit = Fitting.of(query)
    return tuple(row[0] for row in db.execute(fit.of_unit(), {**fit.values, "unit": unit}))


def choices(db: Database) -> Choices:
    """Return what the filters may be set to."""
    named = "select name from {} group by name order by max(id) desc limit 200"
    return Choices(
        recipes=distinct(db, "recipe"),
        orders=tuple(row[0] for row in db.execute(named.format("work_orders"))),
        operators=tuple(row[0] for row in db.execute("select name from operators order by name")),
        slots=tuple(sorted(distinct(db, "slot"), key=lambda name: (len(name), name))),
        stations=distinct(db, "station"),
        procedures=distinct(db, "procedure"),
        codes=distinct(db, "code"),
    )


def _keys(db: Database, query: Query, after: Cursor | None, limit: int) -> list[Key]:
    if query.text.strip() and not query.needle:
        return []  # nothing but gaps is asked for, and not everything
    fit = Fitting.of(query)
    if query.needle:
        return by_text(db, query, fit, after, limit)
    return _by_run(db, fit, after, limit)


def _by_run(db: Database, fit: Fitting, after: Cursor | None, limit: int) -> list[Key]:
    """Walk the runs that fit from the newest on; of each unit the newest one counts."""
    newer = f"""
        r.unit is not null and exists (select 1 from runs n indexed by runs_by_unit
        where n.unit = r.unit and (n.began, n.id) > (r.began, r.id) and {fit.where("n")})
    """  # noqa: S608 - literals of ours
    behind = "(r.began, r.id) < (:began, :run)" if after else "1"
    rows = db.execute(
        f"select r.began, r.id, r.unit from runs r {fit.walk(db)[0]}"  # noqa: S608 - literals of ours
        f" where {fit.where()} and {behind} and not ({newer})"
        " order by r.began desc, r.id desc limit :limit",
        {**fit.values, **place(after), "limit": limit},
    )
    return [(Cursor(0, began, run), unit, run) for began, run, unit in rows]


def _unit(db: Database, query: Query, unit: int | None, run: int | None) -> FoundUnit:
    known = db.execute(
        "select serial, kind, model, firmware, last_seen from units where id = ?", [unit]
    ).fetchone()
    told = None if run is None else _run(db, run)
    if known is None:
        return FoundUnit(None, "", "", "", "", told.began if told else "", ("", ""), told)
    matched = _matched(db, query.needle, unit, known[0]) if query.needle else ("", "")
    serial, kind, model, firmware, seen = known
    return FoundUnit(unit, serial, kind, model, firmware, seen, matched, told)


def _run(db: Database, run: int) -> FoundRun:
    row = db.execute(
        "select runs.id, runs.began, outcome, coalesce(code, ''), seconds, station, slot,"
        " operators.name, work_orders.name, runs.recipe, procedure from runs"
        " join operators on operators.id = runs.operator"
        " join work_orders on work_orders.id = runs.work_order where runs.id = ?",
        [run],
    ).fetchone()
    number, began, outcome, *rest = row
    return FoundRun(number, began, Outcome(outcome) if outcome else None, *rest)


def _matched(db: Database, needle: str, unit: int | None, serial: str) -> tuple[str, str]:
    """Return the name and value of what `needle` was found in; empty where it is the serial."""
    if needle in squeezed(serial):
        return "", ""
    rows = db.execute(
        "select name, value from unit_ids where unit = :unit"
        " union all select 'device', device_id from claims where unit = :unit"
        " union all select 'usb', usb_serial from runs where unit = :unit",
        {"unit": unit},
    )
    return next(((name, value) for name, value in rows if needle in squeezed(value)), ("", ""))
