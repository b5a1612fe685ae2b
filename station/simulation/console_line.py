"""A line of boards behind USB adapters for serial lines, which say nothing of the board."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from station.faults import PortMissing
from station.links import LineSettings, Link
from station.model import Attached, Attachment, Change, Detached, Port, Slot
from station.simulation.sockets import MemorySocket, Runs, Socket

if sys.platform != "win32":
    from station.simulation.sockets import PtySocket

_CP2102 = (0x10C4, 0xEA60)
_SERIAL = "0001"  # every CP2102 has this one unless somebody writes another


@dataclass(slots=True)
class _Plugged:
    attachment: Attachment
    socket: Socket
    is_seen: bool = True
    life: asyncio.Task[None] | None = field(default=None, repr=False)


class ConsoleLine:
    """A `Wiring` of `slots` sockets, usb-1, usb-2 and so on, each with an adapter's port.

    `in_memory` does without pseudo-terminals; it is the only way on Windows.
    """

    def __init__(self, slots: int = 4, *, in_memory: bool = sys.platform == "win32") -> None:
        self.slots = tuple(Slot(str(n), f"usb-{n}") for n in range(1, slots + 1))
        self._in_memory = in_memory
        self._plugged: dict[str, _Plugged] = {}
        self._watchers: set[asyncio.Queue[Change]] = set()
        self._ports = 0

    async def changes(self) -> AsyncGenerator[Change, None]:
        """As `Wiring.changes`."""
        news: asyncio.Queue[Change] = asyncio.Queue()
        for plugged in self._plugged.values():
            if plugged.is_seen:
                news.put_nowait(Attached(plugged.attachment))
        self._watchers.add(news)
        try:
            while True:
                yield await news.get()
        finally:
            self._watchers.discard(news)

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Wiring.open`."""
        for plugged in self._plugged.values():
            if plugged.is_seen and port in plugged.attachment.ports:
                return await plugged.socket.open(port, line)
        raise PortMissing(port.path)

    def plug(self, where: str, board: Runs) -> None:
        """Plug a board in: its port is there at once."""
        self._ports += 1
        socket = self._socket(f"memory-{where}-{self._ports}")
        port = Port(socket.path, *_CP2102, _SERIAL, where, 0, "CP2102", manufacturer="Silicon Labs")
        plugged = self._plugged[where] = _Plugged(Attachment((port,)), socket)
        plugged.life = asyncio.create_task(self._live(plugged, board), name=f"board in {where}")
        self._announce(Attached(plugged.attachment))

    async def pull(self, where: str) -> None:
        """Pull a board out: it is without power."""
        plugged = self._plugged.pop(where)
        await plugged.socket.unplug()
        if plugged.life is not None:
            await asyncio.wait({plugged.life})
        self._leave(plugged)

    async def close(self) -> None:
        """Pull all boards out; safe to call twice."""
        for where in tuple(self._plugged):
            await self.pull(where)

    async def _live(self, plugged: _Plugged, board: Runs) -> None:
        await plugged.socket.run(board)
        self._leave(plugged)  # it may leave by itself

    def _leave(self, plugged: _Plugged) -> None:
        if plugged.is_seen:
            plugged.is_seen = False
            self._announce(Detached(plugged.attachment))

    def _socket(self, name: str) -> Socket:
        if sys.platform != "win32" and not self._in_memory:
            return PtySocket()
        return MemorySocket(name)

    def _announce(self, change: Change) -> None:
        for news in self._watchers:
            news.put_nowait(change)
