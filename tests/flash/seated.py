"""A seat on a simulated line: what the engine does with what comes and leaves, and no more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from station.fixture import Place
from station.links import LineSettings
from station.model import Attached, Change, Detached, Flashing, Slot, Tool
from station.seat import PlaceSeat
from station.simulation.arduino import BootLoader, SimulatedArduino
from station.simulation.arduino_unit import product
from station.simulation.samba import BoardMonitor
from station.simulation.usb_line import ArduinoLine

WHERE = "usb-1"
NANO_33_IOT = Flashing(
    Tool.BOSSAC,
    ("-U", "true", "-i", "-e", "-w", "-v", "-R"),
    touch=True,
    changes_port=True,
    boot_ids=((0x2341, 0x0057),),
)
PORTENTA_H7 = Flashing(
    Tool.DFU_UTIL,
    ("--device", "0x2341:0x035b", "-a0", "--dfuse-address=0x08040000:leave"),
    touch=True,
    changes_port=True,
    boot_ids=((0x2341, 0x035B),),
)


@dataclass
class Seated:
    """A board in a seat; `said` is all that came and left."""

    line: ArduinoLine
    board: SimulatedArduino
    seat: PlaceSeat
    said: list[Change] = field(default_factory=list)

    @property
    def ids(self) -> list[tuple[int | None, int | None]]:
        """The ids of what came, in order."""
        return [
            (each.attachment.ports[0].vid, each.attachment.ports[0].pid)
            for each in self.said
            if isinstance(each, Attached)
        ]

    async def greeting(self) -> bytes:
        """Open the port of what sits there and return the first that it says."""
        attachment = self.seat.attachment
        assert attachment is not None
        link = await self.seat.open(attachment.ports[0], LineSettings(9600))
        try:
            async with asyncio.timeout(10):
                return await link.receive()
        finally:
            await link.close()


@asynccontextmanager
async def seated(
    name: str = "nano_33_iot",
    *,
    in_memory: bool = False,
    boot_loader: BootLoader = BoardMonitor,
    sees_usb: bool = True,
) -> AsyncIterator[Seated]:
    """Plug a board of the product `name` in, and follow it."""
    line = ArduinoLine(1, in_memory=in_memory, sees_usb=sees_usb)
    place = Place(Slot("1", WHERE))
    made = product(name)
    board = SimulatedArduino(7, made, boot_loader=boot_loader if made.tool == Tool.BOSSAC else None)
    told = Seated(line, board, PlaceSeat(line, place))
    following = asyncio.create_task(_follow(told, place))
    line.plug(WHERE, board)
    try:
        await told.seat.becomes(lambda there: there, 5.0)
        yield told
    finally:
        await line.close()
        following.cancel()
        await asyncio.wait({following})


async def _follow(told: Seated, place: Place) -> None:
    async for change in told.line.changes():
        told.said.append(change)
        match change:
            case Attached(attachment):
                place.refill(attachment, "", attachment.ports[0])
            case Detached():
                place.clear()
