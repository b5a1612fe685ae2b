"""A line whose boards are plugged in and pulled out by the test, in memory or on terminals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import SecretStr

from station.engine import Engine
from station.faults import PortMissing, SecretMissing
from station.labels import Printer
from station.links import LineSettings, Link
from station.links.memory import MemoryLink, pair
from station.model import (
    Attached,
    Attachment,
    Change,
    Credentials,
    Detached,
    Event,
    Port,
    RunEnded,
    Slot,
)
from station.record import Record
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.stock import Stock

E = TypeVar("E", bound=Event)

RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "claim"
[board]
kind = "nrf91"
models = ["nRF9151"]
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
timeout_s = 1.5
"""


class Lives(Protocol):
    """A simulated board."""

    async def run(self, link: Link) -> bool: ...


@dataclass
class _Seat:
    attachment: Attachment
    board: Lives
    ends: list[MemoryLink] = field(default_factory=list)
    lives: list[asyncio.Task[bool]] = field(default_factory=list)


class ByHand:
    """A `Wiring` in the test's hand."""

    def __init__(self) -> None:
        self._news: asyncio.Queue[Change] = asyncio.Queue()
        self._seats: dict[str, _Seat] = {}
        self.refuse: list[Exception] = []
        self.wrap: Callable[[Link], Link] = lambda link: link

    def plug(self, where: str, board: SimulatedNrf91, *, vid: int = 0x1366) -> None:
        serial = f"0010512{board.unit.number:05d}"
        self.put(board, Port(f"/memory/{where}", vid, 0x1059, serial, where, 0, "J-Link"))

    def put(self, board: Lives, port: Port) -> None:
        """Plug in any board, which shows `port`."""
        self._seats[port.location] = _Seat(Attachment((port,)), board)
        self._news.put_nowait(Attached(self._seats[port.location].attachment))

    async def pull(self, where: str) -> None:
        seat = self._seats.pop(where)
        for end in seat.ends:
            await end.close()
        self._news.put_nowait(Detached(seat.attachment))
        await asyncio.gather(*seat.lives)

    async def changes(self) -> AsyncIterator[Change]:
        while True:
            yield await self._news.get()

    async def open(self, port: Port, line: LineSettings) -> Link:
        if self.refuse:
            raise self.refuse.pop(0)
        seat = self._seats.get(port.location)
        if seat is None:
            raise PortMissing(port.path)
        here, there = pair()
        seat.ends.append(there)
        seat.lives.append(asyncio.create_task(seat.board.run(there)))
        return self.wrap(here)

    async def close(self) -> None:
        for where in tuple(self._seats):
            await self.pull(where)


class Keystore(dict[str, SecretStr]):
    """Secrets by name, in memory."""

    def secret(self, name: str) -> SecretStr:
        if name not in self:
            raise SecretMissing(name)
        return self[name]

    def store(self, name: str, value: SecretStr) -> None:
        self[name] = value


class Bystander:
    """Keeps all events, and waits for those that a test wants."""

    def __init__(self) -> None:
        self.said: list[Event] = []
        self._more = asyncio.Event()

    def post(self, event: Event) -> None:
        self.said.append(event)
        self._more.set()

    async def until(self, wanted: Callable[[Any], bool], count: int = 1) -> Event:
        """Return the `count`th event that is wanted, of all that were ever said."""
        try:
            async with asyncio.timeout(30):
                while True:
                    found = [event for event in self.said if wanted(event)]
                    if len(found) >= count:
                        return found[count - 1]
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            raise AssertionError(
                "it never came; last: " + "\n".join(map(str, self.said[-8:]))
            ) from None

    async def ended(self, slot: str = "1", count: int = 1) -> RunEnded:
        """Return the end of the `count`th run in a slot."""
        event = await self.until(
            lambda event: isinstance(event, RunEnded) and event.slot == slot, count
        )
        assert isinstance(event, RunEnded)
        return event

    def of(self, *kinds: type[E]) -> list[E]:
        return [event for event in self.said if isinstance(event, kinds)]


@dataclass
class Hall:
    """A whole line: wiring, cloud, record and engine."""

    wiring: ByHand
    cloud: SimulatedNrfCloud
    record: Record
    engine: Engine
    bystander: Bystander
    recipe: Path
    serving: asyncio.Task[None]

    async def sign_in(self) -> None:
        await self.engine.sign_in(Credentials("Ann"), self.recipe, None)

    async def run(self, board: SimulatedNrf91, where: str = "usb-1") -> RunEnded:
        """Plug `board` in and return how its run ended."""
        before = len(self.bystander.of(RunEnded))
        self.wiring.plug(where, board)
        event = await self.bystander.until(lambda e: isinstance(e, RunEnded), before + 1)
        assert isinstance(event, RunEnded)
        return event

    async def close(self) -> None:
        self.serving.cancel()
        await asyncio.gather(self.serving, return_exceptions=True)
        await self.wiring.close()
        await asyncio.to_thread(self.record.close)
        await self.cloud.close()


async def open_hall(
    folder: Path,
    *,
    slots: int = 4,
    cloud: SimulatedNrfCloud | None = None,
    secret: Callable[[str], SecretStr] | None = None,
    text: str = RECIPE,
    printer: Callable[[str], Printer] | None = None,
) -> Hall:
    """Open a line of `slots` slots at the sockets usb-1, usb-2, ...; 0 for slots as they come.

    `text` is the recipe, with {http} where the cloud's address belongs.
    """
    server = cloud or SimulatedNrfCloud()
    await server.start()
    recipe = write_recipe(folder, server.address, text)
    record = await asyncio.to_thread(Record, folder / "record.db")
    wiring, bystander = ByHand(), Bystander()
    keystore = Keystore({"nrf-cloud": SecretStr(server.api_key)})
    stock = Stock(secret or keystore.secret, keystore.store)
    engine = Engine(
        record,
        wiring,
        bystander.post,
        replace(stock, printer=printer) if printer else stock,
        "Line 1",
        tuple(Slot(str(n), f"usb-{n}") for n in range(1, slots + 1)),
        mind_every_s=0.05,
    )
    serving = asyncio.create_task(engine.serve())
    return Hall(wiring, server, record, engine, bystander, recipe, serving)


def write_recipe(folder: Path, http: str, text: str = RECIPE) -> Path:
    folder.mkdir(exist_ok=True)
    recipe = folder / "recipe.toml"
    recipe.write_text(text.replace("{http}", http))
    return recipe
