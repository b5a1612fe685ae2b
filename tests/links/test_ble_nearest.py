"""A board that is held to the antenna is picked by itself, and no other; bleak is unchanged."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from station.links import ble_wiring
from station.links.ble_lanes import LEAVE_S, LINGER_S
from station.links.picking import Picking
from station.simulation.bluez import FakeBluez
from tests.fake_air import fake_air
from tests.links.on_the_air import LINE, AirBoard, RadioLine, silence

NEAREST = Picking(nearest=True)


@pytest.fixture
async def air() -> AsyncIterator[FakeBluez]:
    async with fake_air() as bluez:
        yield bluez


@pytest.fixture
async def line(air: FakeBluez) -> AsyncIterator[RadioLine]:
    line = RadioLine()
    yield line
    await line.close()


@pytest.fixture
async def nearest(air: FakeBluez) -> AsyncIterator[RadioLine]:
    line = RadioLine(2, NEAREST)
    yield line
    await line.close()


async def test_a_board_held_to_the_antenna_is_picked_once_until_it_has_left(
    air: FakeBluez, nearest: RadioLine
) -> None:
    board, other = AirBoard(0x21, rssi=-40), AirBoard(0x22, rssi=-70)
    for each in (other, board):
        air.power_on(each.peripheral)
    (attachment,) = await nearest.attached()
    assert attachment.ports[0].path == board.address
    link = await nearest.wiring.open(attachment.ports[0], LINE)
    await link.close()
    # its lane goes to others, and it is still held to the antenna
    for number in (0x31, 0x32):
        await _run_once(air, nearest, AirBoard(number, rssi=-30))
    assert [each.ports[0].path for each in nearest.left] == [board.address]
    await nearest.hears(board.address, other.address)
    before = len(nearest.picked)
    await nearest.looked()
    assert len(nearest.picked) == before
    await silence(air, board)
    nearest.ahead_s += LEAVE_S + 1
    await nearest.hears(other.address)
    air.power_on(board.peripheral)
    await nearest.attached(before + 1)
    assert nearest.picked[-1].ports[0].path == board.address


async def _run_once(air: FakeBluez, line: RadioLine, board: AirBoard) -> None:
    """Have a board picked by its loudness, worked on and switched off."""
    count = len(line.picked)
    air.power_on(board.peripheral)
    port = (await line.attached(count + 1))[-1].ports[0]
    assert port.path == board.address
    link = await line.wiring.open(port, LINE)
    await link.close()
    await silence(air, board)
    line.ahead_s += LINGER_S


async def test_a_lane_that_was_only_just_left_is_kept_from_the_nearest(air: FakeBluez) -> None:
    line = RadioLine(1, NEAREST)
    one, two = AirBoard(0x21, rssi=-40), AirBoard(0x22, rssi=-30)
    air.power_on(one.peripheral)
    (attachment,) = await line.attached()
    link = await line.wiring.open(attachment.ports[0], LINE)
    air.power_on(two.peripheral)
    await line.hears(two.address)
    await link.close()
    closed_s = line.ahead_s
    while len(line.picked) == 1:
        await line.looked(1)
    assert line.left == [attachment]
    assert line.ahead_s - closed_s >= ble_wiring.TELL_EVERY_S
    await line.close()


async def test_two_equally_loud_boards_are_never_picked(air: FakeBluez, nearest: RadioLine) -> None:
    one, two = AirBoard(0x21, rssi=-40), AirBoard(0x22, rssi=-41)
    for board in (one, two):
        air.power_on(board.peripheral)
    await nearest.hears(one.address, two.address)
    await nearest.looked()
    assert nearest.changes == []
    two.peripheral.rssi = -75
    (attachment,) = await nearest.attached()
    assert attachment.ports[0].path == one.address


async def test_nobody_is_picked_by_loudness_where_labels_are_scanned(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard(rssi=-30)
    air.power_on(board.peripheral)
    await line.hears(board.address)
    await line.looked()
    assert line.changes == []
