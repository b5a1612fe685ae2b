"""The hand of a demonstration's line: it plugs boards in, and pulls them out after their verdict."""

from __future__ import annotations

import asyncio
from typing import Generic, Protocol, TypeVar

from station.model import Slot
from station.simulation.nrf91_unit import drawn

Board = TypeVar("Board")
Made_co = TypeVar("Made_co", covariant=True)
Taken_contra = TypeVar("Taken_contra", contravariant=True)


class Supply(Protocol[Made_co]):
    """The boards of a demonstration."""

    def board(self, place: int) -> Made_co:
        """Return the `place`th board, from 0 on."""
        ...


class Sockets(Protocol[Taken_contra]):
    """The sockets of a line."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All that there are."""
        ...

    def plug(self, where: str, board: Taken_contra) -> None:
        """Plug a board in."""

    async def pull(self, where: str) -> None:
        """Pull it out."""


class Feeder(Generic[Board]):
    """Plugs `units` boards (None: for ever) into the sockets of `line`, and pulls them out again.

    A board leaves `dwell_s` after its `verdict`; the next one comes after about `pause_s`: there is
    one hand on the line. `stop` leaves what is plugged in to the line's own `close`.

    `done` is set when all units have left.
    """

    def __init__(
        self,
        line: Sockets[Board],
        supply: Supply[Board],
        units: int | None,
        *,
        pause_s: float,
        dwell_s: float,
    ) -> None:
        self.done = asyncio.Event()
        self._line = line
        self._supply = supply
        self._units = units
        self._pause_s = pause_s
        self._dwell_s = dwell_s
        self._begun = 0
        self._hand = asyncio.Lock()
        self._shown = {slot.where: asyncio.Event() for slot in line.slots}
        self._life: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to plug in."""
        self._life = asyncio.create_task(self._live())

    def verdict(self, where: str) -> None:
        """Be told that the run in the slot at `where` has ended; its board will leave."""
        self._shown[where].set()

    async def stop(self) -> None:
        """Plug no more in; safe to call twice."""
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait({self._life})

    async def _live(self) -> None:
        async with asyncio.TaskGroup() as slots:
            for where, shown in self._shown.items():
                slots.create_task(self._fill(where, shown))
        self.done.set()

    async def _fill(self, where: str, shown: asyncio.Event) -> None:
        while (place := await self._next()) is not None:
            shown.clear()
            self._line.plug(where, self._supply.board(place))
            await shown.wait()
            await asyncio.sleep(self._dwell_s)
            await self._line.pull(where)

    async def _next(self) -> int | None:
        async with self._hand:
            place = self._begun
            if self._units is not None and place >= self._units:
                return None
            self._begun += 1
            await asyncio.sleep(self._pause_s * (0.7 + drawn("pause", place, 1)[0] / 425))
            return place
