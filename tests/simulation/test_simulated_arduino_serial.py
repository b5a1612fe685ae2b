"""The simulated sketches of Provisioning 2.0 at their serial port, byte by byte."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_site import LONG_NETWORKS, Site
from station.simulation.arduino_site import NETWORKS as AROUND
from station.simulation.arduino_unit import NETWORK_CONFIGS, product
from tests.simulation import arduino_host as wire
from tests.simulation.arduino_host import (
    CONNECT,
    DISCONNECT,
    GET_BLE_MAC,
    GET_ID,
    JOIN,
    LIBRARY,
    NACK,
    NETWORKS,
    RESET,
    SCAN,
    SKETCH,
    TIMESTAMP,
    WIFI,
    WIFI_FIRMWARE,
    Host,
    host,
    told,
)

H7 = product("Portenta H7")
PATIENT = ArduinoTiming(join_s=0.001, join_within_s=60, mobile_within_s=60)

Plug = Callable[[SimulatedArduino], Awaitable[Host]]


@pytest.fixture
async def plug() -> AsyncIterator[Plug]:
    """Yield a function that powers a board, opens its port, and returns the host there."""
    async with AsyncExitStack() as stack:

        async def begin(board: SimulatedArduino) -> Host:
            stack.callback(board.power_off)
            return await stack.enter_async_context(host(board))

        yield begin


def the_version(version: str = "0.6.2") -> str:
    return told(0x12015, version)


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


async def test_debug_text_stands_between_frames_and_never_inside(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.send(CONNECT)
    await client.frame()
    before = client.come = b""
    await client.send(SKETCH)
    while b"\xaa\x55" not in client.come:
        await wire.ticks(1)
    text, _, frame = client.come.partition(b"\x55\xaa")
    assert text.endswith(b"\r\n")
    assert text.isascii()
    assert (b"\x55\xaa" + frame).hex() == the_version()
    assert before == b""


async def test_without_a_session_only_connect_is_heard(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.send(SKETCH)
    await client.send(DISCONNECT)
    assert await client.is_quiet()
    await client.joins()


async def test_what_follows_connect_in_one_burst_is_swallowed(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.send(CONNECT, SKETCH)
    await client.says(NETWORKS)
    assert await client.is_quiet()
    await client.send(SKETCH)
    await client.says(the_version())


async def test_garbage_before_connect_loses_the_whole_burst_without_a_word(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.send("0d0a", CONNECT)
    assert await client.is_quiet()
    await client.joins()


async def test_connect_is_ignored_in_a_session(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(CONNECT)
    assert await client.is_quiet()


async def test_disconnect_and_connect_in_one_burst_lose_the_connect(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(DISCONNECT, CONNECT)
    assert await client.is_quiet()
    await client.joins()


async def test_usb_of_its_own_ends_the_session_when_the_port_is_closed(plug: Plug) -> None:
    board = SimulatedArduino(1, H7)
    async with host(board) as first:
        await first.joins()
    second = await plug(board)
    await second.send(SKETCH)
    assert await second.is_quiet()
    await second.joins()


async def test_behind_a_bridge_a_session_outlives_who_closed_the_port(plug: Plug) -> None:
    board = SimulatedArduino(1)
    async with host(board) as first:
        await first.joins()
    second = await plug(board)
    await second.send(CONNECT)
    assert await second.is_quiet()
    await second.send(SKETCH)
    await second.says(the_version())


@pytest.mark.parametrize(
    "broken",
    [
        SKETCH.replace("5699", "5698"),
        SKETCH[:-4] + "aa56",
        SKETCH.replace("55aa02", "55aa01"),
        SKETCH.replace("55aa02", "55ab02"),
    ],
    ids=["check", "tail", "type", "head"],
)
async def test_a_broken_frame_gets_a_nack_and_loses_what_came_with_it(
    plug: Plug, broken: str
) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(broken, SKETCH)
    await client.says(NACK)
    assert await client.is_quiet()
    await client.send(SKETCH)
    await client.says(the_version())


async def test_a_frame_cut_short_eats_the_next_one(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(SKETCH[:-8])
    await wire.ticks()
    await client.send(SKETCH)
    await client.says(NACK)
    await client.send(SKETCH)
    await client.says(the_version())


async def test_a_frame_may_come_in_pieces(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    for at in range(0, len(SKETCH), 2):
        await client.send(SKETCH[at : at + 2])
        await wire.ticks(3)
    await client.says(the_version())


async def test_a_nack_of_the_host_brings_back_all_since_its_last_message(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(TIMESTAMP)
    await client.send(GET_ID)
    first = [await client.frame() for _ in range(3)]
    for _ in range(2):
        await client.send(NACK)
        assert [await client.frame() for _ in range(3)] == first
    await client.send("00" * 5)
    await client.says(NACK)
    await client.send(NACK)
    assert [await client.frame() for _ in range(4)] == [*first, NACK]
    await client.send(TIMESTAMP)
    await client.send(NACK)
    assert await client.is_quiet()


async def test_what_is_old_is_not_sent_again(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, timing=ArduinoTiming(kept_s=0)))
    await client.joins()
    await client.send(NACK)
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
    await client.says(the_version())
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
    await client.says(the_version())


async def test_two_requests_in_one_burst(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(SKETCH, LIBRARY)
    await client.says(wire.STATUS[-6], the_version())


async def test_a_board_is_deaf_while_it_scans(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, timing=ArduinoTiming(scan_s=0.02)))
    await client.joins()
    await client.send(SCAN)
    await client.statuses(100)
    await client.send(SKETCH)
    await client.says(NETWORKS, the_version())


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
    board.site.networks = AROUND
    second = await plug(board)
    while True:
        await second.send(CONNECT)
        first_word = await second.frame()
        await second.frame()
        if first_word == wire.STATUS[2]:
            break
        await second.send(DISCONNECT)
        await wire.ticks()


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


@pytest.mark.parametrize(
    "stuck", ["55aa0200020000aa55", "55aa0300020000aa55", SKETCH[:10]], ids=["data", "ctrl", "cut"]
)
async def test_the_wedge_ends_with_a_restart_only(plug: Plug, stuck: str) -> None:
    board = SimulatedArduino(1, timing=ArduinoTiming(gap_s=0))
    async with host(board) as client:
        await client.joins()
        await client.send(stuck)
        await wire.ticks()
        for frame in (SKETCH, DISCONNECT, CONNECT, SKETCH):
            await client.send(frame)
            assert await client.is_quiet()
    client = await plug(board)
    await client.send(CONNECT)
    assert await client.is_quiet()
    board.restart()
    await client.joins()


async def test_a_cut_inside_the_header_does_not_wedge(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1, timing=ArduinoTiming(gap_s=0)))
    await client.joins()
    await client.send(SKETCH[:8])
    await wire.ticks()
    await client.send(SKETCH)
    await client.says(the_version())


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
    await client.says(the_version())


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
    await client.says(the_version())
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
    await client.says(the_version("0.4.0"))
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


async def test_a_slow_bridge(plug: Plug) -> None:
    """A message needs its time on a UART, and comes whole."""
    client = await plug(SimulatedArduino(1, timing=replace(PATIENT, baud=115_200)))
    await client.joins()
    await client.send(SKETCH)
    await client.says(the_version())
