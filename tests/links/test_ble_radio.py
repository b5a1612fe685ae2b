"""The radio as other systems have it, and a Bluetooth service that hangs: bleak's own is stood in for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakError,
)

from station.faults import AirLost, LinkFault, NoneNear, RadioMissing, RadioOff
from station.links import ble
from station.links.ble import Radio
from station.links.ble_profile import ARDUINO
from station.model import Nearby

TOLD = bytes.fromhex("f412fa654321")
LABEL = "F4:12:FA:65:43:21"
MAC_OS = "8A4C6F0E-2B1D-4E53-9C7A-0123F4124321"


class Stack:
    """A scanner and a client as bleak has them, which do what the test says."""

    note: Any = None
    fails: Exception | None = None
    hangs = False

    def __init__(self, *args: Any, **options: Any) -> None:
        Stack.note = args[0]

    async def start(self) -> None:
        await self._answer()

    async def connect(self) -> None:
        await self._answer()

    async def stop(self) -> None:
        await self._answer()

    async def start_notify(self, uuid: str, take: object) -> None:
        assert uuid == ARDUINO.indicate

    async def disconnect(self) -> None:
        await self._answer()

    async def _answer(self) -> None:
        if Stack.fails:
            raise Stack.fails
        if Stack.hangs:
            await asyncio.Event().wait()


@pytest.fixture
async def heard(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[Nearby]]:
    monkeypatch.setattr(ble, "BleakScanner", Stack)
    monkeypatch.setattr(ble, "BleakClient", Stack)
    monkeypatch.setattr(ble, "TRY_AGAIN_AFTER_S", (0.0,))
    monkeypatch.setattr(ble, "ANSWER_WITHIN_S", 0.02)
    monkeypatch.setattr(ble, "CLOSE_WITHIN_S", 0.02)
    yield []
    Stack.fails, Stack.hangs = None, False


def advertised(
    address: str, name: str | None = "Arduino-2341-1002", rssi: int = -60, told: bytes = TOLD
) -> tuple[BLEDevice, AdvertisementData]:
    data = AdvertisementData(name, {0x09A3: told}, {}, [ARDUINO.service], None, rssi, ())
    return BLEDevice(address, name, None), data


@pytest.mark.parametrize(
    ("address", "told", "label"),
    [
        (MAC_OS, TOLD, LABEL),
        (MAC_OS, b"", ""),
        (MAC_OS, b"\x01", ""),
        ("F4:12:FA:65:43:21", b"", LABEL),
        ("f4:12:fa:65:43:21", b"", LABEL),
        ("00:00:00:00:00:01", TOLD, LABEL),
    ],
)
async def test_a_board_is_known_by_what_it_tells_of_itself(
    heard: list[Nearby], address: str, told: bytes, label: str
) -> None:
    async with Radio(ARDUINO, heard.append).listening():
        Stack.note(*advertised(address, told=told))
    assert heard == [Nearby(address, "Arduino-2341-1002", label, -60)]


@pytest.mark.parametrize("rssi", [-127, 127])
async def test_a_board_without_a_level_was_not_heard(heard: list[Nearby], rssi: int) -> None:
    async with Radio(ARDUINO, heard.append).listening():
        Stack.note(*advertised(MAC_OS, rssi=rssi))
        Stack.note(*advertised("B", None, rssi=-70))
    assert heard == [Nearby("B", "", LABEL, -70)]


async def test_a_station_that_runs_for_years_remembers_the_last_boards(heard: list[Nearby]) -> None:
    radio = Radio(ARDUINO, heard.append)
    async with radio.listening():
        for number in range(ble.KEPT + 1):
            Stack.note(*advertised(str(number)))
    with pytest.raises(NoneNear):
        await radio.connect("0", lambda: None)
    await (await radio.connect("1", lambda: None)).close()


NOT_THERE = BleakBluetoothNotAvailableReason


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (BleakBluetoothNotAvailableError("off", NOT_THERE.POWERED_OFF), RadioOff),
        (BleakBluetoothNotAvailableError("none", NOT_THERE.NO_BLUETOOTH), RadioMissing),
        (BleakBluetoothNotAvailableError("no", NOT_THERE.DENIED_BY_USER), RadioMissing),
        (BleakDBusError("org.bluez.Error.NotReady", ["Resource Not Ready"]), RadioOff),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", ["?"]), RadioMissing),
        (FileNotFoundError(2, "No such file"), RadioMissing),
        (BleakError("some driver"), RadioMissing),
    ],
)
async def test_whatever_keeps_the_radio_from_listening_is_a_fault(
    heard: list[Nearby], error: Exception, fault: type[LinkFault]
) -> None:
    Stack.fails = error
    with pytest.raises(fault):
        async with Radio(ARDUINO, heard.append).listening():
            pass


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (BleakBluetoothNotAvailableError("off", NOT_THERE.POWERED_OFF), RadioOff),
        (BleakDBusError("org.bluez.Error.NotReady", ["Resource Not Ready"]), RadioOff),
        (BleakDBusError("org.bluez.Error.Failed", ["le-connection-timeout"]), AirLost),
        (TimeoutError(), AirLost),
        (OSError(-2147023673, "The operation was canceled by the user"), AirLost),
    ],
)
async def test_whatever_keeps_it_from_connecting_is_a_fault(
    heard: list[Nearby], error: Exception, fault: type[LinkFault]
) -> None:
    radio = Radio(ARDUINO, heard.append)
    async with radio.listening():
        Stack.note(*advertised(LABEL))
        Stack.fails = error
        with pytest.raises(fault):
            await radio.connect(LABEL, lambda: None)


async def test_a_service_that_does_not_answer_is_no_radio(heard: list[Nearby]) -> None:
    Stack.hangs = True
    with pytest.raises(RadioMissing, match="TimeoutError"):
        async with Radio(ARDUINO, heard.append).listening():
            pass


async def test_a_link_is_closed_and_a_scan_ended_though_the_service_hangs(
    heard: list[Nearby],
) -> None:
    radio = Radio(ARDUINO, heard.append)
    closed: list[bool] = []
    async with radio.listening():
        Stack.note(*advertised(LABEL))
        link = await radio.connect(LABEL, lambda: closed.append(True))
        Stack.hangs = True
        await asyncio.gather(link.close(), link.close())
    assert closed == [True]
