"""Runs as rows: how one begins and how it ends."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from sqlite_utils import Database

from station.model import Outcome, Trouble
from station.record.overrides import Approved, overridden
from station.record.rows import ending, insert, now
from station.record.trail import note

IMPORT = "import"
"""The procedure of a run whose proof came from a file: nothing sat in a slot, nobody counts it."""


@dataclass(frozen=True, slots=True)
class RunNote:
    """What is known of a run when it begins. `steps` is what its procedure promises.

    `repair` is the case that it belongs to, `approved` what a second person has stood for.
    """

    slot: str
    port: str
    usb_serial: str
    recipe: str
    recipe_digest: str
    procedure: str
    steps: tuple[str, ...]
    operator: int
    work_order: int
    station: str
    software: str
    repair: int | None = None
    approved: Approved | None = None


def begin(db: Database, told: RunNote) -> int:
    """Begin a run and return its number."""
    row = {**asdict(replace(told, approved=None)), "steps": json.dumps(told.steps)}
    del row["approved"]
    run = insert(db, "runs", **row, began=now())
    note(db, run, "run began", row)
    if told.approved:
        overridden(db, told.approved, told.operator, run=run)
    return run


def elsewhere(db: Database, run: int) -> str:
    """Return the slot of another run that is under way on the unit of `run`; empty for none.

    One that has passed since `run` began counts too: its board had not left.
    """
    found = db.execute(
        "select other.slot from runs as other join runs as own on own.unit = other.unit"
        " where own.id = ? and other.id <> own.id and (other.ended is null"
        " or (other.outcome = 'pass' and other.ended > own.began)) order by other.id desc limit 1",
        [run],
    ).fetchone()
    return found[0] if found else ""


def end(
    db: Database, run: int, outcome: Outcome, trouble: Trouble | None, seconds: float | None
) -> None:
    """End a run."""
    row = ending(outcome, trouble, seconds)
    db.table("runs").update(run, row)
    note(db, run, "run ended", row)
