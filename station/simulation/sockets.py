"""A socket of a simulated line: boards are plugged into it, the station opens it."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from typing import Protocol

from station.faults import LinkLost, PortMissing
from station.links import LineSettings, Link
from station.links.memory import MemoryLink, pair
from station.model import Port

TOUCH_BAUD = 1200


class Runs(Protocol):
    """What can be plugged in: a board, or the boot loader that it becomes."""

    async def run(self, link: Link) -> bool:
        """As `SimulatedBoard.run`."""
        ...


class Socket(Protocol):
    """One board's connection, from plug to unplug."""

    @property
    def path(self) -> str:
        """What the port is called."""
        ...

    async def run(self, board: Runs) -> None:
        """Be `board` until it is unplugged, or leaves by itself."""

    async def open(self, port: Port, line: LineSettings) -> Link:
        """Open the station's side.

        Raises:
            PortBusy, PortForbidden, PortMissing: it can't be opened.

        """
        ...

    async def touched(self) -> None:
        """Wait until the station has opened its side at 1200 bit/s and closed it again."""

    async def unplug(self) -> None:
        """Pull the board out; safe to call twice."""


class MemorySocket:
    """A socket with a memory link for each opening."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._openings: asyncio.Queue[MemoryLink | None] = asyncio.Queue()
        self._touches: asyncio.Queue[MemoryLink] = asyncio.Queue()
        self._end: MemoryLink | None = None
        self._plugged = True

    async def run(self, board: Runs) -> None:
        """As `Socket.run`."""
        while (end := await self._openings.get()) is not None:
            self._end = end
            if await board.run(end):
                self._plugged = False
                return

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Socket.open`."""
        if not self._plugged:
            raise PortMissing(port.path)
        here, there = pair()
        if line.baud == TOUCH_BAUD:
            self._touches.put_nowait(there)
        else:
            self._openings.put_nowait(there)
        return here

    async def touched(self) -> None:
        """As `Socket.touched`."""
        end = await self._touches.get()
        with suppress(LinkLost):
            while True:
                await end.receive()

    async def unplug(self) -> None:
        """As `Socket.unplug`."""
        self._plugged = False
        waiting = [self._openings.get_nowait() for _ in range(self._openings.qsize())]
        self._openings.put_nowait(None)
        for end in (self._end, *waiting):
            if end is not None:
                await end.close()


if sys.platform != "win32":
    from station.links.serial import open_serial
    from station.simulation.pty_end import PtyEnd

    class PtySocket:
        """A socket with a pseudo-terminal, opened as a real serial port is."""

        def __init__(self) -> None:
            self._end = PtyEnd()
            self.path = self._end.path

        async def run(self, board: Runs) -> None:
            """As `Socket.run`."""
            await board.run(self._end)

        async def open(self, port: Port, line: LineSettings) -> Link:
            """As `Socket.open`."""
            return await open_serial(port, line)

        async def touched(self) -> None:
            """As `Socket.touched`."""
            await self._end.touched()

        async def unplug(self) -> None:
            """As `Socket.unplug`."""
            self._end.unplug()
