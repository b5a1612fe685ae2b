"""What was done against the rule: who wanted it, who stood for it, and why."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from station.model import Override
from station.record.rows import insert, now
from station.record.trail import note


@dataclass(frozen=True, slots=True)
class Approved:
    """An override that a second person, who was let in as `second`, has stood for.

    `code` is the fault whose check is skipped, empty for other overrides.
    """

    what: Override
    reason: str
    second: str
    code: str = ""


def overridden(
    db: Database,
    approved: Approved,
    operator: int,
    *,
    run: int | None = None,
    unit: int | None = None,
) -> int:
    """Note an override, in the transaction that does what it allows; return its row."""
    row = {
        "what": approved.what.value,
        "code": approved.code,
        "reason": approved.reason,
        "operator": operator,
        "second": operator_called(db, approved.second),
    }
    note(db, run, "overridden", {**row, "unit": unit, "second": approved.second})
    return insert(db, "overrides", run=run, unit=unit, at=now(), **row)


def operator_called(db: Database, name: str) -> int:
    """Return the row of whoever is called `name`, made when there is none."""
    known = db.execute("select id from operators where name = ?", [name]).fetchone()
    return known[0] if known else insert(db, "operators", name=name, created=now())
