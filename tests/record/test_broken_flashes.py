"""A flash that was broken off is found at the board's next visit, and closed when it has passed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from station.model import Identity, Outcome
from station.record import BOARD, Record, RunNote

ADAPTER, KIT = "0001", "001051200007"


def unit(serial: str) -> Identity:
    return Identity("scripted", serial, "", "", ids=(("serial", serial),))


@pytest.fixture
async def record(tmp_path: Path) -> AsyncIterator[Record]:
    opened = await asyncio.to_thread(Record, tmp_path / "record.db")
    yield opened
    await asyncio.to_thread(opened.close)


async def begun(record: Record, slot: str, usb_serial: str, serial: str = "") -> int:
    """Begin a run; `serial` is what the unit says of itself, if it says anything."""
    shift = await record.begin_shift("Ann", "Reflash", "Reflash", "0" * 64, None)
    note = RunNote(
        slot, "/dev/x", usb_serial, "Reflash", "0" * 64, "reflash", ("flash",),
        shift.operator, shift.work_order, "Line 1", "0",
    )  # fmt: skip
    run = await record.begin_run(note)
    if serial:
        await record.learn(run, unit(serial))
    return run


async def broken(record: Record, slot: str, usb_serial: str, serial: str = "") -> int:
    """Break a flash off."""
    run = await begun(record, slot, usb_serial, serial)
    step = await record.begin_step(run, "flash", 900)
    where = f"{usb_serial} {slot}" if usb_serial else slot
    await record.intend(run, step, "flash", f"{where} {'0' * 16}", BOARD)
    return run


async def passed(record: Record, run: int) -> None:
    step = await record.begin_step(run, "flash", 900)
    await record.end_step(step, Outcome.PASS, None, 0.1)
    await record.end_run(run, Outcome.PASS, None, 0.1)


async def left_open(record: Record) -> list[int]:
    return [each.run for each in await record.open_intents()]


async def test_it_is_found_in_the_same_slot_though_the_board_says_nothing(record: Record) -> None:
    first = await broken(record, "1", ADAPTER)
    again = await begun(record, "1", ADAPTER)
    assert await record.broken_off(again, "flash") == (first,)
    assert await record.broken_off(again, "claim") == ()
    await passed(record, again)
    assert await left_open(record) == []


async def test_another_slot_with_the_same_adapter_is_another_matter(record: Record) -> None:
    first = await broken(record, "2", ADAPTER, "B")
    other = await begun(record, "1", ADAPTER, "A")
    assert await record.broken_off(other, "flash") == ()
    await passed(record, other)
    assert await left_open(record) == [first]


@pytest.mark.parametrize("usb_serial", [ADAPTER, KIT, ""])
async def test_a_unit_that_was_moved_is_known_by_what_it_says(
    record: Record, usb_serial: str
) -> None:
    first = await broken(record, "2", usb_serial, "B")
    moved = await begun(record, "1", usb_serial, "B")
    assert await record.broken_off(moved, "flash") == (first,)
    await passed(record, moved)
    assert await left_open(record) == []


async def test_what_this_run_has_begun_itself_was_not_broken_off(record: Record) -> None:
    run = await broken(record, "1", ADAPTER, "A")
    assert await record.broken_off(run, "flash") == ()
