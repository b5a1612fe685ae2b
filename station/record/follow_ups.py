"""Units that were claimed and are expected online: followed without holding their slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from station.model import Stage
from station.record.rows import insert, now
from station.record.trail import note
from station.record.writer import Writer


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A unit that is followed; it is `late` when it should have been online by now."""

    id: int
    run: int
    unit: str
    device_id: str
    stage: Stage
    late: bool
    reported: bool


class FollowUps:
    """The follow-ups of one record. Every verb returns once it is on disk."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def begin(self, run: int, place: str, device_id: str, within_s: float) -> None:
        """Follow a unit, which should be online within `within_s` seconds."""

        def work(db: Database) -> None:
            _end_older(db, place, device_id)
            due = (datetime.now(UTC) + timedelta(seconds=within_s)).isoformat(
                timespec="milliseconds"
            )
            row = {"run": run, "place": place, "device_id": device_id, "stage": Stage.CLAIMED.value}
            at = now()
            insert(db, "follow_ups", **row, began=at, changed=at, due=due)
            note(db, run, "followed", {**row, "due": due})

        await self._writer.write(work)

    async def open(self, place: str) -> tuple[FollowUp, ...]:
        """Return the units at `place` that are not online yet, oldest first."""
        return await self._writer.write(lambda db: _open(db, place))

    async def reach(self, follow_up: FollowUp, stage: Stage) -> None:
        """Note how far the unit is; it is followed no longer once it is connected."""

        def work(db: Database) -> None:
            at = now()
            ended = at if stage is Stage.CONNECTED else None
            row = {"stage": stage.value, "changed": at, "ended": ended}
            db.table("follow_ups").update(follow_up.id, row)
            note(
                db, follow_up.run, "stage", {"device_id": follow_up.device_id, "stage": stage.value}
            )

        await self._writer.write(work)

    async def report(self, follow_up: FollowUp) -> None:
        """Note that it was told that the unit is late; told once."""

        def work(db: Database) -> None:
            db.table("follow_ups").update(follow_up.id, {"reported": now()})
            note(db, follow_up.run, "late", {"device_id": follow_up.device_id})

        await self._writer.write(work)


def _end_older(db: Database, place: str, device_id: str) -> None:
    db.execute(
        "update follow_ups set ended = ? where place = ? and device_id = ? and ended is null",
        [now(), place, device_id],
    )


def _open(db: Database, place: str) -> tuple[FollowUp, ...]:
    rows = db.execute(
        "select follow_ups.id, run, coalesce(serial, ''), device_id, stage, due < ?,"
        " reported is not null from follow_ups join runs on runs.id = run"
        " left join units on units.id = unit"
        " where place = ? and follow_ups.ended is null order by follow_ups.id",
        [now(), place],
    )
    return tuple(
        FollowUp(number, run, unit, device, Stage(stage), bool(late), bool(reported))
        for number, run, unit, device, stage, late, reported in rows
    )
