"""The 2.0 story by radio: picked by its label, told by Bluetooth, with nothing plugged in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlite_utils import Database

from station.model import (
    Appeared,
    Identified,
    Medium,
    NearbyHeard,
    Outcome,
    Prompted,
    RunEnded,
    StepBegan,
    WifiNetwork,
)
from station.simulation.arduino_air import arduino_peripheral
from station.simulation.arduino_unit import NETWORK_CONFIGS
from station.simulation.bluez import FakeBluez
from station.simulation.sketches import CLOUD
from station.wire import arduino
from tests.arduino_hall import ArduinoHall, open_arduino_hall
from tests.fake_air import fake_air

NETWORK = 'network = "factory"'
A_NETWORK = arduino.network(WifiNetwork("factory-net", SecretStr("s3cretpass")))[5:-4]
PASS = (Outcome.PASS, "")


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.fixture
async def air() -> AsyncIterator[FakeBluez]:
    async with fake_air() as bluez:
        yield bluez


@pytest.fixture
async def hall(tmp_path: Path, air: FakeBluez) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line", lanes=4)
    yield hall
    await hall.close()


async def heard(hall: ArduinoHall, count: int) -> NearbyHeard:
    """Wait until so many boards are heard at once."""
    event = await hall.bystander.until(
        lambda each: isinstance(each, NearbyHeard) and len(each.boards) == count
    )
    assert isinstance(event, NearbyHeard)
    return event


async def test_the_board_in_the_hand_is_the_one_that_is_claimed(
    hall: ArduinoHall, air: FakeBluez
) -> None:
    await hall.work_on("arduino", NETWORK)
    mine, other = hall.board(1), hall.board(2)
    for board in (mine, other):
        board.power_on()
        air.power_on(arduino_peripheral(board.bluetooth))
    await heard(hall, 2)
    await hall.engine.pick(mine.identity["ble_mac"])
    assert outcome(await hall.bystander.ended("BLE 1")) == PASS
    assert hall.bystander.of(Appeared)[-1].port.medium is Medium.BLUETOOTH
    last = hall.bystander.of(Identified)[-1].identity
    assert dict(last.ids)["uhwid"] == mine.identity["uhwid"]
    assert mine.unit.device_id in hall.cloud.account.devices
    assert not other.unit.device_id


async def test_several_boards_at_once_each_on_its_lane(hall: ArduinoHall, air: FakeBluez) -> None:
    await hall.work_on("arduino", NETWORK)
    boards = [hall.board(n) for n in range(1, 5)]
    for board in boards:
        board.power_on()
        air.power_on(arduino_peripheral(board.bluetooth))
    await heard(hall, 4)
    for board in boards:
        await hall.engine.pick(board.identity["ble_mac"][-5:])
    ended = [await hall.bystander.ended(f"BLE {n}") for n in range(1, 5)]
    assert [outcome(each) for each in ended] == [PASS] * 4
    assert {board.unit.device_id for board in boards} == set(hall.cloud.account.devices)


async def test_a_board_that_must_be_flashed_is_sent_to_the_cable(
    hall: ArduinoHall, air: FakeBluez
) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(5, "old-sketch")
    board.power_on()
    air.power_on(arduino_peripheral(board.bluetooth))
    await heard(hall, 1)
    await hall.engine.pick(board.identity["ble_mac"])
    assert outcome(await hall.bystander.ended("BLE 1")) == (Outcome.FAIL, "SKETCH-TOO-OLD")


async def test_a_board_whose_link_is_lost_is_let_go_of(hall: ArduinoHall, air: FakeBluez) -> None:
    await hall.work_on("arduino", 'network = "wrong"')
    board = hall.board(6)
    board.power_on()
    peripheral = arduino_peripheral(board.bluetooth)
    air.power_on(peripheral)
    await heard(hall, 1)
    await hall.engine.pick(board.identity["ble_mac"])
    await hall.bystander.until(lambda each: isinstance(each, StepBegan) and each.step == "reset")
    peripheral.drop()
    assert outcome(await hall.bystander.ended("BLE 1")) == (Outcome.ERROR, "AIR-LOST")
    assert all(each.ended_at for each in hall.cloud.account.onboarding.rows.values())


async def test_the_network_of_a_working_board_is_changed_after_its_gesture(
    hall: ArduinoHall, air: FakeBluez
) -> None:
    await hall.work_on("change_network", NETWORK)
    board = hall.board(7, sketch=CLOUD)
    board.power_on()
    air.power_on(arduino_peripheral(board.bluetooth))
    board.press_gesture(4.0)
    await heard(hall, 1)
    await hall.engine.pick(board.identity["ble_mac"])
    assert outcome(await hall.bystander.ended("BLE 1")) == PASS
    assert b"factory-net" in board.unit.store[NETWORK_CONFIGS]


async def test_on_the_air_a_unit_is_taken_back_and_shown_to_be_empty(
    hall: ArduinoHall, air: FakeBluez
) -> None:
    await hall.work_on("arduino_take_back")
    board = hall.board(8)
    board.unit.store[NETWORK_CONFIGS] = A_NETWORK
    board.power_on()
    air.power_on(arduino_peripheral(board.bluetooth))
    await heard(hall, 1)
    await hall.engine.pick(board.identity["ble_mac"])
    assert outcome(await hall.bystander.ended("BLE 1")) == PASS
    assert NETWORK_CONFIGS not in board.unit.store


async def test_what_a_hand_took_off_and_can_not_be_asked_for_is_no_proof(
    hall: ArduinoHall, air: FakeBluez
) -> None:
    await hall.work_on("drop_network", 'way = "hand"')
    board = hall.board(9, sketch=CLOUD)
    board.power_on()
    board.press_gesture(4.0)
    peripheral = arduino_peripheral(board.bluetooth)
    air.power_on(peripheral)
    await heard(hall, 1)
    await hall.engine.pick(board.identity["ble_mac"])
    await hall.bystander.until(lambda each: isinstance(each, Prompted))
    peripheral.drop()
    assert outcome(await hall.bystander.ended("BLE 1")) == PASS
    db = Database(hall.folder / "record.db")
    told = [row["what"] for row in db["trail"].rows_where("what in ('erased', 'not shown')")]
    db.close()
    assert told == ["not shown"]
