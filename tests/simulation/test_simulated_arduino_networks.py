"""Network settings as a simulated Arduino board takes and tries them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_settings import settings_of
from station.simulation.arduino_site import Site
from station.simulation.arduino_unit import NETWORK_CONFIGS, product
from tests.simulation import arduino_host as wire
from tests.simulation.arduino_host import CONNECT, JOIN, Host, host, told

APN = "apn.arduino.cc"


@pytest.fixture
async def h7() -> AsyncIterator[tuple[SimulatedArduino, Host]]:
    """Yield a Portenta H7, which has adapters for nearly everything, in a session."""
    board = SimulatedArduino(1, product("Portenta H7"))
    async with host(board) as client:
        await client.joins()
        yield board, client


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        (wire.WIFI, 2),
        (told(0x12004, "guest", ""), 2),
        (told(0x12004, "Café d'Or", "espresso1"), 2),
        (told(0x12004, "factory-net", "S3cretpass"), -1),
        (told(0x12004, "Factory-net", "s3cretpass"), -1),
        (wire.DHCP, 2),
        (wire.STATIC, 2),
        (told(0x12009, bytes(16), bytes(16), bytes(16), bytes(16), 0, 0), -1),
        (wire.CAT_M1, 2),
        (told(0x12008, "1234", [], APN, "test", "testpass"), 2),
        (told(0x12012, "1234", APN, "test", "testpass"), 2),
        (told(0x12012, "1234", "apn.elsewhere", "test", "testpass"), -3),
        (told(0x12012, "9999", APN, "test", "testpass"), -101),
    ],
)
async def test_how_joining_ends(
    h7: tuple[SimulatedArduino, Host], settings: str, status: int
) -> None:
    _, client = h7
    await client.send(settings)
    await client.send(JOIN)
    assert await client.message("status") == 1
    assert await client.message("status") == status


@pytest.mark.parametrize(
    "settings",
    [
        wire.NB_IOT,
        told(0x12006, "1234", APN, "test", "testpass"),
        told(0x12005, "0" * 16, "0" * 32, -1, "", ""),
        told(0x12004, "s" * 34, ""),
        told(0x12004, "s", "p" * 65),
        told(0x12004, "only"),
        told(0x12004, b"ssid", b"password"),
        told(0x12004, 1, "password"),
        told(0x12012, "1" * 10, APN, "", ""),
        told(0x12012, "", "a" * 102, "", ""),
        told(0x12008, "", [1, 2, 4, 8, 16], "", "", ""),
        told(0x12008, "", 4, "", "", ""),
        told(0x12009, bytes(5), b"", b"", b"", -1, -1),
        told(0x12009, "10.0.0.1", b"", b"", b"", -1, -1),
        told(0x12099, "what"),
        wire.data(bytes.fromhex("da00012004a2617301617002")),
        wire.data(bytes.fromhex("820102")),
        wire.data(bytes.fromhex("da0001")),
        wire.data(bytes.fromhex("da00012004") + b"\x82\x61\xff\x60"),
    ],
)
async def test_what_is_refused(h7: tuple[SimulatedArduino, Host], settings: str) -> None:
    _, client = h7
    await client.send(settings)
    await client.statuses(-5)
    await client.send(JOIN)
    await client.statuses(-4)


async def test_lenient_where_the_real_one_is(h7: tuple[SimulatedArduino, Host]) -> None:
    _, client = h7
    tag, end = bytes.fromhex("da00012004"), b"\x6bfactory-net\x6as3cretpass"
    for array in (b"\x9f" + end + b"\xff", b"\x83" + end + b"\x01"):
        await client.send(wire.data(tag + array))
        await client.send(JOIN)
        await client.statuses(1, 2)


@pytest.mark.parametrize(
    ("tag", "fields", "texts"),
    [
        (0x12004, ["s" * 33, "pass"], {"ssid": "s" * 33 + "pass", "password": "pass"}),
        (0x12004, ["ß" * 16, "pass"], {"ssid": "ß" * 16, "password": "pass"}),
        (0x12004, ["net", "f" * 64], {"ssid": "net", "password": "f" * 64 + "\x01"}),
        (
            0x12012,
            ["1" * 9, "apn", "login", "pass"],
            {"pin": "1" * 9 + "apn", "apn": "apn", "login": "login", "password": "pass"},
        ),
    ],
)
async def test_one_byte_too_many_runs_into_the_next_field(
    h7: tuple[SimulatedArduino, Host], tag: int, fields: list[Any], texts: dict[str, str]
) -> None:
    board, client = h7
    await client.send(told(tag, *fields))
    await client.send(JOIN)
    await client.statuses(1)
    assert settings_of(board.unit.store[NETWORK_CONFIGS]).texts == texts


async def test_a_long_password_joins_nothing() -> None:
    """Even where it is right: 64 hex digits are no password to these boards."""
    site = Site(networks={"factory-net": ("f" * 64, -40)})
    async with host(SimulatedArduino(1, site=site)) as client:
        await client.send(CONNECT)
        await client.frame()
        await client.send(told(0x12004, "factory-net", "f" * 64))
        await client.send(JOIN)
        await client.statuses(1, -1)


@pytest.mark.parametrize(("fault", "status"), [("no-internet", -8), ("no-radio", -101)])
async def test_faults_of_the_network(fault: str, status: int) -> None:
    async with host(SimulatedArduino(1, faults=[fault])) as client:
        await client.joins()
        await client.send(wire.WIFI)
        await client.send(JOIN)
        await client.statuses(1, status)


async def test_without_internet_it_does_not_try_to_the_end() -> None:
    timing = ArduinoTiming(join_within_s=3600)
    async with host(SimulatedArduino(1, faults=["no-internet"], timing=timing)) as client:
        await client.joins()
        await client.send(wire.WIFI)
        await client.send(JOIN)
        await client.statuses(1, -8)


async def test_nb_iot_on_a_board_that_has_it() -> None:
    async with host(SimulatedArduino(1, product("MKR NB 1500"))) as client:
        await client.send(CONNECT)
        await client.frame()
        await client.send(wire.NB_IOT)
        await client.send(JOIN)
        await client.statuses(1, 2)


async def test_lora_on_a_board_that_has_it() -> None:
    async with host(SimulatedArduino(1, product("MKR WAN 1310"))) as client:
        await client.send(CONNECT)
        await client.frame()
        for key, status in (("0" * 31, -1), ("0" * 32, 2)):
            await client.send(told(0x12005, "a" * 16, key, -1, "", ""))
            await client.send(JOIN)
            await client.statuses(1, status)


async def test_without_a_cable(h7: tuple[SimulatedArduino, Host]) -> None:
    board, client = h7
    board.site.has_cable = False
    await client.send(wire.DHCP)
    await client.send(JOIN)
    await client.statuses(1, -1)
