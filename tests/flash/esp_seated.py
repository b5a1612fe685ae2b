"""A chip of Espressif's in a seat: at a pseudo-terminal, as behind a bridge that keeps its port."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from station.fixture import Place
from station.flash.flashing import flash
from station.flash.tools import flasher
from station.links import LineSettings, Link
from station.links.serial import open_serial
from station.model import Attachment, Change, Flashing, Image, Port, Slot, Tool
from station.seat import PlaceSeat
from station.simulation.pty_end import PtyEnd
from station.simulation.sockets import Runs

PEERS = Path(os.environ.get("STATION_PEERS", Path(__file__).parents[2] / ".venv-peers" / "bin"))


class Named:
    """A wiring whose ports are opened by their names."""

    def changes(self) -> AsyncIterator[Change]:
        raise NotImplementedError

    async def open(self, port: Port, line: LineSettings) -> Link:
        return await open_serial(port, line)


@dataclass
class Seated:
    """A board at a pseudo-terminal; `progress` is what the last flash told."""

    seat: PlaceSeat
    end: PtyEnd
    progress: list[tuple[int, int]]

    async def flash(self, wanted: Flashing, image: Image, *, tries: int = 1) -> Attachment:
        """Flash it with the tool that is installed, as often as `tries`."""
        self.progress.clear()
        return await flash(
            self.seat,
            wanted,
            image,
            flasher(wanted.tool),
            lambda done, total: self.progress.append((done, total)),
            tries=tries,
            pause_s=0.0,
        )


@asynccontextmanager
async def seated(board: Runs) -> AsyncIterator[Seated]:
    """Have `board` at a pseudo-terminal, and a seat there."""
    end = PtyEnd()
    place = Place(Slot("1", "x"))
    there = Attachment((Port(end.path),))
    place.refill(there, "", there.ports[0])
    running = asyncio.create_task(board.run(end))
    try:
        yield Seated(PlaceSeat(Named(), place), end, [])
    finally:
        end.unplug()
        await asyncio.wait({running})
        running.result()


def esp(*arguments: str) -> Flashing:
    """Return how a chip is flashed that esptool is told of by `arguments`."""
    return Flashing(Tool.ESPTOOL, arguments)


def files(folder: Path, contents: Sequence[tuple[int, bytes]]) -> Image:
    """Write files of these contents for these places, and return them as one image."""
    made = []
    for at, content in contents:
        path = folder / f"part at {at:x}.bin"
        path.write_bytes(content)
        made.append(Image(path, hashlib.sha256(content).hexdigest(), at=at))
    first, *more = made
    return Image(first.path, first.sha256, at=first.at, more=tuple(more))
