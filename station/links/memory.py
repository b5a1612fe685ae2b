"""A wire that is only memory: for tests, and for simulated boards without pseudo-terminals."""

from __future__ import annotations

from station.links.inbox import Inbox


class MemoryLink:
    """One end. What is sent here is received at the other end, in the pieces it was sent in."""

    def __init__(self, here: Inbox, there: Inbox) -> None:
        self._here = here
        self._there = there

    async def send(self, data: bytes) -> None:
        """As `Link.send`; never waits."""
        self._here.check()
        self._there.check()
        if data:
            self._there.put(data)

    async def receive(self) -> bytes:
        """As `Link.receive`; what the other end sent before it closed still comes."""
        return await self._here.take()

    async def close(self) -> None:
        """As `Link.close`."""
        self._here.empty()
        self._here.lose("this end was closed")
        self._there.lose("the other end was closed")


def pair() -> tuple[MemoryLink, MemoryLink]:
    """Return the two ends of a fresh wire."""
    left, right = Inbox(), Inbox()
    return MemoryLink(left, right), MemoryLink(right, left)
