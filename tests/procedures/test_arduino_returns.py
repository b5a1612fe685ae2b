"""Arduino units that came back: who they are, what they were in the cloud, what they keep."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlite_utils import Database

from station import procedures
from station.model import Identified, Outcome, Prompted, RunEnded, StepBegan, WifiNetwork
from station.registry import procedures as installed
from station.simulation.arduino_cloud_account import Device
from station.simulation.arduino_unit import NETWORK_CONFIGS, product
from station.simulation.sketches import CLOUD, told
from station.wire import arduino
from tests.arduino_hall import ArduinoHall, open_arduino_hall

PASS = (Outcome.PASS, "")
A_NETWORK = arduino.network(WifiNetwork("factory-net", SecretStr("s3cretpass")))[5:-4]
NETWORK = 'network = "factory"\ngreet_within_s = 0.5'
NANO, PORTENTA = product("Nano 33 IoT"), product("Portenta H7")


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line")
    yield hall
    await hall.close()


def steps(hall: ArduinoHall) -> list[str]:
    return [event.step for event in hall.bystander.of(StepBegan)]


def promised(procedure: str) -> list[str]:
    return [procedures.CONNECT, *installed()[procedure].steps]


def erased(hall: ArduinoHall) -> list[Any]:
    """Return the proofs of erasure in the trail."""
    db = Database(hall.folder / "record.db")
    try:
        rows = db["trail"].rows_where("what = 'erased'", order_by="id")
        return [json.loads(row["data"]) for row in rows]
    finally:
        db.close()


def held(hall: ArduinoHall) -> list[str]:
    db = Database(hall.folder / "record.db")
    try:
        return [row["device_id"] for row in db["claims"].rows_where("released is null")]
    finally:
        db.close()


def there(hall: ArduinoHall) -> list[Device]:
    return [each for each in hall.cloud.account.devices.values() if not each.deleted_at]


async def test_a_unit_is_taken_back_and_shown_to_be_empty(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(1)
    assert outcome(await hall.visit(board)) == PASS
    assert len(there(hall)) == 1
    hall.bystander.said.clear()
    await hall.work_on("arduino_take_back", "greet_within_s = 0.5")
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino_take_back")
    assert not there(hall)
    assert held(hall) == []
    assert NETWORK_CONFIGS not in board.unit.store
    (proof,) = erased(hall)
    assert proof["what"] == ["network", "device id", "certificate"]
    assert "keeps no network" in proof["shown"]
    assert proof["left"] == []


async def test_what_was_taken_back_can_be_taken_back_again_and_provisioned(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(2)
    assert outcome(await hall.visit(board)) == PASS
    await hall.work_on("arduino_take_back", "greet_within_s = 0.5")
    assert outcome(await hall.visit(board)) == PASS
    assert outcome(await hall.visit(board)) == PASS
    await hall.work_on("arduino", NETWORK)
    assert outcome(await hall.visit(board)) == PASS
    (device,) = there(hall)
    assert board.unit.device_id == device.id
    assert held(hall) == [device.id]


async def test_a_board_that_keeps_its_network_is_no_proof(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(3)
    assert outcome(await hall.visit(board)) == PASS
    board.faults = board.faults | {"keeps-network"}
    await hall.work_on("arduino_take_back", "greet_within_s = 0.5")
    assert outcome(await hall.visit(board)) == (Outcome.FAIL, "NOT-ERASED")
    assert erased(hall) == []


@pytest.mark.parametrize("fault", ["lost-reply-delete", "error-after-delete", "lost-reply-unclaim"])
async def test_a_lost_answer_of_a_return_is_found_out(hall: ArduinoHall, fault: str) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(4)
    assert outcome(await hall.visit(board)) == PASS
    hall.cloud.faults = {fault}
    await hall.work_on("arduino_take_back", "greet_within_s = 0.5")
    assert outcome(await hall.visit(board)) == PASS
    assert not there(hall)


@pytest.mark.parametrize("step", ["delete", "release", "erase"])
async def test_a_station_that_stops_in_the_middle_goes_on_at_the_next_visit(
    hall: ArduinoHall, step: str
) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(10)
    assert outcome(await hall.visit(board)) == PASS
    await hall.work_on("arduino_take_back", "greet_within_s = 0.5")
    hall.wiring.plug("usb-1", board)
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == step)
    hall.serving.cancel()
    await asyncio.gather(hall.serving, return_exceptions=True)
    await hall.wiring.pull("usb-1")
    hall.engine = replace(hall.engine)
    hall.serving = asyncio.create_task(hall.engine.serve())
    await hall.work_on("arduino_take_back", "greet_within_s = 0.5")
    assert outcome(await hall.visit(board)) == PASS
    assert not there(hall)
    assert held(hall) == []
    assert erased(hall)[-1]["left"] == []


async def test_a_device_that_is_there_all_the_same_is_told(
    hall: ArduinoHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(11)
    assert outcome(await hall.visit(board)) == PASS
    monkeypatch.setattr(hall.cloud.account, "delete_device", lambda *told, **more: None)
    await hall.work_on("arduino_take_back", "greet_within_s = 0.5")
    ended = await hall.visit(board)
    assert ended.outcome is not Outcome.PASS
    assert ended.trouble
    assert ended.trouble.code == "CLOUD-NONSENSE"
    assert len(there(hall)) == 1


async def test_a_board_of_1_0_is_unclaimed_by_its_usb_serial_number(hall: ArduinoHall) -> None:
    await hall.work_on("arduino_legacy")
    board = hall.board(5, product=NANO, sketch="blank", migrated=True)
    assert outcome(await hall.visit(board)) == PASS
    sketch = told(board.flash)
    hall.bystander.said.clear()
    await hall.work_on("arduino_unclaim")
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino_unclaim")
    assert not there(hall)
    assert held(hall) == []
    assert told(board.flash) == sketch
    assert outcome(await hall.visit(board)) == PASS
    assert erased(hall) == []


async def test_a_unit_that_is_set_up_anew_leaves_no_old_device(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(6)
    assert outcome(await hall.visit(board)) == PASS
    (old,) = there(hall)
    await hall.work_on("arduino", f"{NETWORK}\nagain = true")
    assert outcome(await hall.visit(board)) == PASS
    (new,) = there(hall)
    assert new.id != old.id
    assert board.unit.device_id == new.id
    assert held(hall) == [new.id]


async def test_an_old_device_that_could_not_be_deleted_goes_the_next_time(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(7)
    assert outcome(await hall.visit(board)) == PASS
    hall.cloud.faults = {"delete-refused"}
    await hall.work_on("arduino", f"{NETWORK}\nagain = true")
    assert (await hall.visit(board)).outcome is Outcome.ERROR
    assert len(there(hall)) == 2
    hall.cloud.faults = set()
    assert outcome(await hall.visit(board)) == PASS
    (last,) = there(hall)
    assert board.unit.device_id == last.id


async def test_who_a_board_is_is_read_and_nothing_else(hall: ArduinoHall) -> None:
    await hall.work_on("read_identity")
    board = hall.board(8, sketch=CLOUD, product=PORTENTA)
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("read_identity")
    assert hall.bystander.of(Identified)[-1].identity.serial == board.unit.usb_serial
    assert told(board.flash) == (CLOUD, "0.6.2")
    assert not hall.cloud.account.onboarding.rows


async def test_a_blank_board_is_known_by_what_it_shows(
    hall: ArduinoHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.procedures.read_identity.GREET_S", 0.3)
    await hall.work_on("read_identity")
    board = hall.board(9, sketch="blank", product=PORTENTA)
    assert outcome(await hall.visit(board)) == PASS
    ids = dict(hall.bystander.of(Identified)[-1].identity.ids)
    assert ids == {"usb serial": board.unit.usb_serial}


async def test_a_network_that_was_dropped_is_shown_to_be_gone(hall: ArduinoHall) -> None:
    await hall.work_on("drop_network", 'way = "reset"')
    board = hall.board(12)
    board.unit.store[NETWORK_CONFIGS] = A_NETWORK
    assert outcome(await hall.visit(board)) == PASS
    (proof,) = erased(hall)
    assert (proof["what"][0], proof["left"]) == ("network", [])


@pytest.mark.parametrize("made", ["UNO R4 WiFi", "Portenta H7"])
async def test_what_a_hand_took_off_is_asked_for(hall: ArduinoHall, made: str) -> None:
    await hall.work_on("drop_network", 'way = "hand"')
    board = hall.board(13, product=product(made), sketch=CLOUD)
    board.unit.store[NETWORK_CONFIGS] = A_NETWORK
    visiting = asyncio.create_task(hall.visit(board))
    await hall.bystander.until(lambda event: isinstance(event, Prompted))
    board.press_gesture(4.0)
    assert outcome(await visiting) == PASS
    assert [proof["what"] for proof in erased(hall)] == [["network"]]
