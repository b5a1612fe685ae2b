"""Every story for Arduino boards, told over simulated boards and a simulated cloud."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from station import procedures
from station.model import (
    Advanced,
    Identified,
    Outcome,
    RunEnded,
    StepBegan,
    StepEnded,
)
from station.registry import procedures as installed
from station.simulation.arduino_unit import NETWORK_CONFIGS, product
from station.simulation.sketches import CLOUD, told
from tests.arduino_hall import ArduinoHall, open_arduino_hall

NETWORK = 'network = "factory"\ngreet_within_s = 0.5'
PASS = (Outcome.PASS, "")


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


def ends(hall: ArduinoHall) -> dict[str, str]:
    return {
        event.step: event.trouble.code if event.trouble else ""
        for event in hall.bystander.of(StepEnded)
    }


async def test_a_board_with_its_sketch_goes_all_the_way(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(1)
    assert outcome(await hall.visit(board)) == PASS
    assert steps(hall) == promised("arduino")
    last = hall.bystander.of(Identified)[-1].identity
    ids = dict(last.ids)
    assert ids["uhwid"] == board.identity["uhwid"]
    (device,) = hall.cloud.account.devices.values()
    assert ids["arduino device"] == device.id
    assert device.name == f"UNO R4 WiFi {board.unit.usb_serial}"
    assert board.unit.device_id == device.id


async def test_a_blank_board_is_flashed_first(hall: ArduinoHall) -> None:
    await hall.work_on("arduino", NETWORK)
    board = hall.board(2, product=product("Portenta H7"), sketch="blank")
    assert outcome(await hall.visit(board)) == PASS
    assert told(board.flash) == ("provisioning", "0.6.2")
    done = [event.done for event in hall.bystander.of(Advanced)]
    assert done == sorted(done)
    assert done[-1] == hall.bystander.of(Advanced)[-1].total > 0
