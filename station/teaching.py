"""Teaching: the slots of a fixture are told by plugging one board in, slot after slot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from station.faults import SocketTaught
from station.model import Slot


@dataclass(slots=True)
class Lesson:
    """Which slots are still to be learnt, in order, and those that are.

    `columns` is how many stand side by side in the fixture.
    """

    names: tuple[str, ...]
    columns: int
    learnt: tuple[Slot, ...] = ()

    @property
    def next(self) -> str:
        """The slot whose board is to be plugged in now; empty when all are known."""
        return self.names[len(self.learnt)] if len(self.learnt) < len(self.names) else ""

    def learn(self, where: str) -> None:
        """Note that the slot at hand is at the socket `where`.

        Raises:
            SocketTaught: that is another one of this lesson.

        """
        if other := next((slot.name for slot in self.learnt if slot.where == where), ""):
            raise SocketTaught(other)
        self.learnt = (*self.learnt, Slot(self.next, where))

    def merged(self, before: Iterable[Slot]) -> tuple[Slot, ...]:
        """Return the slots as they are from now on: what was not learnt anew stays as it was.

        A socket belongs to the slot that learnt it last.
        """
        if not self.next:
            return self.learnt
        names = {slot.name for slot in self.learnt}
        taken = {slot.where for slot in self.learnt}
        kept = {s.name: s for s in before if s.name not in names and s.where not in taken}
        known = {**kept, **{slot.name: slot for slot in self.learnt}}
        order = dict.fromkeys((*self.names, *kept))
        return tuple(known[name] for name in order if name in known)
