"""What can be wrong with a simulated Arduino board, and the awkward ones that are well."""

from __future__ import annotations

import pytest

from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_site import LONG_NETWORKS, Site
from station.simulation.arduino_site import NETWORKS as AROUND
from station.simulation.arduino_unit import product
from tests.simulation import arduino_host as wire
from tests.simulation.arduino_host import (
    CONNECT,
    DISCONNECT,
    GET_BLE_MAC,
    GET_ID,
    JOIN,
    NACK,
    NETWORKS,
    SCAN,
    SKETCH,
    TIMESTAMP,
    WIFI,
    WIFI_FIRMWARE,
    Plug,
    told,
)

VERSION = told(0x12015, "0.6.2")


async def test_a_list_that_does_not_fit_makes_the_board_deaf_until_it_hears_others(
    plug: Plug,
) -> None:
    board = SimulatedArduino(1, site=Site(networks=LONG_NETWORKS))
    client = await plug(board)
    await client.send(CONNECT)
    for frame in (SKETCH, DISCONNECT, CONNECT):
        assert await client.is_quiet()
        await client.send(frame)
    assert await client.is_quiet()


async def test_a_deaf_board_wakes_by_its_next_scan(plug: Plug) -> None:
    site = Site(networks=LONG_NETWORKS)
    board = SimulatedArduino(1, site=site, timing=ArduinoTiming(again_s=0.005))
    client = await plug(board)
    await client.send(CONNECT)
    assert await client.is_quiet()
    board.site.networks = AROUND
    await client.says(NETWORKS)


@pytest.mark.parametrize(
    "around",
    [dict(list(LONG_NETWORKS.items())[1:]), {**LONG_NETWORKS, "short": ("", -90)}],
    ids=["eleven", "a short one among them"],
)
async def test_a_list_that_just_fits(plug: Plug, around: dict[str, tuple[str, int]]) -> None:
    client = await plug(SimulatedArduino(1, site=Site(networks=around)))
    await client.send(CONNECT)
    assert await client.frame() != NETWORKS
    await client.send(SKETCH)
    await client.says(VERSION)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("se-broken", -150),
        ("se-unconfigured", -151),
        ("uhwid-broken", -160),
        ("partition-broken", -201),
    ],
)
async def test_after_errors_of_the_start_every_command_is_refused(
    plug: Plug, fault: str, status: int
) -> None:
    client = await plug(SimulatedArduino(1, faults=[fault]))
    await client.send(CONNECT)
    assert await client.message("status") == status
    await client.says(NETWORKS)
    for number in (1, 2, 3, 4, 100, 101, 200, 201):
        await client.send(told(0x12003, number))
        await client.statuses(-7)


async def test_without_storage_network_commands_never_end(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, faults=["storage-broken"]))
    await client.send(CONNECT)
    await client.statuses(-200)
    await client.send(SKETCH)
    await client.says(VERSION)
    await client.send(WIFI)
    await client.send(JOIN)
    assert await client.is_quiet()
    await client.send(SKETCH)
    await client.statuses(-6)


async def test_a_product_whose_sketch_has_no_wifi(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, product("MKR NB 1500")))
    await client.send(CONNECT)
    await client.says(wire.EMPTY_LIST)
    await client.send(SCAN)
    await client.statuses(-7)
    await client.send(WIFI_FIRMWARE)
    await client.statuses(-7)
    await client.send(GET_BLE_MAC)
    assert await client.message("ble mac") == b"\xff" * 6


async def test_a_variant_without_the_radio_says_an_empty_version(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, product("Opta Lite")))
    await client.send(CONNECT)
    await client.says(wire.EMPTY_LIST)
    await client.send(WIFI_FIRMWARE)
    assert await client.message("wifi firmware") == ""
    await client.send(SCAN)
    await client.says(wire.STATUS[100], wire.EMPTY_LIST)


async def test_faults_of_what_a_board_says(plug: Plug) -> None:
    client = await plug(
        SimulatedArduino(1, faults=["old-sketch", "old-wifi-firmware", "no-mac", "noisy"])
    )
    await client.joins()
    await client.send(SKETCH)
    await client.says(told(0x12015, "0.4.0"))
    await client.send(WIFI_FIRMWARE)
    assert await client.message("wifi firmware") == "0.4.1"
    await client.send(GET_BLE_MAC)
    assert await client.message("ble mac") == b""


@pytest.mark.parametrize("fault", ["silent", "wedged", "long-ssids"])
async def test_boards_that_do_not_answer(plug: Plug, fault: str) -> None:
    client = await plug(SimulatedArduino(1, faults=[fault]))
    await client.send(CONNECT)
    assert await client.is_quiet()
    await client.send(SKETCH)
    assert await client.is_quiet()
    assert (client.come == b"") == (fault == "silent")


async def test_who_is_wedged_from_the_start_is_cured_by_a_restart(plug: Plug) -> None:
    board = SimulatedArduino(1, faults=["wedged"])
    client = await plug(board)
    await client.send(CONNECT)
    assert await client.is_quiet()
    board.restart()
    await client.joins()


async def test_a_lost_byte_is_lost_once(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, faults=["lost-byte"]))
    await client.joins()
    await client.send(TIMESTAMP)
    await client.send(GET_ID)
    cut = await client.frame()
    assert bytes.fromhex(cut)[-2:] != b"\xaa\x55"
    await client.frame()
    client.come = b""
    await client.send(NACK)
    assert "BEGIN PUBLIC KEY" in await client.message("public key")
