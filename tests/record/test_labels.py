"""Labels as rows: none is begun before all else has passed, and none is left without an end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.faults import LabelMissing, RecordBroken, Unsettled
from station.label_options import LABEL
from station.model import Claim, Identity, Outcome
from station.record import Record, RunNote
from station.record.labels import LabelNote

UNIT = Identity("nrf91", "SN-1", "nRF9151", "1", ids=(("imei", "SN-1"), ("ble mac", "F4:12")))
TOLD = LabelNote("job-1", "d" * 64, "label.zpl", "labels")


async def begun(record: Record, note: RunNote, outcome: Outcome = Outcome.PASS) -> int:
    """Begin a run whose one step before the label has ended."""
    run = await record.begin_run(replace(note, steps=("one", LABEL)))
    await record.learn(run, UNIT)
    await record.end_step(await record.begin_step(run, "one", 5), outcome, None, 0.1)
    return run


async def test_no_label_is_begun_before_all_else_has_passed(record: Record, note: RunNote) -> None:
    failed = await begun(record, note, Outcome.FAIL)
    with pytest.raises(RecordBroken, match="no record of one"):
        await record.labels.begin(failed, TOLD, LABEL)
    skipped = await record.begin_run(replace(note, steps=("one", LABEL)))
    await record.learn(skipped, UNIT)
    with pytest.raises(RecordBroken, match="no record of one"):
        await record.labels.begin(skipped, TOLD, LABEL)
    assert await record.labels.pending(skipped) is None


async def test_no_label_is_begun_while_a_deed_is_open(record: Record, note: RunNote) -> None:
    run = await begun(record, note)
    step = await record.begin_step(run, LABEL, 5)
    await record.intend(run, step, "claim", "key", "cloud")
    with pytest.raises(Unsettled):
        await record.labels.begin(run, TOLD, LABEL)


async def test_a_label_whose_end_nobody_knows_makes_the_run_unknown(
    record: Record, note: RunNote
) -> None:
    run = await begun(record, note)
    row = await record.labels.begin(run, TOLD, LABEL)
    verdict = await record.end_run(run, Outcome.FAIL, None, 1.0)
    assert verdict.trouble
    assert (verdict.outcome, verdict.trouble.code) == (Outcome.UNKNOWN, "PRINT-UNKNOWN")
    again = await begun(record, note)
    pending = await record.labels.pending(again)
    assert pending
    assert (pending.rows, pending.digest) == ((row,), TOLD.digest)
    await record.labels.came(pending.rows, scanned=True)
    assert await record.labels.pending(again) is None
    assert await record.labels.job_with(again, TOLD.digest) == "job-1"
    assert await record.labels.job_with(again, "other") == ""


async def test_what_a_label_says_is_what_the_first_said(record: Record, note: RunNote) -> None:
    first = await begun(record, note)
    await record.hold(first, "cloud", Claim("nrf", "dev-1"))
    await record.labels.came((await record.labels.begin(first, TOLD, LABEL),))
    shift = await record.begin_shift("Bob", "Order 8", note.recipe, "d" * 64, None)
    later = replace(note, operator=shift.operator, work_order=shift.work_order, station="Line 2")
    facts = await record.labels.facts(await begun(record, later), "cloud", "")
    assert (facts.order, facts.operator, facts.station) == ("Order 7", "Ann", "Line 1")
    assert (facts.serial, facts.device_id, facts.cloud) == ("SN-1", "dev-1", "nrf")
    assert dict(facts.ids) == dict(UNIT.ids)
    other = replace(later, recipe="Other product")
    facts = await record.labels.facts(await begun(record, other), "elsewhere", "")
    assert (facts.order, facts.operator, facts.station) == ("Order 8", "Bob", "Line 2")
    assert facts.device_id == ""


async def test_a_run_without_a_unit_has_no_facts(record: Record, note: RunNote) -> None:
    run = await record.begin_run(note)
    with pytest.raises(RecordBroken, match="nobody knows the unit"):
        await record.labels.facts(run, "cloud", "")


async def test_a_unit_is_found_by_whatever_its_label_says(record: Record, note: RunNote) -> None:
    run = await begun(record, note)
    await record.hold(run, "cloud", Claim("nrf", "dev-1"))
    assert await record.labels.also_known_as(run) == ("dev-1",)
    for name in ("SN-1", "F4:12", "dev-1"):
        assert await record.labels.owner(("nothing", name)) == "SN-1"
    assert await record.labels.owner(("nothing",)) == ""


async def test_a_unit_without_a_label_has_no_last_one(record: Record, note: RunNote) -> None:
    run = await begun(record, note)
    await record.labels.failed((await record.labels.begin(run, TOLD, LABEL),), "PAPER-OUT")
    with pytest.raises(LabelMissing):
        await record.labels.last(1)
