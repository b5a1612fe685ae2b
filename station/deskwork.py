"""What the commands do that ask for somebody's right, or take their time: each may be refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from station.faults import (
    LabelMissing,
    LineBusy,
    NotSkippable,
    SignInFirst,
    SlotBusy,
    SlotEmpty,
)
from station.model import Approval, Credentials, Granted, Override, ReworkOrder, Right
from station.record import Approved
from station.shift import Shifts, Work
from station.slots import Slots
from station.step import Bench
from station.teaching import Lesson
from station.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Deskwork:
    """Carries commands out for whoever is signed in; every verb raises the fault that refuses it."""

    bench: Bench
    shifts: Shifts
    slots: Slots
    workshop: Workshop

    async def ending(self, unit: int, deed: Callable[[Work], Awaitable[None]]) -> None:
        """Do what ends the rework of a unit, which is at rest then, and stays so."""
        if slot := self.slots.is_reworked(unit):
            raise SlotBusy(slot)
        await deed(self.work())
        self.slots.leave_off(unit)

    def work(self, right: Right | None = None) -> Work:
        """Return the shift of whoever is signed in.

        Raises:
            SignInFirst, NotAllowed: nobody is, or they may not.

        """
        work = self.shifts.work
        if work is None:
            raise SignInFirst
        if right:
            self.shifts.gate.require(work.person, right)
        return work

    async def take_order(self, name: str) -> None:
        """As `Commands.take_order`."""
        work = self.work()
        now = work.order.name if work.order else ""
        order = self.shifts.orders.order(name) if name else self.shifts.orders.after(now)
        await self.shifts.begin_as(work.person, order)

    async def grant(self, what: Right, who: Credentials) -> None:
        """As `Commands.grant`."""
        person = await self.shifts.gate.admit(who)
        self.shifts.gate.require(person, what)
        await self.bench.record.people.granted(what, person.name)
        self.bench.post(Granted(what.value, person.name))

    async def teach(self, lesson: Lesson) -> None:
        """Begin a lesson, on a line at rest."""
        if self.work(Right.SET_UP).line or any(place.task for place in self.slots.fixture):
            raise LineBusy
        self.slots.begin_lesson(lesson)

    async def end_lesson(self) -> None:
        """As `Commands.end_teaching`."""
        self.slots.end_lesson()

    async def rework(self, order: ReworkOrder) -> None:
        """As `Commands.rework`."""
        work, seated = self.work(), self.slots.at_rest(order.slot).attachment
        job = await self.workshop.job(order, work)
        if not job.equipment.procedure.offline:
            await job.equipment.cloud.prepare()
        if job.repair is not None and job.meant is not None:
            await self.bench.record.cases.to_work_on(job.meant)
        # all of that took its time: whoever has ordered it may be gone, or the unit, or it is worked on
        if self.work().shift != work.shift:
            raise SignInFirst
        place = self.slots.at_rest(order.slot)
        if place.attachment is not seated:
            raise SlotEmpty(order.slot)
        self.slots.begin_rework(place, job)

    async def print_again(self, slot: str, unit: int | None, approval: Approval) -> None:
        """As `Commands.print_again`."""
        work, place = self.work(Right.WORK), self.slots.fixture.called(slot)
        if unit is None and place and place.ended:
            unit = await self.bench.record.unit_of(place.ended.run)
        if unit is None:
            raise LabelMissing
        await self.workshop.print_again(self.bench, work, unit, slot, approval)

    async def retry_against_the_rule(self, slot: str, what: Override, approval: Approval) -> None:
        """As `Commands.retry`, with what a second person has stood for."""
        work, place = self.work(), self.slots.at_rest(slot)
        seated, ended = place.attachment, place.ended
        trouble = ended.trouble if ended else None
        code = trouble.code if trouble else ""
        if what is Override.SKIP and not (trouble and trouble.skippable):
            raise NotSkippable(code)
        second = await self.shifts.gate.second(work.person, what, approval)
        # what was stood for is this unit, as it was seen: not the next one, and not another failure
        if self.slots.at_rest(slot) is not place or place.attachment is not seated:
            raise SlotEmpty(slot)
        if place.ended is not ended:
            raise SlotBusy(slot)
        skipped = code if what is Override.SKIP else ""
        place.approved = Approved(what, approval.reason, second.name, skipped)
        self.slots.again(place)
        if place.task is None:
            place.approved = None  # the station stands: a word is not kept for later
