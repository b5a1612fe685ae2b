"""A terminal at the station's end of a simulated board's wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from station.links import Link
from station.links.memory import pair
from station.simulation.nrf91 import SimulatedNrf91

PROMPT = "\x1b[1;32muart:~$ \x1b[m"


class Terminal:
    """Types, and keeps all that comes back."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.seen = b""

    async def type(self, text: str) -> None:
        await self.link.send(text.encode("latin-1"))

    async def until(self, *ends: str) -> str:
        """Return what came since the last call, up to and with the first of `ends` to turn up."""
        async with asyncio.timeout(10):
            while True:
                found = [
                    self.seen.find(e.encode()) + len(e) for e in ends if e.encode() in self.seen
                ]
                if found:
                    told, self.seen = self.seen[: min(found)], self.seen[min(found) :]
                    return told.decode("latin-1")
                self.seen += await self.link.receive()

    async def ask(self, command: str) -> str:
        """Ask an AT host and return the whole answer."""
        await self.type(f"{command}\r")
        told = await self.until("OK\r\n", "ERROR\r\n", "ERROR: ")
        return told + (await self.until("\r\n") if told.endswith(": ") else "")

    async def ask_shell(self, line: str) -> str:
        """Ask a shell and return what came up to the next prompt."""
        await self.type(f"{line}\r\n")
        return await self.until(PROMPT)


Connect = Callable[[SimulatedNrf91], Awaitable[Terminal]]


@asynccontextmanager
async def terminal(board: SimulatedNrf91) -> AsyncIterator[Terminal]:
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    yield Terminal(here)
    await here.close()
    await running
