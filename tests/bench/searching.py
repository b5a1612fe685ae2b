"""How long a search takes in a record of a million units, and what keeping its index costs."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from station.model import Identity, Outcome
from station.model.finding import Page, Query
from station.record import Record, export, questions, search, search_schema
from station.record.writer import open_database
from tests.bench.figures import Figure, seconds
from tests.conftest import NOTE

GOAL_S = 0.05
PER_ORDER = 5_000
BATCH = 20_000
SEED = 7


def searched(units: int, times: int) -> Iterator[Figure]:
    """Search a record of `units` units in every way that people do, `times` times each."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        began_s = monotonic()
        grown(path, units)
        yield Figure(f"search_{units}_made", monotonic() - began_s, "s", note="the record itself")
        draw = random.Random(SEED)
        with questions.reading(path) as db:
            for name, ask, note in _asked(db, units, draw):
                taken = [_timed(ask) for _ in range(times)]
                yield seconds(f"search_{units}_{name}", taken, under=GOAL_S, note=note)
            yield _exported(db, units)
        yield asyncio.run(_kept(path, units, times))


Ask = Callable[[], Page]


def _asked(db: Database, units: int, draw: random.Random) -> Iterator[tuple[str, Ask, str]]:
    def one() -> int:
        return draw.randrange(1, units + 1)

    def by(query: Callable[[], Query]) -> Ask:
        return lambda: search.find(db, query())

    order = f"WO-{max(1, units // PER_ORDER // 2)}"
    yield "whole_imei", by(lambda: Query(imei(one()))), "15 digits, scanned"
    yield "last_4", by(lambda: Query(imei(one())[-4:])), "the newest 50 of many"
    yield "last_6", by(lambda: Query(imei(one())[-6:])), "the newest 50 of some"
    yield "beginning", by(lambda: Query(imei(one())[:8])), "the newest 50 of all"
    yield "mac", by(lambda: Query(mac(one()).replace(":", "-").lower())), "written otherwise"
    yield "uuid_end", by(lambda: Query(str(uuid(one()))[-8:])), "8 letters"
    yield "one_digit", by(lambda: Query(str(one() % 10))), "the newest 50 of nearly all"
    yield "nobody", by(lambda: Query("qqqq")), "nothing is found"
    yield "two_letters", by(lambda: Query("qq")), "nothing is found, and no index helps"
    yield "all", by(Query), "the newest 50"
    yield "failed", by(lambda: Query(outcome=Outcome.FAIL)), "2 in 100"
    yield "order", by(lambda: Query(order=order)), f"of {PER_ORDER}, long ago"
    yield "order_failed", by(lambda: Query(order=order, outcome=Outcome.FAIL)), "long ago"
    yield "text_in_order", by(lambda: Query("355", order=order)), "long ago"
    yield "text_failed", by(lambda: Query(imei(one())[-4:], outcome=Outcome.FAIL)), ""
    page = search.find(db, Query(imei(1)[:8]))
    if page.after is not None:
        yield "next_page", lambda: search.find(db, Query(imei(1)[:8]), page.after), ""


def _timed(ask: Ask) -> float:
    began_s = monotonic()
    ask()
    return max(monotonic() - began_s, 1e-6)


def _exported(db: Database, units: int) -> Figure:
    out = io.StringIO()
    began_s = monotonic()
    rows = export.export_found(db, "sheet", out, Query(outcome=Outcome.FAIL))
    rate = rows / (monotonic() - began_s)
    return Figure(f"search_{units}_exported", rate, "1/s", note=f"{rows} rows of a filter, as CSV")


async def _kept(path: Path, units: int, times: int) -> Figure:
    """Measure what it takes to write down who a unit is, its words and the index included."""
    record = await asyncio.to_thread(Record, path)
    shift = await record.begin_shift("Ann", "Order 7", "Tracker", "d" * 64, None)
    note = replace(NOTE, operator=shift.operator, work_order=shift.work_order)
    taken = []
    for number in range(units + 1, units + 1 + times):
        run = await record.begin_run(note)
        ids = (("imei", imei(number)), ("uuid", str(uuid(number))), ("mac", mac(number)))
        began_s = monotonic()
        await record.learn(run, Identity("nrf91", imei(number), "nRF9151", "2.0.2", ids=ids))
        taken.append(monotonic() - began_s)
    await asyncio.to_thread(record.close)
    return seconds(f"search_{units}_learnt", taken, note="who a unit is, on disk and in the index")


