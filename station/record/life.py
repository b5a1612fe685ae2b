"""A unit's whole life, read from the record."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from station.model import CaseEnd, Outcome, Stage
from station.model.life import (
    CaseTold,
    ClaimTold,
    Erasure,
    FollowedTold,
    LabelTold,
    Life,
    NoteTold,
    OpenDeed,
    OverrideTold,
    QueuedTold,
    RunTold,
    SerialTold,
    StepTold,
)
from station.record import life_rows


def of_unit(db: Database, unit: int) -> Life | None:
    """Return the life of the unit of this number; None when there is no such unit."""
    row = db.execute("select * from units where id = ?", [unit]).fetchone()
    return None if row is None else _life(life_rows.of_unit(db, dict(row)))


def _life(row: dict[str, Any]) -> Life:
    return Life(
        unit=row["id"],
        **{name: row[name] for name in ("kind", "serial", "model", "firmware", "hardware")},
        **{
            name: row.get(name) or "" for name in ("first_seen", "last_seen", "adopted", "scrapped")
        },
        ids=tuple((each["name"], each["value"]) for each in row["ids"]),
        runs=tuple(map(_run, row["runs"])),
        claims=tuple(map(_claim, row["claims"])),
        open_deeds=tuple(OpenDeed(**each) for each in row["open"]),
        followed=tuple(_followed(each) for each in row["followed"]),
        queued=tuple(map(_queued, row["queue"])),
        labels=tuple(
            LabelTold(**_plain(each, but=("run", "reprint_of"))) for each in row["labels"]
        ),
        notes=tuple(NoteTold(**each) for each in row["notes"]),
        cases=tuple(map(_case, row["cases"])),
        overrides=tuple(OverrideTold(**each) for each in row["overrides"]),
        serials=tuple(SerialTold(**_plain(each)) for each in row["serials"]),
        erasures=tuple(map(_erasure, row["erasures"])),
    )


def _plain(row: dict[str, Any], but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return `row` with an empty text for each null, but for the columns `but`."""
    return {name: "" if value is None and name not in but else value for name, value in row.items()}


def _outcome(row: dict[str, Any]) -> dict[str, Any]:
    ended = row["outcome"]
    return {"outcome": None if ended is None else Outcome(ended), "seconds": row["seconds"]}


def _step(row: dict[str, Any]) -> StepTold:
    told: dict[str, Any] = {name: row[name] or "" for name in ("name", "began", "code", "words")}
    return StepTold(**told, **_outcome(row))


_OF_RUN = (
    "began", "ended", "code", "words", "station", "slot", "operator", "recipe", "procedure",
    "software", "firmware",
)  # fmt: skip


def _run(row: dict[str, Any]) -> RunTold:
    told: dict[str, Any] = {name: row[name] or "" for name in _OF_RUN}
    return RunTold(
        run=row["run"],
        order=row["work_order"],
        steps=tuple(map(_step, row["steps"])),
        **told,
        **_outcome(row),
    )


def _claim(row: dict[str, Any]) -> ClaimTold:
    return ClaimTold(**{**_plain(row), "tags": tuple(json.loads(row["tags"]))})


def _followed(row: dict[str, Any]) -> FollowedTold:
    return FollowedTold(**{**_plain(row), "stage": Stage(row["stage"])})


def _queued(row: dict[str, Any]) -> QueuedTold:
    names = ("state", "subject", "place", "gathered", "ended", "code", "words")
    return QueuedTold(**{name: row[name] or "" for name in names})


def _case(row: dict[str, Any]) -> CaseTold:
    end = CaseEnd(row["end"]) if row["end"] else None
    return CaseTold(**{**_plain(row), "end": end, "actions": tuple(json.loads(row["actions"]))})


def _erasure(row: dict[str, Any]) -> Erasure:
    told = tuple((name, _text(value)) for name, value in row["data"].items())
    return Erasure(row["at"], row["run"], row["what"], told, row["digest"])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value)) or "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
