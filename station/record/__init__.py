"""What was done to every unit: on disk before it is on the screen.

`Record` is the door for writing; `station.record.questions` is the door for reading.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlite_utils import Database

from station.faults import (
    DeviceExists,
    Interrupted,
    PrintUnknown,
    RecordBroken,
    RecordInUse,
    Unsettled,
)
from station.model import Claim, Identity, Outcome, PastRun, Tally, Trouble
from station.record import counts, runs, units
from station.record.cases import Cases
from station.record.follow_ups import FollowUps
from station.record.intents import (
    BOARD,
    Intent,
    broken_off,
    held,
    hold,
    let_go,
    let_go_of_all,
    open_intents,
    overtake,
    rival,
    was,
)
from station.record.keepsakes import CLAIM_SECRET, LOGIN, SENT, Keepsakes, forget
from station.record.labels import Labels, open_label
from station.record.overrides import Approved, operator_called
from station.record.people import People
from station.record.queue import Queue
from station.record.rows import ending, insert, now
from station.record.runs import RunNote
from station.record.serials import Serials, settle_numbers
from station.record.trail import note
from station.record.writer import Writer


@dataclass(frozen=True, slots=True)
class Shift:
    """An operator at work on a work order: the keys of their rows."""

    operator: int
    work_order: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A run's end as it was read back from the disk."""

    outcome: Outcome
    unit: str
    trouble: Trouble | None


