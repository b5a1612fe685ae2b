"""Finds units by any part of what they are called, and by what was done to them.

A page at a time, newest first, and no more is read than the page needs: what fits is walked in the
order of an index, and of several indexes that would do the one with the fewest rows is taken.
Found by text, the last visited units come first; without one, those whose fitting run is newest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from station.model import Outcome
from station.model.finding import Choices, Cursor, FoundRun, FoundUnit, Page, Query, squeezed
from station.record.fitting import FEW, Fitting, distinct, is_indexed

LIMIT = 50
"""Units of a page: more than a screen shows."""
END = 6
"""So many last letters tell most units apart."""
GRAMS = 3
"""Letters of which the index is made: a shorter text is looked for in every unit's words."""


def find(db: Database, query: Query, after: Cursor | None = None, limit: int = LIMIT) -> Page:
    """Return the first units that fit, or those after a page, `limit` of them at most."""
    if query.text.strip() and not query.needle:
        return Page()  # nothing but gaps is asked for, and not everything
    by = _by_text if query.needle else _by_run
    keys = by(db, query, Fitting.of(query), after, limit + 1)
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


def everything(db: Database, query: Query, page_of: int) -> Iterator[FoundUnit]:
    """Yield all units that fit, page by page; as of one moment if the caller began a transaction."""
    after: Cursor | None = None
    while (page := find(db, query, after, page_of)).units:
        yield from page.units
        if page.after is None:
            return
        after = page.after


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


Key = tuple[Cursor, int | None, int | None]


def _by_run(
    db: Database, query: Query, fit: Fitting, after: Cursor | None, limit: int
) -> list[Key]:
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
        {**fit.values, **_place(after), "limit": limit},
    )
    return [(Cursor(0, began, run), unit, run) for began, run, unit in rows]


def _by_text(
    db: Database, query: Query, fit: Fitting, after: Cursor | None, limit: int
) -> list[Key]:
    """Walk the units that are called so from the last visited on; one run of each must fit."""
    asked = {**fit.values, **_place(after), "limit": limit, "match": _match(db, query.needle)}
    rows = db.execute(_text_sql(db, query, fit, after), asked)
    keys: list[Key] = []
    for nth, unit in rows:
        run = db.execute(fit.of_unit() + " limit 1", {**fit.values, "unit": unit}).fetchone()
        keys.append((Cursor(nth), unit, run[0] if run else None))
    return keys


def _text_sql(db: Database, query: Query, fit: Fitting, after: Cursor | None) -> str:
    behind = "w.nth < :nth" if after else "1"
    indexed = len(query.needle) >= GRAMS and is_indexed(db)
    if not query.filtered:
        return _by_words(behind, "1", indexed=indexed)
    walk, few = fit.walk(db)
    if few < FEW and not (indexed and _count(db, query.needle) <= few):
        return f"""
            select distinct w.nth, w.unit from runs r {walk}
            cross join unit_words w on w.unit = r.unit
            where {fit.where()} and {behind} and instr(w.words, :needle)
            order by w.nth desc limit :limit
        """  # noqa: S608 - literals of ours
    fits = f"""
        exists (select 1 from runs r indexed by runs_by_unit
            where r.unit = w.unit and {fit.where()})
    """  # noqa: S608 - literals of ours
    return _by_words(behind, fits, indexed=indexed)


def _by_words(behind: str, fits: str, *, indexed: bool) -> str:
    if not indexed:
        return f"""
            select w.nth, w.unit from unit_words w
            where instr(w.words, :needle) and {behind} and {fits} order by w.nth desc limit :limit
        """  # noqa: S608 - literals of ours
    return f"""
        select t.rowid as nth, w.unit from unit_trigrams t cross join unit_words w on w.nth = t.rowid
        where t.unit_trigrams match :match and instr(w.words, :needle) and {behind.replace("w.nth", "t.rowid")} and {fits}
        order by t.rowid desc limit :limit
    """  # noqa: S608 - literals of ours


def _match(db: Database, needle: str) -> str:
    """Return what the index is asked for: the last letters will do if few units have them.

    The first letters of an identity are those of a maker: all units have them, and each of their
    trigrams has all units to walk through.
    """
    end = needle[-END:]
    if len(needle) > END and is_indexed(db) and _count(db, end) < FEW:
        return _phrase(end)
    return _phrase(needle)


def _count(db: Database, needle: str) -> int:
    row = db.execute(
        f"select count(*) from (select 1 from unit_trigrams where unit_trigrams match ?"  # noqa: S608 - literals of ours
        f" limit {FEW})",
        [_phrase(needle)],
    ).fetchone()
    return int(row[0])


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


def _place(after: Cursor | None) -> dict[str, Any]:
    return {"nth": after.nth, "began": after.began, "run": after.run} if after else {}


def _phrase(needle: str) -> str:
    doubled = needle.replace('"', '""')
    return f'"{doubled}"'
