"""The journal's rows: deeds that were begun, and the claims that came of them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from station.model import Claim
from station.record.rows import now

BOARD = "board"
"""The place of deeds that no cloud knows of: the board itself tells, at its next visit."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A deed that was begun and whose end we do not know. `place` is the cloud's address."""

    id: int
    run: int
    deed: str
    key: str
    place: str
    began: str


def hold(db: Database, run: int, place: str, claim: Claim) -> None:
    """Note that the cloud at `place` holds the unit of `run` for us, and no other as that device."""
    unit = db.execute("select unit from runs where id = ?", [run]).fetchone()[0]
    row = {
        "unit": unit,
        "run": run,
        "cloud": claim.cloud,
        "place": place,
        "device_id": claim.device_id,
        "tags": json.dumps(claim.tags),
        "already": int(claim.already),
        "noted": now(),
    }
    db.execute(
        "update claims set released = ? where place = ? and device_id = ? and released is null"
        " and unit is not ?",
        [now(), place, claim.device_id, unit],
    )
    # a claim that is held already keeps its first row: the unit was not claimed twice
    db.table("claims").insert(row, ignore=True)


def held(db: Database, run: int, place: str) -> str:
    """Return the device id of the last claim on the unit of `run` that holds; empty for none."""
    found = db.execute(
        "select device_id from claims where place = ? and released is null"
        " and unit = (select unit from runs where id = ?) order by id desc limit 1",
        [place, run],
    ).fetchone()
    return found[0] if found else ""


def was(db: Database, run: int, place: str) -> tuple[str, ...]:
    """Return every device id that the unit of `run` had at `place`, but what is another's now."""
    rows = db.execute(
        "select distinct device_id from claims where place = :place"
        " and unit = (select unit from runs where id = :run) and device_id not in ("
        "select device_id from claims where place = :place and released is null"
        " and unit is not (select unit from runs where id = :run)) order by id",
        {"place": place, "run": run},
    )
    return tuple(device for (device,) in rows)


def rival(db: Database, run: int, place: str, device_id: str) -> str:
    """Return the serial number of another unit that is this device at `place`; empty for none.

    One that says the same serial number as the unit of `run` is no other: its board was changed,
    or its recipe reads other ids of it.
    """
    found = db.execute(
        "select rival.serial from claims join units as rival on rival.id = claims.unit"
        " where place = ? and device_id = ? and released is null and rival.serial not in ("
        "select serial from units join runs on runs.unit = units.id where runs.id = ?)",
        [place, device_id, run],
    ).fetchone()
    return found[0] if found else ""


def let_go(db: Database, place: str, key: str) -> None:
    """Note that the cloud at `place` holds a unit for us no longer.

    `key` is the claim's device id, or an id of the unit: then it ends all claims on it there.
    """
    db.execute(
        "update claims set released = ? where place = ? and released is null"
        " and (device_id = ? or unit in (select unit from unit_ids where value = ?))",
        [now(), place, key, key],
    )


def let_go_of_all(db: Database, run: int, place: str) -> None:
    """Note that the unit of `run` is none of the devices at `place` that it was."""
    db.execute(
        "update claims set released = ? where place = ? and released is null"
        " and unit = (select unit from runs where id = ?)",
        [now(), place, run],
    )


_OF_THE_BOARD = (
    "intents.ended is null and intents.place = :board and exists (select 1 from runs as its, runs as"
    " this where its.id = intents.run and this.id = :run and (its.unit = this.unit or (instr("
    "key, coalesce(nullif(this.usb_serial, ''), this.slot) || ' ') = 1 and (its.slot = this.slot or"
    " instr(key, this.usb_serial || ' ' || its.slot || ' ') <> 1))))"
)
"""Open deeds on the board of a run: on the same unit, or at the place that the key names.

A key begins with the board's number on USB, or with its slot where it has none. Adapters may share
a number: where a slot follows in the key it is that slot's alone.
"""


def overtake(db: Database, run: int) -> list[str]:
    """Close what was left open of earlier flashes of the board that has passed in `run`.

    Whether they were done stays unknown: the board has been asked since, and is good. Returns
    their keys.
    """
    rows = db.execute(
        f"update intents set ended = :now where {_OF_THE_BOARD} returning key",  # noqa: S608
        {"now": now(), "board": BOARD, "run": run},
    )
    return [key for (key,) in rows]


def broken_off(db: Database, run: int, deed: str) -> tuple[int, ...]:
    """Return the earlier runs that have begun `deed` on the board of `run`, and left it open."""
    rows = db.execute(
        f"select run from intents where deed = :deed and run <> :run and {_OF_THE_BOARD}"  # noqa: S608
        " order by id",
        {"deed": deed, "board": BOARD, "run": run},
    )
    return tuple(dict.fromkeys(run for (run,) in rows))


def open_intents(
    db: Database,
    *,
    run: int | None = None,
    deed: tuple[str, str, str] | None = None,
    of_unit: int | None = None,
) -> tuple[Intent, ...]:
    """Return the open intents of a run, of a deed (its name, key and place), or all, in order.

    `of_unit` is a run: only those of its unit are meant.
    """
    name, key, place = deed or (None, None, None)
    rows = db.execute(
        "select id, run, deed, key, place, began from intents where ended is null"
        " and (:run is null or run = :run)"
        " and (:deed is null or (deed = :deed and key = :key and place = :place))"
        " and (:of_unit is null or (select unit from runs where runs.id = intents.run)"
        " is (select unit from runs where id = :of_unit)) order by id",
        {"run": run, "deed": name, "key": key, "place": place, "of_unit": of_unit},
    )
    return tuple(Intent(*row) for row in rows)
