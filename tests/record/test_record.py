"""The record: what is told is on disk, and PASS is believed only of what is there."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.faults import (
    DiskFull,
    Fault,
    IdentityConflict,
    RecordBroken,
    RecordInUse,
    RecordNewer,
    Stopped,
    TooSlow,
)
from station.model import Claim, Identity, Outcome
from station.record import BOARD, Record, RunNote, Shift
from station.record.trail import first_break
from station.record.writer import Writer

UNIT = Identity("nrf91", "351", "nRF9151", "2.0.2", ids=(("imei", "351"), ("uuid", "u-1")))
CLAIM = Claim("nrf_cloud", "u-1", tags=("a", "b"))


async def run_with(record: Record, note: RunNote, *outcomes: Outcome) -> int:
    run = await record.begin_run(note)
    for name, outcome in zip(note.steps, outcomes, strict=False):
        step = await record.begin_step(run, name, 5)
        await record.end_step(step, outcome, None, 0.1)
    return run


async def test_a_run_with_every_promised_step_passes(record: Record, note: RunNote) -> None:
    run = await run_with(record, note, Outcome.PASS, Outcome.PASS)
    assert await record.learn(run, UNIT) == 0
    verdict = await record.end_run(run, Outcome.PASS, None, 1.0)
    assert (verdict.outcome, verdict.unit, verdict.trouble) == (Outcome.PASS, "351", None)


async def test_a_record_that_is_closed_takes_nothing_and_says_so(record: Record) -> None:
    record.close()
    with pytest.raises(RecordBroken, match="closed"):
        await record.probe()
    record.close()


@pytest.mark.parametrize("outcomes", [(), (Outcome.PASS,), (Outcome.PASS, Outcome.FAIL)])
async def test_pass_is_not_believed_without_its_steps(
    record: Record, note: RunNote, outcomes: tuple[Outcome, ...]
) -> None:
    run = await run_with(record, note, *outcomes)
    verdict = await record.end_run(run, Outcome.PASS, None, 1.0)
    assert verdict.outcome is Outcome.ERROR
    assert verdict.trouble
    assert verdict.trouble.code == "RECORD-BROKEN"


@pytest.mark.parametrize("fault", [None, Stopped(), TooSlow()])
async def test_an_open_deed_makes_every_end_unknown(
    record: Record, note: RunNote, fault: Fault | None
) -> None:
    run = await run_with(record, note, Outcome.PASS, Outcome.PASS)
    step = await record.begin_step(run, "claim", 5)
    await record.intend(run, step, "claim", "u-1", "there")
    outcome = fault.outcome if fault else Outcome.PASS
    verdict = await record.end_run(run, outcome, fault.trouble if fault else None, 1.0)
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.trouble
    assert verdict.trouble.code == "UNSETTLED"


async def test_conclude_closes_every_open_intent_of_the_same_deed(
    record: Record, note: RunNote
) -> None:
    first, second = await run_with(record, note), await run_with(record, note)
    for run in (first, second):
        step = await record.begin_step(run, "claim", 5)
        await record.intend(run, step, "claim", "u-1", "there")
    step = await record.begin_step(second, "claim", 5)
    other = await record.intend(second, step, "claim", "u-2", "there")
    closed = await record.conclude(second, "claim", "u-1", "there", done=True, claim=CLAIM)
    assert [intent.run for intent in closed] == [first, second]
    assert await record.open_intents() == (other,)


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.FAIL])
async def test_a_board_that_passes_leaves_no_flash_of_it_open(
    record: Record, note: RunNote, outcome: Outcome
) -> None:
    for plug, deed, place in (
        ("F4-1", "flash", BOARD),
        ("F4-12", "flash", BOARD),
        ("F4-1", "claim", "c"),
    ):
        run = await record.begin_run(replace(note, usb_serial=plug))
        step = await record.begin_step(run, "one", 5)
        await record.intend(run, step, deed, f"{plug} 0123", place)
    run = await run_with(record, replace(note, usb_serial="F4-1"), Outcome.PASS, outcome)
    await record.end_run(run, outcome, None, 0.3)
    left = {(each.deed, each.key) for each in await record.open_intents()}
    others = {("flash", "F4-12 0123"), ("claim", "F4-1 0123")}
    assert left == (others if outcome is Outcome.PASS else others | {("flash", "F4-1 0123")})


async def test_a_claim_that_is_held_is_noted_once(record: Record, note: RunNote) -> None:
    run = await run_with(record, note)
    await record.learn(run, UNIT)
    await record.conclude(run, "claim", "u-1", "there", done=True, claim=CLAIM)
    await record.conclude(
        run, "claim", "u-1", "there", done=True, claim=replace(CLAIM, already=True)
    )
    rows = list(Database(record.path).table("claims").rows)
    assert [(row["device_id"], row["already"]) for row in rows] == [("u-1", 0)]


async def test_a_unit_is_known_again_by_any_of_its_ids(record: Record, note: RunNote) -> None:
    first, second, third = [await run_with(record, note) for _ in range(3)]
    await record.learn(first, replace(UNIT, ids=(("imei", "351"),)))
    assert await record.learn(second, UNIT) == 1
    assert await record.learn(third, replace(UNIT, ids=(("uuid", "u-1"),))) == 2


async def test_two_units_may_not_share_an_id(record: Record, note: RunNote) -> None:
    first, second = await run_with(record, note), await run_with(record, note)
    await record.learn(first, UNIT)
    with pytest.raises(IdentityConflict):
        await record.learn(second, replace(UNIT, ids=(("imei", "351"), ("uuid", "u-9"))))
    assert Database(record.path).execute("select count(*) from units").fetchone()[0] == 1


async def test_a_stop_in_the_middle_is_an_error_or_unknown(tmp_path: Path) -> None:
    record = Record(tmp_path / "r.db")
    shift = await record.begin_shift("Ann", "o", "r", "d", None)
    note = RunNote("1", "", "", "r", "d", "claim", ("a",), shift.operator, shift.work_order, "", "")
    calm, open_ = await record.begin_run(note), await record.begin_run(note)
    step = await record.begin_step(open_, "a", 5)
    await record.intend(open_, step, "claim", "k", "p")
    record.close()
    record = Record(tmp_path / "r.db")
    assert await record.close_interrupted() == 2
    assert await record.close_interrupted() == 0
    rows = {row["id"]: row["outcome"] for row in Database(record.path).table("runs").rows}
    assert rows == {calm: "error", open_: "unknown"}
    (step_row,) = Database(record.path).table("steps").rows
    assert (step_row["outcome"], step_row["code"]) == ("unknown", "INTERRUPTED")
    record.close()


async def test_counts_are_of_units_by_their_last_run(record: Record, note: RunNote) -> None:
    async def tell(serial: str, outcome: Outcome) -> None:
        run = await run_with(record, note, Outcome.PASS, Outcome.PASS)
        if serial:
            await record.learn(run, replace(UNIT, serial=serial, ids=(("imei", serial),)))
        await record.end_run(run, outcome, None, 1.0)

    for serial, outcome in [
        ("1", Outcome.PASS),
        ("2", Outcome.FAIL),
        ("2", Outcome.PASS),
        ("3", Outcome.PASS),
        ("3", Outcome.ERROR),
        ("", Outcome.FAIL),
    ]:
        await tell(serial, outcome)
    tally = await record.tally(Shift(note.operator, note.work_order))
    assert (tally.passed, tally.failed, tally.units, tally.first_pass) == (2, 2, 4, 2)
    assert (tally.order_passed, tally.order_quantity) == (3, 10)
    past = await record.past_runs(3)
    assert [(run.unit, run.outcome) for run in past] == [
        ("3", Outcome.PASS),
        ("3", Outcome.ERROR),
        ("", Outcome.FAIL),
    ]


async def test_the_trail_can_only_grow(record: Record, note: RunNote) -> None:
    await run_with(record, note, Outcome.PASS)
    db = Database(record.path)
    assert first_break(db) is None
    for sql in ("update trail set what = 'x'", "delete from trail where id = 2"):
        with pytest.raises(sqlite3.IntegrityError, match="only grow"):
            db.execute(sql)


@pytest.mark.parametrize(
    "tampering",
    [
        "update trail set data = replace(data, 'Ann', 'Bob') where id = 1",
        "delete from trail where id = 2",
        "update trail set id = id + 100 where id = 2",
        "update trail set at = '2020-01-01' where id = 3",
    ],
)
async def test_a_trail_that_was_changed_is_found(
    record: Record, note: RunNote, tampering: str
) -> None:
    await run_with(record, note, Outcome.PASS, Outcome.PASS)
    db = Database(record.path)
    for trigger in ("trail_is_never_changed", "trail_is_never_shortened"):
        db.execute(f"drop trigger {trigger}")
    db.execute(tampering)
    db.conn.commit()
    assert first_break(db) is not None


async def test_the_database_is_set_to_survive_a_power_cut(record: Record) -> None:
    writer = record._writer

    def asked(db: Database) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [db.execute(f"pragma {name}").fetchone()[0] for name in names]

    assert await writer.write(asked) == ["wal", 2, 1]


async def test_two_programs_can_not_write_one_record(record: Record) -> None:
    with pytest.raises(RecordInUse):
        Record(record.path)
    code = (
        "import sys, pathlib; from station.record import Record; Record(pathlib.Path(sys.argv[1]))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, str(record.path)], capture_output=True, text=True, check=False
    )
    assert "RecordInUse" in other.stderr


def test_a_record_of_a_newer_station_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    Record(path).close()
    db = Database(path)
    db.table("_sqlite_migrations").insert(
        {"id": 99, "migration_set": "station", "name": "m999_later", "applied_at": "2030"}
    )
    db.close()
    with pytest.raises(RecordNewer, match="m999_later"):
        Record(path)
    db = Database(path)
    db.table("_sqlite_migrations").delete(99)
    db.close()
    Record(path).close()  # the failed opening has let go of the lock


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(RecordBroken):
        Record(path)
    assert path.read_bytes().startswith(b"this is no database")


async def test_a_full_disk_is_named_and_nothing_half_is_written(
    record: Record, note: RunNote
) -> None:
    run = await run_with(record, note)
    writer = record._writer

    def bound(db: Database, pages: int) -> None:
        db.execute(f"pragma max_page_count = {pages}")

    await writer.write(lambda db: bound(db, 1))
    with pytest.raises(DiskFull):
        for number in range(1000):
            await record.begin_step(run, f"step {number} " + "x" * 500, 1)
    await writer.write(lambda db: bound(db, 1_000_000))
    steps, begun = await writer.write(
        lambda db: (
            db.execute("select count(*) from steps").fetchone()[0],
            db.execute("select count(*) from trail where what = 'step began'").fetchone()[0],
        )
    )
    assert steps == begun
    await record.begin_step(run, "afterwards", 1)


async def test_one_bad_write_does_not_undo_its_neighbours(record: Record) -> None:
    writer: Writer = record._writer

    def slow(db: Database) -> int:
        return int(db.execute("select 1").fetchone()[0])

    def bad(db: Database) -> None:
        db.execute("insert into operators (name, created) values ('bad', 'x')")
        raise ValueError("no")

    def good(db: Database) -> None:
        db.execute("insert into operators (name, created) values ('good', 'x')")

    results = await asyncio.gather(
        *(writer.write(work) for work in (slow, bad, good, bad, good)), return_exceptions=True
    )
    assert [type(result).__name__ for result in results] == [
        "int",
        "ValueError",
        "NoneType",
        "ValueError",
        "RecordBroken",
    ]
    names = [row["name"] for row in Database(record.path).table("operators").rows]
    assert names == ["good"]


async def test_a_cancelled_caller_does_not_undo_its_write(record: Record, note: RunNote) -> None:
    task = asyncio.create_task(record.begin_run(note))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await record.probe()
    assert Database(record.path).execute("select count(*) from runs").fetchone()[0] == 1


async def test_a_reader_does_not_stop_the_writer(record: Record, note: RunNote) -> None:
    reader = sqlite3.connect(record.path)
    reader.execute("begin")
    reader.execute("select count(*) from runs").fetchone()
    run = await record.begin_run(note)
    reader.rollback()
    assert reader.execute("select max(id) from runs").fetchone()[0] == run
    reader.close()
