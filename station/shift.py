"""Shifts: who is signed in, on what they work, and whether the cloud takes our key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from station import registry
from station.desk import Post
from station.faults import CloudFault, OrderUnknown, RecordFault
from station.gate import Gatekeeper
from station.halt import Halt
from station.label_print import show_printer
from station.minder import Minder
from station.model import (
    Counted,
    Credentials,
    Lamp,
    LampTurned,
    Person,
    Recalled,
    Right,
    ShiftBegan,
    ShiftEnded,
)
from station.record import Record, Shift
from station.registry import Equipment
from station.stock import Stock

LAST_RUNS = 30
BENCH = "bench"
"""What the work order of a shift without a recipe is called in the record."""

Errand = Callable[[Coroutine[Any, Any, None]], None]


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A work order: which recipe, and how many units; None for as many as come."""

    name: str
    recipe: Path
    quantity: int | None


class OrderBook(Protocol):
    """The work orders that an engineer has set up."""

    def order(self, name: str) -> WorkOrder:
        """Return the order that is called `name`; raises OrderUnknown, SettingsWrong."""
        ...

    def after(self, name: str) -> WorkOrder:
        """Return the order that stands after `name` in the list, the first after the last."""
        ...


class NoOrders:
    """The book of a station that has no work orders."""

    def order(self, name: str) -> WorkOrder:
        """Refuse: there is none."""
        raise OrderUnknown(name)

    def after(self, name: str) -> WorkOrder:
        """Refuse: there is none."""
        raise OrderUnknown(name)


@dataclass(frozen=True, slots=True)
class Work:
    """A shift: who works, in the record's words, and on what; `line` is None at the bench."""

    person: Person
    order: WorkOrder | None
    shift: Shift
    line: Equipment | None


@dataclass(slots=True)
class Shifts:
    """The shift of the moment, if there is one."""

    record: Record
    gate: Gatekeeper
    post: Post
    stock: Stock
    halt: Halt
    minder: Minder
    errand: Errand
    orders: OrderBook
    work: Work | None = None
    ready: bool = False
    """Units may be begun: the cloud was asked whether it takes our key."""
    _retired: list[Equipment] = field(default_factory=list)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(
        self, who: Credentials, recipe: Path | None, quantity: int | None, order: str
    ) -> None:
        """Let somebody in, and begin to work.

        Raises:
            Fault: why they are not let in, or the recipe can't be used.

        """
        person = await self.gate.admit(who)
        await self.begin_as(person, self._order(recipe, quantity, order))

    def _order(self, recipe: Path | None, quantity: int | None, order: str) -> WorkOrder | None:
        if order:
            return self.orders.order(order)
        return WorkOrder("", recipe, quantity) if recipe else None

    async def begin_as(self, person: Person, order: WorkOrder | None) -> None:
        """Begin to work on an order, or at the bench.

        Raises:
            NotAllowed, RecipeWrong, SecretMissing, KeystoreUnsafe: it can't be.

        """
        self.gate.require(person, Right.WORK if order else Right.READ)
        line = registry.equip(order.recipe, self.stock.secret) if order else None
        async with self._one_at_a_time:  # of two who come at once the second ends the first's
            await self.end()
            work = await self._begin(person, order, line)
        if line is None:
            return
        if line.procedure.offline:
            self.errand(self.prepare(line))
        else:
            await self.prepare(line)
        if self.work and self.work.shift == work.shift:
            self.ready = True

    async def _begin(self, person: Person, order: WorkOrder | None, line: Equipment | None) -> Work:
        self.ready = False  # no unit is begun before the cloud was asked whether it takes our key
        name, digest = (line.recipe.name, line.recipe.digest) if line else ("", "")
        told = (order.name or name) if order else BENCH
        quantity = order.quantity if order else None
        shift = await self.record.begin_shift(person.name, told, name, digest, quantity)
        work = self.work = Work(person, order, shift, line)
        self.post(
            ShiftBegan(
                person.name,
                name,
                told if order else "",
                quantity,
                person.role,
                person.language,
                person.known,
            )
        )
        self.post(Recalled(await self.record.past_runs(LAST_RUNS)))
        await self.count(shift)
        return work

    async def end(self) -> None:
        """End the shift, if there is one."""
        work, self.work = self.work, None
        if work is None:
            return
        if work.line:
            self.retire(work.line)
        self.post(ShiftEnded())
        try:
            await self.record.end_shift(work.shift)
        except RecordFault as fault:
            self.halt.begin(fault.trouble)

    async def prepare(self, equipment: Equipment) -> None:
        """Ask a cloud whether it takes our key, and halt the station when it does not.

        What is found out when something else is worked on already counts no more.
        """
        self.errand(show_printer(self.post, self.stock, equipment))
        self.post(LampTurned("cloud", Lamp.BUSY))
        try:
            await equipment.cloud.prepare()
        except CloudFault as fault:
            if self._goes_on_without(equipment):
                return
            self.halt.lamp("cloud", fault.trouble)
            if fault.halts and not equipment.procedure.offline:
                self.halt.begin(fault.trouble)
        else:
            if self._goes_on_without(equipment):
                return
            self.halt.lamp("cloud", None)
            self.halt.end()
            self.errand(self.minder.settle(equipment.cloud))

    def _goes_on_without(self, equipment: Equipment) -> bool:
        line = self.work.line if self.work else None
        return line is not None and line is not equipment

    async def equip_anew(self) -> None:
        """Read the key again: an engineer may have mended it in the keystore.

        Raises:
            CloudFault, SetupFault: it does not work yet.

        """
        work = self.work
        if work is None or work.line is None or work.order is None:
            return
        equipment = registry.equip(work.order.recipe, self.stock.secret)
        try:
            await equipment.cloud.probe()
        except BaseException:
            await equipment.cloud.close()
            raise
        if self.work is not work:  # that shift has ended meanwhile, and must not come back
            await equipment.cloud.close()
            return
        self.retire(work.line)
        self.work = replace(work, line=equipment)
        await self.prepare(equipment)

    async def count(self, shift: Shift) -> None:
        """Tell today's counts, and those of the work order."""
        self.post(Counted(await self.record.tally(shift)))

    def retire(self, equipment: Equipment) -> None:
        """Keep what is no longer worked with until the end: a run may still need its cloud."""
        self._retired.append(equipment)

    async def close(self) -> None:
        """End the shift, and let go of the clouds."""
        await self.end()
        for equipment in self._retired:
            await equipment.cloud.close()
