"""A link to a thing that shows no serial port: nothing is said there, and nothing is heard."""

from __future__ import annotations

from station.links.inbox import Inbox


class SilentLink:
    """What sits there can be flashed, and no more."""

    def __init__(self) -> None:
        self._inbox = Inbox()

    async def send(self, data: bytes) -> None:
        """As `Link.send`; nobody takes it."""
        self._inbox.check()

    async def receive(self) -> bytes:
        """As `Link.receive`; waits until the link is closed."""
        return await self._inbox.take()

    async def close(self) -> None:
        """As `Link.close`."""
        self._inbox.lose("this end was closed")
