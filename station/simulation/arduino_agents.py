"""The two ways by which a host talks to a board's sketch: its serial port, and Bluetooth."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from station.faults import LinkLost
from station.simulation.arduino_unit import ArduinoUnit
from station.simulation.uart import Uart

SERVICE = "5e5be887-c816-4d4f-b431-9eb34b02f4d9"
COMPANY = 0x09A3
"""The UUID of the service, and the maker's number."""
LARGEST_WRITE_BYTES = 256

_INDICATED_BYTES, _MTU_HEADER_BYTES = 64, 3

Send = Callable[[bytes], Awaitable[None]]


class Agent(Protocol):
    """One way to a host."""

    name: str

    def read(self) -> bytes:
        """Return what has come since the last call, as the board's loop finds it."""
        ...

    def flush(self) -> None:
        """Forget what has come."""

    async def transmit(self, frame: bytes) -> None:
        """Send one frame; lost when nobody is there."""


class SerialAgent:
    """The serial port. `is_session` once the host has said CONNECT.

    A `bridged` port is a UART for which somebody always listens: who closes it is not noticed.
    """

    name = "SerialAgent"

    def __init__(self, woken: asyncio.Event, *, bridged: bool) -> None:
        self.is_session = False
        self._bridged = bridged
        self._woken = woken
        self._come = bytearray()
        self._wire: Uart | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody holds the port."""
        return self._wire is not None

    def opened(self, wire: Uart) -> None:
        """Have somebody at the other end."""
        self._wire = wire

    def closed(self) -> None:
        """Have nobody there any more: a board with USB of its own sees DTR drop."""
        self._wire = None
        if not self._bridged:
            self.is_session = False
            self._come.clear()
        self._woken.set()

    def feed(self, data: bytes) -> None:
        """Take what has come over the wire."""
        self._come += data
        self._woken.set()

    def read(self) -> bytes:
        """As `Agent.read`."""
        data = bytes(self._come)
        self._come.clear()
        return data

    def flush(self) -> None:
        """As `Agent.flush`."""
        self._come.clear()

    async def transmit(self, frame: bytes) -> None:
        """As `Agent.transmit`; also for text between the frames."""
        if self._wire is None:
            return
        try:
            await self._wire.send(frame)
        except LinkLost:
            self.closed()


@dataclass(frozen=True, slots=True)
class Advertisement:
    """What a board says on the air: UUID, maker's data (its address), and its name."""

    service: str
    manufacturer: dict[int, bytes]
    local_name: str

    @property
    def payload(self) -> bytes:
        """The 31 bytes of the advertisement itself; the name comes with the scan response."""
        uuid = bytes.fromhex(self.service.replace("-", ""))[::-1]
        maker = b"".join(k.to_bytes(2, "little") + v for k, v in self.manufacturer.items())
        parts = ((0x01, b"\x06"), (0x07, uuid), (0xFF, maker))
        return b"".join(bytes([len(data) + 1, kind]) + data for kind, data in parts)


class Bluetooth:
    """A board's radio, for whoever is the air: a fake BlueZ, or a test.

    `hang_up` is called when the board ends the connection, `on_change` when it begins or ceases to
    advertise.
    """

    name = "BLEAgent"

    def __init__(self, unit: ArduinoUnit) -> None:
        self.hang_up: Callable[[], Awaitable[None]] | None = None
        self.on_change: Callable[[], None] | None = None
        self.woken = asyncio.Event()
        self._unit = unit
        self._is_on = False
        self._send: Send | None = None
        self._room_bytes = 0
        self._latest: bytes | None = None
        self._ending: asyncio.Future[None] | None = None

    @property
    def is_session(self) -> bool:
        """Tell whether a host has subscribed."""
        return self._send is not None

    @property
    def advertisement(self) -> Advertisement | None:
        """What the board says on the air; None while it is not to be found there."""
        if not self._is_on or self.is_session:
            return None
        made = self._unit.product
        name = f"Arduino-{made.vid:04x}-{made.pid:04x}"
        return Advertisement(SERVICE, {COMPANY: self._unit.ble_mac}, name)

    def switch(self, *, on: bool) -> None:
        """Begin or cease to be found."""
        if self._is_on != on:
            self._is_on = on
            self._changed()

    async def subscribed(self, send: Send, mtu: int) -> None:
        """Take a host: `send` indicates a value and returns when it is confirmed.

        Raises:
            LinkLost: the radio is off.

        """
        if not self._is_on:
            raise LinkLost("its Bluetooth is off")
        self._room_bytes = min(_INDICATED_BYTES, mtu - _MTU_HEADER_BYTES)
        self._latest = None
        self._send = send
        self._changed()
        self.woken.set()

    def written(self, value: bytes) -> None:
        """Take what the host has written; what was there and not looked at is lost.

        Raises:
            ValueError: it is longer than 256 bytes (the ATT error 0x0D).

        """
        if len(value) > LARGEST_WRITE_BYTES:
            raise ValueError("the characteristic holds 256 bytes")
        self._latest = value
        self.woken.set()

    def unsubscribed(self) -> None:
        """Lose the host; safe to call twice."""
        if self._send is not None:
            self._send = None
            self._changed()
            self.woken.set()

    async def end(self) -> None:
        """End the connection from the board's side."""
        if self.is_session:
            self.unsubscribed()
            if self.hang_up is not None:
                await self.hang_up()

    def reset(self) -> None:
        """Lose power: nobody is to be found, and who was connected is not any more."""
        if self.is_session and self.hang_up is not None:
            self._ending = asyncio.ensure_future(self.hang_up())
        self.switch(on=False)
        self.unsubscribed()

    def read(self) -> bytes:
        """As `Agent.read`."""
        data, self._latest = self._latest or b"", None
        return data

    def flush(self) -> None:
        """As `Agent.flush`."""
        self._latest = None

    async def transmit(self, frame: bytes) -> None:
        """As `Agent.transmit`, in pieces as large as the connection takes."""
        for at in range(0, len(frame), self._room_bytes or _INDICATED_BYTES):
            if self._send is None:
                return
            try:
                await self._send(frame[at : at + self._room_bytes])
            except LinkLost:
                self.unsubscribed()

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()
