"""The demonstration's line: slots into which boards are plugged, one after the other."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from weakref import WeakSet

from station.faults import PortMissing
from station.links import LineSettings, Link
from station.model import Attached, Attachment, Change, Detached, Port, Slot
from station.simulation.air import Air
from station.simulation.lessons import lesson
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.simulation.nrf91_unit import drawn
from station.simulation.sockets import MemorySocket, Socket

if sys.platform != "win32":
    from station.simulation.sockets import PtySocket

_SEGGER_VID, _JLINK_PID = 0x1366, 0x1059
# In the order in which they turn up: what a line really meets, and what heals by a second try.
_LESSONS = (
    "token-cut",
    "lost-byte",
    "silent",
    "old-modem",
    "split-answer",
    "other-token",
    "unplug-at-token",
    "token-forged",
)
# On the air shorter than the real 60 s and 600 s, so that a demonstration shows the whole way.
_TIMING = Timing(
    baud=115_200,
    latency_s=0.02,
    log_lines_a_second=1.0,
    boot_s=0.5,
    keygen_s=0.8,
    attach_s=3.0,
    batch_s=1.0,
    settle_s=2.0,
    retry_s=5.0,
    poll_s=15.0,
)


@dataclass(slots=True)
class _Plugged:
    """What sits in a slot, and whether its verdict has been shown."""

    attachment: Attachment
    socket: Socket
    shown: asyncio.Event


class SimulatedLine:
    """A `Wiring` of `slots` sockets into which `units` boards (None: for ever) are plugged.

    A unit leaves `dwell_s` after its `verdict`; the next one comes after about `pause_s`. About one
    unit in eight has a fault, unless `clean`. The n-th unit is the same for the same `seed`.
    With `air` the units have a network, and go on living on it after they have left.
    `in_memory` does without pseudo-terminals; it is the only way on Windows.

    `done` is set when all units have left.
    """

    def __init__(
        self,
        slots: int = 4,
        units: int | None = None,
        *,
        seed: int = 1,
        clean: bool = False,
        pause_s: float = 2.0,
        dwell_s: float = 4.0,
        timing: Timing = _TIMING,
        in_memory: bool = sys.platform == "win32",
        on_boot: Callable[[str], None] | None = None,
        air: Air | str | None = None,
    ) -> None:
        self.slots = tuple(Slot(str(n), f"demo-{n}") for n in range(1, slots + 1))
        self.done = asyncio.Event()
        self._units = units
        self._seed = seed
        self._clean = clean
        self._pause_s = pause_s
        self._dwell_s = dwell_s
        self._timing = timing
        self._in_memory = in_memory
        self._on_boot = on_boot
        self._air = air
        self._begun = 0
        self._hand = asyncio.Lock()
        self._plugged: dict[str, _Plugged] = {}
        self._watchers: set[asyncio.Queue[Change]] = set()
        self._life: asyncio.Task[None] | None = None
        self._boards: WeakSet[SimulatedNrf91] = WeakSet()

    async def changes(self) -> AsyncGenerator[Change, None]:
        """Yield what is plugged in and all that comes and leaves; the first call starts the line."""
        news: asyncio.Queue[Change] = asyncio.Queue()
        for plugged in self._plugged.values():
            news.put_nowait(Attached(plugged.attachment))
        self._watchers.add(news)
        if self._life is None:
            self._life = asyncio.create_task(self._live())
        try:
            while True:
                yield await news.get()
        finally:
            self._watchers.discard(news)

    async def open(self, port: Port, line: LineSettings) -> Link:
        """Open the port of a board that is plugged in.

        Raises:
            PortBusy, PortForbidden, PortMissing: it can't be opened.

        """
        for plugged in self._plugged.values():
            if port in plugged.attachment.ports:
                return await plugged.socket.open(port, line)
        raise PortMissing(port.path)

    def verdict(self, where: str) -> None:
        """Be told that the run in the slot at `where` has ended; the unit will leave."""
        if where in self._plugged:
            self._plugged[where].shown.set()

    def board(self, number: int) -> SimulatedNrf91:
        """Return the `number`th unit of this line, from 0 on."""
        fault = None if self._clean else lesson(_LESSONS, self._seed, number)
        return SimulatedNrf91(
            self._seed * 1000 + number,
            dialect=SimulatedNrf91.dialects[drawn("dialect", self._seed + number, 1)[0] % 2],
            faults=(fault,) if fault else (),
            timing=self._timing,
            on_boot=self._on_boot,
            air=self._air,
        )

    async def close(self) -> None:
        """Unplug everything and stop; safe to call twice."""
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait({self._life})
        for board in self._boards:
            board.power_off()

    async def _live(self) -> None:
        async with asyncio.TaskGroup() as line:
            for slot in self.slots:
                line.create_task(self._fill(slot.where))
        self.done.set()

    async def _fill(self, where: str) -> None:
        """Plug one unit after the other into a slot until all units of the line have begun."""
        while (number := await self._next_unit()) is not None:
            await self._host(where, number)

    async def _next_unit(self) -> int | None:
        """Wait for the hand that plugs units in: there is only one on the line."""
        async with self._hand:
            number = self._begun
            if self._units is not None and number >= self._units:
                return None
            self._begun += 1
            await asyncio.sleep(self._pause_s * (0.7 + drawn("pause", number, 1)[0] / 425))
            return number

    async def _host(self, where: str, number: int) -> None:
        """Be one unit in a slot, from plug to unplug."""
        plugged = self._plug(where, number)
        board = self.board(number)
        self._boards.add(board)
        running = asyncio.create_task(plugged.socket.run(board))
        shown = asyncio.create_task(plugged.shown.wait())
        try:
            await asyncio.wait({running, shown}, return_when=asyncio.FIRST_COMPLETED)
            if left := running.done():  # by itself; its run still ends with a verdict
                self._announce(Detached(plugged.attachment))
            await shown
            await asyncio.sleep(self._dwell_s)
        finally:
            shown.cancel()
            del self._plugged[where]
            await plugged.socket.unplug()
            await running
        if not left:
            self._announce(Detached(plugged.attachment))

    def _plug(self, where: str, number: int) -> _Plugged:
        socket = self._socket(f"memory-{where}-{number}")
        serial = f"0010512{(self._seed * 1000 + number) % 100_000:05d}"
        port = Port(
            socket.path, _SEGGER_VID, _JLINK_PID, serial, where, 0, "J-Link", manufacturer="SEGGER"
        )
        plugged = _Plugged(Attachment((port,)), socket, asyncio.Event())
        self._plugged[where] = plugged
        self._announce(Attached(plugged.attachment))
        return plugged

    def _socket(self, name: str) -> Socket:
        if sys.platform != "win32" and not self._in_memory:
            return PtySocket()
        return MemorySocket(name)

    def _announce(self, change: Change) -> None:
        for news in self._watchers:
            news.put_nowait(change)
