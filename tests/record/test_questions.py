"""Reading the record: finding, telling, exporting, checking and copying it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlite_utils import Database

from station.faults import RecordBroken, TokenRefused
from station.model import Claim, Identity, Outcome, Proof, Stage
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


def test_a_unit_is_found_by_any_part_of_any_identity(told: Record) -> None:
    with questions.reading(told.path) as db:
        assert {unit["serial"] for unit in questions.find(db, "351")} == {"351001", "351002"}
        assert [unit["serial"] for unit in questions.find(db, "ab-351002")] == ["351002"]
        assert [unit["serial"] for unit in questions.find(db, "1002")] == ["351002"]
        assert questions.find(db, "1003") == []
        assert questions.find(db, "%") == []
        assert questions.find(db, "' or 1=1 --") == []


async def test_a_unit_is_found_by_its_device_and_by_what_it_was_plugged_in_as(
    record: Record, note: RunNote
) -> None:
    for number, plug in (("351001", "F412FA01"), ("351002", "F412FA02")):
        run = await record.begin_run(replace(note, usb_serial=plug))
        await record.learn(run, replace(UNIT, serial=number, ids=(("imei", number),)))
        await record.hold(run, "there", Claim("c", f"onboarding-{number}"))
        await record.hold(run, "there", Claim("c", f"device-{number}"))
    with questions.reading(record.path) as db:
        for text in ("device-351002", "onboarding-351002", "F412FA02"):
            assert [unit["serial"] for unit in questions.find(db, text)] == ["351002"]
            assert [unit["serial"] for unit in questions.show(db, text)] == ["351002"]
        assert len(questions.find(db, "F412FA")) == 2
        assert questions.show(db, "F412FA") == []


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


async def test_a_units_life_tells_how_far_it_was_followed_and_what_waits(
    told: Record, note: RunNote
) -> None:
    for run, within_s in ((1, 3600.0), (2, -1.0)):
        await told.follow_ups.begin(run, "there", f"ab-35100{run}", within_s)
    (first, late) = await told.follow_ups.open("there")
    await told.follow_ups.reach(first, Stage.CONNECTED)
    await told.follow_ups.reach(late, Stage.WAITING)
    proof = Proof("attestation", "uuid", "ab-351001", SecretStr("2dn3"))
    await told.queue.add(1, "there", proof, "sealed")
    with questions.reading(told.path) as db:
        (life,) = questions.show(db, "351001")
        (other,) = questions.show(db, "351002")
        rows = list(questions.rows(db))
    (follow,) = life["followed"]
    assert (follow["stage"], follow["late"], bool(follow["ended"])) == ("connected", False, True)
    assert follow["changed"] == follow["ended"]
    assert (other["followed"][0]["stage"], other["followed"][0]["late"]) == ("waiting", True)
    assert [each["state"] for each in life["queue"]] == ["waiting"]
    assert "sealed" not in json.dumps(life)
    assert [(row["stage"], row["queued"]) for row in rows] == [
        ("connected", "waiting"), ("waiting", None),
    ]  # fmt: skip


async def test_a_run_whose_unit_was_refused_and_then_taken_says_so(told: Record) -> None:
    proof = Proof("attestation", "uuid", "ab-9", SecretStr("2dn3"))
    states = []

    def state() -> None:
        with questions.reading(told.path) as db:
            states.append([row["queued"] for row in questions.rows(db)])
            states.append([each["state"] for each in questions.queued(db)])

    await told.queue.add(1, "there", proof, "sealed")
    (row,) = await told.queue.waiting("there", 9)
    await told.queue.sent([(row, TokenRefused("no").trouble)])
    state()
    await told.queue.add(2, "there", proof, "sealed")
    state()
    assert (await told.queue.length("there")).refused == 0
    (row,) = await told.queue.waiting("there", 9)
    await told.queue.sent([(row, Claim("c", "ab-9"))])
    state()
    assert states == [
        ["refused", None], ["refused"],
        ["refused before", "waiting"], ["waiting"],
        ["refused before", "claimed"], [],
    ]  # fmt: skip


async def aged(record: Record, note: RunNote, serial: str, procedure: str, year: int) -> None:
    """Write down a run that passed at the beginning of `year`."""
    run = await record.begin_run(replace(note, procedure=procedure, steps=()))
    await record.learn(run, replace(UNIT, serial=serial, ids=(("imei", serial),)))
    await record.end_run(run, Outcome.PASS, None, 0.5)
    db = Database(record.path)
    with db.conn:
        db.execute(
            "update runs set ended = ? where id = ?", [f"{year}-01-01T00:00:00.000+00:00", run]
        )


async def test_old_credentials_are_found_the_oldest_first(record: Record, note: RunNote) -> None:
    for serial, procedure, year in (
        ("renewed", "claim", 2015),
        ("younger", "local_credentials", 2017),
        ("renewed", "renew", 2016),
        ("fresh", "claim", 2015),
        ("fresh", "renew", 2999),
        ("returned", "claim_own_ca", 2015),
        ("returned", "take_back", 2016),
        ("sent out again", "claim", 2014),
        ("sent out again", "take_back", 2015),
        ("sent out again", "claim_and_wake", 2016),
        ("gathered only", "gather", 2015),
    ):
        await aged(record, note, serial, procedure, year)
    with questions.reading(record.path) as db:
        found = questions.stale(db, timedelta(days=365))
    assert {each["serial"]: each["procedure"] for each in found} == {
        "renewed": "renew", "sent out again": "claim_and_wake", "younger": "local_credentials",
    }  # fmt: skip
    assert [each["made"] for each in found] == sorted(each["made"] for each in found)
    with questions.reading(record.path) as db:
        assert questions.stale(db, timedelta(days=36_500)) == []


async def test_a_unit_that_was_unclaimed_is_not_old(told: Record) -> None:
    with questions.reading(told.path) as db:
        assert len(questions.stale(db, timedelta(days=-1))) == 2
    await told.conclude(2, "release", "ab-351001", "there", done=True, claim=None)
    with questions.reading(told.path) as db:
        assert [each["serial"] for each in questions.stale(db, timedelta(days=-1))] == ["351002"]


def test_an_older_versions_record_can_be_asked(told: Record) -> None:
    with questions.reading(told.path) as db:
        questions.backup(db, told.path.with_name("old.db"))
    old = Database(told.path.with_name("old.db"))
    with old.conn:
        for name in ("queue", "follow_ups"):
            old.execute(f"drop table {name}")
    with questions.reading(told.path.with_name("old.db")) as db:
        assert len(list(questions.rows(db))) == 2
        assert questions.queued(db) == []
        assert questions.show(db, "351001")[0]["followed"] == []
        assert questions.verify(db) == []


def test_whose_record_it_is(told: Record) -> None:
    with questions.reading(told.path) as db:
        assert questions.has_runs_of_others(db, "Demo line")
        assert not questions.has_runs_of_others(db, "Line 1")
