"""Bluetooth LE as this computer has it: hearing boards, connecting to them, bytes there and back."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
)

from station.faults import AirLost, LinkFault, NoneNear, RadioMissing, RadioOff
from station.links.ble_profile import Profile
from station.links.inbox import Inbox
from station.model import Nearby

logger = logging.getLogger(__name__)

TRY_AGAIN_AFTER_S = (0.2, 1.0)
TRY_WITHIN_S = 5.0
CONNECT_WITHIN_S = 15.0
"""Attempts to connect, the pauses between them, each and all: with the radio's other traffic some
come to nothing, and BlueZ forgets a board that it has not heard for a while."""

CLOSE_WITHIN_S = 5.0
ANSWER_WITHIN_S = 10.0
"""How long the system's Bluetooth service may take to begin or end a scan."""

QUIET_S = 4.0
"""A scan that hears nothing for so long is begun anew: nobody tells it that its radio is gone, and
some radios report each board only once."""

KEPT = 512
"""How many boards are remembered, so that they can be connected to."""

_OFF = BleakBluetoothNotAvailableReason.POWERED_OFF
_NOT_READY = "org.bluez.Error.NotReady"
_ADDRESS = re.compile("(?:[0-9A-F]{2}:){5}[0-9A-F]{2}")


class BleLink:
    """A `Link` over the two characteristics of a profile. `closed` is called once it is closed."""

    def __init__(self, device: BLEDevice, profile: Profile, closed: Callable[[], None]) -> None:
        self._client = BleakClient(
            device,
            lambda _: self._lose("the board ended the connection, or left"),
            timeout=TRY_WITHIN_S,
            # a board that was flashed anew has other services than Windows remembers
            winrt={"use_cached_services": False},
        )
        self._inbox = Inbox(AirLost)
        self._profile = profile
        self._closed = closed
        self._turn = asyncio.Lock()
        self._writing: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._next_write_s = 0.0

    async def begin(self) -> None:
        """Connect and subscribe, by which the board's session begins; bleak's errors."""
        await self._client.connect()
        try:
            await self._client.start_notify(self._profile.indicate, self._take)
        except BaseException:
            await self._disconnect()
            raise

    async def send(self, data: bytes) -> None:
        """As `Link.send`. Cancelling never cuts a message: the rest leaves before the next one."""
        async with self._turn:
            if self._writing:
                await asyncio.wait([self._writing])
            self._inbox.check()
            self._writing = asyncio.create_task(self._write(data), name="bluetooth write")
            await asyncio.wait([self._writing])
            self._inbox.check()

    async def receive(self) -> bytes:
        """As `Link.receive`."""
        return await self._inbox.take()

    async def close(self) -> None:
        """As `Link.close`; what has not left is dropped."""
        if self._closing is None:
            self._inbox.empty()
            self._lose("it was closed")
            self._closing = asyncio.create_task(self._hang_up(), name="bluetooth close")
        await asyncio.shield(self._closing)

    async def _write(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        for start in range(0, len(data), self._profile.largest_write):
            await asyncio.sleep(max(0.0, self._next_write_s - loop.time()))
            piece = data[start : start + self._profile.largest_write]
            try:
                await self._client.write_gatt_char(self._profile.write, piece, response=True)
            except Exception as error:  # noqa: BLE001 - each system's stack has its own
                self._inbox.lose(f"a write failed: {error}")
                return
            self._next_write_s = loop.time() + self._profile.pause_s

    def _take(self, _: object, data: bytearray) -> None:
        if data and not self._inbox.is_lost:
            self._inbox.put(bytes(data))

    def _lose(self, why: str) -> None:
        self._inbox.lose(why)
        if self._writing:  # not every system answers a write that has nowhere to go
            self._writing.cancel()

    async def _hang_up(self) -> None:
        try:
            if self._writing:
                await asyncio.wait([self._writing])
            await self._disconnect()
        finally:
            self._closed()

    async def _disconnect(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_WITHIN_S):
                await self._client.disconnect()
        except Exception as error:  # noqa: BLE001 - what is gone can't be told to go
            logger.info("the connection did not end well: %s", error)


class Radio:
    """The radio; `hear` is told of each advertisement of a board with the profile's service."""

    def __init__(self, profile: Profile, hear: Callable[[Nearby], object]) -> None:
        self._profile = profile
        self._hear = hear
        self._devices: dict[str, BLEDevice] = {}
        self._heard_s = 0.0

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Scan within the block.

        Raises:
            RadioOff, RadioMissing: there is nothing to scan with.

        """
        scanner = BleakScanner(self._note, [self._profile.service])
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await scanner.start()
        except Exception as error:
            raise _radio_fault(error) from error
        self._heard_s = asyncio.get_running_loop().time()
        try:
            yield
        finally:
            try:
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    await scanner.stop()
            except Exception as error:  # noqa: BLE001 - a radio that is gone can't be told to stop
                logger.info("the scan did not end well: %s", error)

    async def quiet(self) -> None:
        """Return once nothing was heard for a while."""
        loop = asyncio.get_running_loop()
        # an event would wake this a hundred times a second
        while (left_s := self._heard_s + QUIET_S - loop.time()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left_s)

    async def connect(self, address: str, closed: Callable[[], None]) -> BleLink:
        """Connect to a board that was heard, and subscribe, which begins its session.

        Raises:
            NoneNear: it was never heard.
            AirLost: it can't be reached.
            RadioOff, RadioMissing: there is nothing to reach it with.

        """
        try:
            async with asyncio.timeout(CONNECT_WITHIN_S):
                return await self._try_to_connect(address, closed)
        except TimeoutError:
            raise AirLost(f"{address}: no connection within {CONNECT_WITHIN_S:g} s") from None

    async def _try_to_connect(self, address: str, closed: Callable[[], None]) -> BleLink:
        for pause_s in TRY_AGAIN_AFTER_S:
            try:
                return await self._try_once(address, closed)
            except AirLost as fault:
                logger.info("tried again: %s", fault)
            await asyncio.sleep(pause_s)
        return await self._try_once(address, closed)

    async def _try_once(self, address: str, closed: Callable[[], None]) -> BleLink:
        device = self._devices.get(address)
        if device is None:
            raise NoneNear(address)
        link = BleLink(device, self._profile, closed)
        try:
            await link.begin()
        except Exception as error:
            raise _connect_fault(address, error) from error
        return link

    def _note(self, device: BLEDevice, told: AdvertisementData) -> None:
        # BlueZ tells other changes of a device too, without a level; macOS says 127 for "unknown".
        if not -127 < told.rssi < 100:
            return
        self._heard_s = asyncio.get_running_loop().time()
        self._devices.pop(device.address, None)
        self._devices[device.address] = device
        if len(self._devices) > KEPT:
            del self._devices[next(iter(self._devices))]
        address = device.address.upper()
        label = self._profile.label(told.manufacturer_data.get(self._profile.company_id, b""))
        if not label and _ADDRESS.fullmatch(address):
            label = address
        self._hear(Nearby(device.address, told.local_name or "", label, told.rssi))


def _radio_fault(error: Exception) -> LinkFault:
    return _told(error) or RadioMissing(f"{type(error).__name__}: {error}".rstrip(": "))


def _connect_fault(address: str, error: Exception) -> LinkFault:
    return _told(error) or AirLost(f"{address}: {type(error).__name__} {error}".rstrip())


def _told(error: Exception) -> LinkFault | None:
    """Return what the system itself says of its radio."""
    if isinstance(error, BleakBluetoothNotAvailableError):
        says = str(error.args[0])
        return RadioOff(says) if error.reason is _OFF else RadioMissing(says)
    if isinstance(error, BleakDBusError) and error.dbus_error == _NOT_READY:
        return RadioOff(str(error))
    return None
