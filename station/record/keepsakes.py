"""What must not be lost of a unit and nobody may read: its login, the secret on its label. Sealed."""

from __future__ import annotations

from sqlite_utils import Database

from station.record.rows import insert, now
from station.record.trail import note
from station.record.writer import Writer

LOGIN = "login"
SENT = "sent"
"""The unit was given what it needs to provision itself."""
CLAIM_SECRET = "claim secret"  # noqa: S105 - what is kept, not the secret


class Keepsakes:
    """The keepsakes of one record, each under a subject at a place. Every verb is on disk at once.

    They belong to the unit of the run that kept them; another unit is never given them.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def keep(self, run: int, place: str, subject: str, what: str, sealed: str) -> None:
        """Keep something of the unit of `run`, sealed; what was kept before stays until dropped."""

        def work(db: Database) -> None:
            unit = _unit(db, run)
            row = {"unit": unit, "place": place, "subject": subject, "what": what}
            insert(db, "keepsakes", run=run, **row, sealed=sealed, kept=now())
            note(db, run, "kept", {"place": place, "subject": subject, "what": what})

        await self._writer.write(work)

    async def kept(self, run: int, place: str, subject: str, what: str) -> tuple[str, ...]:
        """Return what is kept of the unit of `run`, sealed, the latest first."""

        def work(db: Database) -> tuple[str, ...]:
            rows = db.execute(
                "select sealed from keepsakes where ended is null and place = ? and subject = ?"
                " and what = ? and unit is (select unit from runs where id = ?) order by id desc",
                [place, subject, what, run],
            )
            return tuple(sealed for (sealed,) in rows)

        return await self._writer.write(work)

    async def shared(self, run: int, place: str, subject: str, what: str) -> bool:
        """Tell whether another unit has such a keepsake; one of the same serial number is no other."""

        def work(db: Database) -> bool:
            rows = db.execute(
                "select 1 from keepsakes join units on units.id = keepsakes.unit where ended is null"
                " and place = ? and subject = ? and what = ? and serial not in ("
                "select serial from units join runs on runs.unit = units.id where runs.id = ?)",
                [place, subject, what, run],
            )
            return rows.fetchone() is not None

        return await self._writer.write(work)

    async def drop(self, run: int, place: str, subject: str, what: str, *, but: str = "") -> int:
        """Forget what is kept of the unit of `run`, but for `but`; return how many there were.

        Their sealed texts leave the record.
        """

        def work(db: Database) -> int:
            dropped = db.execute(
                "update keepsakes set sealed = '', ended = ? where ended is null and place = ?"
                " and subject = ? and what = ? and sealed <> ?"
                " and unit is (select unit from runs where id = ?) returning id",
                [now(), place, subject, what, but, run],
            ).fetchall()
            if dropped:
                told = {"place": place, "subject": subject, "what": what, "many": len(dropped)}
                note(db, run, "forgotten", told)
            return len(dropped)

        return await self._writer.write(work)


def _unit(db: Database, run: int) -> int | None:
    unit: int | None = db.execute("select unit from runs where id = ?", [run]).fetchone()[0]
    return unit


def forget(db: Database, place: str, subject: str) -> None:
    """Forget all that is kept under `subject` at `place`: what it was for is there no longer.

    But for the secret that is on the unit's label, which is still there.
    """
    db.execute(
        "update keepsakes set sealed = '', ended = ? where ended is null and place = ?"
        " and subject = ? and what <> ?",
        [now(), place, subject, CLAIM_SECRET],
    )