class Record:
    """The one writer of a station's record. Every verb returns once it is on disk.

    Every verb raises DiskFull or RecordBroken when nothing could be written.
    """

    def __init__(self, path: Path) -> None:
        """Open the record at `path`, or begin one.

        Raises:
            RecordInUse: another program writes to it.
            RecordNewer, RecordBroken, DiskFull: it can't be opened.

        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(path.with_suffix(".lock"))
        try:
            self._lock.acquire(timeout=0)
        except Timeout as exc:
            raise RecordInUse(str(path)) from exc
        try:
            self._writer = Writer(path)
        except BaseException:
            self._lock.release()
            raise
        self.queue = Queue(self._writer)
        self.follow_ups = FollowUps(self._writer)
        self.keepsakes = Keepsakes(self._writer)
        self.labels = Labels(self._writer)
        self.serials = Serials(self._writer)
        self.cases = Cases(self._writer)
        self.people = People(self._writer)

    def close(self) -> None:
        """Finish what is being written and let go of the file; safe to call twice."""
        self._writer.close()
        self._lock.release()

    async def begin_shift(
        self, operator: str, order: str, recipe: str, digest: str, quantity: int | None
    ) -> Shift:
        """Note that `operator` begins to work on an order of `quantity` units of `recipe`."""

        def work(db: Database) -> Shift:
            who = operator_called(db, operator)
            row = {"name": order, "recipe": recipe, "recipe_digest": digest, "quantity": quantity}
            what = insert(db, "work_orders", **row, operator=who, began=now())
            note(db, None, "shift began", {"operator": operator, **row})
            return Shift(who, what)

        return await self._writer.write(work)

    async def end_shift(self, shift: Shift) -> None:
        """Note that the operator signed out."""

        def work(db: Database) -> None:
            db.table("work_orders").update(shift.work_order, {"ended": now()})
            note(db, None, "shift ended", {"work_order": shift.work_order})

        await self._writer.write(work)

    async def begin_run(self, told: RunNote) -> int:
        """Begin a run and return its number."""
        return await self._writer.write(lambda db: runs.begin(db, told))

    async def learn(self, run: int, identity: Identity, meant: int | None = None) -> int:
        """Note who the unit of `run` is; return the number of its earlier runs.

        `meant` is the record's number of the unit that it must be. What may not be worked on is
        written down as the run's unit before it is refused.

        Raises:
            IdentityConflict: its ids belong to different units of the record.
            OtherUnit, UnitScrapped: nothing may be done to it.

        """
        seen = await self._writer.write(lambda db: units.learn(db, run, identity))
        units.refuse(seen, meant)
        return seen.earlier

    async def recognise(self, run: int, usb_serial: str, meant: int | None = None) -> None:
        """As `learn`, for a unit that the record knows by what it shows at its USB socket."""
        seen = await self._writer.write(lambda db: units.marked(db, run, usb_serial))
        if seen:
            units.refuse(seen, meant)

    async def begin_step(self, run: int, name: str, within_s: float) -> int:
        """Begin a step that may take `within_s` seconds and return its number."""

        def work(db: Database) -> int:
            note(db, run, "step began", {"step": name})
            return insert(db, "steps", run=run, name=name, within_s=within_s, began=now())

        return await self._writer.write(work)

    async def end_step(
        self, step: int, outcome: Outcome, trouble: Trouble | None, seconds: float
    ) -> None:
        """End a step."""

        def work(db: Database) -> None:
            row = ending(outcome, trouble, seconds)
            run, name = db.execute("select run, name from steps where id = ?", [step]).fetchone()
            db.table("steps").update(step, row)
            note(db, run, "step ended", {"step": name, **row})

        await self._writer.write(work)

    async def intend(self, run: int, step: int, deed: str, key: str, place: str) -> Intent:
        """Commit the intent to do `deed`; `key` is what makes it findable at `place` again."""

        def work(db: Database) -> Intent:
            row = {"deed": deed, "key": key, "place": place}
            began = now()
            intent = insert(db, "intents", run=run, step=step, **row, began=began)
            note(db, run, "intent", row)
            return Intent(intent, run, deed, key, place, began)

        return await self._writer.write(work)

    async def conclude(
        self, run: int, deed: str, key: str, place: str, *, done: bool, claim: Claim | None
    ) -> tuple[Intent, ...]:
        """Commit how `deed` on `key` ended, and return the intents that this closes.

        All open intents of the same deed, key and place are closed that are of the same unit: the
        world has one truth, but two units may say one name.
        `claim` is what the cloud holds for us; a deed that lets a unit go ends its claim.
        """

        def work(db: Database) -> tuple[Intent, ...]:
            unit = None if place == BOARD else run
            closed = open_intents(db, deed=(deed, key, place), of_unit=unit)
            for intent in closed:
                db.table("intents").update(intent.id, {"ended": now(), "done": int(done)})
            # what was there already may be another unit's of the same name: it stays that one's
            if claim and not (claim.already and rival(db, run, place, claim.device_id)):
                hold(db, run, place, claim)
            if deed in {"release", "delete"} and done:
                let_go(db, place, key)
                forget(db, place, key)
            note(db, run, "concluded", {"deed": deed, "key": key, "place": place, "done": done})
            return closed

        return await self._writer.write(work)

    async def held(self, run: int, place: str) -> str:
        """Return the device id of the last claim on the unit of `run` that holds at `place`."""
        return await self._writer.write(lambda db: held(db, run, place))

    async def was(self, run: int, place: str) -> tuple[str, ...]:
        """Return every device id that the unit of `run` had at `place`, but what is another's now."""
        return await self._writer.write(lambda db: was(db, run, place))

    async def hold(self, run: int, place: str, claim: Claim) -> None:
        """Commit what the unit of `run` is at `place` from now on, and no more what it was there.

        Raises:
            DeviceExists: another unit is that.

        """

        def work(db: Database) -> None:
            if other := rival(db, run, place, claim.device_id):
                raise DeviceExists(f"{claim.device_id} is the unit {other}")
            let_go_of_all(db, run, place)
            hold(db, run, place, claim)
            note(db, run, "became", {"device": claim.device_id, "place": place})

        await self._writer.write(work)

    async def unit_of(self, run: int) -> int | None:
        """Return the record's number of the unit of `run`; None when it never said who it is."""

        def work(db: Database) -> int | None:
            unit: int | None = db.execute("select unit from runs where id = ?", [run]).fetchone()[0]
            return unit

        return await self._writer.write(work)

    async def rival(self, run: int, place: str, device: str) -> str:
        """Return the serial number of another unit that is `device` at `place`; empty for none."""
        return await self._writer.write(lambda db: rival(db, run, place, device))

    async def elsewhere(self, run: int) -> str:
        """Return the slot of another run that is under way on the unit of `run`; empty for none."""
        return await self._writer.write(lambda db: runs.elsewhere(db, run))

    async def is_open(self, run: int, deed: str, key: str, place: str) -> bool:
        """Tell whether the end of such a deed on the unit of `run` is not known."""
        told = (deed, key, place)
        return bool(await self._writer.write(lambda db: open_intents(db, deed=told, of_unit=run)))

    async def broken_off(self, run: int, deed: str) -> tuple[int, ...]:
        """Return the earlier runs that have begun `deed` on the board of `run`, and left it open."""
        return await self._writer.write(lambda db: broken_off(db, run, deed))

    async def open_intents(self) -> tuple[Intent, ...]:
        """Return every deed whose end we do not know, oldest first."""
        return await self._writer.write(open_intents)

    async def end_run(
        self, run: int, outcome: Outcome, trouble: Trouble | None, seconds: float
    ) -> Verdict:
        """End a run, then read from the disk how it ended.

        A run that leaves a deed or a label open ends UNKNOWN, whatever else befell it. PASS is
        believed only when every step that was promised is there and passed.
        """

        def work(db: Database) -> Trouble | None:
            known, why = outcome, trouble
            if open_intents(db, run=run) and known is not Outcome.UNKNOWN:
                known, why = Outcome.UNKNOWN, Unsettled(trouble.says if trouble else "").trouble
            if open_label(db, run) and known is not Outcome.UNKNOWN:
                known, why = Outcome.UNKNOWN, PrintUnknown(trouble.says if trouble else "").trouble
            if known is Outcome.PASS and (keys := overtake(db, run)):
                note(db, run, "overtaken", {"keys": keys})
            runs.end(db, run, known, why, seconds)
            settle_numbers(db, run, known)
            return why

        why = await self._writer.write(work)
        return await self._writer.write(lambda db: _verdict(db, run, why))

    async def close_interrupted(self, but: Collection[int] = ()) -> int:
        """End the runs whose end is not written and never will be; return how many there were.

        A stop of the station, or a full disk, has cut them short; those in `but` are under way.
        """

        def work(db: Database) -> int:
            open_runs = [row[0] for row in db.execute("select id from runs where ended is null")]
            cut = [run for run in open_runs if run not in but]
            for run in cut:
                _interrupt(db, run)
            return len(cut)

        return await self._writer.write(work)

    async def remark(self, run: int, what: str, data: Mapping[str, Any]) -> None:
        """Add to the trail of a run; `data` holds no secret."""
        await self._writer.write(lambda db: note(db, run, what, dict(data)))

    async def probe(self) -> None:
        """Write something small: returns when the record can be written again."""
        await self._writer.write(lambda db: note(db, None, "probe", {}))

    async def tally(self, shift: Shift) -> Tally:
        """Return today's counts, and those of the work order."""
        return await self._writer.write(lambda db: counts.tally(db, shift.work_order))

    async def past_runs(self, limit: int) -> tuple[PastRun, ...]:
        """Return the last `limit` runs that ended today, oldest first."""
        return await self._writer.write(lambda db: counts.past_runs(db, limit))


