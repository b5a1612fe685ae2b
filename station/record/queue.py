"""The offline queue: proofs that were gathered without a network and wait to be claimed.

A row that is being sent when the station stops waits again afterwards: a claim may be asked twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from station.faults import FileWrong
from station.model import Claim, Proof, Trouble
from station.record.imports import Gathered, TakenIn, enqueue, take_in
from station.record.intents import hold
from station.record.rows import now
from station.record.runs import RunNote
from station.record.trail import note
from station.record.writer import Writer

REFUSED = """queue.ended is not null and queue.code is not null
    and not exists (select 1 from queue later where later.subject = queue.subject
        and later.place = queue.place and later.id > queue.id)
    and not exists (select 1 from claims where claims.device_id = queue.subject
        and claims.place = queue.place and released is null)"""
"""A proof that its cloud refused, and nothing better has come of the unit since."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proof in the queue. `sealed` is its text, sealed; `gathered` is ISO 8601 in UTC."""

    id: int
    run: int
    serial: str
    kind: str
    names: str
    subject: str
    place: str
    sealed: str
    gathered: str


@dataclass(frozen=True, slots=True)
class QueueLength:
    """How many proofs wait, since when the oldest does, and how many the cloud refused."""

    waiting: int = 0
    oldest: str = ""
    refused: int = 0


class Queue:
    """The queue of one record. Every verb returns once it is on disk."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def add(self, run: int, place: str, proof: Proof, sealed: str) -> None:
        """Put a proof into the queue; one of the same unit that waits there is replaced."""

        def work(db: Database) -> None:
            enqueue(db, run, place, proof, sealed=sealed, gathered=now())

        await self._writer.write(work)

    async def take_in(
        self, told: RunNote, place: str, gathered: Sequence[Gathered], *, skip: bool
    ) -> TakenIn:
        """Put proofs that came from a file into the queue: all of them or none.

        With `skip`, those of units that the record knows otherwise are left out.

        Raises:
            FileWrong: the record knows ids of some of them as other units'; it says where.

        """

        def work(db: Database) -> TakenIn:
            done = take_in(db, told, place, gathered)
            if done.refused and not skip:
                raise FileWrong("; ".join(done.refused))
            return done

        return await self._writer.write(work)

    async def waiting(self, place: str, limit: int) -> tuple[Waiting, ...]:
        """Return the proofs that wait for the cloud at `place`, oldest first."""
        return await self._writer.write(lambda db: _waiting(db, place, limit))

    async def length(self, place: str) -> QueueLength:
        """Return how long the queue for `place` is."""
        return await self._writer.write(lambda db: _length(db, place))

    async def sent(self, results: Sequence[tuple[Waiting, Claim | Trouble]]) -> None:
        """Commit what the cloud said of each: it holds the unit, or why it does not."""

        def work(db: Database) -> None:
            for row, result in results:
                _end(db, row, result)

        await self._writer.write(work)


def _waiting(db: Database, place: str, limit: int) -> tuple[Waiting, ...]:
    rows = db.execute(
        "select queue.id, run, coalesce(serial, ''), queue.kind, names, subject, place, sealed,"
        " gathered from queue join runs on runs.id = run left join units on units.id = unit"
        " where place = ? and queue.ended is null order by queue.id limit ?",
        [place, limit],
    )
    return tuple(Waiting(*row) for row in rows)


def _length(db: Database, place: str) -> QueueLength:
    count, oldest = db.execute(
        "select count(*), coalesce(min(gathered), '') from queue where place = ? and ended is null",
        [place],
    ).fetchone()
    (refused,) = db.execute(
        f"select count(*) from queue where place = ? and {REFUSED}",  # noqa: S608 - ours
        [place],
    ).fetchone()
    return QueueLength(count, oldest, refused)


def _end(db: Database, row: Waiting, result: Claim | Trouble) -> None:
    refused = isinstance(result, Trouble)
    told = {
        "ended": now(),
        "code": result.code if isinstance(result, Trouble) else None,
        "words": f"{result.says} {result.detail}".strip() if isinstance(result, Trouble) else None,
        "sealed": row.sealed if refused else "",  # what was claimed needs its token no longer
    }
    db.table("queue").update(row.id, told)
    if isinstance(result, Claim):
        hold(db, row.run, row.place, result)
    note(db, row.run, "sent", {"subject": row.subject, "code": told["code"]})
