"""An Arduino board on a simulated air: the GATT server of its configuration agent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from station.simulation.arduino_agents import LARGEST_WRITE_BYTES, SERVICE
from station.simulation.peripheral import Characteristic, Peripheral, Send

WRITTEN = "0000ffe1-0000-1000-8000-00805f9b34fc"
"""What the host writes, with response."""
INDICATED = "0000ffe1-0000-1000-8000-00805f9b34fa"
"""What the board says, in indications."""
_INDICATED_BYTES = 64


class Advertised(Protocol):
    """What a board tells everybody; its maker's data hold its address."""

    @property
    def local_name(self) -> str:
        """What it calls itself."""
        ...

    @property
    def manufacturer(self) -> Mapping[int, bytes]:
        """What it tells by its maker's number."""
        ...


class BoardWithRadio(Protocol):
    """The Bluetooth side of a board's agent.

    `hang_up` is what it calls to end the link itself, `on_change` when what it advertises changes.
    """

    hang_up: Callable[[], Awaitable[None]] | None
    on_change: Callable[[], None] | None

    @property
    def is_session(self) -> bool:
        """Whether a host has subscribed."""
        ...

    @property
    def advertisement(self) -> Advertised | None:
        """What it advertises; None while it does not."""
        ...

    async def subscribed(self, send: Send, mtu: int, /) -> None:
        """Begin a session: `send` indicates up to 64 bytes and waits for the confirmation."""

    def written(self, value: bytes, /) -> None:
        """Take what the host wrote."""

    def unsubscribed(self) -> None:
        """Learn that the session is over."""


def arduino_peripheral(
    board: BoardWithRadio, *, rssi: int = -50, mtu: int = 242, exchange_s: float = 0.0
) -> Peripheral:
    """Put `board` behind a GATT server; `rssi` in dBm, `mtu` in bytes.

    `exchange_s` passes with every write and every confirmed indication.
    """

    async def take(value: bytes) -> None:
        board.written(value)

    async def end() -> None:
        board.unsubscribed()

    async def hang_up() -> None:
        peripheral.drop()

    written = Characteristic(WRITTEN, ("write",), LARGEST_WRITE_BYTES, on_write=take)
    indicated = Characteristic(
        INDICATED,
        ("indicate",),
        _INDICATED_BYTES,
        on_subscribe=board.subscribed,
        on_unsubscribe=end,
    )
    services = {SERVICE: (written, indicated)}
    peripheral = Peripheral("", "", services, rssi=rssi, mtu=mtu, exchange_s=exchange_s)
    board.hang_up = hang_up
    board.on_change = lambda: _advertise(board, peripheral)
    _advertise(board, peripheral)
    return peripheral


def _advertise(board: BoardWithRadio, peripheral: Peripheral) -> None:
    told = board.advertisement
    peripheral.advertising = told is not None
    if told is not None:
        [address] = told.manufacturer.values()
        peripheral.address = address.hex(":").upper()
        peripheral.name, peripheral.manufacturer_data = told.local_name, told.manufacturer
    elif not board.is_session:  # its radio went off, and a link with it
        peripheral.drop()
