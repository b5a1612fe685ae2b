"""What tests of every room share: a record on disk, and a bench to run on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station import cli
from station.journal import Journal
from station.model import Event
from station.record import Record, RunNote
from station.step import Bench

Call = Callable[..., tuple[int, str, str]]

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


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Call]:
    """Yield the whole program as a function: its exit status, and what it said where."""
    monkeypatch.setenv("STATION_DATA_DIR", str(tmp_path / "line"))
    monkeypatch.setenv("TERMINAL_WIDTH", "300")
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    def called(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["station", *args])
        capsys.readouterr()
        status = 0
        try:
            cli.main()
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    yield called
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)
