"""The engine: takes up each board that appears in a slot and carries its recipe out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from station import __version__, registry
from station.clouds import Cloud
from station.desk import Post
from station.faults import (
    CloudFault,
    Fault,
    Interrupted,
    LinkLost,
    NameMissing,
    RadioMissing,
    RecordFault,
    SocketUnknown,
    Stopped,
)
from station.fixture import Fixture, Place
from station.halt import Halt
from station.journal import Journal
from station.links import Wiring
from station.minder import Minder
from station.model import (
    Appeared,
    Attached,
    Attachment,
    Counted,
    Detached,
    Event,
    Halted,
    Lamp,
    LampTurned,
    Left,
    Outcome,
    Port,
    Recalled,
    Refused,
    Resumed,
    RunEnded,
    Settled,
    ShiftBegan,
    ShiftEnded,
    Slot,
    SlotsKnown,
    Trouble,
)
from station.record import Record, RunNote, Shift
from station.registry import Detect, Equipment
from station.run import Run, Terms, carry_out
from station.seat import PlaceSeat
from station.step import Bench
from station.stock import Stock
from station.visit import Visit

logger = logging.getLogger(__name__)

MIND_EVERY_S = 5.0
"""How often what halted the station, or was left open, is looked at again, in seconds."""

CLOSE_WITHIN_S = 5.0
LAST_RUNS = 30

Picks = Callable[[str], None]
"""Takes up the board on the air that a text names, or raises a fault."""


def nothing_on_the_air(text: str) -> None:
    """Refuse a pick on a line of cables alone."""
    raise RadioMissing(f"no lanes are set up for Bluetooth, so nothing is called {text!r}")


@dataclass(frozen=True, slots=True)
class _Work:
    """An operator's shift, and what is done in it."""

    operator: str
    recipe: Path
    shift: Shift
    equipment: Equipment


