"""What a label may say of a unit: from the record alone, so that it can be made anew."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from station.faults import RecordBroken
from station.record.intents import held


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a unit for its label.

    `order`, `recipe`, `station`, `operator` and `date` are those of the run that gave it its first
    label by this recipe, so that a label made anew says what the first one said.
    """

    serial: str
    kind: str
    model: str
    firmware: str
    hardware: str
    ids: tuple[tuple[str, str], ...]
    device_id: str
    cloud: str
    serial_number: str
    order: str
    recipe: str
    station: str
    operator: str
    date: str


def facts(db: Database, run: int, place: str, pool: str) -> Facts:
    """Return what is known of the unit of `run`; as `Labels.facts`."""
    unit = db.execute(
        "select units.id, serial, kind, model, firmware, hardware from runs"
        " join units on units.id = runs.unit where runs.id = ?",
        [run],
    ).fetchone()
    if unit is None:
        raise RecordBroken(f"nobody knows the unit of run {run}")
    device = held(db, run, place)
    cloud = db.execute(
        "select cloud from claims where place = ? and device_id = ? limit 1", [place, device]
    ).fetchone()
    number = db.execute(
        "select number from serials join pools on pools.id = pool where name = ? and unit = ?",
        [pool, unit[0]],
    ).fetchone()
    ids = db.execute("select name, value from unit_ids where unit = ? order by name", [unit[0]])
    order, recipe, station, operator, date = _origin(db, run)
    return Facts(
        serial=unit[1],
        kind=unit[2],
        model=unit[3],
        firmware=unit[4],
        hardware=unit[5],
        ids=tuple((name, value) for name, value in ids),
        device_id=device,
        cloud=cloud[0] if cloud else "",
        serial_number=number[0] if number else "",
        order=order,
        recipe=recipe,
        station=station,
        operator=operator,
        date=date,
    )


def _origin(db: Database, run: int) -> tuple[str, str, str, str, str]:
    """Return order, recipe, station, operator and day of the unit's first label by its recipe."""
    found: tuple[str, str, str, str, str] = db.execute(
        "select work_orders.name, runs.recipe, station, operators.name, substr(runs.began, 1, 10)"
        " from runs join work_orders on work_orders.id = runs.work_order"
        " join operators on operators.id = runs.operator where runs.id = coalesce(("
        "select labels.run from labels join runs as made on made.id = labels.run"
        " join runs as own on own.id = :run where labels.unit = own.unit and failed is null"
        " and made.recipe = own.recipe order by labels.id limit 1), :run)",
        {"run": run},
    ).fetchone()
    return found
