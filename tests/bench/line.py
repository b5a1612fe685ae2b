"""A real line on boards that the benchmark plugs in: engine, serial links, HTTP and record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any
from unittest import mock

from cryptography.fernet import Fernet
from pydantic import SecretStr

from station.clouds.http import Caller
from station.engine import Engine
from station.links import LineSettings, Link
from station.links.serial import open_serial
from station.model import Attached, Attachment, Change, Event, Outcome, Port, RunEnded
from station.record import Record
from station.run import Stock
from station.seal import NAME as SEAL
from station.simulation.uart import wire_s
from tests.bench.others import RECIPE, BoardAt, CloudAt

BAUD = 115_200
RUN_WITHIN_S = 60.0
SEAL_KEY = SecretStr(Fernet.generate_key().decode())


class CountedLink:
    """A link that counts the bytes that went over it, both ways."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.byte_count = 0

    async def send(self, data: bytes) -> None:
        self.byte_count += len(data)
        await self._link.send(data)

    async def receive(self) -> bytes:
        data = await self._link.receive()
        self.byte_count += len(data)
        return data

    async def close(self) -> None:
        await self._link.close()


class Bays:
    """A `Wiring` of named ports that are plugged in by `plug`."""

    def __init__(self) -> None:
        self._news: asyncio.Queue[Change] = asyncio.Queue()
        self.links: list[CountedLink] = []

    def plug(self, board: BoardAt, number: int) -> None:
        """Plug in a development kit, in a socket of its own."""
        port = Port(board.port, 0x1366, 0x1069, f"0010512{number:05d}", f"bay-{number}", 0)
        self._news.put_nowait(Attached(Attachment((port,))))

    async def changes(self) -> AsyncIterator[Change]:
        while True:
            yield await self._news.get()

    async def open(self, port: Port, line: LineSettings) -> Link:
        link = CountedLink(await open_serial(port, line))
        self.links.append(link)
        return link


@dataclass(frozen=True, slots=True)
class Took:
    """What it took from the first `Attached` to the last `RunEnded`."""

    total_s: float
    byte_count: int
    requests: int
    requests_s: float

    @property
    def wire_s(self) -> float:
        """What the bytes need on one wire at 115 200 baud."""
        return wire_s(self.byte_count, BAUD)


@dataclass(slots=True)
class Line:
    """A station with an operator signed in, and a count of what it does."""

    bays: Bays
    asked_s: list[float]
    _ends: asyncio.Queue[tuple[float, RunEnded]] = field(default_factory=asyncio.Queue)
    _plugged: int = 0

    def post(self, event: Event) -> None:
        """Keep the ends of runs, with their time."""
        if isinstance(event, RunEnded):
            self._ends.put_nowait((monotonic(), event))

    async def work_on(self, boards: Sequence[BoardAt]) -> Took:
        """Plug all in at once and wait until each has passed."""
        self.bays.links.clear()
        self.asked_s.clear()
        began_s = last_s = monotonic()
        for board in boards:
            self._plugged += 1
            self.bays.plug(board, self._plugged)
        for _ in boards:
            last_s, ended = await asyncio.wait_for(self._ends.get(), RUN_WITHIN_S)
            if ended.outcome is not Outcome.PASS:
                raise RuntimeError(f"not measured: {ended.outcome.value} {ended.trouble}")
        byte_count = sum(link.byte_count for link in self.bays.links)
        return Took(last_s - began_s, byte_count, len(self.asked_s), sum(self.asked_s))


@asynccontextmanager
async def open_line(folder: Path, cloud: CloudAt, recipe: str = RECIPE) -> AsyncIterator[Line]:
    """Open a line that works by `recipe`: its cloud has been asked, and its connection is warm."""
    record = await asyncio.to_thread(Record, folder / "record.db")
    secrets = {SEAL: SEAL_KEY, "nrf-cloud": SecretStr(cloud.api_key)}
    with requests_timed() as asked_s:
        line = Line(Bays(), asked_s)
        engine = Engine(record, line.bays, line.post, Stock(secrets.__getitem__), "Benchmark")
        serving = asyncio.create_task(engine.serve())
        await engine.sign_in("Bench", cloud.recipe(folder, recipe), None)
        yield line
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    await asyncio.to_thread(record.close)


async def round_trips_s(cloud: CloudAt, times: int) -> list[float]:
    """Ask for a unit that nobody claimed, by the station's own client; the first is not counted."""
    caller = Caller(cloud.http, {"Authorization": f"Bearer {cloud.api_key}"}, 10)
    taken_s = []
    for _ in range(times + 1):
        began_s = monotonic()
        await caller.get("claimed-devices/00000000-0000-0000-0000-000000000000")
        taken_s.append(monotonic() - began_s)
    await caller.close()
    return taken_s[1:]


@contextmanager
def requests_timed() -> Iterator[list[float]]:
    """Have each request of the station's client leave its duration in the list."""
    taken_s: list[float] = []
    send = Caller.send

    async def timed(self: Caller, *args: Any, **options: Any) -> Any:
        began_s = monotonic()
        try:
            return await send(self, *args, **options)
        finally:
            taken_s.append(monotonic() - began_s)

    with mock.patch.object(Caller, "send", timed):
        yield taken_s
