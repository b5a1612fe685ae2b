"""Boards on a fake air, and the station's radio in the test's hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

from bleak.backends.bluezdbus import manager
from dbus_fast import Message

from station.links import LineSettings, Link
from station.links.ble_profile import ARDUINO
from station.links.ble_wiring import TELL_EVERY_S, BleWiring
from station.links.picking import BY_LABEL, Picking
from station.model import Attached, Attachment, Change, Detached, LampTurned, NearbyHeard, Port
from station.simulation.bluez import FakeBluez
from station.simulation.bluez_objects import OBJECT_MANAGER
from station.simulation.peripheral import Characteristic, Peripheral, Send

LINE = LineSettings()
PATIENCE_S = 20
WRITTEN_BYTES, INDICATED_BYTES = 256, 64


class AirBoard:
    """A board that greets whoever subscribes, and then says what it is told to.

    `got` is what was written to it; a write returns once the test lets it pass (`gate`).
    """

    def __init__(self, last: int = 0x21, *, greeting: bytes = b"hello", **told: Any) -> None:
        self.address = f"F4:12:FA:65:43:{last:02X}"
        self.greeting = greeting
        self.got: list[bytes] = []
        self.outstanding = self.most_outstanding = self.sessions = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.wrote = asyncio.Event()
        self._send: Send | None = None
        self._room = 0
        written = Characteristic(ARDUINO.write, ("write",), WRITTEN_BYTES, on_write=self._take)
        self.indicated = Characteristic(
            ARDUINO.indicate, ("indicate",), INDICATED_BYTES, on_subscribe=self._greet
        )
        self.peripheral = Peripheral(
            self.address,
            told.pop("name", "Arduino-2341-025b"),
            told.pop("services", {ARDUINO.service: (written, self.indicated)}),
            told.pop("manufacturer_data", {0x09A3: bytes.fromhex(self.address.replace(":", ""))}),
            **told,
        )

    async def say(self, data: bytes) -> None:
        """Indicate `data`, in pieces as long as they may be."""
        assert self._send
        for start in range(0, len(data), self._room):
            await self._send(data[start : start + self._room])

    async def hears(self, count: int) -> list[bytes]:
        """Return what was written, once there were `count` writes."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.got) < count:
                self.wrote.clear()
                await self.wrote.wait()
        return self.got

    async def _greet(self, send: Send, mtu: int) -> None:
        self._send, self._room = send, min(INDICATED_BYTES, mtu - 3)
        self.sessions += 1
        await self.say(self.greeting)

    async def _take(self, value: bytes) -> None:
        self.outstanding += 1
        self.most_outstanding = max(self.outstanding, self.most_outstanding)
        try:
            self.got.append(value)
            self.wrote.set()
            await self.gate.wait()
        finally:
            self.outstanding -= 1


class RadioLine:
    """The station's side: what the wiring told, its clock, and the links it opened."""

    def __init__(self, lanes: int = 1, picking: Picking = BY_LABEL, **options: Any) -> None:
        self.heard: list[NearbyHeard] = []
        self.lamps: list[LampTurned] = []
        self.changes: list[Change] = []
        self.ahead_s = 0.0
        self.wiring = BleWiring(
            lanes,
            picking,
            self._hear,
            self._light,
            clock=lambda: monotonic() + self.ahead_s,
            **options,
        )
        self.looks = 0
        self._look = self.wiring._look
        self.wiring._look = self._look_and_count  # type: ignore[method-assign]  # to know when
        self._more = asyncio.Event()
        self._following = asyncio.create_task(self._follow())

    async def until(self, so: Callable[[], object]) -> None:
        """Wait until something that was told has made it so."""
        async with asyncio.timeout(PATIENCE_S):
            while not so():
                self._more.clear()
                more = asyncio.create_task(self._more.wait())
                await asyncio.wait([more, self._following], return_when=asyncio.FIRST_COMPLETED)
                if not more.done():
                    more.cancel()
                    await self._following

    async def hears(self, *addresses: str) -> None:
        """Wait until exactly these boards wait to be picked."""
        wanted = sorted(addresses)
        self.ahead_s += TELL_EVERY_S
        await self.until(
            lambda: self.heard and wanted == sorted(each.address for each in self.heard[-1].boards)
        )

    async def looked(self, times: int = 4) -> None:
        """Wait until the wiring has looked so often, and was free to tell what it saw."""
        for _ in range(times):
            self.ahead_s += TELL_EVERY_S
            before = self.looks
            await self.until(lambda before=before: self.looks > before)  # type: ignore[misc]  # of this turn

    async def attached(self, count: int = 1) -> list[Attachment]:
        """Wait until `count` boards were picked, and return them in order."""
        await self.until(lambda: len(self.picked) >= count)
        return self.picked

    @property
    def picked(self) -> list[Attachment]:
        return [each.attachment for each in self.changes if isinstance(each, Attached)]

    @property
    def left(self) -> list[Attachment]:
        return [each.attachment for each in self.changes if isinstance(each, Detached)]

    async def take(self, board: AirBoard) -> Port:
        """Pick a board that comes on the air."""
        await self.hears(board.address)
        self.wiring.pick(board.address)
        return (await self.attached(len(self.picked) + 1))[-1].ports[0]

    async def open(self, board: AirBoard) -> Link:
        """Pick a board that comes on the air and connect to it."""
        return await self.wiring.open(await self.take(board), LINE)

    async def close(self) -> None:
        self._following.cancel()
        await asyncio.wait([self._following])

    async def _follow(self) -> None:
        async for change in self.wiring.changes():
            self.changes.append(change)
            self._more.set()

    def _look_and_count(self) -> None:
        self._look()
        self.looks += 1
        self._more.set()

    def _hear(self, told: NearbyHeard) -> None:
        self.heard.append(told)
        self._more.set()

    def _light(self, lamp: LampTurned) -> None:
        self.lamps.append(lamp)
        self._more.set()


async def silence(air: FakeBluez, board: AirBoard) -> None:
    """Switch a board off, and wait until what it sent before was heard: the bus keeps the order."""
    air.power_off(board.peripheral)
    bus = (await manager.get_global_bluez_manager())._bus
    assert bus
    await bus.call(Message("org.bluez", "/", OBJECT_MANAGER, "GetManagedObjects"))


async def received(link: Link, count: int) -> list[bytes]:
    """Return the pieces in which the next `count` bytes come."""
    pieces: list[bytes] = []
    async with asyncio.timeout(PATIENCE_S):
        while sum(map(len, pieces)) < count:
            pieces.append(await link.receive())
    return pieces
