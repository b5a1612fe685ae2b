"""A small board for the fake air, and bleak as the program that finds it and talks to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from station.simulation.arduino_agents import SERVICE
from station.simulation.arduino_air import INDICATED, WRITTEN

ANSWER = b"\x01" + bytes(range(200))


@dataclass
class Told:
    manufacturer: dict[int, bytes]
    local_name: str = "Arduino-2341-1002"


class Board:
    """A board that answers each write with 201 bytes, in indications as long as they may be."""

    def __init__(self, last: int = 2) -> None:
        self._told = Told({0x09A3: bytes((0xF4, 0x12, 0xFA, 0x65, 0x43, last))})
        self._is_on = True
        self.is_session = False
        self.hang_up: Callable[[], Awaitable[None]] | None = None
        self.on_change: Callable[[], None] | None = None
        self.got: list[bytes] = []
        self.parted = asyncio.Event()
        self._wanted = asyncio.Event()

    @property
    def advertisement(self) -> Told | None:
        return self._told if self._is_on and not self.is_session else None

    def switch(self, *, on: bool) -> None:
        self._is_on = on
        if self.on_change:
            self.on_change()

    async def subscribed(self, send: Callable[[bytes], Awaitable[None]], mtu: int) -> None:
        step = min(64, mtu - 3)
        self.is_session = True
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            for start in range(0, len(ANSWER), step):
                await send(ANSWER[start : start + step])

    def written(self, value: bytes) -> None:
        self.got.append(value)
        self._wanted.set()

    def unsubscribed(self) -> None:
        self.is_session = False
        self.parted.set()


async def scanned(count: int = 1) -> list[tuple[BLEDevice, AdvertisementData]]:
    """Scan until `count` boards with the service were heard."""
    heard: dict[str, tuple[BLEDevice, AdvertisementData]] = {}
    async with BleakScanner(service_uuids=[SERVICE]) as scanner:
        async for device, told in scanner.advertisement_data():
            heard[device.address] = (device, told)
            if len(heard) == count:
                break
    return list(heard.values())


async def one_device() -> BLEDevice:
    [(device, _)] = await scanned()
    return device


async def asked(client: BleakClient, question: bytes) -> list[bytes]:
    """Subscribe, write, and return the indications of one answer."""
    chunks: list[bytes] = []
    whole = asyncio.Event()

    def take(_: object, value: bytearray) -> None:
        chunks.append(bytes(value))
        if sum(map(len, chunks)) >= len(ANSWER):
            whole.set()

    await client.start_notify(INDICATED, take)
    await client.write_gatt_char(WRITTEN, question, response=True)
    await whole.wait()
    return chunks
