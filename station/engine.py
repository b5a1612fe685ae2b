"""The engine: the commands of a station, and what goes on beside its slots."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from station import registry
from station.clouds import Cloud
from station.desk import NO_CODES, Post
from station.deskwork import Deskwork
from station.faults import (
    Fault,
    RadioMissing,
    Stopped,
)
from station.fixture import Fixture
from station.gate import Gatekeeper, TrustedGate
from station.halt import Halt
from station.journal import Journal
from station.label_print import PRINTER, look_at_printer
from station.links import Wiring
from station.minder import Minder
from station.model import (
    Approval,
    Attached,
    Credentials,
    Detached,
    Event,
    Lamp,
    LampTurned,
    NewUnit,
    Override,
    Refused,
    RepairCodes,
    ReworkOrder,
    Right,
    RunEnded,
    Settled,
    Slot,
)
from station.record import Record
from station.registry import Detect
from station.shift import NoOrders, OrderBook, Shifts
from station.slots import SaveSlots, Slots
from station.step import Bench
from station.stock import Stock
from station.teaching import Lesson
from station.workshop import Workshop, no_recipe

logger = logging.getLogger(__name__)

MIND_EVERY_S = 5.0
"""How often what halted the station, or was left open, is looked at again, in seconds."""

CLOSE_WITHIN_S = 5.0

Picks = Callable[[str], None]
"""Takes up the board on the air that a text names, or raises a fault."""


def nothing_on_the_air(text: str) -> None:
    """Refuse a pick on a line of cables alone."""
    raise RadioMissing(f"no lanes are set up for Bluetooth, so nothing is called {text!r}")


def keep_slots(slots: tuple[Slot, ...], columns: int) -> tuple[Slot, ...]:
    """Keep what was taught for as long as the program runs."""
    return slots


@dataclass(slots=True)
class Engine:
    """Runs the boards of a line side by side; everything it does it tells `post`.

    `slots` are those an engineer taught, `columns` of them side by side; with none, each socket
    becomes a slot when a board is first plugged into it. `detect` names the kind of what was
    plugged in and the port to talk to. `picks` takes up boards on the air, `gate` knows the people,
    `orders` the work orders; `save` writes down what was taught. Who does nothing for `idle_s`
    seconds is signed out (0: never). `codes` are the lists of the bench, `recipes` finds a recipe by its name. All of it lives on one event loop.
    """

    record: Record
    wiring: Wiring
    post: Post
    stock: Stock
    station: str
    slots: tuple[Slot, ...] = ()
    detect: Detect = registry.detect
    mind_every_s: float = MIND_EVERY_S
    picks: Picks = nothing_on_the_air
    columns: int = 0
    gate: Gatekeeper = field(default_factory=TrustedGate)
    orders: OrderBook = field(default_factory=NoOrders)
    save: SaveSlots = keep_slots
    idle_s: float = 0.0
    codes: RepairCodes = NO_CODES
    recipes: Callable[[str], Path] = no_recipe
    _errands: set[asyncio.Task[None]] = field(default_factory=set)
    _stirred_s: float = field(default_factory=monotonic)
    _bench: Bench = field(init=False)
    _halt: Halt = field(init=False)
    _minder: Minder = field(init=False)
    _shifts: Shifts = field(init=False)
    _slots: Slots = field(init=False)
    _workshop: Workshop = field(init=False)
    _desk: Deskwork = field(init=False)

    def __post_init__(self) -> None:
        self._bench = Bench(self.record, Journal(self.record, self._tell), self._tell)
        self._minder = Minder(self._bench, self.stock.secret, self.stock.store)
        self._halt = Halt(self.post, self._take_up_all)
        self._shifts = Shifts(
            self.record,
            self.gate,
            self.post,
            self.stock,
            self._halt,
            self._minder,
            self._run_errand,
            self.orders,
        )
        self._slots = Slots(
            self._bench,
            self.wiring,
            self.stock,
            self.station,
            self.detect,
            self._shifts,
            self._halt,
            self._minder,
            Fixture(self.slots, self.columns),
            self.save,
        )
        self._workshop = Workshop(
            self.record, self.gate, self.post, self.stock, self.codes, self.recipes
        )
        self._desk = Deskwork(self._bench, self._shifts, self._slots, self._workshop)

    async def serve(self) -> None:
        """Watch the line and work on it until cancelled.

        Raises:
            RecordFault: the record can't be read at the start.

        """
        await self.record.close_interrupted()
        self._slots.tell_slots()
        self.post(LampTurned("record", Lamp.GOOD))
        minding = asyncio.create_task(self._mind(), name="mind")
        try:
            async for change in self.wiring.changes():
                self._stir()
                match change:
                    case Attached(attachment):
                        self._slots.attached(attachment)
                    case Detached(attachment):
                        self._slots.detached(attachment)
            await asyncio.Event().wait()
        finally:
            minding.cancel()
            await self._close()

    async def sign_in(
        self, who: Credentials, recipe: Path | None, quantity: int | None, order: str = ""
    ) -> None:
        """As `Commands.sign_in`."""
        await self._begin(lambda: self._shifts.begin(who, recipe, quantity, order))

    async def sign_out(self) -> None:
        """As `Commands.sign_out`."""
        await self._end_shift()

    async def take_order(self, name: str) -> None:
        """As `Commands.take_order`."""
        await self._begin(lambda: self._desk.take_order(name))

    async def retry(
        self, slot: str, override: Override | None = None, approval: Approval | None = None
    ) -> None:
        """As `Commands.retry`."""
        place = self._slots.fixture.called(slot)
        if place is None:
            return
        if override and approval:
            against, word = override, approval
            await self._refusing(lambda: self._desk.retry_against_the_rule(slot, against, word))
            return
        self._slots.again(place)

    async def abort(self, slot: str) -> None:
        """As `Commands.abort`."""
        place = self._slots.fixture.called(slot)
        if place and place.run:
            place.run.stop(Stopped())

    async def pick(self, text: str) -> None:
        """As `Commands.pick`."""

        async def pick() -> None:
            self.picks(text)

        await self._refusing(pick)

    async def answer(self, slot: str, *, text: str = "", yes: bool | None = None) -> None:
        """As `Commands.answer`."""
        place = self._slots.fixture.called(slot)
        if place and place.run:
            place.run.answer(text if yes is None else yes)

    async def print_again(self, slot: str, unit: int | None, approval: Approval) -> None:
        """As `Commands.print_again`."""
        await self._refusing(lambda: self._desk.print_again(slot, unit, approval))

    async def rework(self, order: ReworkOrder) -> None:
        """As `Commands.rework`."""
        await self._refusing(lambda: self._desk.rework(order))

    async def open_case(
        self, unit: int, reason: str, fault: str, approval: Approval | None = None
    ) -> None:
        """As `Commands.open_case`."""
        bench = self._workshop
        await self._refusing(
            lambda: bench.open_case(self._desk.work(), unit, reason, fault, approval)
        )

    async def close_case(self, unit: int, actions: tuple[str, ...]) -> None:
        """As `Commands.close_case`."""
        bench = self._workshop
        await self._refusing(
            lambda: self._desk.ending(unit, lambda work: bench.close_case(work, unit, actions))
        )

    async def scrap(self, unit: int, approval: Approval) -> None:
        """As `Commands.scrap`."""
        bench = self._workshop
        await self._refusing(
            lambda: self._desk.ending(unit, lambda work: bench.scrap(work, unit, approval))
        )

    async def adopt(self, unit: NewUnit) -> None:
        """As `Commands.adopt`."""
        bench = self._workshop
        await self._refusing(lambda: bench.adopt(self._desk.work(), unit))

    async def write_note(self, unit: int, text: str) -> None:
        """As `Commands.write_note`."""
        bench = self._workshop
        await self._refusing(lambda: bench.write_note(self._desk.work(), unit, text))

    async def teach(self, slots: tuple[str, ...], columns: int) -> None:
        """As `Commands.teach`."""
        await self._refusing(lambda: self._desk.teach(Lesson(slots, columns)))

    async def end_teaching(self) -> None:
        """As `Commands.end_teaching`."""
        await self._refusing(self._desk.end_lesson)

    async def grant(self, what: Right, who: Credentials) -> None:
        """As `Commands.grant`."""
        await self._refusing(lambda: self._desk.grant(what, who))

    async def stir(self) -> None:
        """As `Commands.stir`."""
        self._stir()

    def _stir(self) -> None:
        self._stirred_s = monotonic()

    async def _refusing(self, deed: Callable[[], Awaitable[None]]) -> None:
        self._stir()
        try:
            await deed()
        except Fault as fault:
            self.post(Refused(fault.trouble))

    async def _begin(self, shift: Callable[[], Awaitable[None]]) -> None:
        before = self._shifts.work
        await self._refusing(shift)
        if self._shifts.work is not before:
            self._slots.drop_lesson()
        self._slots.take_up_all()

    async def _end_shift(self) -> None:
        await self._shifts.end()
        self._slots.drop_lesson()

    async def _mind(self) -> None:
        while True:
            await asyncio.sleep(self.mind_every_s)
            try:
                await self._mind_once()
            except Fault as fault:
                logger.info("tried again later: %s", fault)
                if fault.lamp:
                    self._halt.lamp(fault.lamp, fault.trouble)
            except Exception:  # what goes on beside the slots must not end with one mistake of ours
                logger.exception("a bug, not a fault")

    async def _mind_once(self) -> None:
        await self._sign_idle_out()
        if self._slots.lost:
            await self._close_lost()
        if self._halt.is_to_be_looked_at(self.mind_every_s):
            await self.record.probe()
            self.post(LampTurned("record", Lamp.GOOD))
            await self._look_at_printer()
            await self._shifts.equip_anew()
            self._halt.end()
        work = self._shifts.work
        if work and work.line:
            await self._look_behind(work.line.cloud)
        elif self._minder.doubt:
            for cloud in self._workshop.clouds:
                await self._minder.settle(cloud)

    async def _close_lost(self) -> None:
        """End in the record the runs whose end could not be written down when they came to it."""
        at_work = [place.run for place in self._slots.fixture if place.task]
        if all(at_work):
            await self.record.close_interrupted(but=[run.number for run in at_work if run])
            self._slots.lost = False

    async def _look_at_printer(self) -> None:
        """See whether the printer that halted the station was mended; raises what it lacks."""
        work, trouble = self._shifts.work, self._halt.trouble
        if work and work.line and trouble and trouble.lamp == PRINTER:
            await look_at_printer(self.stock, work.line)
            self._halt.lamp(PRINTER, None)

    async def _sign_idle_out(self) -> None:
        idle_s = monotonic() - self._stirred_s
        busy = any(place.task for place in self._slots.fixture)
        if self.idle_s and self._shifts.work and idle_s >= self.idle_s and not busy:
            await self._end_shift()

    async def _look_behind(self, cloud: Cloud) -> None:
        if self._minder.doubt:
            await self._minder.settle(cloud)
            if not self._minder.doubt:
                self._slots.take_up_all()
        await self._minder.look_after(cloud)

    def _tell(self, event: Event) -> None:
        self.post(event)
        match event:
            case RunEnded(slot) if place := self._slots.fixture.called(slot):
                place.note_end(event)
            case Settled(run):
                for place in self._slots.fixture:
                    if place.ended and place.ended.run == run:
                        place.again()
                        self._slots.take_up(place)
            case _:
                pass

    def _take_up_all(self) -> None:
        self._slots.take_up_all()

    def _run_errand(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_run_quietly(errand))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _close(self) -> None:
        for errand in tuple(self._errands):
            errand.cancel()
        await self._slots.close()
        await asyncio.gather(*self._errands, return_exceptions=True)
        await self._bench.journal.close(CLOSE_WITHIN_S)
        await self._shifts.close()
        await self._workshop.close()


async def _run_quietly(errand: Coroutine[Any, Any, None]) -> None:
    try:
        await errand
    except Fault as fault:
        logger.info("an errand was in vain: %s", fault)