@dataclass(slots=True)
class Engine:
    """Runs the boards of a line side by side; everything it does it tells `post`.

    `slots` are those an engineer taught; with none, each socket becomes a slot when a board is
    first plugged into it. `detect` names the kind of what was plugged in and the port to talk to.
    `picks` takes up boards on the air. All of it lives on one event loop.
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
    _work: _Work | None = None
    _ready: bool = False
    _halt_of: Halt = field(default_factory=Halt)
    _retired: list[Equipment] = field(default_factory=list)
    _errands: set[asyncio.Task[None]] = field(default_factory=set)
    _bench: Bench = field(init=False)
    _fixture: Fixture = field(init=False)
    _minder: Minder = field(init=False)

    def __post_init__(self) -> None:
        self._bench = Bench(self.record, Journal(self.record, self._tell), self._tell)
        self._fixture = Fixture(self.slots)
        self._minder = Minder(self._bench, self.stock.secret, self.stock.store)

    async def serve(self) -> None:
        """Watch the line and work on it until cancelled.

        Raises:
            RecordFault: the record can't be read at the start.

        """
        await self.record.close_interrupted()
        self._tell_slots()
        self.post(LampTurned("record", Lamp.GOOD))
        minding = asyncio.create_task(self._mind(), name="mind")
        try:
            async for change in self.wiring.changes():
                match change:
                    case Attached(attachment):
                        self._attached(attachment)
                    case Detached(attachment):
                        self._detached(attachment)
            await asyncio.Event().wait()
        finally:
            minding.cancel()
            await self._close()

    async def sign_in(self, operator: str, recipe: Path, quantity: int | None) -> None:
        """As `Commands.sign_in`."""
        try:
            await self._sign_in(" ".join(operator.split()), recipe, quantity)
        except Fault as fault:
            self.post(Refused(fault.trouble))

    async def sign_out(self) -> None:
        """As `Commands.sign_out`."""
        if work := self._work:
            self._work = None
            self._retired.append(work.equipment)
            self.post(ShiftEnded())
            try:
                await self.record.end_shift(work.shift)
            except RecordFault as fault:
                self._halt(fault.trouble)

    async def retry(self, slot: str) -> None:
        """As `Commands.retry`."""
        if place := self._fixture.called(slot):
            place.again()
            self._take_up(place)

    async def abort(self, slot: str) -> None:
        """As `Commands.abort`."""
        place = self._fixture.called(slot)
        if place and place.run:
            place.run.stop(Stopped())

    async def pick(self, text: str) -> None:
        """As `Commands.pick`."""
        try:
            self.picks(text)
        except Fault as fault:
            self.post(Refused(fault.trouble))

    async def _sign_in(self, operator: str, recipe: Path, quantity: int | None) -> None:
        if not operator:
            raise NameMissing
        equipment = registry.equip(recipe, self.stock.secret)
        await self.sign_out()
        self._ready = False  # no unit is begun before the cloud was asked whether it takes our key
        told = equipment.recipe
        shift = await self.record.begin_shift(operator, told.name, told.name, told.digest, quantity)
        self._work = _Work(operator, recipe, shift, equipment)
        self.post(ShiftBegan(operator, told.name, told.name, quantity))
        self.post(Recalled(await self.record.past_runs(LAST_RUNS)))
        await self._count(shift)
        if equipment.procedure.offline:
            self._run_errand(self._prepare(equipment))
        else:
            await self._prepare(equipment)
        self._ready = True
        self._take_up_all()

    async def _prepare(self, equipment: Equipment) -> None:
        self.post(LampTurned("cloud", Lamp.BUSY))
        try:
            await equipment.cloud.prepare()
        except CloudFault as fault:
            self._lamp("cloud", fault.trouble)
            if fault.halts and not equipment.procedure.offline:
                self._halt(fault.trouble)
        else:
            self._lamp("cloud", None)
            self._resume()
            self._run_errand(self._minder.settle(equipment.cloud))

    def _attached(self, attachment: Attachment) -> None:
        place = self._place_for(attachment)
        if place is None:
            self.post(Refused(SocketUnknown(attachment.where).trouble))
            return
        kind, port = self._seen_as(attachment) or ("", attachment.ports[0])
        if place.expected:
            place.refill(attachment, kind or place.kind, port)
            return
        place.fill(attachment, kind, port)
        self.post(Appeared(place.slot.name, port, kind))
        if self._work:
            self._run_errand(self._work.equipment.cloud.warm())
        self._take_up(place)

    def _seen_as(self, attachment: Attachment) -> tuple[str, Port] | None:
        if self._work:
            return registry.fitting(self._work.equipment, attachment, self.detect)
        return self.detect(attachment)

    def _look_again(self, place: Place, attachment: Attachment) -> None:
        """See what sits there as the recipe at hand does: it may have come before it.

        What is not known by its marks is what it was taken for when it came.
        """
        seen = self._seen_as(attachment)
        if seen and seen != (place.kind, place.port):
            place.kind, place.port = seen
            self.post(Appeared(place.slot.name, place.port, place.kind))

    def _detached(self, attachment: Attachment) -> None:
        place = self._fixture.holding(attachment)
        if place is None:
            return
        place.clear()
        if place.expected:
            return
        if place.run:
            place.run.stop(LinkLost("unplugged"))
        self.post(Left(place.slot.name))

    def _place_for(self, attachment: Attachment) -> Place | None:
        known = self._fixture.at(attachment.where) or self._fixture.expecting(attachment)
        if known:
            return known
        if place := self._fixture.add(attachment.where):
            self._tell_slots()
        return place

    def _take_up_all(self) -> None:
        for place in self._fixture:
            if place.waits_for_the_station:
                self._take_up(place)

    def _take_up(self, place: Place) -> None:
        if place.task or not place.attachment or not self._work:
            return
        if self._halt_of.trouble or not self._ready:
            return
        self._look_again(place, place.attachment)
        assert place.port  # noqa: S101 - set together with the attachment
        place.fresh, place.ended = False, None
        seat = PlaceSeat(self.wiring, place)
        visit = Visit(seat, place.port, place.kind, self._work.equipment)
        place.task = asyncio.create_task(
            self._carry_out(place, visit, self._work), name=f"slot {place.slot.name}"
        )

    async def _carry_out(self, place: Place, visit: Visit, work: _Work) -> None:
        def began(run: Run) -> None:
            place.run = run

        note = RunNote(
            slot=place.slot.name,
            port=visit.port.path,
            usb_serial=visit.port.usb_serial,
            recipe=work.equipment.recipe.name,
            recipe_digest=work.equipment.recipe.digest,
            procedure=work.equipment.recipe.procedure,
            steps=visit.steps,
            operator=work.shift.operator,
            work_order=work.shift.work_order,
            station=self.station,
            software=__version__,
        )
        terms = Terms(
            work.equipment.recipe.limits_s,
            work.equipment.recipe.options,
            self.stock,
            work.recipe.parent,
            self.station,
            work.operator,
        )
        try:
            ended = await carry_out(self._bench, note, terms, visit.tell, began)
            await self._after(ended, work)
        except RecordFault as fault:
            place.fresh = place.attachment is not None
            self._lamp("record", fault.trouble)
            self._halt(fault.trouble)
        finally:
            place.task = place.run = None
            if place.slipped:  # it was expected back, and did not come
                place.slipped = False
                self.post(Left(place.slot.name))
            if place.fresh:
                self._take_up(place)

    async def _after(self, ended: RunEnded, work: _Work) -> None:
        self._minder.doubt = self._minder.doubt or ended.outcome is Outcome.UNKNOWN
        if ended.outcome is Outcome.PASS:
            self._lamp("cloud", None)
            self._halt_of.forget()
        if (trouble := ended.trouble) and trouble.lamp:
            self._lamp(trouble.lamp, trouble)
        if trouble and trouble.halts:
            self._halt(trouble)
        await self._count(work.shift)

    async def _mind(self) -> None:
        while True:
            await asyncio.sleep(self.mind_every_s)
            try:
                await self._mind_once()
            except Fault as fault:
                logger.info("tried again later: %s", fault)
                if fault.lamp:
                    self._lamp(fault.lamp, fault.trouble)
            except Exception:  # what goes on beside the slots must not end with one mistake of ours
                logger.exception("a bug, not a fault")

    async def _mind_once(self) -> None:
        if self._halt_of.is_to_be_looked_at(self.mind_every_s):
            await self.record.probe()
            self.post(LampTurned("record", Lamp.GOOD))
            if self._work:
                await self._equip_anew(self._work)
            self._resume()
        if self._work:
            await self._look_behind(self._work.equipment.cloud)

    async def _look_behind(self, cloud: Cloud) -> None:
        if self._minder.doubt:
            await self._minder.settle(cloud)
            if not self._minder.doubt:
                self._take_up_all()
        await self._minder.look_after(cloud)

    async def _equip_anew(self, work: _Work) -> None:
        """Read the key again: an engineer may have mended it in the keystore."""
        equipment = registry.equip(work.recipe, self.stock.secret)
        try:
            await equipment.cloud.probe()
        except BaseException:
            await equipment.cloud.close()
            raise
        self._retired.append(work.equipment)
        self._work = replace(work, equipment=equipment)
        await self._prepare(equipment)

    async def _count(self, shift: Shift) -> None:
        self.post(Counted(await self.record.tally(shift)))

    def _tell(self, event: Event) -> None:
        self.post(event)
        match event:
            case RunEnded(slot) if place := self._fixture.called(slot):
                place.note_end(event)
            case Settled(run):
                for place in self._fixture:
                    if place.ended and place.ended.run == run:
                        place.again()
                        self._take_up(place)
            case _:
                pass

    def _tell_slots(self) -> None:
        self.post(SlotsKnown(self._fixture.slots))

    def _lamp(self, name: str, trouble: Trouble | None) -> None:
        self.post(LampTurned(name, Lamp.BAD if trouble else Lamp.GOOD, trouble))

    def _halt(self, trouble: Trouble) -> None:
        if self._halt_of.trouble is None:
            self._halt_of.begin(trouble)
            self.post(Halted(trouble))

    def _resume(self) -> None:
        if self._halt_of.trouble:
            self._halt_of.end()
            self.post(Resumed())
            self._take_up_all()

    def _run_errand(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_run_quietly(errand))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _close(self) -> None:
        tasks = [place.task for place in self._fixture if place.task]
        for place in self._fixture:
            place.fresh = False
            if place.run:
                place.run.stop(Interrupted())
        for errand in tuple(self._errands):
            errand.cancel()
        await asyncio.gather(*tasks, *self._errands, return_exceptions=True)
        await self._bench.journal.close(CLOSE_WITHIN_S)
        await self.sign_out()
        for equipment in self._retired:
            await equipment.cloud.close()


async def _run_quietly(errand: Coroutine[Any, Any, None]) -> None:
    try:
        await errand
    except Fault as fault:
        logger.info("an errand was in vain: %s", fault)
