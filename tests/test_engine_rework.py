"""A returned unit at the bench: from "what is this?" to "shipped again", or to the bin."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from station.model import (
    Amended,
    Appeared,
    Approval,
    Credentials,
    Identified,
    NewUnit,
    Outcome,
    Override,
    Refused,
    RepairCode,
    RepairCodes,
    ReworkOrder,
    RunBegan,
    RunEnded,
    StepBegan,
)
from station.registry import READ_IDENTITY
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from tests.arduino_hall import open_arduino_hall
from tests.by_hand import Hall, open_hall

RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "claim"
[board]
kind = "nrf91"
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
timeout_s = 1.5
[rework.take_back]
procedure = "take_back"
title = "Erase and unclaim"
limits.confirm = 20
"""
QUICK = Timing(poll_s=0.2)
PASS = (Outcome.PASS, "")
ANN, BEN = Credentials("Ann"), Credentials("Ben")
WHY = Approval("the customer is waiting", BEN)
CODES = RepairCodes(
    (RepairCode("R1", "returned"),),
    (RepairCode("F1", "no radio"),),
    (RepairCode("A1", "erased"), RepairCode("A2", "provisioned")),
    1,
)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    hall = await open_hall(tmp_path / "line", text=RECIPE)
    hall.engine._workshop.codes = CODES
    yield hall
    await hall.close()


def board(hall: Hall, number: int = 1) -> SimulatedNrf91:
    return SimulatedNrf91(number, dialect="at-shell", timing=QUICK, air=hall.cloud.air)


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


def refused(hall: Hall) -> list[str]:
    return [each.trouble.code for each in hall.bystander.of(Refused)]


def rows(hall: Hall, sql: str, *values: Any) -> list[dict[str, Any]]:
    db = Database(hall.record.path)
    try:
        return list(db.query(sql, values))
    finally:
        db.close()


async def made(hall: Hall, number: int = 1) -> tuple[SimulatedNrf91, int]:
    """Make a unit on the line, go to the bench; return the unit and its number."""
    unit = board(hall, number)
    await hall.engine.sign_in(ANN, hall.recipe, None)
    ended = await hall.run(unit)
    assert outcome(ended) == PASS
    await hall.wiring.pull("usb-1")
    await hall.engine.sign_in(ANN, None, None)
    (found,) = rows(hall, "select unit from runs where id = ?", ended.run)
    return unit, found["unit"]


async def put(hall: Hall, unit: SimulatedNrf91) -> None:
    before = len(hall.bystander.of(Appeared))
    hall.wiring.plug("usb-1", unit)
    await hall.bystander.until(lambda event: isinstance(event, Appeared), before + 1)


async def rework(hall: Hall, key: str, unit: int | None, **more: Any) -> RunEnded:
    before = len(hall.bystander.of(RunEnded))
    await hall.engine.rework(ReworkOrder("1", hall.recipe, key, unit, **more))
    ended = await hall.bystander.until(lambda event: isinstance(event, RunEnded), before + 1)
    assert isinstance(ended, RunEnded)
    return ended


async def test_a_unit_goes_from_what_is_this_to_shipped_again(hall: Hall) -> None:
    made_before, number = await made(hall)
    await put(hall, made_before)
    assert outcome(await rework(hall, READ_IDENTITY, None)) == PASS
    assert hall.bystander.of(Identified)[-1].seen_before == 1
    await hall.engine.open_case(number, "R1", "F1")
    ended = await rework(hall, "take_back", number)
    assert outcome(ended) == PASS
    assert made_before.identity["uuid"] not in hall.cloud.account.claimed
    assert outcome(await rework(hall, "", number, again=True, approval=WHY)) == PASS
    assert made_before.identity["uuid"] in hall.cloud.account.claimed
    await hall.engine.close_case(number, ("A1", "A2"))
    assert refused(hall) == []
    told = [(each.unit, each.what) for each in hall.bystander.of(Amended)]
    assert told == [(number, "case opened"), (number, "case closed")]
    runs = rows(hall, "select recipe, procedure, repair, outcome from runs order by id")
    assert [(row["recipe"], row["repair"]) for row in runs] == [
        ("Tracker", None),
        ("Tracker: Read identity", None),
        ("Tracker: Erase and unclaim", 1),
        ("Tracker", 1),
    ]
    (proof,) = rows(hall, "select data from trail where what = 'erased' and run = ?", ended.run)
    assert json.loads(proof["data"])["left"] == []
    (case,) = rows(hall, "select reason, fault, end, actions from cases")
    assert case == {"reason": "R1", "fault": "F1", "end": "shipped", "actions": '["A1", "A2"]'}
    (again,) = rows(hall, "select what, reason from overrides")
    assert again == {"what": Override.AGAIN, "reason": WHY.reason}


