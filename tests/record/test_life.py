"""A unit's whole life: everything that the record knows of it, and nothing of another unit."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlite_utils import Database

from station.faults import BoardSilent
from station.model import CaseEnd, Claim, Identity, Outcome, Proof, Stage
from station.model.life import Life, Moment, RunTold, What
from station.record import Record, RunNote, life, questions

UNIT = Identity("nrf91", "351001", "nRF9151", "2.0.2", ids=(("imei", "351001"), ("uuid", "ab-1")))
OTHER = replace(UNIT, serial="351002", ids=(("imei", "351002"),))


@pytest.fixture
async def told(record: Record, note: RunNote) -> Record:
    """A unit that failed, was claimed, came back, was erased; and another one that only passed."""
    run = await record.begin_run(note)
    await record.learn(run, UNIT)
    step = await record.begin_step(run, "one", 5)
    await record.end_step(step, Outcome.FAIL, BoardSilent("5 s").trouble, 5.0)
    await record.end_run(run, Outcome.FAIL, BoardSilent("5 s").trouble, 5.5)

    run = await record.begin_run(replace(note, steps=()))
    await record.learn(run, replace(UNIT, firmware="2.0.3"))
    step = await record.begin_step(run, "claim", 5)
    await record.intend(run, step, "claim", "ab-1", "there")
    await record.conclude(
        run, "claim", "ab-1", "there", done=True, claim=Claim("c", "ab-1", tags=("x",))
    )
    await record.end_step(step, Outcome.PASS, None, 0.2)
    await record.follow_ups.begin(run, "there", "ab-1", -1.0)
    await record.queue.add(run, "there", Proof("a", "uuid", "ab-1", SecretStr("t0ken")), "sealed!")
    await record.end_run(run, Outcome.PASS, None, 0.5)

    run = await record.begin_run(replace(note, steps=(), procedure="take_back"))
    await record.learn(run, replace(UNIT, firmware="2.0.3"))
    step = await record.begin_step(run, "release", 5)
    await record.conclude(run, "release", "ab-1", "there", done=True, claim=None)
    await record.remark(run, "erased", {"sec_tags": [16842753], "left": []})
    await record.remark(run, "networks heard", {"Home": -40})
    await record.intend(run, step, "delete", "ab-1", "there")
    await record.end_run(run, Outcome.PASS, None, 0.5)

    run = await record.begin_run(replace(note, steps=()))
    await record.learn(run, OTHER)
    await record.remark(run, "network removed", {"way": "reset"})
    await record.end_run(run, Outcome.PASS, None, 0.5)
    _write_what_the_bench_writes(record.path)
    return record


def _write_what_the_bench_writes(path: Path) -> None:
    db = Database(path)
    with db.conn:
        db.execute("insert into operators (name, created) values ('Bob', '2026')")
        for unit in (1, 2):
            db.execute(
                "insert into notes (unit, at, operator, text) values (?, '2030-01-01', 1, ?)",
                [unit, f"note {unit}"],
            )
            db.execute(
                "insert into labels (unit, run, job, digest, template, printer, operator, began,"
                " printed) values (?, ?, ?, 'd', 'tracker', 'Zebra', 1, '2030-01-02', '2030-01-02')",
                [unit, unit, f"job {unit}"],
            )
            db.execute(
                "insert into cases (unit, opened, operator, reason, fault, closed, closed_by, end,"
                " actions) values (?, '2030-01-03', 1, 'R2', 'F10', '2030-01-04', 2, 'shipped',"
                " '[\"A1\"]')",
                [unit],
            )
        db.execute(
            "insert into labels (unit, job, digest, template, printer, operator, reprint_of, reason,"
            " began) values (1, 'job 3', 'd', 'tracker', 'Zebra', 1, 1, 'smeared', '2030-01-05')"
        )
        db.execute(
            "insert into cases (unit, opened, operator, reason) values (1, '2030-01-06', 1, 'R3')"
        )
        db.execute(
            "insert into overrides (run, unit, what, code, reason, operator, second, at)"
            " values (1, null, 'skip a failed check', 'X', 'known', 1, 2, '2030-01-07'),"
            " (null, 1, 'reprint', '', 'smeared', 1, 2, '2030-01-08'),"
            " (4, 2, 'reprint', '', 'other', 1, 2, '2030-01-08')"
        )
        db.execute("insert into pools values (1, 'trackers', 'TRK-', 6, 1, 9, '2026')")
        db.execute(
            "insert into serials (pool, number, unit, run, taken, confirmed)"
            " values (1, 'TRK-000001', 1, 1, '2030-01-09', null)"
        )


def life_of(record: Record, unit: int = 1) -> Life:
    with questions.reading(record.path) as db:
        known = life.of_unit(db, unit)
    assert known is not None
    return known


def test_runs_tell_their_steps_and_the_firmware_of_then(told: Record) -> None:
    known = life_of(told)
    assert (known.serial, known.firmware, known.ids) == ("351001", "2.0.3", UNIT.ids)
    assert [run.firmware for run in known.runs] == ["2.0.2", "2.0.3", "2.0.3"]
    assert [run.outcome for run in known.runs] == [Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN]
    (step,) = known.runs[0].steps
    assert (step.name, step.outcome, step.code, step.seconds) == (
        "one", Outcome.FAIL, "BOARD-SILENT", 5.0,
    )  # fmt: skip
    assert known.last_run is known.runs[-1]
    assert known.runs[0].operator == "Ann"


def test_claims_and_deeds_are_told(told: Record) -> None:
    known = life_of(told)
    (claim,) = known.claims
    assert (claim.device_id, claim.tags, bool(claim.released)) == ("ab-1", ("x",), True)
    assert known.held == ()
    assert [deed.deed for deed in known.open_deeds] == ["delete"]
    (followed,) = known.followed
    assert (followed.stage, followed.late) == (Stage.CLAIMED, True)
    assert [each.state for each in known.queued] == ["waiting"]


def test_the_bench_and_the_labels_are_told(told: Record) -> None:
    known = life_of(told)
    assert [note.text for note in known.notes] == ["note 1"]
    first, again = known.labels
    assert (first.printed, again.printed, again.reprint_of) == ("2030-01-02", "", first.label)
    closed, opened = known.cases
    assert (closed.end, closed.closed_by, closed.actions) == (CaseEnd.SHIPPED, "Bob", ("A1",))
    assert known.open_case is opened
    assert [(each.what, each.second) for each in known.overrides] == [
        ("skip a failed check", "Bob"), ("reprint", "Bob"),
    ]  # fmt: skip
    assert [each.number for each in known.serials] == ["TRK-000001"]
    assert life_of(told, 2).open_case is None


def test_an_erasure_is_proven_by_its_row_of_the_trail(told: Record) -> None:
    (erasure,) = life_of(told).erasures
    assert (erasure.what, erasure.run) == ("erased", 3)
    assert erasure.told == (("left", "–"), ("sec_tags", "16842753"))
    row = Database(told.path).execute("select what from trail where digest = ?", [erasure.seal])
    assert row.fetchone() == ("erased",)
    assert [each.what for each in life_of(told, 2).erasures] == ["network removed"]


def test_the_timeline_has_everything_newest_first(told: Record) -> None:
    moments = life_of(told).timeline()
    assert [each.at for each in moments] == sorted((each.at for each in moments), reverse=True)
    assert {each.what for each in moments} == set(What) - {What.ADOPTED, What.SCRAPPED}
    assert sum(isinstance(each.told, RunTold) for each in moments) == 3
    assert moments[0] == Moment("2030-01-09", What.SERIAL, life_of(told).serials[0])


async def test_a_unit_that_was_taken_in_by_hand_or_scrapped_says_so(told: Record) -> None:
    with Database(told.path).conn as db:
        db.execute("update units set adopted = '2029-01-01', scrapped = '2031-01-01' where id = 1")
    moments = life_of(told).timeline()
    assert moments[0] == Moment("2031-01-01", What.SCRAPPED)
    assert Moment("2029-01-01", What.ADOPTED) in moments


def test_nothing_secret_is_in_it(told: Record) -> None:
    text = json.dumps(asdict(life_of(told)))
    assert "t0ken" not in text
    assert "sealed!" not in text


def test_a_unit_that_is_not_there_has_no_life(told: Record) -> None:
    with questions.reading(told.path) as db:
        assert life.of_unit(db, 99) is None


def test_the_command_line_tells_the_same(told: Record) -> None:
    with questions.reading(told.path) as db:
        (shown,) = questions.show(db, "351001")
    known = life_of(told)
    assert [run["firmware"] for run in shown["runs"]] == [run.firmware for run in known.runs]
    assert [each["text"] for each in shown["notes"]] == ["note 1"]
    assert [each["digest"] for each in shown["erasures"]] == [each.seal for each in known.erasures]
    assert json.dumps(shown)


def test_an_older_records_unit_has_a_life_too(told: Record, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with questions.reading(told.path) as db:
        questions.backup(db, path)
    old = Database(path)
    names = ("labels", "notes", "cases", "overrides", "serials", "queue", "follow_ups")
    with old.conn:
        old.execute("pragma foreign_keys = off")
        for trigger in ("unit_numbered", "unit_renumbered"):
            old.execute(f"drop trigger {trigger}")
        for name in names:
            old.execute(f"drop table {name}")
    with questions.reading(path) as db:
        known = life.of_unit(db, 1)
    assert known is not None
    assert (known.labels, known.notes, known.cases, known.queued) == ((), (), (), ())
    assert len(known.runs) == 3
    assert len(known.erasures) == 1
