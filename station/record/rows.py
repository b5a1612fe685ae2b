"""What every table's rows have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from station.model import Outcome, Trouble


def now() -> str:
    """Return the time in UTC, as the record writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def insert(db: Database, table: str, **row: Any) -> int:
    """Insert a row and return its key."""
    pk: Any = db.table(table).insert(row).last_pk
    return int(pk)


def ending(outcome: Outcome, trouble: Trouble | None, seconds: float | None) -> dict[str, Any]:
    """Return the columns that end a step or a run."""
    return {
        "ended": now(),
        "outcome": outcome.value,
        "code": trouble.code if trouble else None,
        "words": f"{trouble.says} {trouble.detail}".strip() if trouble else None,
        "seconds": None if seconds is None else round(seconds, 4),
    }
