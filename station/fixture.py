"""The slots of a line and what sits in them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from station.job import Job
from station.model import Attachment, Outcome, Port, RunEnded, Slot
from station.record import Approved
from station.run import Run


@dataclass(slots=True)
class Place:
    """A slot and what sits in it.

    `expected` while a unit that leaves will come back, `slipped` when it has left so; `usb_serial` is that of what sat here
    last. `fresh` until a run was begun on what was plugged in last; `ended` is how the last run on it
    ended. `job` is a rework that was begun or is to begin on it, `approved` what a second person has
    stood for in its next run.
    """

    slot: Slot
    attachment: Attachment | None = None
    kind: str = ""
    port: Port | None = None
    fresh: bool = False
    task: asyncio.Task[None] | None = None
    run: Run | None = None
    ended: RunEnded | None = None
    job: Job | None = None
    approved: Approved | None = None
    expected: bool = False
    slipped: bool = False
    usb_serial: str = ""
    _change: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def waits_for_the_station(self) -> bool:
        """Whether what sits here is to be taken up as soon as the station can work."""
        if self.ended is None:
            return self.fresh
        trouble = self.ended.trouble
        # what an engineer set up wrong does not mend itself: that unit waits for a hand
        mends_itself = trouble is not None and trouble.halts and bool(trouble.lamp)
        return self.ended.outcome is Outcome.UNKNOWN or mends_itself

    def fill(self, attachment: Attachment, kind: str, port: Port) -> None:
        """Note what was plugged in."""
        self._take(attachment, kind, port)
        self.fresh, self.ended, self.job, self.approved = True, None, None, None

    def refill(self, attachment: Attachment, kind: str, port: Port) -> None:
        """Note that what was expected is back, in whatever shape: it is no new unit."""
        self._take(attachment, kind, port)

    def note_end(self, ended: RunEnded) -> None:
        """Note how a run ended, if what it was about still sits here."""
        if self.attachment and not self.fresh:
            self.ended = ended

    def again(self) -> None:
        """Ask for another run, also while the last one is being put away."""
        self.fresh = self.fresh or (self.ended is not None and self.attachment is not None)

    def clear(self) -> None:
        """Note that it has left."""
        self.attachment, self.port, self.fresh = None, None, False
        self.slipped = self.expected
        self._stir()

    def expect(self) -> None:
        """From now on what leaves is expected back."""
        self.expected = True

    def expect_no_more(self) -> None:
        """From now on what leaves has left."""
        self.expected = False
        self._stir()

    async def changes(self) -> None:
        """Wait until something comes or leaves."""
        change = self._change
        await change.wait()

    def _take(self, attachment: Attachment, kind: str, port: Port) -> None:
        self.attachment, self.kind, self.port = attachment, kind, port
        serials = (each.usb_serial for each in attachment.ports)
        self.usb_serial = next(filter(None, serials), "")
        self.slipped = False
        self._stir()

    def _stir(self) -> None:
        self._change.set()
        self._change = asyncio.Event()


class Fixture:
    """The places of a line: those an engineer taught, or one for each socket that is used."""

    def __init__(self, taught: Iterable[Slot], columns: int = 0) -> None:
        self.columns = columns
        self._places = {slot.where: Place(slot) for slot in taught}
        self._taught = bool(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots in the order of the fixture."""
        return tuple(place.slot for place in self)

    def at(self, where: str) -> Place | None:
        """Return the place of a socket; None when it has none."""
        return self._places.get(where)

    def holding(self, attachment: Attachment) -> Place | None:
        """Return the place that this sits in: what was expected may have come back elsewhere."""
        where = attachment.where
        return next(
            (each for each in self if each.attachment and each.attachment.where == where), None
        )

    def expecting(self, attachment: Attachment) -> Place | None:
        """Return the place whose unit is expected back and has this one's serial number.

        Systems that tell no socket, or another one for a boot loader, leave nothing else to go by.
        """
        serials = {each.usb_serial for each in attachment.ports} - {""}
        return next(
            (place for place in self if place.expected and place.usb_serial in serials), None
        )

    def called(self, name: str) -> Place | None:
        """Return the place of the slot called `name`."""
        return next((place for place in self if place.slot.name == name), None)

    def add(self, where: str) -> Place | None:
        """Make a place for a socket that was not used before; None when slots were taught."""
        if self._taught:
            return None
        place = Place(Slot(str(len(self._places) + 1), where))
        self._places[where] = place
        return place