def _interrupt(db: Database, run: int) -> None:
    is_open = open_intents(db, run=run) or open_label(db, run)
    outcome = Outcome.UNKNOWN if is_open else Outcome.ERROR
    row = ending(outcome, Interrupted().trouble, None)
    db.execute(
        "update steps set ended = ?, outcome = ?, code = ?, words = ?"
        " where run = ? and ended is null",
        [row["ended"], row["outcome"], row["code"], row["words"], run],
    )
    runs.end(db, run, outcome, Interrupted().trouble, None)
    settle_numbers(db, run, outcome)


def _verdict(db: Database, run: int, trouble: Trouble | None) -> Verdict:
    outcome, promised, serial = db.execute(
        "select outcome, steps, serial from runs left join units on units.id = unit"
        " where runs.id = ?",
        [run],
    ).fetchone()
    passed = {
        row[0]
        for row in db.execute("select name from steps where run = ? and outcome = 'pass'", [run])
    }
    if outcome == Outcome.PASS and (missing := set(json.loads(promised)) - passed):
        broken = RecordBroken(f"no record of {', '.join(sorted(missing))}")
        return Verdict(Outcome.ERROR, serial or "", broken.trouble)
    return Verdict(Outcome(outcome), serial or "", trouble)


__all__ = [
    "BOARD",
    "CLAIM_SECRET",
    "LOGIN",
    "SENT",
    "Approved",
    "Intent",
    "Record",
    "RunNote",
    "Shift",
    "Verdict",
]
