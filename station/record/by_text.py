"""Finds units by a part of what they are called, the last visited first."""

from __future__ import annotations

import json

from sqlite_utils import Database

from station.model.finding import Cursor, Query
from station.record.fitting import FEW, Fitting, Key, is_indexed, place

GRAMS = 3
"""Letters of which the index is made: a shorter text is looked for in every unit's words."""
END = 6
"""So many last letters tell most units apart."""
NEAR = 500
"""If no more units than this end so, each of them is looked at."""


def by_text(
    db: Database, query: Query, fit: Fitting, after: Cursor | None, limit: int
) -> list[Key]:
    """Return the places of the first units that fit; one run of each must fit the filters."""
    needle, behind = query.needle, "w.nth < :nth" if after else "1"
    indexed = len(needle) >= GRAMS and is_indexed(db)
    near = _near(db, needle) if indexed and (query.filtered or len(needle) > END) else None
    if near is not None:
        sql = _among(fit, behind)
    elif query.filtered and (walked := fit.walk(db))[1] < FEW:
        sql = _of_runs(fit, walked[0], behind)
    elif indexed:
        sql = _of_index(fit, behind)
    else:
        sql = _of_all(fit, behind)
    asked = {"near": json.dumps(near), "match": _phrase(needle), "limit": limit, **place(after)}
    keys: list[Key] = []
    for nth, unit in db.execute(sql, {**fit.values, **asked}):
        run = db.execute(fit.of_unit() + " limit 1", {**fit.values, "unit": unit}).fetchone()
        keys.append((Cursor(nth), unit, run[0] if run else None))
    return keys


def _near(db: Database, needle: str) -> list[int] | None:
    """Return the places of the units that have the last letters of `needle`; None if they are many.

    The first letters of an identity are those of a maker: all units have them, and to look for
    each of their trigrams is to walk through all units.
    """
    rows = db.execute(
        "select rowid from unit_trigrams where unit_trigrams match ? limit ?",
        [_phrase(needle[-END:]), NEAR + 1],
    ).fetchall()
    return None if len(rows) > NEAR else [row[0] for row in rows]


def _fits(fit: Fitting) -> str:
    if not fit.conditions:
        return "1"
    return f"""
        exists (select 1 from runs r indexed by runs_by_unit
            where r.unit = w.unit and {fit.where()})
    """  # noqa: S608 - literals of ours


def _among(fit: Fitting, behind: str) -> str:
    return f"""
        select w.nth, w.unit from unit_words w
        where w.nth in (select value from json_each(:near)) and instr(w.words, :needle)
            and {behind} and {_fits(fit)} order by w.nth desc limit :limit
    """  # noqa: S608 - literals of ours


def _of_runs(fit: Fitting, walk: str, behind: str) -> str:
    return f"""
        select distinct w.nth, w.unit from runs r {walk}
        cross join unit_words w on w.unit = r.unit
        where {fit.where()} and {behind} and instr(w.words, :needle)
        order by w.nth desc limit :limit
    """  # noqa: S608 - literals of ours


def _of_index(fit: Fitting, behind: str) -> str:
    return f"""
        select w.nth, w.unit from unit_trigrams t cross join unit_words w on w.nth = t.rowid
        where t.unit_trigrams match :match and {behind.replace("w.nth", "t.rowid")}
            and {_fits(fit)} order by t.rowid desc limit :limit
    """  # noqa: S608 - literals of ours


def _of_all(fit: Fitting, behind: str) -> str:
    return f"""
        select w.nth, w.unit from unit_words w
        where instr(w.words, :needle) and {behind} and {_fits(fit)}
        order by w.nth desc limit :limit
    """  # noqa: S608 - literals of ours


def _phrase(needle: str) -> str:
    doubled = needle.replace('"', '""')
    return f'"{doubled}"'
