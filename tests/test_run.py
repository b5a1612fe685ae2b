"""A run: every step on disk and told, every ending blamed, PASS only as it was read back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from station.faults import BoardSilent, DiskFull, Fault, KeyRefused, LinkLost, RecordFault, Stopped
from station.model import Event, Outcome, RunBegan, RunEnded, StepBegan, StepEnded
from station.record import RunNote
from station.run import Run, Terms, carry_out
from station.step import Bench


async def tell(
    bench: Bench,
    note: RunNote,
    story: Callable[[Run], Awaitable[None]],
    limits_s: Mapping[str, float] | None = None,
    began: Callable[[Run], None] = lambda run: None,
) -> RunEnded:
    return await carry_out(bench, note, Terms(limits_s or {}), story, began)


async def good(run: Run) -> None:
    for name in ("one", "two"):
        async with run.step(name, within_s=5):
            await asyncio.sleep(0)


async def test_a_good_run_tells_its_steps_in_order(
    bench: Bench, note: RunNote, said: list[Event]
) -> None:
    ended = await tell(bench, note, good)
    assert ended.outcome is Outcome.PASS
    assert [type(event) for event in said] == [
        RunBegan,
        StepBegan,
        StepEnded,
        StepBegan,
        StepEnded,
        RunEnded,
    ]
    assert said[-1] is ended


async def ends_in(fault: BaseException, run: Run) -> None:
    async with run.step("one", within_s=5):
        raise fault


@pytest.mark.parametrize(
    ("fault", "outcome", "code"),
    [
        (BoardSilent(), Outcome.FAIL, "BOARD-SILENT"),
        (KeyRefused("HTTP 401"), Outcome.ERROR, "KEY-REFUSED"),
        (ZeroDivisionError("s3cret"), Outcome.ERROR, "BUG"),
    ],
)
async def test_a_fault_is_blamed_and_recorded(
    bench: Bench,
    note: RunNote,
    said: list[Event],
    fault: Exception,
    outcome: Outcome,
    code: str,
) -> None:
    ended = await tell(bench, note, lambda run: ends_in(fault, run))
    assert ended.trouble
    assert (ended.outcome, ended.trouble.code) == (outcome, code)
    (step,) = [event for event in said if isinstance(event, StepEnded)]
    assert step.trouble
    assert (step.outcome, step.trouble.code) == (outcome, code)
    assert "s3cret" not in repr(said)


async def test_a_bug_keeps_its_traceback_in_the_log(
    bench: Bench, note: RunNote, caplog: pytest.LogCaptureFixture
) -> None:
    await tell(bench, note, lambda run: ends_in(ZeroDivisionError("oops"), run))
    assert "ZeroDivisionError: oops" in caplog.text


async def slow(run: Run) -> None:
    async with run.step("one", within_s=3600):
        await asyncio.Event().wait()


async def test_a_step_that_takes_too_long_times_out(bench: Bench, note: RunNote) -> None:
    ended = await tell(bench, note, slow, {"one": 0.01})
    assert ended.trouble
    assert (ended.outcome, ended.trouble.code) == (Outcome.TIMEOUT, "TOO-SLOW")


@pytest.mark.parametrize("why", [Stopped(), LinkLost("unplugged")])
async def test_a_stopped_run_says_why(
    bench: Bench, note: RunNote, said: list[Event], why: Fault
) -> None:
    runs: list[Run] = []
    task = asyncio.create_task(tell(bench, note, slow, began=runs.append))
    while not any(isinstance(event, StepBegan) for event in said):  # noqa: ASYNC110 - a list
        await asyncio.sleep(0)
    runs[0].stop(why)
    ended = await task
    assert ended.trouble
    assert (ended.trouble.code, ended.outcome) == (why.code, why.outcome)


async def one_step_short(run: Run) -> None:
    async with run.step("one", within_s=5):
        pass


async def test_a_story_that_skips_what_it_promised_does_not_pass(
    bench: Bench, note: RunNote
) -> None:
    ended = await tell(bench, note, one_step_short)
    assert ended.outcome is Outcome.ERROR


async def test_a_record_that_fails_at_the_end_is_never_a_pass(
    bench: Bench, note: RunNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(type(bench.record), "end_run", full)
    ended = await tell(bench, note, good)
    assert ended.trouble
    assert (ended.outcome, ended.trouble.code) == (Outcome.ERROR, "DISK-FULL")


async def test_a_run_that_can_not_be_begun_does_nothing(
    bench: Bench, note: RunNote, said: list[Event]
) -> None:
    done: list[str] = []

    async def story(run: Run) -> None:
        done.append("something")

    with pytest.raises(RecordFault):
        await tell(bench, replace(note, operator=999), story)
    assert (done, said) == ([], [])


@pytest.mark.parametrize("writes", range(1, 7))
async def test_a_stop_at_any_moment_leaves_no_step_open(
    bench: Bench, note: RunNote, said: list[Event], writes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop that falls into a write: what was begun is ended, on disk and on the screen."""
    runs: list[Run] = []
    writer = type(bench.record._writer)
    write, count = writer.write, 0

    async def stopping(self: Any, work: Any) -> Any:
        nonlocal count
        count += 1
        if count == writes and runs:
            asyncio.get_running_loop().call_soon(runs[0].stop, Stopped())
        return await write(self, work)

    monkeypatch.setattr(writer, "write", stopping)
    ended = await tell(bench, note, good, began=runs.append)
    began = [e.step for e in said if isinstance(e, StepBegan)]
    assert [e.step for e in said if isinstance(e, StepEnded)] == began
    assert said[-1] is ended
    rows = await write(
        bench.record._writer, lambda db: db.execute("select ended from steps").fetchall()
    )
    assert all(row[0] for row in rows)
