"""The trail: everything that was ever written, in order, each row sealed to the one before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlite_utils import Database

from station.record.rows import now

FIRST = "0" * 64


def note(db: Database, run: int | None, what: str, data: dict[str, Any]) -> None:
    """Add a row to the trail, in the transaction that does what it tells of."""
    last = db.execute("select digest from trail order by id desc limit 1").fetchone()
    at = now()
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    digest = seal(last[0] if last else FIRST, at, run, what, text)
    db.execute(
        "insert into trail (at, run, what, data, digest) values (?, ?, ?, ?, ?)",
        [at, run, what, text, digest],
    )


def seal(before: str, at: str, run: int | None, what: str, data: str) -> str:
    """Return the SHA-256, in hex, of a row and of the digest before it."""
    row = json.dumps([before, at, run, what, data], ensure_ascii=False)
    return hashlib.sha256(row.encode()).hexdigest()


def first_break(db: Database) -> int | None:
    """Return the id of the first row that was edited, removed or moved; None if all is whole."""
    before, expected = FIRST, 1
    for row in db.execute("select id, at, run, what, data, digest from trail order by id"):
        number, at, run, what, data, digest = row
        if number != expected or digest != seal(before, at, run, what, data):
            return int(number)
        before, expected = digest, expected + 1
    return None
