"""Boards on the air as things that come and leave, with bleak unchanged against a fake BlueZ."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from station.faults import LanesFull, ManyNear, NoneNear
from station.links import ble, ble_wiring
from station.links.ble_lanes import LEAVE_S, LINGER_S
from station.links.ble_wiring import boards_on_air
from station.links.on_air import FORGET_S
from station.model import Lamp, Nearby, NearbyHeard
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_air import arduino_peripheral
from station.simulation.bluez import FakeBluez
from tests.fake_air import fake_air
from tests.links.on_the_air import LINE, PATIENCE_S, AirBoard, RadioLine, received, silence


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
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A radio that is gone is noticed soon."""
    monkeypatch.setattr(ble, "QUIET_S", 0.1)
    monkeypatch.setattr(ble_wiring, "LISTEN_AGAIN_S", 0.05)


async def work_on(line: RadioLine, board: AirBoard) -> None:
    """Take a board up and be done with it; it goes on advertising."""
    link = await line.open(board)
    await received(link, len(board.greeting))
    await link.close()


async def test_who_is_near_is_told_with_name_label_and_level(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard(0x21, rssi=-62)
    air.power_on(board.peripheral)
    await line.hears(board.address)
    assert line.heard[0] == NearbyHeard((), 1)
    assert line.heard[-1] == NearbyHeard(
        (Nearby(board.address, "Arduino-2341-025b", "F4:12:FA:65:43:21", -62),), 1
    )
    assert line.changes == []


async def test_the_label_is_what_the_board_tells_not_how_the_system_calls_it(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard(0x21, manufacturer_data={0x09A3: bytes.fromhex("a8032a010203")})
    air.power_on(board.peripheral)
    await line.hears(board.address)
    line.wiring.pick("A8-03-2A-01-02-03")
    (attachment,) = await line.attached()
    assert attachment.ports[0].path == board.address
    assert attachment.ports[0].usb_serial == "A8:03:2A:01:02:03"


async def test_who_stands_still_is_told_once(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard(rssi=-62)
    air.power_on(board.peripheral)
    await line.hears(board.address)
    await line.looked()
    assert len(line.heard) == 2
    board.peripheral.rssi = -40
    await line.until(lambda: line.heard[-1].boards[0].rssi_dbm > -50)


async def test_a_board_that_is_switched_off_is_forgotten(air: FakeBluez, line: RadioLine) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    await line.hears(board.address)
    await silence(air, board)
    line.ahead_s += FORGET_S
    await line.hears()


async def test_a_pick_takes_the_board_off_the_list_and_into_the_lowest_lane(
    air: FakeBluez, line: RadioLine
) -> None:
    one, two = AirBoard(0x21), AirBoard(0x22)
    for board in (one, two):
        air.power_on(board.peripheral)
    await line.hears(one.address, two.address)
    for text, fault in (("65:43", NoneNear), ("6543", NoneNear), ("F412FA654399", NoneNear)):
        with pytest.raises(fault):
            line.wiring.pick(text)
    line.wiring.pick("f412fa654322")
    (attachment,) = await line.attached()
    assert (attachment.where, attachment.ports[0].path) == ("ble-1", two.address)
    await line.hears(one.address)
    assert line.heard[-1].free == 0
    with pytest.raises(LanesFull):
        line.wiring.pick(one.address)
    line.wiring.pick(two.address)  # it has its lane
    assert len(line.picked) == 1


async def test_two_boards_with_the_same_last_digits_are_not_told_apart_by_luck(
    air: FakeBluez, line: RadioLine
) -> None:
    one = AirBoard(0x21)
    two = AirBoard(0x22, manufacturer_data={0x09A3: bytes.fromhex("a8032a014321")})
    for board in (one, two):
        air.power_on(board.peripheral)
    await line.hears(one.address, two.address)
    with pytest.raises(ManyNear):
        line.wiring.pick("4321")
    assert line.changes == []


async def test_boards_that_were_wished_for_are_taken_as_they_come_near(air: FakeBluez) -> None:
    line = RadioLine(2, wishes=("4321", "F4:12:FA:65:43:22"))
    boards = [AirBoard(number) for number in (0x20, 0x22, 0x21)]
    for board in boards[:2]:
        air.power_on(board.peripheral)
    await line.attached(1)
    air.power_on(boards[2].peripheral)
    await line.attached(2)
    assert [each.ports[0].path for each in line.picked] == [boards[1].address, boards[2].address]
    await line.hears(boards[0].address)
    await line.close()


async def test_wishes_beyond_the_lanes_wait_for_one(air: FakeBluez) -> None:
    boards = [AirBoard(number) for number in (0x21, 0x22)]
    line = RadioLine(1, wishes=[board.address for board in boards])
    for board in boards:
        air.power_on(board.peripheral)
    (first,) = await line.attached()
    await line.looked()
    assert len(line.picked) == 1
    link = await line.wiring.open(first.ports[0], LINE)
    await link.close()
    await line.attached(2)
    assert {each.ports[0].path for each in line.picked} == {board.address for board in boards}
    await line.close()


async def test_the_lane_that_ended_first_is_used_again(air: FakeBluez) -> None:
    line = RadioLine(2)
    boards = [AirBoard(number) for number in (0x21, 0x22, 0x23)]
    for board in boards:
        air.power_on(board.peripheral)
        await work_on(line, board) if board is not boards[2] else None
    line.ahead_s += LINGER_S
    await line.hears(boards[2].address)
    assert line.heard[-1].free == 2
    line.wiring.pick(boards[2].address)
    await line.attached(3)
    assert [each.where for each in line.picked] == ["ble-1", "ble-2", "ble-1"]
    assert [each.ports[0].path for each in line.left] == [boards[0].address]
    await line.close()


async def test_a_board_that_was_done_and_fell_silent_leaves(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    board.peripheral.drop()
    await silence(air, board)
    line.ahead_s += 10 * LEAVE_S  # the run goes on: the cloud is asked
    await line.hears()
    assert line.left == []
    await link.close()
    line.ahead_s += LEAVE_S + 1
    await line.until(lambda: line.left)
    assert line.left == line.picked


async def test_a_board_that_was_done_is_begun_anew_when_it_is_picked_again(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    await work_on(line, board)
    await silence(air, board)
    air.power_on(board.peripheral)
    line.ahead_s += 1
    line.wiring.pick(board.address)
    await line.attached(2)
    assert line.left == [line.picked[0]]


async def test_sixteen_boards_at_once(air: FakeBluez) -> None:
    line = RadioLine(16)
    boards = [AirBoard(number, greeting=bytes([number]) * 200) for number in range(16)]
    for board in boards:
        air.power_on(board.peripheral)
    await line.hears(*(board.address for board in boards))
    for board in boards:
        line.wiring.pick(board.address)
    await line.attached(16)

    async def talk(number: int) -> None:
        link = await line.wiring.open(line.picked[number].ports[0], LINE)
        assert b"".join(await received(link, 200)) == boards[number].greeting
        await link.send(bytes([number]) * 300)
        assert b"".join(boards[number].got) == bytes([number]) * 300
        await link.close()

    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*map(talk, range(16)))
    assert {each.where for each in line.picked} == {f"ble-{n}" for n in range(1, 17)}
    await line.close()


@pytest.mark.usefixtures("impatient")
async def test_a_radio_that_is_off_lights_the_lamp_until_it_is_on(
    air: FakeBluez, line: RadioLine
) -> None:
    await line.until(lambda: line.lamps)
    air.set_powered(False)
    await line.until(lambda: len(line.lamps) == 2)
    air.set_powered(True)
    await line.until(lambda: len(line.lamps) == 3)
    assert [lamp.lamp for lamp in line.lamps] == [Lamp.GOOD, Lamp.BAD, Lamp.GOOD]
    trouble = line.lamps[1].trouble
    assert trouble
    assert (trouble.code, line.lamps[1].name) == ("RADIO-OFF", "bluetooth")
    board = AirBoard()
    air.power_on(board.peripheral)
    await work_on(line, board)


@pytest.mark.usefixtures("impatient")
async def test_a_radio_that_is_pulled_out_and_put_back_goes_on(
    air: FakeBluez, line: RadioLine
) -> None:
    board = AirBoard()
    air.power_on(board.peripheral)
    link = await line.open(board)
    air.remove_adapter()
    await line.until(lambda: line.lamps[-1].lamp is Lamp.BAD)
    trouble = line.lamps[-1].trouble
    assert trouble
    assert trouble.code == "RADIO-MISSING"
    await link.close()
    air.add_adapter()
    await line.until(lambda: line.lamps[-1].lamp is Lamp.GOOD)
    again = await line.wiring.open(line.picked[0].ports[0], LINE)
    assert await received(again, 5) == [b"hello"]
    await again.close()


@pytest.mark.usefixtures("impatient")
async def test_a_computer_without_a_bluetooth_service_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    line = RadioLine()
    await line.until(lambda: line.lamps)
    assert (line.lamps[0].lamp, line.lamps[0].name) == (Lamp.BAD, "bluetooth")
    trouble = line.lamps[0].trouble
    assert trouble
    assert trouble.code == "RADIO-MISSING"
    with pytest.raises(NoneNear):
        line.wiring.pick("4321")
    await line.close()


async def test_who_is_on_the_air_is_listed_without_a_line(air: FakeBluez) -> None:
    for number, rssi in ((0x21, -80), (0x22, -40)):
        air.power_on(AirBoard(number, rssi=rssi).peripheral)
    found = await boards_on_air(0.5)
    assert [board.label for board in found] == ["F4:12:FA:65:43:22", "F4:12:FA:65:43:21"]


async def test_the_end_of_watching_ends_the_scan(air: FakeBluez) -> None:
    line = RadioLine()
    await line.until(lambda: line.lamps)
    await line.close()
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert not {name for name in names if name.startswith("bluetooth")}


async def test_a_simulated_board_says_its_first_words(air: FakeBluez, line: RadioLine) -> None:
    arduino = SimulatedArduino(7)
    air.power_on(arduino_peripheral(arduino.bluetooth))
    arduino.power_on()
    label = arduino.identity["ble_mac"]
    await line.hears(label.upper())
    line.wiring.pick(label)
    (attachment,) = await line.attached()
    assert (attachment.ports[0].vid, attachment.ports[0].pid) == (0x2341, 0x1002)
    link = await line.wiring.open(attachment.ports[0], LINE)
    burst = b"".join(await received(link, 9))
    assert burst.startswith(b"\x55\xaa\x02")
    await link.close()
    arduino.power_off()
