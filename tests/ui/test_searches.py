"""The Records page over a record on disk: found, shown and exported while a station writes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.faults import RecordBroken
from station.model import Identity, Outcome
from station.model.finding import Choices, Page, Query
from station.record import Record, RunNote
from ui.records_page import RecordsPage
from ui.searches import Searches

UNIT = Identity("nrf91", "0042", "nRF9151", "2.0.2", ids=(("mac", "F4:12:FA:65:43:21"),))


async def visit(record: Record, note: RunNote, serial: str, outcome: Outcome) -> None:
    run = await record.begin_run(replace(note, steps=()))
    await record.learn(run, replace(UNIT, serial=serial, ids=(("sn", serial),)))
    await record.end_run(run, outcome, None, 0.5)


@pytest.fixture
async def told(record: Record, note: RunNote) -> Record:
    for serial, outcome in (("0042", Outcome.PASS), ("0043", Outcome.FAIL), ("=7", Outcome.FAIL)):
        await visit(record, note, serial, outcome)
    return record


def serials(page: Page) -> list[str]:
    return [unit.serial for unit in page.units]


async def test_each_question_is_answered(told: Record, note: RunNote, tmp_path: Path) -> None:
    asks = Searches(told.path)
    assert serials(asks.find(Query("004"))) == ["0043", "0042"]
    query, page = asks.first_found(Query(outcome=Outcome.FAIL), ("0042", "0043"))
    assert (query.text, serials(page)) == ("0043", ["0043"])
    assert asks.choices().recipes == ("Tracker",)
    unit = page.units[0].unit
    assert unit is not None
    life = asks.life(unit)
    assert life is not None
    assert life.serial == "0043"
    assert asks.life(99) is None
    await visit(told, note, "0044", Outcome.PASS)
    assert serials(asks.find(Query("004"))) == ["0044", "0043", "0042"]


def test_what_is_exported_is_what_is_found(told: Record, tmp_path: Path) -> None:
    asks, query = Searches(told.path), Query(outcome=Outcome.FAIL)
    sheet, lines = tmp_path / "x.csv", tmp_path / "x.jsonl"
    assert asks.export(sheet, "sheet", query) == asks.export(lines, "json", query) == 2
    rows = list(csv.DictReader(sheet.read_text("utf-8-sig").splitlines()))
    assert [row["serial"] for row in rows] == ["'=7", "'0043"]
    told_lines = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert [row["serial"] for row in told_lines] == serials(asks.find(query)) == ["=7", "0043"]


def test_a_new_station_has_no_record_yet(tmp_path: Path) -> None:
    asks = Searches(tmp_path / "none.db")
    assert asks.find(Query()) == Page()
    assert asks.first_found(Query(), ("x",)) == (Query(), Page())
    assert asks.choices() == Choices()
    with pytest.raises(RecordBroken):
        asks.export(tmp_path / "x.csv", "sheet", Query())
    assert list(tmp_path.iterdir()) == []


async def test_the_page_shows_what_is_on_disk(told: Record, qtbot: QtBot, light: None) -> None:
    page = RecordsPage(Searches(told.path))
    qtbot.addWidget(page)
    page.show()
    found = page.parts.table.found
    qtbot.waitUntil(lambda: len(found.units) == 3)
    page.hear("0043")
    qtbot.waitUntil(lambda: [unit.serial for unit in found.units] == ["0043"])
    qtbot.waitUntil(lambda: page.parts.unit.life is not None)
    assert page.parts.unit.life is not None
    assert [run.outcome for run in page.parts.unit.life.runs] == [Outcome.FAIL]