async def test_nothing_is_done_to_another_unit_than_the_one_that_is_meant(hall: Hall) -> None:
    _, number = await made(hall, 1)
    other, _ = await made(hall, 2)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, other)
    hall.bystander.said.clear()
    assert outcome(await rework(hall, "take_back", number)) == (Outcome.FAIL, "OTHER-UNIT")
    assert [each.step for each in hall.bystander.of(StepBegan)] == ["connect", "identify"]
    assert other.identity["uuid"] in hall.cloud.account.claimed


async def test_without_a_case_nothing_but_its_identity_is_asked_for(hall: Hall) -> None:
    unit, number = await made(hall)
    await put(hall, unit)
    before = len(hall.bystander.of(RunBegan))
    for meant in (number, None):
        await hall.engine.rework(ReworkOrder("1", hall.recipe, "take_back", meant))
    assert refused(hall) == ["NO-CASE", "NO-CASE"]
    assert len(hall.bystander.of(RunBegan)) == before
    assert outcome(await rework(hall, READ_IDENTITY, number)) == PASS


async def test_provision_again_takes_a_second_person(hall: Hall) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    await hall.engine.rework(ReworkOrder("1", hall.recipe, "", number, again=True))
    assert refused(hall) == ["SECOND-NEEDED"]


async def test_what_a_second_person_stood_for_is_done_once(hall: Hall) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    assert outcome(await rework(hall, "", number, again=True, approval=WHY)) == PASS
    before = len(hall.bystander.of(RunBegan))
    await hall.engine.retry("1")
    assert outcome(await rework(hall, READ_IDENTITY, number)) == PASS
    assert len(hall.bystander.of(RunBegan)) == before + 1
    assert len(rows(hall, "select * from overrides")) == 1


async def test_an_action_that_the_recipe_does_not_have_is_refused(hall: Hall) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await put(hall, unit)
    await hall.engine.rework(ReworkOrder("1", hall.recipe, "fly", number))
    assert refused(hall) == ["ACTION-MISSING"]


async def test_beyond_the_limit_it_takes_an_engineer(hall: Hall) -> None:
    _, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await hall.engine.close_case(number, ("A1",))
    await hall.engine.open_case(number, "R1", "")
    assert refused(hall) == ["REWORK-LIMIT"]
    await hall.engine.open_case(number, "R1", "", WHY)
    assert refused(hall) == ["REWORK-LIMIT"]
    assert rows(hall, "select what from overrides") == [{"what": Override.BEYOND}]


async def test_only_the_factorys_own_codes_are_taken(hall: Hall) -> None:
    _, number = await made(hall)
    await hall.engine.open_case(number, "R9", "")
    await hall.engine.open_case(number, "R1", "F9")
    await hall.engine.open_case(number, "", "")
    await hall.engine.open_case(number, "R1", "")
    await hall.engine.close_case(number, ("A1", "A9"))
    await hall.engine.close_case(number, ())
    codes = ["CODE-UNKNOWN", "CODE-UNKNOWN", "WORDS-MISSING", "CODE-UNKNOWN", "WORDS-MISSING"]
    assert refused(hall) == codes


