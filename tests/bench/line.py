"""A real line on boards that the benchmark plugs in: engine, serial links, HTTP and record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
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
from station.model import (
    Attached,
    Attachment,
    Change,
    Credentials,
    Event,
    Outcome,
    Port,
    RunEnded,
    StepEnded,
    WifiNetwork,
)
from station.record import Record
from station.seal import NAME as SEAL
from station.simulation.uart import wire_s
from station.stock import Stock
from tests.bench.others import RECIPE, BoardAt, CloudAt

BAUD = 115_200
KIT = (0x1366, 0x1069)
NETWORK = WifiNetwork("factory-net", SecretStr("s3cretpass"))
"""One that simulated boards can join."""

RUN_WITHIN_S = 60.0
SEAL_KEY = SecretStr(Fernet.generate_key().decode())


class CountedLink:
    """A link that counts the bytes that went over it, both ways, and the pieces they came in."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.byte_count = self.sent = self.heard = 0

    async def send(self, data: bytes) -> None:
        self.byte_count += len(data)
        self.sent += 1
        await self._link.send(data)

    async def receive(self) -> bytes:
        data = await self._link.receive()
        self.byte_count += len(data)
        self.heard += 1
        return data

    async def close(self) -> None:
        await self._link.close()


class Bays:
    """A `Wiring` of named ports that are plugged in by `plug`; `marks` are their VID and PID."""

    def __init__(self, marks: tuple[int, int] = KIT) -> None:
        self._marks = marks
        self._news: asyncio.Queue[Change] = asyncio.Queue()
        self.links: list[CountedLink] = []

    def plug(self, board: BoardAt, number: int) -> None:
        """Plug in a board, in a socket of its own."""
        port = Port(board.port, *self._marks, f"0010512{number:05d}", f"bay-{number}", 0)
        self._news.put_nowait(Attached(Attachment((port,))))

    async def changes(self) -> AsyncIterator[Change]:
        while True:
            yield await self._news.get()

    async def open(self, port: Port, line: LineSettings) -> Link:
        return self._counted(await open_serial(port, line))

    def _counted(self, link: Link) -> Link:
        self.links.append(CountedLink(link))
        return self.links[-1]


@dataclass(frozen=True, slots=True)
class Took:
    """What it took from the first `Attached` to the last `RunEnded`.

    `sent` and `heard` are pieces on all links together; `steps_s` has each run's seconds, by step.
    """

    total_s: float
    byte_count: int
    sent: int
    heard: int
    requests: int
    requests_s: float
    steps_s: Mapping[str, Sequence[float]]

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
    _steps_s: dict[str, list[float]] = field(default_factory=dict)
    _plugged: int = 0

    def post(self, event: Event) -> None:
        """Keep the ends of runs, with their time, and what each of their steps took."""
        match event:
            case RunEnded():
                self._ends.put_nowait((monotonic(), event))
            case StepEnded(step=step, seconds=taken_s):
                self._steps_s.setdefault(step, []).append(taken_s)
            case _:
                pass

    async def work_on(self, boards: Sequence[BoardAt]) -> Took:
        """Plug all in at once and wait until each has passed."""
        self.bays.links.clear()
        self.asked_s.clear()
        self._steps_s.clear()
        began_s = last_s = monotonic()
        for board in boards:
            self._plugged += 1
            self.bays.plug(board, self._plugged)
        for _ in boards:
            async with asyncio.timeout(RUN_WITHIN_S):
                last_s, ended = await self._ends.get()
            if ended.outcome is not Outcome.PASS:
                raise RuntimeError(f"not measured: {ended.outcome.value} {ended.trouble}")
        links = self.bays.links
        return Took(
            last_s - began_s,
            sum(link.byte_count for link in links),
            sum(link.sent for link in links),
            sum(link.heard for link in links),
            len(self.asked_s),
            sum(self.asked_s),
            {step: tuple(taken_s) for step, taken_s in self._steps_s.items()},
        )


@asynccontextmanager
async def open_line(
    folder: Path, cloud: CloudAt, recipe: str = RECIPE, bays: Bays | None = None
) -> AsyncIterator[Line]:
    """Open a line that works by `recipe`: its cloud has been asked, and its connection is warm."""
    record = await asyncio.to_thread(Record, folder / "record.db")
    secrets = {SEAL: SEAL_KEY, **{name: SecretStr(each) for name, each in cloud.secrets.items()}}
    with requests_timed() as asked_s:
        line = Line(bays or Bays(), asked_s)
        stock = Stock(secrets.__getitem__, network=lambda name: NETWORK)
        engine = Engine(record, line.bays, line.post, stock, "Benchmark")
        serving = asyncio.create_task(engine.serve())
        await engine.sign_in(Credentials("Bench"), cloud.recipe(folder, recipe), None)
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


@contextmanager
def requests_told() -> Iterator[list[str]]:
    """Have each request of the station's client leave its path in the list."""
    paths: list[str] = []
    send = Caller.send

    async def told(self: Caller, method: str, path: str, **options: Any) -> Any:
        paths.append(path)
        return await send(self, method, path, **options)

    with mock.patch.object(Caller, "send", told):
        yield paths
