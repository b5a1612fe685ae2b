"""Units of ThingsBoard that came back: the device goes, the board forgets, both are shown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from sqlite_utils import Database

from station import registry
from station.model import Outcome, Port, RunEnded, StepBegan
from station.record import LOGIN
from station.simulation.scripted import SimulatedConsole
from tests.provision_hall import ProvisionHall, provision_hall, table_of

STEPS = ["connect", "identify", "check", "release", "erase", "confirm"]
PASS = (Outcome.PASS, "")
KEYS = '[board.keys]\nssid = "ssid"\npassword = "password"\ntoken = "token"\n'
ESP = f'[board]\nkind = "esp_console"\n{KEYS}'
ZEPHYR = f'[board]\nkind = "zephyr_shell"\n{KEYS}'
WITH_CERTIFICATE = ("[board.keys]\n", '[board.keys]\ncertificate = "cert"\n')


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ProvisionHall]:
    async with provision_hall(tmp_path / "line") as opened:
        yield opened


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


def rows(hall: ProvisionHall, table: str, where: str) -> list[dict[str, Any]]:
    db = Database(hall.folder / "record.db")
    try:
        return list(db[table].rows_where(where))
    finally:
        db.close()


def proofs(hall: ProvisionHall) -> list[Any]:
    return [json.loads(row["data"]) for row in rows(hall, "trail", "what = 'erased'")]


async def made(hall: ProvisionHall, board: SimulatedConsole, table: str) -> str:
    """Provision a unit, then work on its return; return its token."""
    await hall.work_on(board=table)
    assert outcome(await hall.run(board)) == PASS
    token = next(value for key, value in board.stored.items() if key.endswith("token"))
    await hall.work_on("provision_take_back", "", board=table)
    return token


@pytest.mark.parametrize(("dialect", "table"), [("esp32", ESP), ("zephyr", ZEPHYR)])
async def test_a_unit_is_taken_back_and_shown_to_be_empty(
    hall: ProvisionHall, dialect: str, table: str
) -> None:
    board = SimulatedConsole(1, dialect=dialect)
    token = await made(hall, board, table)
    ended = await hall.run(board)
    assert outcome(ended) == PASS
    assert hall.steps(ended.run) == STEPS
    assert not hall.cloud.account.devices
    assert board.stored == {}
    (proof,) = proofs(hall)
    assert proof["what"] == ["password", "ssid", "token"]
    assert proof["left"] == []
    assert proof["shown"]
    assert not rows(hall, "claims", "released is null")
    assert not rows(hall, "keepsakes", f"ended is null and what = '{LOGIN}'")
    assert token.encode() not in hall.written()


@pytest.mark.parametrize(("dialect", "table"), [("esp32", ESP), ("zephyr", ZEPHYR)])
async def test_every_piece_of_a_certificate_goes(
    hall: ProvisionHall, dialect: str, table: str
) -> None:
    board = SimulatedConsole(1, dialect=dialect)
    cast(dict[str, str], board.stored).update(
        {"prov/cert": "9", **{f"prov/cert.{n}": "MII" for n in range(9)}}
    )
    await hall.work_on("provision_take_back", "", board=table.replace(*WITH_CERTIFICATE))
    assert outcome(await hall.run(board)) == PASS
    assert board.stored == {}
    assert "certificate" in proofs(hall)[0]["what"]


async def test_it_can_be_taken_back_twice_and_provisioned_anew(hall: ProvisionHall) -> None:
    board = SimulatedConsole(1)
    first = await made(hall, board, ESP)
    assert outcome(await hall.run(board)) == PASS
    assert outcome(await hall.run(board)) == PASS
    await hall.work_on(board=ESP)
    assert outcome(await hall.run(board)) == PASS
    assert board.stored["prov/token"] != first
    assert len(hall.cloud.account.devices) == 1


async def test_a_board_that_keeps_its_token_is_no_proof(hall: ProvisionHall) -> None:
    board = SimulatedConsole(1, faults=["never-erases"])
    await made(hall, board, ESP)
    ended = await hall.run(board)
    assert outcome(ended) == (Outcome.FAIL, "NOT-ERASED")
    assert proofs(hall) == []
    assert not hall.cloud.account.devices
    assert board.stored["prov/token"].encode() not in hall.written() + repr(ended).encode()


async def test_a_board_without_words_for_it_is_let_go_of_without_a_proof(
    hall: ProvisionHall,
) -> None:
    board = SimulatedConsole(1)
    await made(hall, board, table_of("ssid", "password", "token"))
    assert outcome(await hall.run(board)) == PASS
    assert not hall.cloud.account.devices
    assert proofs(hall) == []
    assert board.stored["prov/token"]


async def test_a_device_that_is_kept_is_locked_and_can_be_provisioned_anew(
    hall: ProvisionHall,
) -> None:
    board = SimulatedConsole(1)
    token = await made(hall, board, ESP)
    await hall.work_on("provision_take_back", "keep_device = true", board=ESP)
    assert outcome(await hall.run(board)) == PASS
    (device,) = hall.cloud.account.devices.values()
    assert device.credentials.lookup != token
    assert not rows(hall, "keepsakes", "ended is null")
    await hall.work_on(options='network = "factory"\nagain = true', board=ESP)
    assert outcome(await hall.run(board)) == PASS
    assert device.credentials.lookup == board.stored["prov/token"]


@pytest.mark.parametrize("fault", ["lost-reply-delete", "error-after-delete"])
async def test_a_lost_answer_costs_nothing(hall: ProvisionHall, fault: str) -> None:
    board = SimulatedConsole(1)
    await made(hall, board, ESP)
    hall.cloud.faults = [fault]
    assert outcome(await hall.run(board)) == PASS
    assert not hall.cloud.account.devices


@pytest.mark.parametrize("fault", ["lost-reply-credentials", "error-after-credentials"])
async def test_a_lost_answer_leaves_one_lock(hall: ProvisionHall, fault: str) -> None:
    board = SimulatedConsole(1)
    token = await made(hall, board, ESP)
    await hall.work_on("provision_take_back", "keep_device = true", board=ESP)
    hall.cloud.faults = [fault]
    assert outcome(await hall.run(board)) == PASS
    (device,) = hall.cloud.account.devices.values()
    assert device.credentials.lookup != token


@pytest.mark.parametrize("step", ["release", "erase", "confirm"])
async def test_a_station_that_stops_in_the_middle_goes_on_at_the_next_visit(
    hall: ProvisionHall, step: str
) -> None:
    board = SimulatedConsole(1)
    token = await made(hall, board, ESP)
    hall.wiring.put(board, Port("/memory/usb-1", 0x10C4, 0xEA60, "0001", "usb-1", 0, "CP2102"))
    await hall.bystander.until(lambda e: isinstance(e, StepBegan) and e.step == step)
    hall.serving.cancel()
    await asyncio.gather(hall.serving, return_exceptions=True)
    await hall.wiring.pull("usb-1")
    hall.engine = replace(hall.engine)
    hall.serving = asyncio.create_task(hall.engine.serve())
    await hall.work_on("provision_take_back", "", board=ESP)
    assert outcome(await hall.run(board)) == PASS
    assert not hall.cloud.account.devices
    assert board.stored == {}
    assert token.encode() not in hall.written()
    assert not rows(hall, "intents", "ended is null")


@pytest.mark.parametrize(("knows", "expected"), [(3, PASS), (99, (Outcome.FAIL, "STILL-ADMITTED"))])
async def test_a_server_that_knows_the_old_login_is_asked_a_few_times(
    hall: ProvisionHall, monkeypatch: pytest.MonkeyPatch, knows: int, expected: object
) -> None:
    board = SimulatedConsole(1)
    await made(hall, board, ESP)
    asked = 0

    async def admits(door: object, login: object) -> bool:
        nonlocal asked
        asked += 1
        return asked <= knows

    monkeypatch.setattr("station.procedures.provision_take_back.LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(registry.clouds()["thingsboard"], "admits", admits)
    assert outcome(await hall.run(board)) == expected
    assert not hall.cloud.account.devices
