"""What the simulated sketches of Provisioning 2.0 are asked, and what they do."""

from __future__ import annotations

import asyncio

import pytest

from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_site import NETWORKS as AROUND
from station.simulation.arduino_site import Site
from station.simulation.arduino_unit import NETWORK_CONFIGS, product
from tests.simulation import arduino_host as wire
from tests.simulation.arduino_host import (
    CONNECT,
    DISCONNECT,
    GET_BLE_MAC,
    GET_ID,
    JOIN,
    LIBRARY,
    NETWORKS,
    RESET,
    SCAN,
    SKETCH,
    TIMESTAMP,
    WIFI,
    WIFI_FIRMWARE,
    Plug,
    host,
    told,
)

H7 = product("Portenta H7")
PATIENT = ArduinoTiming(join_s=0.001, join_within_s=60, mobile_within_s=60)
VERSION = told(0x12015, "0.6.2")


class Looked(Site):
    """A site that counts how often a board looks round."""

    seen = 0

    def scan(self) -> list[tuple[str, int]]:
        self.seen += 1
        return super().scan()

    async def looks(self, more: int) -> None:
        wanted = self.seen + more
        async with asyncio.timeout(10):
            while self.seen < wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.001)


async def test_the_vectors_of_every_command(plug: Plug) -> None:
    client = await plug(board := SimulatedArduino(1))
    await client.joins()
    await client.send(SKETCH)
    await client.says("55aa02000eda000120158165302e362e32170daa55")
    await client.send(WIFI_FIRMWARE)
    await client.says("55aa02000eda000120148165302e362e30b5a0aa55")
    await client.send(LIBRARY)
    await client.says("55aa02000eda000120168165302e352e314022aa55")
    await client.send(GET_BLE_MAC)
    assert await client.message("ble mac") == bytes.fromhex(
        board.identity["ble_mac"].replace(":", "")
    )
    await client.send(RESET)
    await client.statuses(4)
    await client.send(SCAN)
    await client.says(wire.STATUS[100], NETWORKS)
    await client.send(WIFI)
    await client.send(JOIN)
    await client.statuses(1, 2)
    await client.send(DISCONNECT)
    await client.send(SKETCH)
    assert await client.is_quiet()


@pytest.mark.parametrize("number", [2, 3, 4, 200])
async def test_the_sketch_of_a_thing_has_no_handler(plug: Plug, number: int) -> None:
    client = await plug(SimulatedArduino(1, sketch="cloud"))
    await client.joins()
    await client.send(told(0x12003, number))
    await client.statuses(-7)


async def test_the_sketch_of_a_thing_changes_the_network_and_ends_the_session(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, sketch="cloud"))
    await client.joins()
    await client.send(LIBRARY)
    assert await client.message("library") == "0.5.1"
    await client.send(WIFI)
    await client.send(JOIN)
    await client.says(wire.STATUS[1], wire.STATUS[2], DISCONNECT)
    await client.send(CONNECT)
    await client.says(wire.STATUS[2], NETWORKS)


async def test_a_command_has_eight_bits(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(told(0x12003, 456))
    await client.says(VERSION)
    await client.send(told(0x12003, 7))
    await client.statuses(-7)


async def test_one_request_at_a_time(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, timing=PATIENT))
    await client.joins()
    await client.send(told(0x12004, "nowhere", ""))
    await client.send(JOIN)
    await client.statuses(1)
    await client.send(SKETCH)
    await client.statuses(-6)
    await client.send(JOIN)
    await client.statuses(-6)
    await client.send(told(0x12012, "1234", "", "", ""))
    await client.statuses(-5)
    await client.send(SKETCH)
    await client.says(VERSION)


async def test_two_requests_in_one_burst(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(SKETCH, LIBRARY)
    await client.says(wire.STATUS[-6], VERSION)


async def test_a_board_is_deaf_while_it_scans(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, timing=ArduinoTiming(scan_s=0.02)))
    await client.joins()
    await client.send(SCAN)
    await client.statuses(100)
    await client.send(SKETCH)
    await client.says(NETWORKS, VERSION)


async def test_a_first_status_may_be_old(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(told(0x12004, "factory-net", "wrong"))
    await client.send(JOIN)
    await client.statuses(1, -1)
    await client.send(DISCONNECT)
    await wire.ticks()
    await client.send(CONNECT)
    await client.says(wire.STATUS[-1], NETWORKS)
    await client.send(WIFI)
    await client.send(JOIN)
    await client.statuses(1, 2)


async def test_settings_are_stored_before_they_are_tried(plug: Plug) -> None:
    board = SimulatedArduino(1, timing=PATIENT)
    client = await plug(board)
    await client.joins()
    await client.send(told(0x12004, "factory-net", "wrong"))
    assert NETWORK_CONFIGS not in board.unit.store
    await client.send(JOIN)
    await client.statuses(1)
    assert b"wrong" in board.unit.store[NETWORK_CONFIGS]


async def test_a_board_left_alone_tries_the_stored_network_again(plug: Plug) -> None:
    site = Site(networks={})
    board = SimulatedArduino(1, H7, site=site, timing=ArduinoTiming(again_s=0.01))
    async with host(board) as first:
        await first.send(CONNECT)
        await first.says(wire.EMPTY_LIST)
        await first.send(WIFI)
        await first.send(JOIN)
        await first.statuses(1, -1)
    site.networks = AROUND
    second = await plug(board)
    while True:
        await second.send(CONNECT)
        first_word = await second.frame()
        await second.frame()
        if first_word == wire.STATUS[2]:
            break
        await second.send(DISCONNECT)
        await wire.ticks()


async def test_a_board_that_was_connected_never_finds_that_it_is_not(plug: Plug) -> None:
    site = Looked()
    board = SimulatedArduino(1, H7, site=site, timing=ArduinoTiming(again_s=0.005))
    async with host(board) as first:
        await first.joins()
        await first.send(WIFI)
        await first.send(JOIN)
        await first.statuses(1, 2)
    site.networks = {}
    await site.looks(5)
    second = await plug(board)
    await second.send(CONNECT)
    await second.says(wire.STATUS[2], wire.EMPTY_LIST)


async def test_reset_forgets_network_and_certificate_and_keeps_keys(plug: Plug) -> None:
    board = SimulatedArduino(1)
    board.unit.device_id, board.unit.certificate = "a device", b"a certificate"
    client = await plug(board)
    await client.joins()
    await client.send(TIMESTAMP)
    await client.send(GET_ID)
    key = await client.message("public key")
    await client.frame()
    await client.frame()
    await client.send(WIFI)
    await client.send(RESET)
    await client.statuses(4)
    await client.send(JOIN)
    await client.statuses(-4)
    assert (board.unit.device_id, board.unit.certificate, board.unit.store) == ("", b"", {})
    await client.send(TIMESTAMP)
    await client.send(GET_ID)
    assert await client.message("public key") == key
