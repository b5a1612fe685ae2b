"""Units, and how one is known again by any of its ids."""

from __future__ import annotations

from dataclasses import asdict

from sqlite_utils import Database

from station.faults import IdentityConflict
from station.model import Identity
from station.record.rows import insert, now
from station.record.trail import note


def learn(db: Database, run: int, identity: Identity) -> int:
    """Note who the unit of `run` is; return the number of its earlier runs.

    What was told of a unit before and is not told now stays.
    """
    unit = _unit_of(db, identity)
    seen = {
        "serial": identity.serial,
        "model": identity.model,
        "firmware": identity.firmware,
        "hardware": identity.hardware,
    }
    if unit is None:
        unit = insert(db, "units", kind=identity.kind, first_seen=now(), last_seen=now(), **seen)
    else:
        told = {name: value for name, value in seen.items() if value}
        db.table("units").update(unit, {**told, "last_seen": now()})
    ids = [{"name": name, "value": value, "unit": unit} for name, value in identity.ids]
    db.table("unit_ids").insert_all(ids, ignore=True)
    earlier: int = db.execute(
        "select count(*) from runs where unit = ? and id <> ?", [unit, run]
    ).fetchone()[0]
    db.table("runs").update(run, {"unit": unit})
    note(db, run, "identified", {"unit": unit, **asdict(identity)})
    return earlier


def _unit_of(db: Database, identity: Identity) -> int | None:
    owners: dict[int, str] = {}
    for name, value in identity.ids:
        for (unit,) in db.execute(
            "select unit from unit_ids where name = ? and value = ?", [name, value]
        ):
            owners[unit] = name
    for unit, name in owners.items():
        _refuse_conflict(db, unit, name, identity)
    return next(iter(owners), None)


def _refuse_conflict(db: Database, unit: int, shared: str, identity: Identity) -> None:
    known = dict(db.execute("select name, value from unit_ids where unit = ?", [unit]).fetchall())
    for name, value in identity.ids:
        if known.get(name, value) != value:
            raise IdentityConflict(f"unit {unit} has the same {shared} but {name} {known[name]}")
