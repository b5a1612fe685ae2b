"""A line of simulated Arduino boards on USB, as they come and go when they are flashed.

A board that is touched leaves its socket and comes back there as its boot loader, with other ids
and at another port, or with none; one that was written comes back as itself and runs what was
written.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from station.faults import FlashRefused, PortMissing
from station.flash import Target, Told
from station.links import LineSettings, Link
from station.links.silent import SilentLink
from station.model import Attached, Attachment, Change, Detached, Image, Medium, Port, Slot, Tool
from station.simulation.arduino import SimulatedArduino
from station.simulation.sockets import MemorySocket, Socket

if sys.platform != "win32":
    from station.simulation.sockets import PtySocket

GAP_S = 0.05
"""For how long a board that restarts is nowhere; real ones take half a second and more."""

_PIECE = 4096


@dataclass(slots=True)
class _Plugged:
    """A board in a socket; `attachment` is None while it is nowhere, or is not seen.

    `socket` is None while it shows no serial port.
    """

    where: str
    board: SimulatedArduino
    attachment: Attachment | None = None
    socket: Socket | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    life: asyncio.Task[None] | None = None

    @property
    def has_port(self) -> bool:
        """Whether it shows a serial port: boot loaders for USB's own tools have none."""
        return not self.board.is_in_boot_loader or self.board.unit.product.tool == Tool.BOSSAC


