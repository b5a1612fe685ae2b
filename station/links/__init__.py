"""A link carries bytes to one board and back; a wiring knows which boards are plugged in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from station.model import Change, Port


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How a serial line is set: `baud` in bits a second, 8 data bits, no parity, 1 stop bit."""

    baud: int = 115_200
    rtscts: bool = False


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