def grown(path: Path, units: int) -> None:
    """Make a record of so many units with one run each, as a station would have written it."""
    db = open_database(path)
    db.execute("pragma synchronous = off")
    db.execute("pragma journal_mode = off")
    db.execute("pragma cache_size = -400000")
    with _without_indexes(db), db.conn:
        db.execute("insert into operators values (1, 'Ann', '2024'), (2, 'Bob', '2024')")
        orders = ((n, f"WO-{n}") for n in range(1, units // PER_ORDER + 2))
        db.conn.executemany(_ORDER, orders)
        for sql, rows in (
            (_UNIT, ((n, imei(n), at(n)) for n in range(1, units + 1))),
            (_ID, (each for n in range(1, units + 1) for each in _ids(n))),
            (_RUN, (_run(n) for n in range(1, units + 1))),
            (_CLAIM, ((n, str(uuid(n)), at(n)) for n in range(1, units + 1))),
        ):
            _write(db, sql, rows)
        for sql in search_schema.FILL:
            db.execute(sql)
    db.execute("pragma journal_mode = wal")
    db.close()


_ORDER = """insert into work_orders (id, name, recipe, recipe_digest, operator, began)
    values (?, ?, 'Tracker', 'd', 1, '2024')"""
_UNIT = """insert into units (id, kind, serial, model, firmware, hardware, first_seen, last_seen)
    values (?1, 'nrf91', ?2, 'nRF9151', '2.0.2', '0.9', ?3, ?3)"""
_ID = "insert into unit_ids (name, value, unit) values (?, ?, ?)"
_RUN = """insert into runs (id, unit, slot, port, usb_serial, recipe, recipe_digest, procedure,
    steps, operator, work_order, station, software, began, ended, outcome, code, seconds)
    values (?1, ?1, ?2, '/dev/ttyACM0', ?3, ?4, 'd', 'claim', '[]', ?5, ?6, 'Line 1', '1', ?7, ?7,
    ?8, ?9, 20.0)"""
_CLAIM = """insert into claims (unit, run, cloud, place, device_id, tags, already, noted)
    values (?1, ?1, 'nrf_cloud', 'there', ?2, '[]', 0, ?3)"""


def imei(number: int) -> str:
    return f"35502593{number % 10_000_000:07}"


def uuid(number: int) -> UUID:
    return UUID(int=random.Random(number).getrandbits(128))


def mac(number: int) -> str:
    digits = f"F412FA{number % 0x1000000:06X}"
    return ":".join(digits[n : n + 2] for n in range(0, 12, 2))


def at(number: int) -> str:
    """Return when the run of this number began: one each half minute, all day."""
    days, second = divmod(number * 30, 86_400)
    years, day = divmod(days, 336)
    hour = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return f"{2024 + years}-{1 + day // 28:02}-{1 + day % 28:02}T{hour}.000+00:00"


def _ids(number: int) -> Iterator[tuple[str, str, int]]:
    yield "imei", imei(number), number
    yield "uuid", str(uuid(number)), number
    yield "mac", mac(number), number


def _run(number: int) -> tuple[Any, ...]:
    outcome = {7: "fail", 8: "fail", 23: "error", 42: "timeout"}.get(number % 100, "pass")
    code = None if outcome == "pass" else f"CODE-{number % 40}"
    recipe = "Gateway" if number % 10 == 3 else "Tracker"
    usb = f"USB{number * 7919 % 1_000_000_000:09}"
    order = 1 + number // PER_ORDER
    return number, str(number % 8), usb, recipe, 1 + number % 2, order, at(number), outcome, code


def _write(db: Database, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    several = iter(rows)
    while batch := list(islice(several, BATCH)):
        db.conn.executemany(sql, batch)


@contextmanager
def _without_indexes(db: Database) -> Iterator[None]:
    """Leave indexes and triggers out while rows are written, and make them at the end."""
    held = db.execute(
        "select type, name, sql from sqlite_master where type in ('index', 'trigger')"
        " and sql is not null and tbl_name not like 'unit_%' and sql not like '%unique%'"
        " order by type"
    ).fetchall()
    with db.conn:
        for kind, name, _ in held:
            db.execute(f"drop {kind} {name}")
        for name in ("unit_ids_by_unit", "claims_by_unit", "runs_by_unit"):  # the words need them
            again = next((sql for _, known, sql in held if known == name), None)
            if again:
                db.execute(again)
    yield
    there = {row[0] for row in db.execute("select name from sqlite_master")}
    with db.conn:
        for _, name, sql in held:
            if name not in there:
                db.execute(sql)