class ArduinoLine:
    """A `Wiring` of `slots` sockets, usb-1, usb-2 and so on; the test is the hand that plugs.

    `in_memory` does without pseudo-terminals, and so without bossac: `SimulatedFlasher` writes
    boards there. `sees_usb`: boot loaders without a serial port are seen, as on Linux alone.
    """

    def __init__(
        self,
        slots: int = 4,
        *,
        gap_s: float = GAP_S,
        in_memory: bool = sys.platform == "win32",
        sees_usb: bool = True,
    ) -> None:
        self.slots = tuple(Slot(str(n), f"usb-{n}") for n in range(1, slots + 1))
        self._gap_s = gap_s
        self._in_memory = in_memory
        self._sees_usb = sees_usb
        self._plugged: dict[str, _Plugged] = {}
        self._watchers: set[asyncio.Queue[Change]] = set()
        self._ports = 0

    async def changes(self) -> AsyncGenerator[Change, None]:
        """As `Wiring.changes`."""
        news: asyncio.Queue[Change] = asyncio.Queue()
        for plugged in self._plugged.values():
            if plugged.attachment:
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
            if plugged.attachment and port in plugged.attachment.ports:
                return await plugged.socket.open(port, line) if plugged.socket else SilentLink()
        raise PortMissing(port.path)

    def plug(self, where: str, board: SimulatedArduino) -> None:
        """Plug a board in: it starts, and shows its port."""
        plugged = self._plugged[where] = _Plugged(where, board)
        board.on_usb = plugged.changed.set
        plugged.life = asyncio.create_task(self._live(plugged), name=f"board in {where}")

    async def pull(self, where: str) -> None:
        """Pull a board out: it is without power."""
        plugged = self._plugged.pop(where)
        assert plugged.life is not None  # noqa: S101 - set when it was plugged in
        plugged.life.cancel()
        await asyncio.wait({plugged.life})
        plugged.board.on_usb = None
        plugged.board.power_off()

    async def close(self) -> None:
        """Pull all boards out; safe to call twice."""
        for where in tuple(self._plugged):
            await self.pull(where)

    def waits_for_image(self, where: str) -> bool:
        """Tell whether the board there is in its boot loader."""
        plugged = self._plugged.get(where)
        return plugged is not None and plugged.board.is_in_boot_loader

    def write(self, where: str, image: bytes) -> None:
        """Write `image` to the board there, as a tool without a serial port does, and start it.

        Raises:
            ValueError: it is not in its boot loader.

        """
        if not self.waits_for_image(where):
            raise ValueError(f"no boot loader waits at {where}")
        self._plugged[where].board.flashed(image)

    async def _live(self, plugged: _Plugged) -> None:
        plugged.board.power_on()
        while True:
            plugged.changed.clear()
            if not plugged.has_port:
                await self._be_without_a_port(plugged)
            elif await self._be_at_a_port(plugged):
                return
            await asyncio.sleep(self._gap_s)

    async def _be_without_a_port(self, plugged: _Plugged) -> None:
        """Wait in the boot loader until it comes back as another thing."""
        if self._sees_usb:
            port = self._port(plugged, f"usb:{plugged.where}")
            plugged.attachment = Attachment((replace(port, interface=None, medium=Medium.USB),))
            self._announce(Attached(plugged.attachment))
        try:
            await plugged.changed.wait()
        finally:
            if attachment := plugged.attachment:
                plugged.attachment = None
                self._announce(Detached(attachment))

    async def _be_at_a_port(self, plugged: _Plugged) -> bool:
        """Be there until it comes back as another thing; return whether it left for good."""
        socket = self._show(plugged)
        running = asyncio.create_task(socket.run(plugged.board))
        touching = asyncio.create_task(self._touch(socket, plugged.board))
        changed = asyncio.create_task(self._changes(plugged))
        try:
            await asyncio.wait({running, changed}, return_when=asyncio.FIRST_COMPLETED)
            return not changed.done() and not plugged.changed.is_set()
        finally:
            await self._vanish(plugged, running, touching, changed)

    async def _touch(self, socket: Socket, board: SimulatedArduino) -> None:
        while True:
            await socket.touched()
            board.touch()

    async def _changes(self, plugged: _Plugged) -> None:
        """Wait until its port goes; a bridge keeps it while the processor behind it restarts."""
        while True:
            await plugged.changed.wait()
            if not plugged.board.unit.product.bridged:
                return
            plugged.changed.clear()

    def _show(self, plugged: _Plugged) -> Socket:
        self._ports += 1
        socket = self._socket(f"memory-{plugged.where}-{self._ports}")
        attachment = Attachment((self._port(plugged, socket.path),))
        plugged.socket, plugged.attachment = socket, attachment
        self._announce(Attached(attachment))
        return socket

    def _port(self, plugged: _Plugged, path: str) -> Port:
        unit, (vid, pid) = plugged.board.unit, plugged.board.usb
        return Port(
            path,
            vid,
            pid,
            # a chip's own boot loader knows nothing of the product, and shows no number of its own
            unit.usb_serial if vid == unit.product.vid else "",
            plugged.where,
            0,
            unit.product.title,
            manufacturer="Arduino",
        )

    async def _vanish(self, plugged: _Plugged, *tasks: asyncio.Task[Any]) -> None:
        assert plugged.socket is not None  # noqa: S101 - it was shown
        assert plugged.attachment is not None  # noqa: S101
        socket, attachment = plugged.socket, plugged.attachment
        plugged.socket = plugged.attachment = None
        await socket.unplug()
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        self._announce(Detached(attachment))

    def _socket(self, name: str) -> Socket:
        if sys.platform != "win32" and not self._in_memory:
            return PtySocket()
        return MemorySocket(name)

    def _announce(self, change: Change) -> None:
        for news in self._watchers:
            news.put_nowait(change)


class SimulatedFlasher:
    """A `Flasher` that writes to a board of `line` through no wire at all.

    Each 4096 bytes take `piece_s` seconds.
    """

    tool: ClassVar[Tool] = Tool.DFU_UTIL

    def __init__(self, line: ArduinoLine, piece_s: float = 0.0) -> None:
        self._line = line
        self._piece_s = piece_s

    async def version(self) -> str:
        """As `Flasher.version`."""
        return "simulated"

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """As `Flasher.write`."""
        content = await asyncio.to_thread(image.path.read_bytes)
        for done in range(0, len(content), _PIECE):
            told(done, len(content))
            if self._piece_s:
                await asyncio.sleep(self._piece_s)
        try:
            self._line.write(target.before.where, content)
        except ValueError as error:
            raise FlashRefused(str(error)) from error
        told(len(content), len(content))
