"""Reading the record: finding, telling, exporting, checking and copying it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.faults import RecordBroken
from station.model import Claim, Identity, Outcome
from station.record import Record, RunNote, questions

UNIT = Identity("nrf91", "351001", "nRF9151", "2.0.2", ids=(("imei", "351001"), ("uuid", "ab-1")))


@pytest.fixture
async def told(record: Record, note: RunNote) -> Record:
    for number, operator_name in (("351001", "=cmd|' /C calc'!A0"), ("351002", "plain")):
        run = await record.begin_run(replace(note, slot=operator_name))
        ids = (("imei", number), ("uuid", f"ab-{number}"))
        await record.learn(run, replace(UNIT, serial=number, ids=ids))
        for name in note.steps:
            step = await record.begin_step(run, name, 5)
            await record.end_step(step, Outcome.PASS, None, 0.1)
        await record.conclude(
            run, "claim", f"ab-{number}", "there", done=True, claim=Claim("c", f"ab-{number}")
        )
        await record.end_run(run, Outcome.PASS, None, 0.5)
    return record


def test_a_unit_is_found_by_the_beginning_of_any_identity(told: Record) -> None:
    with questions.reading(told.path) as db:
        assert {unit["serial"] for unit in questions.find(db, "351")} == {"351001", "351002"}
        assert [unit["serial"] for unit in questions.find(db, "ab-351002")] == ["351002"]
        assert questions.find(db, "51") == []
        assert questions.find(db, "%") == []
        assert questions.find(db, "' or 1=1 --") == []


def test_the_search_uses_the_indexes(told: Record) -> None:
    with questions.reading(told.path) as db:
        plan = db.execute(
            "explain query plan select unit from unit_ids where value >= 'a' and value < 'b'"
        ).fetchall()
    assert "unit_ids_by_value" in plan[0]["detail"]


def test_a_units_life_is_whole(told: Record) -> None:
    with questions.reading(told.path) as db:
        (life,) = questions.show(db, "ab-351001")
        assert questions.show(db, "351") == []
    (run,) = life["runs"]
    assert [step["name"] for step in run["steps"]] == ["one", "two"]
    assert [claim["device_id"] for claim in life["claims"]] == ["ab-351001"]
    assert life["open"] == []
    assert json.dumps(life)


def test_an_export_is_safe_in_a_spreadsheet(told: Record) -> None:
    out = io.StringIO()
    with questions.reading(told.path) as db:
        assert questions.export(db, "csv", out) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert tuple(rows[0]) == questions.COLUMNS
    assert [row["slot"] for row in rows] == ["'=cmd|' /C calc'!A0", "plain"]
    assert rows[0]["device_id"] == "ab-351001"


def test_a_json_export_is_an_object_a_line(told: Record) -> None:
    out = io.StringIO()
    with questions.reading(told.path) as db:
        questions.export(db, "json", out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["serial"] for row in rows] == ["351001", "351002"]
    assert set(rows[0]) == set(questions.COLUMNS)


def test_a_whole_record_is_called_whole(told: Record) -> None:
    with questions.reading(told.path) as db:
        assert questions.verify(db) == []


def test_a_pass_that_was_written_in_is_found(told: Record) -> None:
    db = Database(told.path)
    db.execute("delete from steps where name = 'two' and run = 1")
    db.conn.commit()
    with questions.reading(told.path) as db:
        assert questions.verify(db) == ["run 1 is told as passed but not all its steps did"]


def test_a_backup_is_the_record(told: Record, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with questions.reading(told.path) as db:
        questions.backup(db, copy)
        with pytest.raises(RecordBroken, match="there already"):
            questions.backup(db, copy)
    with questions.reading(copy) as db:
        assert questions.verify(db) == []
        assert len(questions.find(db, "351")) == 2


def test_no_record_is_said_so_and_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(RecordBroken, match="no record"), questions.reading(path):
        pass
    assert not path.exists()
