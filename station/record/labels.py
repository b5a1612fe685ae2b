"""Labels: committed before the printer is touched, and how that went after it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from station.faults import LabelMissing, RecordBroken, UnitScrapped, Unsettled
from station.record.intents import open_intents
from station.record.label_facts import Facts, facts
from station.record.overrides import Approved, overridden
from station.record.rows import insert, now
from station.record.trail import note
from station.record.writer import Writer


@dataclass(frozen=True, slots=True)
class LabelNote:
    """A label that is about to be printed; `digest` is that of its content, without the job's id."""

    job: str
    digest: str
    template: str
    printer: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Labels of which nobody knows whether they came: their rows, and the digest of the last."""

    rows: tuple[int, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class LastLabel:
    """The last label that a unit was given: its row, its job, and the run that it belongs to."""

    row: int
    job: str
    run: int
    recipe: str


class Labels:
    """The labels of one record. Every verb is on disk at once; no secret is in any of them."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def facts(self, run: int, place: str, pool: str) -> Facts:
        """Return what is known of the unit of `run`; `place` is its cloud's address.

        Raises:
            RecordBroken: nobody knows which unit that is.

        """
        return await self._writer.write(lambda db: facts(db, run, place, pool))

    async def begin(self, run: int, told: LabelNote, step: str) -> int:
        """Commit that a label is about to be printed by `step` of `run`; return its row.

        Raises:
            RecordBroken: a step that was promised before has not passed.
            Unsettled: a deed of this run is open, so the unit may not have passed.

        """

        def work(db: Database) -> int:
            _refuse_early(db, run, step)
            unit, operator = db.execute(
                "select unit, operator from runs where id = ?", [run]
            ).fetchone()
            row = {"unit": unit, "operator": operator, **_columns(told)}
            note(db, run, "label", row)
            return insert(db, "labels", run=run, began=now(), **row)

        return await self._writer.write(work)

    async def begin_again(
        self, unit: int, told: LabelNote, last: LastLabel, operator: int, approved: Approved
    ) -> int:
        """Commit that the unit's label is about to be printed once more; return its row.

        It is an override, which is written down with it.

        Raises:
            UnitScrapped: no label is made for what was taken out for good.

        """

        def work(db: Database) -> int:
            serial, when = db.execute(
                "select serial, scrapped from units where id = ?", [unit]
            ).fetchone()
            if when:
                raise UnitScrapped(f"{serial}, on {when[:10]}")
            overridden(db, approved, operator, unit=unit)
            row = {"unit": unit, "operator": operator, **_columns(told)}
            row |= {"reprint_of": last.row, "reason": approved.reason}
            note(db, None, "label again", row)
            return insert(db, "labels", began=now(), **row)

        return await self._writer.write(work)

    async def came(self, rows: tuple[int, ...], *, scanned: bool = False) -> None:
        """Commit that labels were printed; `scanned` when one was read too."""
        await self._conclude(rows, "label came", printed=True, scanned=scanned)

    async def failed(self, rows: tuple[int, ...], why: str) -> None:
        """Commit that labels were certainly not printed."""
        await self._conclude(rows, f"no label: {why}", printed=False, scanned=False)

    async def scanned(self, run: int, digest: str) -> None:
        """Commit that the last label of the unit of `run` with this content was read."""

        def work(db: Database) -> None:
            db.execute(
                "update labels set scanned = ? where id = (select max(id) from labels"
                " where printed is not null and digest = ?"
                " and unit = (select unit from runs where id = ?))",
                [now(), digest, run],
            )
            note(db, run, "label scanned", {})

        await self._writer.write(work)

    async def pending(self, run: int) -> Pending | None:
        """Return the labels of the unit of `run` whose end nobody knows; None for none."""

        def work(db: Database) -> Pending | None:
            rows = db.execute(
                "select id, digest from labels where printed is null and failed is null"
                " and unit = (select unit from runs where id = ?) order by id",
                [run],
            ).fetchall()
            return Pending(tuple(row for row, _ in rows), rows[-1][1]) if rows else None

        return await self._writer.write(work)

    async def job_with(self, run: int, digest: str) -> str:
        """Return the job by which the unit of `run` was given this very label; empty for none."""

        def work(db: Database) -> str:
            found = db.execute(
                "select job from labels where printed is not null and digest = ?"
                " and unit = (select unit from runs where id = ?) order by id desc limit 1",
                [digest, run],
            ).fetchone()
            return found[0] if found else ""

        return await self._writer.write(work)

    async def last(self, unit: int) -> LastLabel:
        """Return the last label of a unit.

        Raises:
            LabelMissing: it has none.

        """

        def work(db: Database) -> LastLabel:
            found = db.execute(
                "select max(labels.id), job from labels where unit = ? and failed is null", [unit]
            ).fetchone()
            made = db.execute(
                "select runs.id, runs.recipe from labels join runs on runs.id = labels.run"
                " where labels.unit = ? and failed is null order by labels.id desc limit 1",
                [unit],
            ).fetchone()
            if made is None:
                raise LabelMissing
            return LastLabel(*found, *made)

        return await self._writer.write(work)

    async def also_known_as(self, run: int) -> tuple[str, ...]:
        """Return what the label of the unit of `run` may say beside its ids.

        That is what it is at a cloud, and the serial numbers that it was given.
        """

        def work(db: Database) -> tuple[str, ...]:
            rows = db.execute(
                "select device_id from claims where released is null"
                " and unit = (select unit from runs where id = :run)"
                " union select number from serials"
                " where unit = (select unit from runs where id = :run)",
                {"run": run},
            )
            return tuple(name for (name,) in rows)

        return await self._writer.write(work)

    async def owner(self, names: tuple[str, ...]) -> str:
        """Return the serial number of a unit that has one of `names`; empty for none."""

        def work(db: Database) -> str:
            found = db.execute(
                "select serial from units where serial in (select value from json_each(:names))"
                " or id in (select unit from unit_ids"
                " where value in (select value from json_each(:names)))"
                " or id in (select unit from claims where released is null"
                " and device_id in (select value from json_each(:names)))"
                " or id in (select unit from serials"
                " where number in (select value from json_each(:names))) limit 1",
                {"names": json.dumps(names)},
            ).fetchone()
            return found[0] if found else ""

        return await self._writer.write(work)

    async def _conclude(
        self, rows: tuple[int, ...], what: str, *, printed: bool, scanned: bool
    ) -> None:
        ended = {
            "printed" if printed else "failed": now(),
            **({"scanned": now()} if scanned else {}),
        }

        def work(db: Database) -> None:
            for row in rows:
                db.table("labels").update(row, ended)
                run, job = db.execute("select run, job from labels where id = ?", [row]).fetchone()
                note(db, run, what, {"job": job})

        await self._writer.write(work)


def open_label(db: Database, run: int) -> bool:
    """Tell whether `run` leaves a label of which nobody knows whether it came."""
    found = db.execute(
        "select 1 from labels where run = ? and printed is null and failed is null", [run]
    )
    return found.fetchone() is not None


def _columns(told: LabelNote) -> dict[str, str | int | None]:
    return {
        "job": told.job,
        "digest": told.digest,
        "template": told.template,
        "printer": told.printer,
    }


def _refuse_early(db: Database, run: int, step: str) -> None:
    """See that all has passed that was promised before `step`."""
    promised = json.loads(db.execute("select steps from runs where id = ?", [run]).fetchone()[0])
    passed = db.execute("select name from steps where run = ? and outcome = 'pass'", [run])
    before = set(promised[: promised.index(step)])
    if missing := before - {name for (name,) in passed}:
        raise RecordBroken(f"no record of {', '.join(sorted(missing))}")
    if open_intents(db, run=run):
        raise Unsettled("before its label")
