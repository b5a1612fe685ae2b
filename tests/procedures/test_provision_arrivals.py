"""Units that come to their cloud by themselves: with the product's key, or with a key of their own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from station.model import Outcome
from station.simulation.scripted import SimulatedConsole
from station.simulation.thingsboard import KNOWN
from station.simulation.thingsboard_nouns import Device
from tests.provision_hall import ProvisionHall, provision_hall, table_of

STEPS = ["connect", "identify", "check", "register", "write", "arrive", "finish"]
BOARD = table_of("ssid", "password", "name", "provision_key", "provision_secret")
OPTIONS = 'network = "factory"\narrive_within_s = 10'
KNOWN_CLOUD = f'strategy = "pre-provisioned"\nprofile = "{KNOWN}"'


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ProvisionHall]:
    async with provision_hall(tmp_path / "line") as opened:
        yield opened


def found(hall: ProvisionHall) -> dict[str, Device]:
    return {each.name: each for each in hall.cloud.account.devices.values()}


async def come(hall: ProvisionHall, board: SimulatedConsole) -> None:
    """Provision and report as its firmware would, once it was given all and was restarted."""
    before = dict(board.stored)
    # a console tells nobody what it keeps
    while board.stored == before or "prov/provision_secret" not in board.stored:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    asked = {
        "deviceName": board.stored["prov/name"],
        "provisionDeviceKey": board.stored["prov/provision_key"],
        "provisionDeviceSecret": board.stored["prov/provision_secret"],
    }
    hall.cloud.account.provision(json.dumps(asked).encode())
    hall.cloud.account.heard(found(hall)[asked["deviceName"]])


def use_known_profile(hall: ProvisionHall) -> None:
    known = hall.cloud.known
    hall.keystore["thingsboard-provision-key"] = SecretStr(known.key or "")
    hall.keystore["thingsboard-provision-secret"] = SecretStr(known.secret or "")


@pytest.mark.parametrize("known", [False, True])
async def test_a_unit_provisions_itself_while_the_station_watches(
    hall: ProvisionHall, known: bool
) -> None:
    if known:
        use_known_profile(hall)
    await hall.work_on("provision_self", OPTIONS, board=BOARD, cloud=KNOWN_CLOUD if known else "")
    board = SimulatedConsole(1)
    life = asyncio.create_task(come(hall, board))
    ended = await hall.run(board)
    await life
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert hall.steps(ended.run) == STEPS
    name = board.identity["serial"]
    assert hall.claims == [(name, False)]
    assert found(hall)[name].attributes["SERVER_SCOPE"]["provisionState"] == "provisioned"
    again = await hall.run(board)
    assert (again.outcome, again.trouble) == (Outcome.PASS, None)
    assert hall.claims[-1] == (name, True)


@pytest.mark.parametrize("known", [False, True])
async def test_a_returned_unit_comes_anew(hall: ProvisionHall, known: bool) -> None:
    if known:
        use_known_profile(hall)
    cloud = KNOWN_CLOUD if known else ""
    board = SimulatedConsole(1)
    for options in (OPTIONS, f"{OPTIONS}\nagain = true"):
        await hall.work_on("provision_self", options, board=BOARD, cloud=cloud)
        board.stored.pop("prov/provision_secret", None)  # type: ignore[attr-defined]
        life = asyncio.create_task(come(hall, board))
        ended = await hall.run(board)
        await life
        assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
    assert list(found(hall)) == [board.identity["serial"]]
    assert hall.claims[-1] == (board.identity["serial"], False)


async def test_a_unit_that_stays_away_is_named_and_taken_as_it_is_when_it_has_come_since(
    hall: ProvisionHall,
) -> None:
    await hall.work_on("provision_self", 'network = "factory"\narrive_within_s = 0.5', board=BOARD)
    board = SimulatedConsole(1)
    ended = await hall.run(board)
    assert ended.outcome is Outcome.FAIL
    assert ended.trouble is not None
    assert ended.trouble.code == "NEVER-CAME"
    before = board.stored.pop("prov/name")  # type: ignore[attr-defined]
    life = asyncio.create_task(come(hall, board))
    await asyncio.sleep(0)
    board.stored["prov/name"] = before  # type: ignore[index]
    await life
    ended = await hall.run(board)
    assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)


@pytest.mark.parametrize(
    ("state", "code"), [(True, "PROVISIONED-ALREADY"), (False, "DEVICE-EXISTS")]
)
async def test_a_device_that_the_station_has_not_sent_is_told(
    hall: ProvisionHall, state: bool, code: str
) -> None:
    board = SimulatedConsole(1)
    asked = {
        "deviceName": board.identity["serial"],
        "provisionDeviceKey": hall.cloud.provision_key,
        "provisionDeviceSecret": hall.cloud.provision_secret,
    }
    hall.cloud.account.provision(json.dumps(asked).encode())
    if not state:
        del found(hall)[board.identity["serial"]].attributes["SERVER_SCOPE"]["provisionState"]
    await hall.work_on("provision_self", OPTIONS, board=BOARD)
    ended = await hall.run(board)
    assert ended.trouble is not None
    assert ended.trouble.code == code
    assert dict(board.stored) == {}


async def test_watching_needs_an_engineers_key(hall: ProvisionHall) -> None:
    await hall.work_on("provision_self", OPTIONS, board=BOARD, cloud='sign_in = "none"')
    ended = await hall.run(SimulatedConsole(1))
    assert ended.trouble is not None
    assert ended.trouble.code == "ADMIN-KEY-MISSING"
