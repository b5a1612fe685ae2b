"""The slots of a line and what sits in them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from station.model import Attachment, Outcome, Port, RunEnded, Slot
from station.run import Run


@dataclass(slots=True)
class Place:
    """A slot and what sits in it.

    `fresh` until a run was begun on what was plugged in last; `ended` is how the last run on it
    ended.
    """

    slot: Slot
    attachment: Attachment | None = None
    kind: str = ""
    port: Port | None = None
    fresh: bool = False
    task: asyncio.Task[None] | None = None
    run: Run | None = None
    ended: RunEnded | None = None

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
        self.attachment, self.kind, self.port = attachment, kind, port
        self.fresh, self.ended = True, None

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


class Fixture:
    """The places of a line: those an engineer taught, or one for each socket that is used."""

    def __init__(self, taught: Iterable[Slot]) -> None:
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
