"""The bench in the record: cases, notes, units that were adopted or scrapped; each with its trail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from station.faults import (
    CaseOpen,
    Fault,
    NoCase,
    OtherUnit,
    ReworkLimit,
    SlotBusy,
    UnitKnown,
    UnitMissing,
    UnitScrapped,
    WordsMissing,
)
from station.model import CaseEnd, Claim, Identity, NewUnit, Outcome, Override
from station.record import Approved, Record, RunNote
from station.record.cases import cases
from station.record.trail import first_break
from tests.conftest import Call

ONE = Identity("nrf91", "351", "nRF9151", "2.0.2", ids=(("imei", "351"),))
TWO = Identity("arduino", "A77", "UNO", "0.6", ids=(("usb serial", "A77"), ("ble mac", "F4:12")))
AGAINST = Approved(Override.BEYOND, "the last one", "Eve")
SCRAP = Approved(Override.SCRAP, "burnt", "Tom")
PLACE = "https://cloud.example"


async def unit_of(record: Record, note: RunNote, identity: Identity) -> int:
    """Have a unit seen once; return its number."""
    run = await record.begin_run(note)
    await record.learn(run, identity)
    await record.end_run(run, Outcome.FAIL, None, 1.0)
    return int(rows(record, "select unit from runs where id = ?", run)[0]["unit"])


def rows(record: Record, sql: str, *values: Any) -> list[dict[str, Any]]:
    db = Database(record.path)
    try:
        return list(db.query(sql, values))
    finally:
        db.close()


def trail(record: Record) -> list[tuple[str, Any]]:
    told = rows(record, "select what, data from trail where run is null order by id")
    return [(row["what"], json.loads(row["data"])) for row in told]


def whole(record: Record) -> bool:
    db = Database(record.path)
    try:
        return first_break(db) is None
    finally:
        db.close()


async def test_a_case_goes_from_open_to_shipped(record: Record, note: RunNote) -> None:
    unit, who = await unit_of(record, note, ONE), note.operator
    assert await record.cases.open(unit, who, "R10", "F30", limit=3) == "351"
    with pytest.raises(CaseOpen):
        await record.cases.open(unit, who, "R10", "", limit=3)
    (case,) = await record.cases.of_unit(unit)
    assert (case.reason, case.fault, case.operator, case.closed, case.end) == (
        "R10",
        "F30",
        "Ann",
        None,
        None,
    )
    assert await record.cases.to_work_on(unit) == case.id
    await record.cases.close(unit, who, ("A10", "A40"))
    (case,) = await record.cases.of_unit(unit)
    assert (case.end, case.actions, case.closed_by) == (CaseEnd.SHIPPED, ("A10", "A40"), "Ann")
    with pytest.raises(NoCase):
        await record.cases.close(unit, who, ("A10",))
    with pytest.raises(NoCase):
        await record.cases.to_work_on(unit)
    assert [what for what, _ in trail(record)][-2:] == ["case opened", "case closed"]
    assert whole(record)


async def test_a_run_belongs_to_its_case(record: Record, note: RunNote) -> None:
    unit = await unit_of(record, note, ONE)
    await record.cases.open(unit, note.operator, "R10", "", limit=0)
    case = await record.cases.to_work_on(unit)
    run = await record.begin_run(replace(note, repair=case))
    assert rows(record, "select repair from runs where id = ?", run) == [{"repair": case}]


async def test_beyond_the_limit_a_second_person_is_written_down(
    record: Record, note: RunNote
) -> None:
    unit, who = await unit_of(record, note, ONE), note.operator
    for _ in range(2):
        await record.cases.open(unit, who, "R10", "", limit=2)
        await record.cases.close(unit, who, ("A00",))
    with pytest.raises(ReworkLimit, match="2 times"):
        await record.cases.open(unit, who, "R10", "", limit=2)
    assert rows(record, "select * from overrides") == []
    await record.cases.open(unit, who, "R10", "", limit=2, approved=AGAINST)
    (told,) = rows(
        record, "select what, reason, name, unit from overrides join operators o on o.id = second"
    )
    assert told == {"what": Override.BEYOND, "reason": "the last one", "name": "Eve", "unit": unit}


async def test_an_approval_that_was_not_needed_is_none(record: Record, note: RunNote) -> None:
    unit = await unit_of(record, note, ONE)
    await record.cases.open(unit, note.operator, "R10", "", limit=2, approved=AGAINST)
    assert rows(record, "select * from overrides") == []


@given(verbs=st.lists(st.sampled_from(["open", "close", "approve", "scrap"]), max_size=14))
@settings(max_examples=12, deadline=None)
def test_whatever_is_tried_the_cases_stay_in_order(verbs: list[str]) -> None:
    with TemporaryDirectory() as folder:
        record = Record(Path(folder) / "record.db")
        try:
            asyncio.run(_tried(record, verbs))
        finally:
            record.close()


async def _tried(record: Record, verbs: Sequence[str]) -> None:
    shift = await record.begin_shift("Ann", "Bench", "", "", None)
    told = RunNote("1", "p", "", "r", "d", "claim", (), shift.operator, shift.work_order, "s", "1")
    unit = await unit_of(record, told, ONE)
    opened, is_open, scrapped = 0, False, False
    for verb in verbs:
        allowed = (
            not scrapped
            and {
                "open": not is_open and opened < 2,
                "approve": not is_open,
                "close": is_open,
                "scrap": True,
            }[verb]
        )
        try:
            await _do(record, verb, unit, shift.operator)
        except Fault:
            assert not allowed, verb
            continue
        assert allowed, verb
        opened += verb in {"open", "approve"}
        is_open = verb in {"open", "approve"} or (is_open and verb not in {"close", "scrap"})
        scrapped = scrapped or verb == "scrap"
    found = await record.cases.of_unit(unit)
    assert len(found) == opened
    assert sum(each.closed is None for each in found) == int(is_open)
    assert whole(record)


async def _do(record: Record, verb: str, unit: int, who: int) -> None:
    match verb:
        case "open":
            await record.cases.open(unit, who, "R", "", limit=2)
        case "approve":
            await record.cases.open(unit, who, "R", "", limit=2, approved=AGAINST)
        case "close":
            await record.cases.close(unit, who, ("A",))
        case _:
            await record.cases.scrap(unit, who, SCRAP)


async def test_a_scrapped_unit_is_out_for_good_and_what_clouds_hold_of_it_is_told(
    record: Record, note: RunNote
) -> None:
    unit, who = await unit_of(record, note, ONE), note.operator
    run = await record.begin_run(note)
    await record.learn(run, ONE)
    await record.conclude(run, "claim", "351", PLACE, done=True, claim=Claim("c", "dev-1"))
    await record.cases.open(unit, who, "R10", "", limit=3)
    with pytest.raises(SlotBusy):
        await record.cases.scrap(unit, who, SCRAP)
    with pytest.raises(SlotBusy):
        await record.cases.close(unit, who, ("A1",))
    await record.end_run(run, Outcome.FAIL, None, 1.0)
    scrapped = await record.cases.scrap(unit, who, SCRAP)
    assert (scrapped.serial, scrapped.held) == ("351", ("dev-1",))
    (case,) = await record.cases.of_unit(unit)
    assert case.end is CaseEnd.SCRAPPED
    for refused in (
        record.cases.scrap(unit, who, SCRAP),
        record.cases.open(unit, who, "R10", "", limit=0, approved=AGAINST),
        record.cases.to_work_on(unit),
    ):
        with pytest.raises(UnitScrapped):
            await refused
    assert trail(record)[-1][0] == "scrapped"
    assert trail(record)[-1][1]["held"] == ["dev-1"]


async def test_a_scrapped_unit_that_comes_again_is_refused_and_seen(
    record: Record, note: RunNote
) -> None:
    unit = await unit_of(record, note, ONE)
    await record.cases.scrap(unit, note.operator, SCRAP)
    run = await record.begin_run(note)
    with pytest.raises(UnitScrapped, match="351"):
        await record.learn(run, ONE)
    assert rows(record, "select unit from runs where id = ?", run) == [{"unit": unit}]


async def test_a_unit_is_recognised_by_what_it_shows_at_its_socket(
    record: Record, note: RunNote
) -> None:
    unit = await unit_of(record, note, TWO)
    run = await record.begin_run(note)
    await record.recognise(run, "an adapter's")
    assert rows(record, "select unit from runs where id = ?", run) == [{"unit": None}]
    await record.recognise(run, "A77", unit)
    with pytest.raises(OtherUnit, match="A77"):
        await record.recognise(run, "A77", unit + 1)
    await record.end_run(run, Outcome.FAIL, None, 1.0)
    await record.cases.scrap(unit, note.operator, SCRAP)
    with pytest.raises(UnitScrapped):
        await record.recognise(run, "A77")


async def test_another_unit_than_the_one_that_is_meant_is_refused(
    record: Record, note: RunNote
) -> None:
    one, two = await unit_of(record, note, ONE), await unit_of(record, note, TWO)
    run = await record.begin_run(note)
    with pytest.raises(OtherUnit, match="A77"):
        await record.learn(run, TWO, one)
    assert rows(record, "select unit from runs where id = ?", run) == [{"unit": two}]


async def test_a_note_is_kept_and_an_empty_one_is_none(record: Record, note: RunNote) -> None:
    unit = await unit_of(record, note, ONE)
    assert await record.cases.write(unit, note.operator, "  smells of smoke ") == "351"
    with pytest.raises(WordsMissing):
        await record.cases.write(unit, note.operator, " \n")
    with pytest.raises(UnitMissing):
        await record.cases.write(99, note.operator, "x")
    (kept,) = rows(record, "select text, name from notes join operators o on o.id = operator")
    assert kept == {"text": "smells of smoke", "name": "Ann"}


async def test_a_unit_that_was_adopted_is_known_when_it_comes(
    record: Record, note: RunNote
) -> None:
    new = NewUnit("arduino", "", (("ble mac", "F4:12"), ("usb serial", " ")), "no record of it")
    adopted = await record.cases.adopt(new, note.operator)
    assert adopted.serial == "F4:12"
    assert await unit_of(record, note, TWO) == adopted.unit
    (kept,) = rows(record, "select adopted, serial from units")
    assert kept["adopted"]
    assert kept["serial"] == "A77"


async def test_a_serial_number_is_enough_to_be_known_again(record: Record, note: RunNote) -> None:
    new = NewUnit("arduino", "A77", (), "bought back")
    adopted = await record.cases.adopt(new, note.operator)
    assert await unit_of(record, note, TWO) == adopted.unit
    other = replace(TWO, ids=(("usb serial", "A77"), ("ble mac", "AA:AA")))
    run = await record.begin_run(note)
    with pytest.raises(Fault, match="ble mac"):
        await record.learn(run, other)


async def test_an_adopted_unit_with_another_id_is_another(record: Record, note: RunNote) -> None:
    new = NewUnit("arduino", "A77", (("ble mac", "AA:AA"),), "bought back")
    adopted = await record.cases.adopt(new, note.operator)
    assert await unit_of(record, note, TWO) != adopted.unit


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (NewUnit("arduino", "X", (("ble mac", "F4:12"),), "why"), UnitKnown),
        (NewUnit("arduino", "A77", (), "why"), UnitKnown),
        (NewUnit("", "X", (), "why"), WordsMissing),
        (NewUnit("arduino", " ", (), "why"), WordsMissing),
        (NewUnit("arduino", "X", (("", "1"),), "why"), WordsMissing),
        (NewUnit("arduino", "X", (), ""), WordsMissing),
    ],
)
async def test_what_is_known_or_not_said_is_not_adopted(
    record: Record, note: RunNote, new: NewUnit, fault: type[Fault]
) -> None:
    await unit_of(record, note, TWO)
    with pytest.raises(fault):
        await record.cases.adopt(new, note.operator)
    assert len(rows(record, "select id from units")) == 1


async def test_open_cases_are_listed(record: Record, note: RunNote) -> None:
    one, two = await unit_of(record, note, ONE), await unit_of(record, note, TWO)
    for unit in (one, two):
        await record.cases.open(unit, note.operator, "R10", "", limit=0)
    await record.cases.close(one, note.operator, ("A00",))
    db = Database(record.path)
    try:
        assert [each.serial for each in cases(db, is_open=True)] == ["A77"]
        assert [each.serial for each in cases(db)] == ["A77", "351"]
    finally:
        db.close()


async def test_scripts_are_told_what_is_in_rework(
    record: Record, note: RunNote, call: Call, tmp_path: Path
) -> None:
    one, two = await unit_of(record, note, ONE), await unit_of(record, note, TWO)
    for unit in (one, two):
        await record.cases.open(unit, note.operator, "R10", "F30", limit=0)
    await record.cases.close(one, note.operator, ("A00",))
    status, said, _ = await asyncio.to_thread(
        call, "rework", "list", "--json", "--data-dir", str(tmp_path)
    )
    told = json.loads(said)
    assert status == 0
    assert (told["serial"], told["operator"], told["reason"]) == ("A77", "Ann", "R10")