async def test_a_scrapped_unit_stops_before_anything_is_done_to_it(hall: Hall) -> None:
    unit, number = await made(hall)
    await hall.engine.open_case(number, "R1", "")
    await hall.engine.scrap(number, WHY)
    assert hall.bystander.of(Amended)[-1].what == "scrapped, still claimed"
    await put(hall, unit)
    await hall.engine.rework(ReworkOrder("1", hall.recipe, "take_back", number))
    assert refused(hall) == ["UNIT-SCRAPPED"]
    hall.bystander.said.clear()
    await hall.engine.sign_in(ANN, hall.recipe, None)
    assert outcome(await hall.bystander.ended()) == (Outcome.FAIL, "UNIT-SCRAPPED")
    assert [each.step for each in hall.bystander.of(StepBegan)] == ["connect", "identify"]
    assert hall.cloud.account.claims_made[unit.identity["uuid"]] == 1


async def test_a_unit_that_nobody_knows_is_adopted_and_worked_on(hall: Hall) -> None:
    unit = board(hall, 7)
    await hall.engine.sign_in(ANN, None, None)
    imei = unit.identity["imei"]
    await hall.engine.adopt(NewUnit("nrf91", imei, (), "it came without papers"))
    (adopted,) = hall.bystander.of(Amended)
    assert (adopted.serial, adopted.what) == (imei, "adopted")
    await hall.engine.adopt(NewUnit("nrf91", imei, (), "once more"))
    assert refused(hall) == ["UNIT-KNOWN"]
    await hall.engine.write_note(adopted.unit, "the lid is gone")
    await hall.engine.open_case(adopted.unit, "R1", "")
    await put(hall, unit)
    assert outcome(await rework(hall, "", adopted.unit)) == PASS
    assert len(rows(hall, "select id from units")) == 1
    texts = [row["text"] for row in rows(hall, "select text from notes order by id")]
    assert texts == ["it came without papers", "the lid is gone"]


async def test_a_check_is_let_pass_once_and_that_is_written_down(tmp_path: Path) -> None:
    hall = await open_arduino_hall(tmp_path / "line")
    try:
        await hall.work_on("arduino", 'network = "factory"\ngreet_within_s = 0.5')
        hall.wiring.plug("usb-1", hall.board(1, "old-wifi-firmware"))
        ended = await hall.bystander.ended()
        assert outcome(ended) == (Outcome.FAIL, "RADIO-FIRMWARE-OLD")
        assert ended.trouble
        assert ended.trouble.skippable
        await hall.engine.retry("1", Override.SKIP, WHY)
        assert outcome(await hall.bystander.ended(count=2)) == PASS
        await hall.engine.retry("1")
        assert outcome(await hall.bystander.ended(count=3)) == (Outcome.FAIL, "RADIO-FIRMWARE-OLD")
    finally:
        await hall.close()
    db = Database(tmp_path / "line" / "record.db")
    (override,) = db.query("select what, code, run from overrides")
    (skipped,) = db.query("select run, data from trail where what = 'check skipped'")
    db.close()
    assert (override["what"], override["code"]) == (Override.SKIP, "RADIO-FIRMWARE-OLD")
    assert skipped["run"] == override["run"]


async def test_a_check_is_let_pass_in_a_rework_too(tmp_path: Path) -> None:
    hall = await open_arduino_hall(tmp_path / "line")
    try:
        hall.engine._workshop.codes = CODES
        options = 'network = "factory"\ngreet_within_s = 0.5'
        await hall.work_on("arduino", options)
        unit = hall.board(1)
        assert outcome(await hall.visit(unit)) == PASS
        await hall.engine.sign_in(ANN, None, None)
        await hall.engine.open_case(1, "R1", "")
        unit.faults = unit.faults | {"old-wifi-firmware"}
        before = len(hall.bystander.of(Appeared))
        hall.wiring.plug("usb-1", unit)
        await hall.bystander.until(lambda event: isinstance(event, Appeared), before + 1)
        await hall.engine.rework(ReworkOrder("1", hall.folder / "recipe.toml", "", 1))
        ended = await hall.bystander.ended(count=2)
        assert outcome(ended) == (Outcome.FAIL, "RADIO-FIRMWARE-OLD")
        await hall.engine.retry("1", Override.SKIP, WHY)
        assert outcome(await hall.bystander.ended(count=3)) == PASS
        assert hall.bystander.of(Refused) == []
    finally:
        await hall.close()
    db = Database(tmp_path / "line" / "record.db")
    cases = [row["repair"] for row in db.query("select repair from runs order by id")]
    db.close()
    assert cases == [None, 1, 1]
