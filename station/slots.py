"""The slots of a line at work: what comes and leaves, and the runs that are begun on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from station import registry
from station.faults import (
    Interrupted,
    LinkLost,
    RecordFault,
    SetupFault,
    SlotBusy,
    SlotEmpty,
    SlotUnknown,
    SocketTaught,
    SocketUnknown,
)
from station.fixture import Fixture, Place
from station.halt import Halt
from station.job import Job
from station.links import Wiring
from station.minder import Minder
from station.model import (
    Appeared,
    Attachment,
    Left,
    Outcome,
    Override,
    Port,
    Refused,
    RunEnded,
    Slot,
    SlotsKnown,
    Teaching,
)
from station.registry import Detect, Equipment
from station.run import Run, carry_out
from station.seat import PlaceSeat
from station.shift import Shifts
from station.step import Bench
from station.stock import Stock
from station.teaching import Lesson
from station.visit import Visit

LANE = "ble-"
"""How the places of boards on the air begin: nobody has plugged those in to teach a slot."""

RECORD = "record"
"""The lamp."""

SaveSlots = Callable[[tuple[Slot, ...], int], tuple[Slot, ...]]
"""Writes the taught slots and the columns down; returns all slots that the line has now."""


@dataclass(slots=True)
class Slots:
    """Begins runs on what sits in the slots, while the station can work and somebody is signed in."""

    bench: Bench
    wiring: Wiring
    stock: Stock
    station: str
    detect: Detect
    shifts: Shifts
    halt: Halt
    minder: Minder
    fixture: Fixture
    save: SaveSlots
    lesson: Lesson | None = None
    lost: bool = False
    """A run has ended whose end could not be written down."""
    _present: list[Attachment] = field(default_factory=list)

    def attached(self, attachment: Attachment) -> None:
        """Take in what was plugged in."""
        self._present.append(attachment)
        if self.lesson and not attachment.where.startswith(LANE):
            self._teach(self.lesson, attachment)
        else:
            self._place(attachment)

    def detached(self, attachment: Attachment) -> None:
        """Take in that something has left."""
        self._present = [each for each in self._present if each.where != attachment.where]
        place = self.fixture.holding(attachment)
        if place is None:
            return
        place.clear()
        if place.expected:
            return
        if place.run:
            place.run.stop(LinkLost("unplugged"))
        self.bench.post(Left(place.slot.name))

    def take_up_all(self) -> None:
        """Begin runs wherever something waits for the station."""
        for place in self.fixture:
            if place.waits_for_the_station:
                self.take_up(place)

    def again(self, place: Place) -> None:
        """Begin another run on what sits in `place`, because somebody wants it.

        What was reworked in another shift is the line's from now on.
        """
        if self._rework_job(place) is None:
            place.job = None
        place.again()
        self.take_up(place)

    def take_up(self, place: Place) -> None:
        """Begin the run that is due on what sits in `place`, if there is one.

        A unit that came back does not become the line's because another shift begins.
        """
        if place.task or not place.attachment or self.halt.trouble or self.lesson:
            return
        if job := self._rework_job(place) if place.job else self._line_job(place):
            self._begin(place, place.attachment, job)

    def at_rest(self, slot: str) -> Place:
        """Return the place of a slot in which a board sits, and nothing is done to it.

        Raises:
            SlotUnknown, SlotEmpty, SlotBusy: there is none, or it does not, or slots are taught.

        """
        place = self.fixture.called(slot)
        if place is None:
            raise SlotUnknown(slot)
        if place.attachment is None:
            raise SlotEmpty(slot)
        if self.lesson or (place.task and place.ended is None):
            raise SlotBusy(slot)
        return place

    def leave_off(self, unit: int) -> None:
        """Begin no further run of a rework on `unit`: its case is closed."""
        for place in self.fixture:
            if place.job and place.job.meant == unit:
                place.job, place.fresh = None, False

    def is_reworked(self, unit: int) -> str:
        """Return the slot in which a rework on `unit` is under way; empty for none."""
        works = (p for p in self.fixture if p.task and p.job and p.job.meant == unit)
        return next((place.slot.name for place in works if place.ended is None), "")

    def begin_rework(self, place: Place, job: Job) -> None:
        """Begin a rework on what sits in `place`, as soon as its last run is put away."""
        place.job, place.fresh, place.ended = job, True, None
        self.take_up(place)

    def tell_slots(self) -> None:
        """Tell which slots there are."""
        self.bench.post(SlotsKnown(self.fixture.slots, self.fixture.columns))

    def begin_lesson(self, lesson: Lesson) -> None:
        """Learn from now on where the slots are."""
        self.lesson = lesson
        self.bench.post(Teaching(lesson.next))

    def end_lesson(self) -> None:
        """Keep what was learnt, and go on with the slots as they are then.

        Raises:
            SettingsWrong, FolderForbidden: they can't be written down; all is as it was.

        """
        lesson, self.lesson = self.lesson, None
        if lesson is None:
            return
        self.bench.post(Teaching(""))
        try:
            if lesson.learnt:
                self._refit(lesson)
        finally:
            self._place_all()

    def drop_lesson(self) -> None:
        """Leave the slots as they are: whoever taught them is signed in no more."""
        if self.lesson:
            self.lesson = None
            self.bench.post(Teaching(""))
            self._place_all()

    def _refit(self, lesson: Lesson) -> None:
        lanes = [each for each in self.fixture.slots if each.where.startswith(LANE)]
        before = [each for each in self.fixture.slots if each not in lanes]
        slots = self.save(lesson.merged(before), lesson.columns)
        self.fixture = Fixture(slots, lesson.columns)
        self.tell_slots()

    def _place_all(self) -> None:
        """Take in what was plugged in during a lesson."""
        for attachment in self._present:
            if self.fixture.holding(attachment) is None:
                self._place(attachment)

    async def close(self) -> None:
        """Stop all runs, and see them to their ends."""
        tasks = [place.task for place in self.fixture if place.task]
        for place in self.fixture:
            place.fresh, place.job = False, None
            if place.run:
                place.run.stop(Interrupted())
        await asyncio.gather(*tasks, return_exceptions=True)

    def _teach(self, lesson: Lesson, attachment: Attachment) -> None:
        try:
            lesson.learn(attachment.where)
            if lesson.next:
                self.bench.post(Teaching(lesson.next))
            else:
                self.end_lesson()
        except (SocketTaught, SetupFault) as fault:  # nobody is there whom it could be raised to
            self.bench.post(Refused(fault.trouble))

    def _place(self, attachment: Attachment) -> None:
        place = self._place_for(attachment)
        if place is None:
            self.bench.post(Refused(SocketUnknown(attachment.where).trouble))
            return
        work = self.shifts.work
        kind, port = self._seen_as(attachment, work.line if work else None) or (
            "",
            attachment.ports[0],
        )
        if place.expected:
            place.refill(attachment, kind or place.kind, port)
            return
        place.fill(attachment, kind, port)
        self.bench.post(Appeared(place.slot.name, port, kind))
        if work and work.line:
            self.shifts.errand(work.line.cloud.warm())
        self.take_up(place)

    def _seen_as(
        self, attachment: Attachment, equipment: Equipment | None
    ) -> tuple[str, Port] | None:
        if equipment:
            return registry.fitting(equipment, attachment, self.detect)
        return self.detect(attachment)

    def _look_again(self, place: Place, attachment: Attachment, equipment: Equipment) -> None:
        """See what sits there as the recipe at hand does: it may have come before it.

        What is not known by its marks is what it was taken for when it came.
        """
        seen = self._seen_as(attachment, equipment)
        if seen and seen != (place.kind, place.port):
            place.kind, place.port = seen
            self.bench.post(Appeared(place.slot.name, place.port, place.kind))

    def _place_for(self, attachment: Attachment) -> Place | None:
        known = self.fixture.at(attachment.where) or self.fixture.expecting(attachment)
        if known:
            return known
        if place := self.fixture.add(attachment.where):
            self.tell_slots()
        return place

    def _rework_job(self, place: Place) -> Job | None:
        """Return the rework that was last ordered for what sits there, in this shift."""
        work, job, approved = self.shifts.work, place.job, place.approved
        if work is None or job is None or job.work.shift != work.shift:
            return None
        if approved is None:
            return job
        anew = approved.what is Override.AGAIN
        equipment = job.equipment.again() if anew else job.equipment
        return replace(job, equipment=equipment, approved=approved)

    def _line_job(self, place: Place) -> Job | None:
        """Return what the line does to each unit; None at the bench, or before the cloud was asked."""
        work = self.shifts.work
        if work is None or work.line is None or work.order is None or not self.shifts.ready:
            return None
        line, approved = work.line, place.approved
        if approved and approved.what is Override.AGAIN:
            line = line.again()
        return Job(work, line, work.order.recipe.parent, approved=approved)

    def _begin(self, place: Place, attachment: Attachment, job: Job) -> None:
        self._look_again(place, attachment, job.equipment)
        assert place.port  # noqa: S101 - set together with the attachment
        place.fresh, place.ended, place.approved = False, None, None
        seat = PlaceSeat(self.wiring, place)
        visit = Visit(seat, place.port, place.kind, job.equipment)
        place.task = asyncio.create_task(
            self._carry_out(place, visit, job), name=f"slot {place.slot.name}"
        )

    async def _carry_out(self, place: Place, visit: Visit, job: Job) -> None:
        def began(run: Run) -> None:
            place.run = run

        note = job.note(place.slot.name, visit, self.station)
        terms = job.terms(self.stock, self.station)
        try:
            ended = await carry_out(self.bench, note, terms, visit.tell, began)
            if ended.outcome is Outcome.PASS and job.approved and place.job is job:
                place.job = None  # what a second person has stood for is done, and done once
            await self._after(ended, job)
        except RecordFault as fault:
            place.fresh = place.attachment is not None
            self.halt.lamp("record", fault.trouble)
            self.halt.begin(fault.trouble)
        finally:
            place.task = place.run = None
            if place.slipped:  # it was expected back, and did not come
                place.slipped = False
                self.bench.post(Left(place.slot.name))
            if place.fresh:
                self.take_up(place)

    async def _after(self, ended: RunEnded, job: Job) -> None:
        self.minder.doubt = self.minder.doubt or ended.outcome is Outcome.UNKNOWN
        if ended.outcome is Outcome.PASS and job.is_of_the_line:
            self.halt.lamp("cloud", None)
            self.halt.forget()
        if (trouble := ended.trouble) and trouble.lamp:
            self.halt.lamp(trouble.lamp, trouble)
            self.lost = self.lost or trouble.lamp == RECORD
        if trouble and trouble.halts and job.is_of_the_line:
            self.halt.begin(trouble)
        work = self.shifts.work or job.work  # an order that was left is counted no more
        await self.shifts.count(work.shift)
