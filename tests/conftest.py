"""What tests of every room share: a record on disk, and a bench to run on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.journal import Journal
from station.model import Event
from station.record import Record, RunNote
from station.run import Bench

NOTE = RunNote(
    slot="1",
    port="/dev/null",
    usb_serial="",
    recipe="Tracker",
    recipe_digest="d" * 64,
    procedure="claim",
    steps=("one", "two"),
    operator=1,
    work_order=1,
    station="Line 1",
    software="0",
)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    record = Record(tmp_path / "record.db")
    yield record
    record.close()


@pytest.fixture
def said() -> list[Event]:
    return []


@pytest.fixture
async def note(record: Record) -> RunNote:
    """A run's note, with an operator signed in to a work order of ten."""
    shift = await record.begin_shift("Ann", "Order 7", "Tracker", "d" * 64, 10)
    return replace(NOTE, operator=shift.operator, work_order=shift.work_order)


@pytest.fixture
def bench(record: Record, said: list[Event]) -> Bench:
    return Bench(record, Journal(record, said.append, again_after_s=(0.0, 0.0)), said.append)
