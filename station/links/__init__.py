"""A link carries bytes to one board and back; a wiring knows which boards are plugged in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from station.model import Attachment, Change, Port

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How a serial line is set: `baud` in bits a second, 8 data bits, no parity, 1 stop bit.

    `dtr` is the level of Data Terminal Ready: by it a board knows that somebody listens.
    """

    baud: int = 115_200
    rtscts: bool = False
    dtr: bool = True


class Link(Protocol):
    """An open byte stream; opening is the business of whoever made it."""

    async def send(self, data: bytes) -> None:
        """Hand `data` to the wire.

        Raises:
            LinkLost: the wire went away.

        """

    async def receive(self) -> bytes:
        """Return the next bytes to arrive, at least one.

        Cancelling a call loses no byte: the next call returns what has come.

        Raises:
            LinkLost: the wire went away.

        """
        ...

    async def close(self) -> None:
        """Let go of the wire; safe to call twice."""


class Wiring(Protocol):
    """All the sockets of a line: real ones, named ones or simulated ones."""

    def changes(self) -> AsyncIterator[Change]:
        """Yield what is plugged in now, and from then on all that comes and leaves."""
        ...

    async def open(self, port: Port, line: LineSettings) -> Link:
        """Open `port`.

        Raises:
            PortBusy, PortForbidden, PortMissing: it can't be opened.

        """
        ...


class AirWiring(Wiring, Protocol):
    """A wiring without wires: a board comes when it is picked."""

    def pick(self, text: str) -> None:
        """Take up the board on the air that `text` names.

        Raises:
            NoneNear, ManyNear, LanesFull: it names none or several, or there is no room.

        """


class Seat(Protocol):
    """The place that a unit sits in while it is worked on: it may restart there as another thing."""

    @property
    def attachment(self) -> Attachment | None:
        """What sits here now; None while nothing does."""
        ...

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Wiring.open`, with patience for a port that has only just come."""
        ...

    def absence(self) -> AbstractContextManager[None]:
        """Within this block a unit that leaves is expected back, and its run goes on."""
        ...

    async def becomes(self, fits: Callable[[Attachment | None], T | None], within_s: float) -> T:
        """Return what `fits` makes of what sits here, as soon as that is not None.

        Raises:
            NotReturned: it has not come to that in time.

        """
        ...
