"""Whole flows against the simulated Arduino Cloud, which was written from the facts by somebody else."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from station.clouds import KeepsDevices, OnboardsBoards
from station.clouds.arduino_cloud import ArduinoCloud
from station.faults import CloudFault, Fault
from station.model import Connection, Support
from station.simulation.arduino_cloud import SimulatedArduinoCloud
from tests.clouds.arduino_scene import CLIENT_SECRET, OPTA, R4, Board, client, server, unit

CLAIM = "/provisioning/v1/onboarding/claim"
REGISTER = "/provisioning/v1/boards/register"
LIST = "/provisioning/v1/onboarding"
TOKEN = "/iot/v1/clients/token"
WIFI = Connection.WIFI


@pytest.fixture
async def there() -> AsyncIterator[SimulatedArduinoCloud]:
    async with server() as there:
        yield there


@pytest.fixture
async def cloud(there: SimulatedArduinoCloud) -> AsyncIterator[ArduinoCloud]:
    cloud = client(there.address)
    yield cloud
    await cloud.close()


def known(there: SimulatedArduinoCloud, number: int = 1) -> Board:
    board = Board(number)
    there.account.know_board(board.uhwid, board.pem, R4)
    return board


async def test_it_keeps_both_doors(cloud: ArduinoCloud) -> None:
    assert isinstance(cloud, OnboardsBoards)
    assert isinstance(cloud, KeepsDevices)


async def test_a_board_is_claimed_comes_and_is_let_go(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud
) -> None:
    board = known(there)
    await cloud.prepare()
    await cloud.check(board.proof())
    assert await cloud.held(board.uhwid) is None
    claim = await cloud.enrol(board.proof(), unit(), WIFI, "Unit 1")
    assert there.asked("POST", REGISTER) == 0
    row = there.account.onboarding.rows[claim.device_id]
    assert (row.device_name, row.connection_type, row.ble_mac) == (
        "Unit 1",
        "wifi",
        "F4:12:FA:65:43:21",
    )
    held = await cloud.held(board.uhwid)
    assert held is not None
    assert (held.device_id, held.already) == (claim.device_id, True)
    assert await cloud.claim(board.proof()) == held
    device = there.account.arrive(board.uhwid)
    assert await cloud.device_of(board.uhwid, 5) == device
    assert await cloud.release(board.uhwid)
    assert not await cloud.release(board.uhwid)
    assert await cloud.has_device(device)
    assert await cloud.held(board.uhwid) is None


@pytest.mark.parametrize("fault", [None, "unknown-as-2", "unknown-as-15"])
async def test_a_board_that_is_not_known_is_registered_once(
    cloud: ArduinoCloud, there: SimulatedArduinoCloud, fault: str | None
) -> None:
    there.faults = frozenset({fault} if fault else ())
    board = Board()
    await cloud.enrol(board.proof(), unit(OPTA, 0x0264, 0x35D1), WIFI, "Opta")
    assert (there.asked("POST", CLAIM), there.asked("POST", REGISTER)) == (2, 1)
    kept = there.account.onboarding.boards[board.uhwid]
    assert (kept.fqbn, kept.serial) == (OPTA, "F412FA")
