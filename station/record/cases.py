"""The bench's rows: cases of rework, notes, units that were adopted or scrapped."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from station.faults import (
    CaseOpen,
    NoCase,
    ReworkLimit,
    SlotBusy,
    UnitKnown,
    UnitMissing,
    UnitScrapped,
    WordsMissing,
)
from station.model import CaseEnd, NewUnit
from station.record.overrides import Approved, overridden
from station.record.rows import insert, now
from station.record.trail import note
from station.record.writer import Writer


@dataclass(frozen=True, slots=True)
class Case:
    """A unit's way through the bench; times are ISO 8601 in UTC, `actions` codes.

    `closed`, `closed_by` and `end` are None while it is open.
    """

    id: int
    unit: int
    serial: str
    opened: str
    operator: str
    reason: str
    fault: str
    closed: str | None
    closed_by: str | None
    end: CaseEnd | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adopted:
    """A unit that was taken into the record by hand."""

    unit: int
    serial: str


@dataclass(frozen=True, slots=True)
class Scrapped:
    """A unit that was taken out; `held` are the devices that clouds still hold of it for us."""

    serial: str
    held: tuple[str, ...]


class Cases:
    """The cases of one record. Every verb is on disk at once, with its row in the trail.

    `unit` is the record's number of a unit, `operator` the row of whoever is signed in. Every verb
    raises UnitMissing when there is no such unit.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def open(
        self,
        unit: int,
        operator: int,
        reason: str,
        fault: str,
        *,
        limit: int,
        approved: Approved | None = None,
    ) -> str:
        """Open a case; return the unit's serial number.

        `limit` is how many cases a unit may have before it takes `approved`; 0 is no limit.

        Raises:
            UnitScrapped, CaseOpen, ReworkLimit: it can't be.

        """

        def work(db: Database) -> str:
            serial = _workable(db, unit)
            if _open_case(db, unit):
                raise CaseOpen(serial)
            many = _count(db, unit)
            if limit and many >= limit:
                if approved is None:
                    raise ReworkLimit(f"{many} times, of {limit}")
                overridden(db, approved, operator, unit=unit)
            told = {"unit": unit, "reason": reason, "fault": fault}
            case = insert(db, "cases", **told, operator=operator, opened=now())
            note(db, None, "case opened", {"case": case, "operator": operator, **told})
            return serial

        return await self._writer.write(work)

    async def close(self, unit: int, operator: int, actions: tuple[str, ...]) -> str:
        """Close the unit's open case, for it goes out again; return its serial number.

        Raises:
            NoCase: it has none.
            SlotBusy: a run on it is under way.

        """

        def work(db: Database) -> str:
            serial, case = _serial(db, unit), _open_case(db, unit)
            if case is None:
                raise NoCase(serial)
            _refuse_under_way(db, unit)
            _end(db, case, operator, CaseEnd.SHIPPED, actions)
            return serial

        return await self._writer.write(work)

    async def scrap(self, unit: int, operator: int, approved: Approved) -> Scrapped:
        """Take a unit out for good, and close its case; what clouds hold of it is written down.

        Raises:
            UnitScrapped: it is out already.
            SlotBusy: a run on it is under way.

        """

        def work(db: Database) -> Scrapped:
            serial, held = _workable(db, unit), _held(db, unit)
            _refuse_under_way(db, unit)
            if case := _open_case(db, unit):
                _end(db, case, operator, CaseEnd.SCRAPPED, ())
            db.table("units").update(unit, {"scrapped": now()})
            overridden(db, approved, operator, unit=unit)
            note(db, None, "scrapped", {"unit": unit, "operator": operator, "held": held})
            return Scrapped(serial, held)

        return await self._writer.write(work)

    async def write(self, unit: int, operator: int, text: str) -> str:
        """Write a note into the unit's life; return its serial number.

        Raises:
            WordsMissing: it is empty.

        """

        def work(db: Database) -> str:
            serial = _serial(db, unit)
            if not text.strip():
                raise WordsMissing("the note")
            _note(db, unit, operator, text.strip())
            return serial

        return await self._writer.write(work)

    async def adopt(self, told: NewUnit, operator: int) -> Adopted:
        """Take a unit into the record that nobody knows.

        Raises:
            WordsMissing: it has no kind, no reason, or nothing by which it would be known again.
            UnitKnown: it is there, by any of its ids or by its serial number.

        """
        kind, serial, reason = told.kind.strip(), told.serial.strip(), told.reason.strip()
        ids = tuple((name.strip(), value.strip()) for name, value in told.ids if value.strip())
        _refuse_empty(kind, serial, reason, ids)
        clean = NewUnit(kind, serial or ids[0][1], ids, reason)

        def work(db: Database) -> Adopted:
            _refuse_known(db, clean)
            unit = _insert_unit(db, clean)
            note(db, None, "adopted", {"unit": unit, "operator": operator, **asdict(clean)})
            _note(db, unit, operator, reason)
            return Adopted(unit, clean.serial)

        return await self._writer.write(work)

    async def of_unit(self, unit: int) -> tuple[Case, ...]:
        """Return the cases of a unit, the latest first."""
        return await self._writer.write(lambda db: cases(db, unit))

    async def to_work_on(self, unit: int) -> int:
        """Return the open case of a unit.

        Raises:
            UnitScrapped, NoCase: nothing is to be done to it.

        """

        def work(db: Database) -> int:
            serial, case = _workable(db, unit), _open_case(db, unit)
            if case is None:
                raise NoCase(serial)
            return case

        return await self._writer.write(work)


