"""The place that a unit sits in while it is worked on: it may leave and come back as another thing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from station.faults import (
    LinkFault,
    LinkLost,
    ModemManagerOnPort,
    NotReturned,
    PortBusy,
    PortForbidden,
    PortMissing,
)
from station.fixture import Place
from station.links import LineSettings, Link, Wiring
from station.model import Attachment, Port

T = TypeVar("T")

TRY_AGAIN_S = 0.1

PATIENCE_S: dict[type[LinkFault], float] = {
    # ModemManager looks at a new port for about 10 s and then lets go
    ModemManagerOnPort: 12.0,
    PortBusy: 2.0,
    # udev gives a new node its owner and group a moment after it appears
    PortForbidden: 1.0,
    PortMissing: 1.0,
}
"""How long after its plugging in a port may refuse to open, in seconds."""


@dataclass(frozen=True, slots=True)
class PlaceSeat:
    """A `Seat` in a place of the fixture."""

    wiring: Wiring
    place: Place

    @property
    def attachment(self) -> Attachment | None:
        """As `Seat.attachment`."""
        return self.place.attachment

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Seat.open`."""
        began_s = monotonic()
        while True:
            try:
                return await self.wiring.open(port, line)
            except LinkFault as fault:
                if monotonic() - began_s > PATIENCE_S.get(type(fault), 0.0):
                    raise
            await asyncio.sleep(TRY_AGAIN_S)

    @contextmanager
    def absence(self) -> Iterator[None]:
        """As `Seat.absence`.

        A block within another ends nothing.

        Raises:
            LinkLost: nothing sits here when the block ends well.

        """
        if self.place.expected:
            yield
            return
        self.place.expect()
        try:
            yield
        finally:
            self.place.expect_no_more()
        if self.place.attachment is None:
            raise LinkLost("it has not come back")

    async def becomes(self, fits: Callable[[Attachment | None], T | None], within_s: float) -> T:
        """As `Seat.becomes`."""
        try:
            async with asyncio.timeout(within_s):
                while (found := fits(self.place.attachment)) is None:
                    await self.place.changes()
        except TimeoutError:
            raise NotReturned(f"after {within_s:g} s") from None
        return found
