from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakError,
    BleakGATTProtocolError,
)

from station.faults import LinkLost
from station.simulation.arduino_agents import SERVICE
from station.simulation.arduino_air import INDICATED, WRITTEN, arduino_peripheral
from station.simulation.bluez import FakeBluez
from station.simulation.peripheral import BluezError, Characteristic, Peripheral
from tests.fake_air import fake_air

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


@pytest.fixture
async def air() -> AsyncIterator[FakeBluez]:
    async with fake_air() as bluez:
        yield bluez


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
