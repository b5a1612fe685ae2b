"""What may happen at the edges of Arduino's stories: stops, swaps, and recipes that promise too much."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlite_utils import Database

from station.clouds.arduino_cloud import ArduinoCloud
from station.faults import ReplyLost
from station.flash import Target, Told
from station.model import (
    Image,
    Outcome,
    Prompted,
    Refused,
    RunEnded,
    StepBegan,
    StepEnded,
    Tool,
)
from station.procedures.arduino_steps import GREET_FRESH_S
from station.run import Run
from station.simulation.arduino_unit import product
from station.simulation.sketches import CLOUD
from tests.arduino_hall import ArduinoHall, open_arduino_hall

NETWORK = 'network = "factory"\ngreet_within_s = 0.5'
PASS = (Outcome.PASS, "")
PORTENTA, NANO, WAN = map(product, ("Portenta H7", "Nano 33 IoT", "MKR WAN 1310"))
CLAIM = "/provisioning/v1/onboarding/claim"


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[ArduinoHall]:
    hall = await open_arduino_hall(tmp_path / "line")
    yield hall
    await hall.close()


def rows(hall: ArduinoHall, table: str, where: str) -> list[dict[str, object]]:
    db = Database(hall.folder / "record.db")
    try:
        return list(db[table].rows_where(where))
    finally:
        db.close()


@dataclass
class Endless:
    """A `Flasher` that writes until it is stopped; `ends` says how each writing ended."""

    tool: ClassVar[Tool] = Tool.DFU_UTIL
    writes: asyncio.Event = field(default_factory=asyncio.Event)
    ends: list[str] = field(default_factory=list)

    async def version(self) -> str:
        return "endless"

    async def write(self, target: Target, image: Image, told: Told) -> None:
        self.writes.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ends.append("stopped")


async def test_a_recipe_that_would_take_the_certificate_away_again_is_refused(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("arduino", f'{NETWORK}\nremove_network = {{ way = "reset" }}')
    (refused,) = hall.bystander.of(Refused)
    assert refused.trouble.code == "RECIPE-WRONG"
    assert "certificate" in refused.trouble.detail


@pytest.mark.parametrize(
    ("more", "board", "expected"),
    [
        (
            f'application = {{ file = "absent.bin", sha256 = "{"0" * 64}" }}',
            "",
            (Outcome.ERROR, "IMAGE-MISSING"),
        ),
        (
            'remove_network = { way = "hand" }',
            'gesture_pin = "none"',
            (Outcome.FAIL, "HAND-NEEDED"),
        ),
    ],
)
async def test_what_can_not_be_done_at_the_end_is_told_before_the_claim(
    hall: ArduinoHall, more: str, board: str, expected: tuple[Outcome, str]
) -> None:
    await hall.work_on("arduino", f"{NETWORK}\n{more}", board=board)
    assert outcome(await hall.visit(hall.board(1))) == expected
    assert hall.cloud.asked("POST", CLAIM) == 0


async def test_a_device_is_not_deleted_for_a_migration_that_can_not_be(hall: ArduinoHall) -> None:
    await hall.work_on("arduino_legacy")
    board = hall.board(2, product=NANO, sketch="blank", migrated=True)
    assert outcome(await hall.visit(board)) == PASS
    await hall.work_on("arduino_migrate", NETWORK)
    assert outcome(await hall.visit(board)) == (Outcome.FAIL, "NOT-CLAIMABLE")
    await hall.work_on("arduino_prepare", "greet_within_s = 0.5")
    assert outcome(await hall.visit(board)) == (Outcome.FAIL, "NOT-CLAIMABLE")
    hall.cloud.faults = {"all-v2"}
    await hall.work_on("arduino_migrate", 'network = "attic"')
    assert outcome(await hall.visit(board)) == (Outcome.ERROR, "NETWORK-MISSING")
    (device,) = hall.cloud.account.devices.values()
    assert device.deleted_at is None


async def test_a_flash_that_is_stopped_is_over_and_does_not_begin_anew(hall: ArduinoHall) -> None:
    tool = Endless()
    hall.flashers.append(tool)
    await hall.work_on("arduino", NETWORK)
    hall.wiring.plug("usb-1", hall.board(3, product=PORTENTA, sketch="blank"))
    async with asyncio.timeout(20):
        await tool.writes.wait()
    await hall.engine.abort("1")
    ended = await hall.bystander.ended()
    assert outcome(ended) == (Outcome.ABORTED, "STOPPED")
    assert tool.ends == ["stopped"]
    assert not rows(hall, "intents", "ended is null")


async def test_a_flash_that_is_out_of_time_is_over(hall: ArduinoHall) -> None:
    tool = Endless()
    hall.flashers.append(tool)
    await hall.work_on("arduino", NETWORK, limits="sketch = 2")
    hall.wiring.plug("usb-1", hall.board(3, product=PORTENTA, sketch="blank"))
    ended = await hall.bystander.ended()
    assert outcome(ended) == (Outcome.TIMEOUT, "TOO-SLOW")
    assert tool.ends == ["stopped"]


async def test_a_board_that_takes_anothers_place_does_not_inherit_its_run(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("drop_network", 'way = "hand"')
    hall.wiring.plug("usb-1", hall.board(4, product=PORTENTA, sketch=CLOUD))
    await hall.bystander.until(lambda event: isinstance(event, Prompted))
    await hall.wiring.pull("usb-1")
    hall.wiring.plug("usb-1", hall.board(5, product=PORTENTA, sketch=CLOUD))
    ended = await hall.bystander.ended()
    assert outcome(ended) == (Outcome.ERROR, "LINK-LOST")
    assert ended.trouble
    assert "another board" in ended.trouble.detail


async def test_an_operator_who_stops_at_the_claim_leaves_none(
    hall: ArduinoHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, told = asyncio.Event(), asyncio.Event()
    enrol = ArduinoCloud.enrol

    async def late(*of: Any) -> Any:
        claim = await enrol(*of)
        made.set()
        await told.wait()
        return claim

    monkeypatch.setattr(ArduinoCloud, "enrol", late)
    await hall.work_on("arduino", NETWORK)
    hall.wiring.plug("usb-1", hall.board(6))
    async with asyncio.timeout(20):
        await made.wait()
    await hall.engine.abort("1")
    told.set()
    assert outcome(await hall.bystander.ended()) == (Outcome.ABORTED, "STOPPED")
    (onboarding,) = hall.cloud.account.onboarding.rows.values()
    assert onboarding.ended_at
    assert not rows(hall, "claims", "released is null")


async def test_an_operator_who_stops_after_the_board_has_come_leaves_the_device(
    hall: ArduinoHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    became, kept = Run.became, asyncio.Event()

    async def slow(*of: Any) -> None:
        await became(*of)
        kept.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(Run, "became", slow)
    await hall.work_on("arduino", NETWORK)
    hall.wiring.plug("usb-1", hall.board(6))
    async with asyncio.timeout(20):
        await kept.wait()
    await hall.engine.abort("1")
    assert outcome(await hall.bystander.ended()) == (Outcome.ABORTED, "STOPPED")
    (device,) = hall.cloud.account.devices
    assert [each["device_id"] for each in rows(hall, "claims", "released is null")] == [device]


async def test_keys_that_would_be_written_nowhere_are_not_made(hall: ArduinoHall) -> None:
    await hall.work_on("arduino_lora", 'frequency_plan = "EU_863_870_TTN"')
    (refused,) = hall.bystander.of(Refused)
    assert refused.trouble.code == "RECIPE-WRONG"
    assert "secrets_folder" in refused.trouble.detail


@pytest.mark.parametrize("name", ["{serial:d}", "{serial!x}", "{serial:{mac}}"])
async def test_a_name_that_can_not_be_made_is_refused(hall: ArduinoHall, name: str) -> None:
    await hall.work_on("arduino", f'{NETWORK}\nname = "{name}"')
    (refused,) = hall.bystander.of(Refused)
    assert refused.trouble.code == "RECIPE-WRONG"


async def test_a_board_without_the_sketch_is_told_so_and_not_that_it_is_slow(
    hall: ArduinoHall,
) -> None:
    await hall.work_on("change_network", 'network = "factory"')
    await hall.visit(hall.board(7, sketch=CLOUD))
    (greeting,) = [each for each in hall.bystander.of(StepBegan) if each.step == "identify"]
    assert greeting.within_s > GREET_FRESH_S + 20


async def test_every_look_at_the_cloud_belongs_to_a_step(
    hall: ArduinoHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*of: Any) -> tuple[str, ...]:
        raise ReplyLost

    monkeypatch.setattr(ArduinoCloud, "devices", lost)
    await hall.work_on("arduino_legacy")
    assert outcome(await hall.visit(hall.board(8, product=NANO, sketch="blank"))) == (
        Outcome.ERROR,
        "REPLY-LOST",
    )
    ends = {each.step: each.outcome for each in hall.bystander.of(StepEnded)}
    assert ends["device"] is Outcome.ERROR
