"""A board on a simulated air: what it advertises, and the GATT server that it is once connected.

Knows no D-Bus: the fake BlueZ carries it, and any other radio that has a `Central` may.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from station.faults import LinkLost

Send = Callable[[bytes], Awaitable[None]]

INVALID_LENGTH = 0x0D
"""ATT: the value is longer than the attribute takes."""
_MTU_HEADER = 3


class AttError(Exception):
    """The peripheral refused an operation; `code` is the Attribute Protocol's."""

    def __init__(self, code: int) -> None:
        super().__init__(f"ATT error 0x{code:02x}")
        self.code = code


class BluezError(Exception):
    """An answer of BlueZ; `name` is its D-Bus name, `text` what stands in it."""

    def __init__(self, text: str, name: str = "org.bluez.Error.Failed") -> None:
        super().__init__(f"{name}: {text}")
        self.name, self.text = name, text


class Central(Protocol):
    """Who is connected to a peripheral, as the peripheral sees it."""

    async def hear(self, peripheral: Peripheral, to: Characteristic, value: bytes) -> None:
        """Take an indication or a notification; returns when it is confirmed."""

    def lost(self, peripheral: Peripheral) -> None:
        """Learn that the peripheral, or the air between, ended the link."""


@dataclass(eq=False)
class Characteristic:
    """One value of a GATT server; `flags` are BlueZ's ("write", "indicate", ...).

    `on_subscribe` gets a function that indicates one value, and the link's MTU in bytes.
    """

    uuid: str
    flags: tuple[str, ...]
    max_bytes: int = 512
    on_write: Callable[[bytes], Awaitable[None]] | None = None
    on_subscribe: Callable[[Send, int], Coroutine[Any, Any, None]] | None = None
    on_unsubscribe: Callable[[], Awaitable[None]] | None = None
    subscribed: bool = field(default=False, init=False)


@dataclass(eq=False)
class Peripheral:
    """One board on the air. It has one central at a time and does not advertise meanwhile.

    One that is not `advertising` is neither heard nor reached. `connect_delay_s` passes before a connection stands, `exchange_s` with every write and every
    confirmed indication. `connect_errors` are what the next attempts to connect end with; None in
    it stands for an attempt that succeeds.
    """

    address: str
    name: str
    services: Mapping[str, tuple[Characteristic, ...]]
    manufacturer_data: Mapping[int, bytes] = field(default_factory=dict)
    advertising: bool = True
    rssi: int = -50
    mtu: int = 242
    connect_delay_s: float = 0.0
    exchange_s: float = 0.0
    connect_errors: list[BluezError | None] = field(default_factory=list)
    on_connect: Callable[[], None] | None = None
    on_disconnect: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        self._central: Central | None = None
        self._gone = asyncio.Event()
        self._running: dict[Characteristic, asyncio.Task[None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._confirmed = asyncio.Lock()

    @property
    def is_connected(self) -> bool:
        """Whether some central, anybody's, holds the link."""
        return self._central is not None

    @property
    def is_heard(self) -> bool:
        """Whether it advertises now."""
        return self.advertising and self._central is None

    def characteristic(self, uuid: str) -> Characteristic:
        """Return the characteristic `uuid`; StopIteration when there is none."""
        return next(c for own in self.services.values() for c in own if c.uuid == uuid)

    def connected(self, central: Central) -> bool:
        """Take `central`; False when another one holds the link, or when it does not advertise."""
        if self._central is not None or not self.advertising:
            return False
        self._central, self._gone = central, asyncio.Event()
        if self.on_connect:
            self.on_connect()
        return True

    def disconnected(self) -> None:
        """Learn that the central is gone; does nothing when there was none."""
        if self._central is None:
            return
        self._central = None
        self._gone.set()
        for own in self.services.values():
            for characteristic in own:
                self.unsubscribe(characteristic)
        if self.on_disconnect:
            self.on_disconnect()

    def drop(self) -> None:
        """End the link from the board's side, or by a fault of the air."""
        central = self._central
        self.disconnected()
        if central is not None:
            central.lost(self)

    async def write(self, to: Characteristic, value: bytes) -> None:
        """Write with response; returns when the peripheral has answered.

        Raises:
            AttError: it refused.
            LinkLost: the link went away.

        """
        await self._exchange()
        if len(value) > to.max_bytes:
            raise AttError(INVALID_LENGTH)
        if to.on_write:
            await to.on_write(value)

    async def indicate(self, on: Characteristic, value: bytes) -> None:
        """Send one value to whoever has subscribed, and wait for the confirmation.

        Raises:
            LinkLost: nobody is there, or the subscription ended.
            ValueError: the value does not fit the link's MTU or the characteristic.

        """
        room = min(self.mtu - _MTU_HEADER, on.max_bytes)
        if len(value) > room:
            raise ValueError(f"{len(value)} bytes do not fit: an indication takes {room}")
        async with self._confirmed:
            central = self._central
            if central is None or not on.subscribed:
                raise LinkLost(self.address)
            await central.hear(self, on, value)
            await self._exchange()

    def subscribe(self, to: Characteristic) -> None:
        """Take the central's subscription; what the board does then runs by itself."""
        if to.subscribed:
            return
        to.subscribed = True
        if to.on_subscribe:

            async def send(value: bytes) -> None:
                await self.indicate(to, value)

            begun = _until_lost(to.on_subscribe(send, self.mtu))
            self._running[to] = asyncio.create_task(begun)

    def unsubscribe(self, to: Characteristic) -> None:
        """End the central's subscription, and what runs by it."""
        if not to.subscribed:
            return
        to.subscribed = False
        leaving = asyncio.create_task(self._leave(to, self._running.pop(to, None)))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def settle(self) -> None:
        """Wait until what the end of a link set going has ended too."""
        while self._leaving:
            await asyncio.wait(self._leaving)

    async def _leave(self, to: Characteristic, running: asyncio.Task[None] | None) -> None:
        if running is not None and running is not asyncio.current_task():
            running.cancel()
            await asyncio.wait([running])
        if to.on_unsubscribe:
            await to.on_unsubscribe()

    async def _exchange(self) -> None:
        try:
            async with asyncio.timeout(self.exchange_s):
                await self._gone.wait()
        except TimeoutError:
            return
        raise LinkLost(self.address)


async def _until_lost(talk: Coroutine[Any, Any, None]) -> None:
    try:
        await talk
    except LinkLost:
        return
