"""Simulated boards on the air of a fake BlueZ, for whatever program takes its bus for the system's."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Protocol, runtime_checkable

from station.simulation.arduino_agents import Bluetooth

# What a desk is like: the boards lie one behind the other, and two connection events of BlueZ's
# usual 30 to 50 ms pass with everything that is answered.
_NEAREST_DBM, _STEP_DB = -45, 4
_EXCHANGE_S, _CONNECT_S = 0.08, 0.3


@runtime_checkable
class HasRadio(Protocol):
    """A simulated board that can be found by Bluetooth."""

    bluetooth: Bluetooth

    @property
    def identity(self) -> Mapping[str, str]:
        """What it says of itself; its Bluetooth address is `ble_mac`."""
        ...

    def power_on(self) -> None:
        """Start it."""

    def power_off(self) -> None:
        """End it."""


@asynccontextmanager
async def on_air(boards: Sequence[object]) -> AsyncIterator[list[Mapping[str, str]]]:
    """Start the boards and yield where each is: its address (`port`) and the bus (`dbus`).

    Raises:
        ValueError: a board has no Bluetooth.
        OSError: this system has no message bus for a fake BlueZ.

    """
    if sys.platform != "linux":
        raise OSError("only Linux has BlueZ: Bluetooth can't be simulated here")
    from station.simulation.arduino_air import arduino_peripheral
    from station.simulation.bluez import FakeBluez
    from station.simulation.bluez_bus import PrivateBus

    radios = [board for board in boards if isinstance(board, HasRadio)]
    if len(radios) != len(boards):
        raise ValueError("such boards have no Bluetooth")
    async with PrivateBus() as bus:
        bluez = FakeBluez(bus.address)
        await bluez.start()
        for place, board in enumerate(radios):
            board.power_on()
            rssi = _NEAREST_DBM - _STEP_DB * (place % 10)
            peripheral = arduino_peripheral(board.bluetooth, rssi=rssi, exchange_s=_EXCHANGE_S)
            peripheral.connect_delay_s = _CONNECT_S
            bluez.power_on(peripheral)
        try:
            yield [{"port": _address(board), "dbus": bus.address} for board in radios]
        finally:
            await bluez.stop()
            for board in radios:
                board.power_off()


def _address(board: HasRadio) -> str:
    return board.identity["ble_mac"].upper()
