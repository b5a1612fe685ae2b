"""Units, and how one is known again by any of its ids."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlite_utils import Database

from station.faults import IdentityConflict, OtherUnit, UnitScrapped
from station.model import Identity
from station.record.rows import insert, now
from station.record.trail import note

MARK = "usb serial"
"""What the id is called that a unit shows at its USB socket, before it is spoken to."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit that the record knows: its number, how people call it, how many earlier runs it had.

    `scrapped` is when it was taken out for good, empty while it was not.
    """

    unit: int
    serial: str
    earlier: int
    scrapped: str


def learn(db: Database, run: int, identity: Identity) -> Seen:
    """Note who the unit of `run` is, and return what is known of it.

    What was told of a unit before and is not told now stays.
    """
    unit = _unit_of(db, identity) or _adopted(db, identity)
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
    note(db, run, "identified", {"unit": unit, **asdict(identity)})
    return _seen(db, run, unit)


def marked(db: Database, run: int, usb_serial: str) -> Seen | None:
    """Return the unit that shows such a mark, which is that of `run` then; None for no unit's."""
    found = db.execute(
        "select unit from unit_ids where name = ? and value = ?", [MARK, usb_serial]
    ).fetchone()
    return _seen(db, run, found[0]) if found else None


def _seen(db: Database, run: int, unit: int) -> Seen:
    db.table("runs").update(run, {"unit": unit})
    earlier: int = db.execute(
        "select count(*) from runs where unit = ? and id <> ?", [unit, run]
    ).fetchone()[0]
    serial, scrapped = db.execute(
        "select serial, scrapped from units where id = ?", [unit]
    ).fetchone()
    return Seen(unit, serial, earlier, scrapped or "")


def refuse(seen: Seen, meant: int | None) -> None:
    """See that something may be done to a unit; `meant` is the one that must sit there, if any.

    Raises:
        OtherUnit: it is another.
        UnitScrapped: it was taken out for good.

    """
    if meant not in {None, seen.unit}:
        raise OtherUnit(f"it is {seen.serial}")
    if seen.scrapped:
        raise UnitScrapped(f"{seen.serial}, on {seen.scrapped[:10]}")


def _adopted(db: Database, identity: Identity) -> int | None:
    """Return the unit of this serial number that was adopted by hand, and not seen since.

    One that has another id of the same name is another.
    """
    found = db.execute(
        "select id from units where adopted is not null and kind = ? and serial = ?"
        " and not exists (select 1 from runs where unit = units.id)",
        [identity.kind, identity.serial],
    ).fetchone()
    if found is None:
        return None
    known = dict(_ids(db, found[0]))
    differs = any(known.get(name, value) != value for name, value in identity.ids)
    return None if differs else found[0]


def _ids(db: Database, unit: int) -> list[tuple[str, str]]:
    return list(db.execute("select name, value from unit_ids where unit = ?", [unit]))


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
    known = dict(_ids(db, unit))
    for name, value in identity.ids:
        if known.get(name, value) != value:
            raise IdentityConflict(f"unit {unit} has the same {shared} but {name} {known[name]}")
