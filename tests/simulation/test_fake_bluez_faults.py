"""Adapters, connections and boards that fail on the fake air, as unmodified bleak is told of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable

import pytest

if sys.platform != "linux":
    pytest.skip("BlueZ is a matter of Linux", allow_module_level=True)

from bleak import BleakClient
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakError,
)

from station.simulation.arduino_air import INDICATED, arduino_peripheral
from station.simulation.bluez import FakeBluez
from station.simulation.peripheral import BluezError, Characteristic, Peripheral
from tests.fake_air import fake_air
from tests.simulation.heard_by_bleak import ANSWER, Board, asked, one_device, scanned


@pytest.fixture
async def air() -> AsyncIterator[FakeBluez]:
    async with fake_air() as bluez:
        yield bluez


async def refusal_of_a_scan() -> BleakBluetoothNotAvailableReason:
    with pytest.raises(BleakBluetoothNotAvailableError) as refused:
        await scanned()
    return refused.value.reason


async def test_no_adapter(air: FakeBluez) -> None:
    air.remove_adapter()
    assert not air.adapter_present
    assert await refusal_of_a_scan() is BleakBluetoothNotAvailableReason.NO_BLUETOOTH


async def test_an_adapter_that_is_off_and_goes_on(air: FakeBluez) -> None:
    air.set_powered(False)
    assert await refusal_of_a_scan() is BleakBluetoothNotAvailableReason.POWERED_OFF
    air.power_on(arduino_peripheral(Board()))
    air.set_powered(True)
    while True:
        try:
            assert await scanned()
            break
        except BleakBluetoothNotAvailableError:  # the signal is still on its way
            await asyncio.sleep(0)


async def test_a_board_whose_radio_is_off_is_not_heard(air: FakeBluez) -> None:
    silent, heard = Board(1), Board(2)
    silent.switch(on=False)
    for board in (silent, heard):
        air.power_on(arduino_peripheral(board))
    assert [device.address[-2:] for device, _ in await scanned()] == ["02"]
    silent.switch(on=True)
    assert {device.address[-2:] for device, _ in await scanned(2)} == {"01", "02"}


async def test_a_radio_that_goes_off_loses_its_link(air: FakeBluez) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board))
    gone = asyncio.Event()
    async with BleakClient(await one_device(), disconnected_callback=lambda _: gone.set()):
        board.switch(on=False)
        await gone.wait()


@pytest.mark.parametrize("fault", [FakeBluez.remove_adapter, lambda air: air.set_powered(False)])
async def test_an_adapter_that_goes_takes_its_links(
    air: FakeBluez, fault: Callable[[FakeBluez], None]
) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board))
    gone = asyncio.Event()
    client = BleakClient(await one_device(), disconnected_callback=lambda _: gone.set())
    await client.connect()
    await client.start_notify(INDICATED, lambda *_: None)
    fault(air)
    await gone.wait()
    await board.parted.wait()
    assert not client.is_connected


async def test_connecting_may_fail_and_then_work(air: FakeBluez) -> None:
    errors = [
        BluezError("le-connection-timeout"),
        BluezError("Operation already in progress", "org.bluez.Error.InProgress"),
        BluezError("le-connection-abort-by-local"),  # bleak tries again by itself
    ]
    board = Board()
    peripheral = arduino_peripheral(board)
    peripheral.connect_errors.extend(errors)
    air.power_on(peripheral)
    device = await one_device()
    for error in errors[:2]:
        with pytest.raises(BleakDBusError) as failed:
            await BleakClient(device).connect()
        assert failed.value.dbus_error == error.name
        assert failed.value.dbus_error_details == error.text
    async with BleakClient(device) as client:
        assert b"".join(await asked(client, b"?")) == ANSWER
    assert peripheral.connect_errors == []


async def test_of_two_attempts_at_once_the_refused_one_ends_the_other_too(air: FakeBluez) -> None:
    peripheral = arduino_peripheral(Board())
    peripheral.connect_delay_s = 60
    air.power_on(peripheral)
    device = await one_device()
    clients = (BleakClient(device), BleakClient(device))
    ends = await asyncio.gather(*(each.connect() for each in clients), return_exceptions=True)
    # bleak says Disconnect after a refusal, and BlueZ takes that for the attempt that is under way
    assert [end.dbus_error_details for end in ends if isinstance(end, BleakDBusError)] == [
        "br-connection-canceled",
        "Operation already in progress",
    ]


async def test_a_stale_device_is_no_board(air: FakeBluez) -> None:
    peripheral = arduino_peripheral(Board())
    air.power_on(peripheral)
    device = await one_device()
    air.power_off(peripheral)
    with pytest.raises(TimeoutError):
        await BleakClient(device, timeout=0.1).connect()
    air.forget(peripheral)
    with pytest.raises(BleakError, match="not found"):
        await BleakClient(device, timeout=0.1).connect()
    air.power_on(peripheral)
    async with BleakClient(await one_device()):
        assert peripheral.is_connected


class Telephone:
    """Another central, with an adapter of its own."""

    async def hear(self, peripheral: Peripheral, to: Characteristic, value: bytes) -> None:
        raise AssertionError("it did not subscribe")

    def lost(self, peripheral: Peripheral) -> None:
        raise AssertionError("nobody dropped it")


async def test_a_second_central_is_refused(air: FakeBluez) -> None:
    peripheral = arduino_peripheral(Board())
    air.power_on(peripheral)
    device = await one_device()
    telephone = Telephone()
    assert peripheral.connected(telephone)
    with pytest.raises(TimeoutError):
        await BleakClient(device, timeout=0.1).connect()
    peripheral.disconnected()
    async with BleakClient(device):
        assert not peripheral.connected(telephone)
