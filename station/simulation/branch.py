"""A wire that two programs of one board share: each hears what it is given, and both may speak."""

from __future__ import annotations

import asyncio

from station.links import Link


class Branch:
    """One program's end of a shared wire; closing it leaves the wire to the other one."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._come: asyncio.Queue[bytes] = asyncio.Queue()

    def feed(self, data: bytes) -> None:
        """Have the program hear `data`."""
        if data:
            self._come.put_nowait(data)

    async def send(self, data: bytes) -> None:
        """As `Link.send`."""
        await self._link.send(data)

    async def receive(self) -> bytes:
        """As `Link.receive`."""
        return await self._come.get()

    async def close(self) -> None:
        """Do nothing: the wire is not this program's alone."""
