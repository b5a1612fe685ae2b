"""Serial numbers: none twice, none lost, whatever is cut short and whenever."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.faults import PoolEmpty, PoolExists
from station.label_options import LABEL
from station.model import Identity, Outcome
from station.record import Record, RunNote
from station.record.labels import LabelNote
from station.record.questions import reading
from station.record.serials import Pool, PoolStands
from station.record.writer import Writer
from tests.conftest import NOTE

POOL = Pool("trackers", "T-", 1, 6, 3)
STEPS = ("one", LABEL)


def identity(unit: int) -> Identity:
    return Identity("nrf91", f"unit {unit}", "nRF9151", "1", ids=(("imei", f"unit {unit}"),))


@pytest.fixture
async def pool(record: Record) -> Record:
    await record.serials.make(POOL)
    return record


async def begun(record: Record, note: RunNote, unit: int) -> int:
    """Begin a run on a unit, which has passed all before its label."""
    run = await record.begin_run(replace(note, steps=STEPS))
    await record.learn(run, identity(unit))
    await record.end_step(await record.begin_step(run, "one", 5), Outcome.PASS, None, 0.1)
    return run


async def labelled(record: Record, run: int, job: str) -> int:
    """Commit that a label is about to be printed."""
    return await record.labels.begin(run, LabelNote(job, "d", "t", "p"), LABEL)


async def passed(record: Record, run: int) -> None:
    await record.end_step(await record.begin_step(run, LABEL, 5), Outcome.PASS, None, 0.1)
    await record.end_run(run, Outcome.PASS, None, 1.0)


async def stands(record: Record) -> PoolStands:
    (found,) = await record.serials.stands()
    return found


async def test_numbers_are_counted_as_the_pool_says(pool: Record, note: RunNote) -> None:
    assert await stands(pool) == PoolStands("trackers", "T-001", 6, 0, 0)
    runs = [await begun(pool, note, unit) for unit in (1, 2, 3)]
    assert [await pool.serials.take(run, "trackers") for run in runs] == ["T-001", "T-002", "T-003"]
    assert await stands(pool) == PoolStands("trackers", "T-004", 3, 3, 0)


async def test_a_unit_gets_its_own_number_again(pool: Record, note: RunNote) -> None:
    first = await begun(pool, note, 1)
    assert await pool.serials.take(first, "trackers") == "T-001"
    await pool.labels.came((await labelled(pool, first, "a"),))
    await passed(pool, first)
    again = await begun(pool, note, 1)
    assert await pool.serials.take(again, "trackers") == "T-001"
    assert await pool.serials.take(await begun(pool, note, 2), "trackers") == "T-002"
    assert await stands(pool) == PoolStands("trackers", "T-003", 4, 1, 1)


async def test_a_number_without_a_label_goes_back_with_the_run(pool: Record, note: RunNote) -> None:
    run = await begun(pool, note, 1)
    await pool.serials.take(run, "trackers")
    await pool.labels.failed((await labelled(pool, run, "a"),), "PAPER-OUT")
    await pool.end_run(run, Outcome.ERROR, None, 1.0)
    assert await stands(pool) == PoolStands("trackers", "T-001", 6, 0, 0)
    assert await pool.serials.take(await begun(pool, note, 2), "trackers") == "T-001"


@pytest.mark.parametrize("came", [True, False])
async def test_a_number_on_a_label_that_may_exist_stays(
    pool: Record, note: RunNote, came: bool
) -> None:
    run = await begun(pool, note, 1)
    await pool.serials.take(run, "trackers")
    row = await labelled(pool, run, "a")
    if came:
        await pool.labels.came((row,))
    verdict = await pool.end_run(run, Outcome.ABORTED, None, 1.0)
    assert verdict.outcome is (Outcome.ABORTED if came else Outcome.UNKNOWN)
    assert await pool.serials.take(await begun(pool, note, 2), "trackers") == "T-002"
    assert await pool.serials.take(await begun(pool, note, 1), "trackers") == "T-001"


async def test_a_label_that_is_settled_as_not_there_lets_its_number_go(
    pool: Record, note: RunNote
) -> None:
    run = await begun(pool, note, 1)
    await pool.serials.take(run, "trackers")
    row = await labelled(pool, run, "a")
    await pool.end_run(run, Outcome.UNKNOWN, None, 1.0)
    again = await begun(pool, note, 1)
    pending = await pool.labels.pending(again)
    assert pending
    assert pending.rows == (row,)
    await pool.labels.failed(pending.rows, "told so")
    await pool.end_run(again, Outcome.ABORTED, None, 1.0)
    assert (await stands(pool)).free == 6


async def test_a_label_of_before_keeps_no_number_of_now(pool: Record, note: RunNote) -> None:
    first = await begun(pool, note, 1)
    await pool.labels.came((await labelled(pool, first, "a"),))
    await passed(pool, first)
    second = await begun(pool, note, 1)
    await pool.serials.take(second, "trackers")
    await pool.end_run(second, Outcome.ERROR, None, 1.0)
    assert (await stands(pool)).free == 6


async def test_another_slot_on_the_same_unit_keeps_the_number(pool: Record, note: RunNote) -> None:
    one, other = await begun(pool, note, 1), await begun(pool, note, 1)
    assert await pool.serials.take(one, "trackers") == "T-001"
    assert await pool.serials.take(other, "trackers") == "T-001"
    await pool.end_run(one, Outcome.ERROR, None, 1.0)
    assert (await stands(pool)).taken == 1
    await pool.end_run(other, Outcome.ERROR, None, 1.0)
    assert (await stands(pool)).taken == 0


async def test_two_slots_at_once_get_two_numbers(pool: Record, note: RunNote) -> None:
    runs = [await begun(pool, note, unit) for unit in range(6)]
    taken = await asyncio.gather(*(pool.serials.take(run, "trackers") for run in runs))
    assert sorted(taken) == [f"T-00{n}" for n in range(1, 7)]


async def test_an_empty_pool_is_told(pool: Record, note: RunNote) -> None:
    for unit in range(6):
        await pool.serials.take(await begun(pool, note, unit), "trackers")
    late = await begun(pool, note, 7)
    with pytest.raises(PoolEmpty, match="trackers"):
        await pool.serials.take(late, "trackers")
    with pytest.raises(PoolEmpty, match="no pool nowhere"):
        await pool.serials.take(late, "nowhere")


async def test_a_pool_is_made_once(pool: Record) -> None:
    with pytest.raises(PoolExists):
        await pool.serials.make(POOL)


async def test_what_was_imported_comes_first_and_is_counted_once(
    pool: Record, note: RunNote
) -> None:
    assert await pool.serials.take_in("trackers", ["X-9", "T-002", "X-9"]) == 2
    runs = [await begun(pool, note, unit) for unit in range(4)]
    taken = [await pool.serials.take(run, "trackers") for run in runs]
    assert taken == ["X-9", "T-002", "T-001", "T-003"]


async def test_a_crash_gives_back_what_no_label_bears(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    record = Record(path)
    await record.serials.make(POOL)
    note = await noted(record)
    bare, bearing = await begun(record, note, 1), await begun(record, note, 2)
    await record.serials.take(bare, "trackers")
    await record.serials.take(bearing, "trackers")
    await labelled(record, bearing, "a")
    record.close()
    record = Record(path)
    assert await record.close_interrupted() == 2
    assert await stands(record) == PoolStands("trackers", "T-001", 5, 1, 0)
    record.close()
    with reading(path) as db:
        outcomes = [row["outcome"] for row in db.execute("select outcome from runs order by id")]
    assert outcomes == ["error", "unknown"]


# Kills: the station is gone before or after any of its commits.


class Killed(BaseException):
    """The process is gone."""


async def noted(record: Record) -> RunNote:
    shift = await record.begin_shift("Ann", "Order 7", "Tracker", "d" * 64, 10)
    return replace(NOTE, operator=shift.operator, work_order=shift.work_order)


class Mortal:
    """Kills the record before its `at`th write, or after it."""

    def __init__(self, writer: Writer, at: int, *, after: bool) -> None:
        self._writer, self._left, self._after = writer, at, after

    async def write(self, work: Callable[..., Any]) -> Any:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Killed
        result = await self._writer.write(work)
        if self._left == 0:
            raise Killed
        return result


Plan = tuple[int, str]
"""A unit, and how its run goes: pass, no printer, lost label, stopped before, told it came."""

ENDS = ("pass", "no printer", "lost", "stopped")


async def one(record: Record, note: RunNote, plan: Plan, seen: list[tuple[str, int]]) -> None:
    """Tell one run as `labelling` does; `seen` are the numbers that were really printed."""
    unit, end = plan
    run = await begun(record, note, unit)
    number = await record.serials.take(run, "trackers")
    if pending := await record.labels.pending(run):
        if (number, unit) in seen:
            await record.labels.came(pending.rows)
        else:
            await record.labels.failed(pending.rows, "told so")
    if end == "stopped":
        await record.end_run(run, Outcome.ABORTED, None, 1.0)
        return
    row = await labelled(record, run, f"{run} {unit}")
    if end == "no printer":
        await record.labels.failed((row,), "PRINTER-OFFLINE")
        await record.end_run(run, Outcome.ERROR, None, 1.0)
        return
    seen.append((number, unit))
    if end == "lost":
        await record.end_run(run, Outcome.UNKNOWN, None, 1.0)
        return
    await record.labels.came((row,))
    await passed(record, run)


async def shift_of(path: Path, plans: list[Plan], at: int, *, after: bool) -> list[tuple[str, int]]:
    """Work through `plans` and be killed at the `at`th commit; then work through them once more."""
    seen: list[tuple[str, int]] = []
    record = Record(path)
    note = await noted(record)
    await record.serials.make(POOL)
    mortal: Any = Mortal(record._writer, at, after=after)
    record._writer = record.serials._writer = record.labels._writer = mortal
    try:
        for plan in plans:
            await one(record, note, plan, seen)
    except Killed:
        pass
    record._writer = mortal._writer
    record.close()
    record = Record(path)
    await record.close_interrupted()
    for plan in plans:
        await one(record, note, plan, seen)
    record.close()
    return seen


def numbers(path: Path) -> Iterator[dict[str, Any]]:
    with reading(path) as db:
        for row in db.execute(
            "select number, serial as unit, confirmed from serials"
            " left join units on units.id = unit"
        ):
            yield dict(row)


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(
    plans=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ENDS)), min_size=1, max_size=5),
    at=st.integers(1, 40),
    after=st.booleans(),
)
def test_none_twice_and_none_lost(plans: list[Plan], at: int, after: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.db"
        seen = asyncio.run(shift_of(path, plans, at, after=after))
        held = {row["number"]: row["unit"] for row in numbers(path)}
        with reading(path) as db:
            counted = db.execute("select next from pools").fetchone()[0] - 1
    # every number that the pool has counted to is there, once
    assert sorted(held) == [f"T-{n:03d}" for n in range(1, counted + 1)]
    # what was ever printed is that unit's, and of no other unit
    assert {number: f"unit {unit}" for number, unit in seen}.items() <= held.items()
    assert len({number for number, _ in set(seen)}) == len(set(seen))
    # no unit has two
    assert all(count == 1 for unit, count in Counter(held.values()).items() if unit)
    # and none is bound that stands on no label
    assert {unit for unit in held.values() if unit} == {f"unit {unit}" for _, unit in seen}