def cases(db: Database, unit: int | None = None, *, is_open: bool = False) -> tuple[Case, ...]:
    """Return the cases of a unit, or of all; the latest first, or only those that are open.

    A record of an older version has none.
    """
    if "cases" not in db.table_names():
        return ()
    rows = db.query(
        "select cases.id, unit, serial, opened, opener.name as operator, reason, fault, closed,"
        " closer.name as closed_by, end, actions from cases join units on units.id = unit"
        " join operators as opener on opener.id = cases.operator"
        " left join operators as closer on closer.id = closed_by"
        " where (:unit is null or unit = :unit) and (not :open or closed is null)"
        " order by cases.id desc",
        {"unit": unit, "open": is_open},
    )
    return tuple(_case(row) for row in rows)


def _case(row: dict[str, Any]) -> Case:
    end = CaseEnd(row["end"]) if row["end"] else None
    return Case(**{**row, "end": end, "actions": tuple(json.loads(row["actions"]))})


def _serial(db: Database, unit: int) -> str:
    found = db.execute("select serial from units where id = ?", [unit]).fetchone()
    if found is None:
        raise UnitMissing(f"number {unit}")
    return str(found[0])


def _workable(db: Database, unit: int) -> str:
    serial = _serial(db, unit)
    (when,) = db.execute("select scrapped from units where id = ?", [unit]).fetchone()
    if when:
        raise UnitScrapped(f"{serial}, on {when[:10]}")
    return serial


def _refuse_under_way(db: Database, unit: int) -> None:
    found = db.execute("select slot from runs where unit = ? and ended is null limit 1", [unit])
    if slot := found.fetchone():
        raise SlotBusy(slot[0])


def _open_case(db: Database, unit: int) -> int | None:
    found = db.execute("select id from cases where unit = ? and closed is null", [unit]).fetchone()
    return found[0] if found else None


def _count(db: Database, unit: int) -> int:
    many: int = db.execute("select count(*) from cases where unit = ?", [unit]).fetchone()[0]
    return many


def _held(db: Database, unit: int) -> tuple[str, ...]:
    rows = db.execute(
        "select distinct device_id from claims where unit = ? and released is null order by id",
        [unit],
    )
    return tuple(device for (device,) in rows)


def _end(db: Database, case: int, operator: int, end: CaseEnd, actions: tuple[str, ...]) -> None:
    row = {"end": end.value, "actions": json.dumps(actions)}
    db.table("cases").update(case, {"closed": now(), "closed_by": operator, **row})
    (unit,) = db.execute("select unit from cases where id = ?", [case]).fetchone()
    told = {"case": case, "unit": unit, "operator": operator, "end": end.value}
    note(db, None, "case closed", {**told, "actions": actions})


def _note(db: Database, unit: int, operator: int, text: str) -> None:
    insert(db, "notes", unit=unit, at=now(), operator=operator, text=text)
    note(db, None, "noted", {"unit": unit, "operator": operator, "text": text})


def _refuse_empty(kind: str, serial: str, reason: str, ids: tuple[tuple[str, str], ...]) -> None:
    missing = {
        "the kind of board": kind,
        "its serial number, or one of its ids": serial or ids,
        "what an id is called": all(name for name, _ in ids),
        "why it is adopted": reason,
    }
    if empty := [what for what, told in missing.items() if not told]:
        raise WordsMissing(", ".join(empty))


def _refuse_known(db: Database, told: NewUnit) -> None:
    for name, value in told.ids:
        found = db.execute(
            "select serial from unit_ids join units on units.id = unit where name = ? and value = ?",
            [name, value],
        ).fetchone()
        if found:
            raise UnitKnown(f"{name} {value} is the unit {found[0]}")
    named = db.execute(
        "select id from units where kind = ? and serial = ?", [told.kind, told.serial]
    ).fetchone()
    if named:
        raise UnitKnown(told.serial)


def _insert_unit(db: Database, told: NewUnit) -> int:
    at = now()
    row = {"kind": told.kind, "serial": told.serial, "first_seen": at, "last_seen": at}
    unit = insert(db, "units", **row, model="", firmware="", hardware="", adopted=at)
    rows = [{"name": name, "value": value, "unit": unit} for name, value in told.ids]
    if rows:
        db.table("unit_ids").insert_all(rows)
    return unit
