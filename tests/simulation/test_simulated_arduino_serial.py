"""A session with a simulated sketch of Provisioning 2.0 at its serial port, byte by byte."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_unit import product
from tests.simulation import arduino_host as wire
from tests.simulation.arduino_host import (
    CONNECT,
    DISCONNECT,
    GET_ID,
    NACK,
    NETWORKS,
    SKETCH,
    TIMESTAMP,
    Plug,
    host,
    told,
)

H7 = product("Portenta H7")
PATIENT = ArduinoTiming(join_s=0.001, join_within_s=60, mobile_within_s=60)
VERSION = told(0x12015, "0.6.2")


async def test_debug_text_stands_between_frames_and_never_inside(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    client.come = b""
    await client.send(SKETCH)
    while b"\xaa\x55" not in client.come:
        await wire.ticks(1)
    text, _, frame = client.come.partition(b"\x55\xaa")
    assert text.endswith(b"\r\n")
    assert text.isascii()
    assert (b"\x55\xaa" + frame).hex() == told(0x12015, "0.6.2")


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
    await client.says(VERSION)


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
    await client.send(DISCONNECT, SKETCH)
    await wire.ticks()
    await client.joins()
    assert await client.is_quiet()


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
    await second.says(VERSION)


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
    await client.says(VERSION)


async def test_a_frame_cut_short_eats_the_next_one(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    await client.send(SKETCH[:-8])
    await wire.ticks()
    await client.send(SKETCH)
    await client.says(NACK)
    await client.send(SKETCH)
    await client.says(VERSION)


async def test_a_frame_may_come_in_pieces(plug: Plug) -> None:
    client = await plug(SimulatedArduino(1))
    await client.joins()
    for at in range(0, len(SKETCH), 2):
        await client.send(SKETCH[at : at + 2])
        await wire.ticks(3)
    await client.says(VERSION)


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
    await client.says(VERSION)


async def test_a_slow_bridge(plug: Plug) -> None:
    """A message needs its time on a UART, and comes whole."""
    client = await plug(SimulatedArduino(1, timing=replace(PATIENT, baud=115_200)))
    await client.joins()
    await client.send(SKETCH)
    await client.says(VERSION)
