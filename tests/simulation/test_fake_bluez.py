"""Boards on the fake air as unmodified bleak finds them and talks to them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("BlueZ is a matter of Linux", allow_module_level=True)

from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.exc import (
    BleakDBusError,
    BleakError,
    BleakGATTProtocolError,
)

from station.faults import LinkLost
from station.simulation.arduino_agents import SERVICE
from station.simulation.arduino_air import INDICATED, WRITTEN, arduino_peripheral
from station.simulation.bluez import FakeBluez
from station.simulation.peripheral import Peripheral
from tests.fake_air import fake_air
from tests.simulation.heard_by_bleak import ANSWER, Board, asked, one_device, scanned


@pytest.fixture
async def air() -> AsyncIterator[FakeBluez]:
    async with fake_air() as bluez:
        yield bluez


async def test_a_scan_tells_name_maker_s_data_service_and_strength(air: FakeBluez) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board, rssi=-71))
    air.power_on(Peripheral("11:22:33:44:55:66", "headphones", {}))
    [(device, told)] = await scanned()
    assert device.address == "F4:12:FA:65:43:02"
    assert told.local_name == "Arduino-2341-1002"
    assert told.manufacturer_data == {0x09A3: b"\xf4\x12\xfa\x65\x43\x02"}
    assert told.service_uuids == [SERVICE]
    assert told.rssi == -71


async def test_a_board_that_comes_nearer_is_heard_louder(air: FakeBluez) -> None:
    peripheral = arduino_peripheral(Board(), rssi=-80)
    air.power_on(peripheral)
    strengths: list[int] = []
    async with BleakScanner(service_uuids=[SERVICE]) as scanner:
        async for _, told in scanner.advertisement_data():
            strengths.append(told.rssi)
            peripheral.rssi = -40
            if told.rssi == -40:
                break
    assert strengths[0] == -80


@pytest.mark.parametrize(("mtu", "sizes"), [(242, [64, 64, 64, 9]), (23, [20] * 10 + [1])])
async def test_a_dialogue_comes_in_indications_as_long_as_they_may_be(
    air: FakeBluez, mtu: int, sizes: list[int]
) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board, mtu=mtu))
    async with BleakClient(await one_device()) as client:
        found = {each.uuid: each for each in client.services.characteristics.values()}
        assert found[INDICATED].properties == ["indicate"]
        assert found[WRITTEN].properties == ["write"]
        assert found[WRITTEN].max_write_without_response_size == mtu - 3
        chunks = await asked(client, bytes(60))
    assert b"".join(chunks) == ANSWER
    assert [len(chunk) for chunk in chunks] == sizes
    assert board.got == [bytes(60)]
    await board.parted.wait()


async def test_a_value_may_be_256_bytes_and_no_more(air: FakeBluez) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board))
    async with BleakClient(await one_device()) as client:
        with pytest.raises(BleakGATTProtocolError) as refused:
            await client.write_gatt_char(WRITTEN, bytes(257), response=True)
        await client.write_gatt_char(WRITTEN, bytes(256), response=True)
    assert refused.value.code == 0x0D
    assert board.got == [bytes(256)]


async def test_a_board_may_hang_up(air: FakeBluez) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board))
    gone = asyncio.Event()
    client = BleakClient(await one_device(), disconnected_callback=lambda _: gone.set())
    await client.connect()
    await asked(client, b"?")
    assert board.hang_up
    await board.hang_up()
    await gone.wait()
    await board.parted.wait()
    with pytest.raises(BleakError):
        await client.write_gatt_char(WRITTEN, b"?", response=True)
    await scanned()  # it advertises again


async def test_a_link_lost_in_a_write_fails_the_write(air: FakeBluez) -> None:
    peripheral = arduino_peripheral(Board(), exchange_s=60)
    air.power_on(peripheral)
    async with BleakClient(await one_device()) as client:
        writing = asyncio.create_task(client.write_gatt_char(WRITTEN, b"?", response=True))
        await client.start_notify(INDICATED, lambda *_: None)  # the bus keeps the order
        peripheral.drop()
        with pytest.raises(BleakError):
            await writing


async def test_writes_at_once_are_made_one_after_the_other(air: FakeBluez) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board, exchange_s=0.01))
    async with BleakClient(await one_device()) as client:
        values = [bytes([n]) for n in range(4)]
        await asyncio.gather(
            *(client.write_gatt_char(WRITTEN, value, response=True) for value in values)
        )
    assert sorted(board.got) == values


async def test_the_last_program_to_leave_ends_the_subscription_and_not_the_link(
    air: FakeBluez,
) -> None:
    board = Board()
    peripheral = arduino_peripheral(board)
    air.power_on(peripheral)
    client = BleakClient(await one_device())
    await client.connect()
    await client.start_notify(INDICATED, lambda *_: None)
    backend: Any = client._backend
    backend._bus.disconnect()  # as a program does that is killed
    await board.parted.wait()
    assert peripheral.is_connected
    await client.disconnect()


async def test_who_unsubscribes_hears_no_more(air: FakeBluez) -> None:
    board = Board()
    air.power_on(arduino_peripheral(board))
    async with BleakClient(await one_device()) as client:
        await client.start_notify(INDICATED, lambda *_: None)
        await client.stop_notify(INDICATED)
        await board.parted.wait()
        assert client.is_connected
        with pytest.raises(BleakDBusError) as refused:
            await client.start_notify(WRITTEN, lambda *_: None)
        assert refused.value.dbus_error == "org.bluez.Error.NotSupported"


async def test_a_device_from_earlier_is_connected_to_without_a_scan(air: FakeBluez) -> None:
    peripheral = arduino_peripheral(Board())
    air.power_on(peripheral)
    air.remember(peripheral)
    device = BLEDevice(
        peripheral.address,
        peripheral.name,
        {"path": f"/org/bluez/hci0/dev_{peripheral.address.replace(':', '_')}", "props": {}},
    )
    async with BleakClient(device) as client:
        assert b"".join(await asked(client, b"?")) == ANSWER


async def test_nobody_is_there_to_hear(air: FakeBluez) -> None:
    peripheral = arduino_peripheral(Board())
    with pytest.raises(LinkLost):
        await peripheral.indicate(peripheral.characteristic(INDICATED), b"?")
    with pytest.raises(ValueError, match="64"):
        await peripheral.indicate(peripheral.characteristic(INDICATED), bytes(65))


@pytest.mark.parametrize("count", [16, 32])
async def test_many_boards_at_once(air: FakeBluez, count: int) -> None:
    boards = [Board(last) for last in range(count)]
    for board in boards:
        air.power_on(arduino_peripheral(board))

    async def talk(device: BLEDevice) -> bytes:
        async with BleakClient(device) as client:
            return b"".join(await asked(client, device.address.encode()))

    found = [device for device, _ in await scanned(count)]
    assert await asyncio.gather(*map(talk, found)) == [ANSWER] * count
    assert {board.got[0].decode() for board in boards} == {device.address for device in found}
