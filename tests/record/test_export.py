"""What is exported: what was found and nothing else, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from station.faults import RecordBroken
from station.model import Identity, Outcome
from station.model.finding import Query
from station.record import Record, RunNote, cells, export, questions, search
from station.record.export import Form

UNIT = Identity("nrf91", "", "nRF9151", "2.0.2")


@pytest.fixture
async def told(record: Record, note: RunNote) -> Record:
    """Three units, of which the second was tried twice, and a board that never said who it is."""
    for serial, ends in (
        ("0042", (Outcome.PASS,)),
        ("0043", (Outcome.FAIL, Outcome.PASS)),
        ("0044", (Outcome.FAIL,)),
    ):
        for end in ends:
            run = await record.begin_run(replace(note, steps=(), slot="1-4"))
            await record.learn(run, replace(UNIT, serial=serial, ids=(("sn", serial),)))
            await record.end_run(run, end, None, 0.5)
    run = await record.begin_run(replace(note, steps=()))
    await record.end_run(run, Outcome.FAIL, None, 0.5)
    return record


def written(path: Path, form: str, query: Query) -> list[dict[str, str]]:
    out = io.StringIO()
    with questions.reading(path) as db:
        count = export.export(db, form, out, query)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert len(rows) == count
    return rows


@pytest.mark.parametrize(
    "query",
    [Query(), Query("004"), Query(outcome=Outcome.FAIL), Query("43", outcome=Outcome.PASS)],
    ids=["all", "text", "outcome", "both"],
)
def test_the_export_is_what_is_shown(
    told: Record, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    out = io.StringIO()
    with questions.reading(told.path) as db:
        shown = [
            (each.serial or None, each.run.run if each.run else None)
            for each in search.find(db, query).units
        ]
        export.export_found(db, "json", out, query)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(row["serial"], row["run"]) for row in rows] == shown
    assert shown


def test_the_command_line_writes_every_run_that_fits(told: Record) -> None:
    assert [row["serial"] for row in written(told.path, "csv", Query())] == [
        "0042", "0043", "0043", "0044", "",
    ]  # fmt: skip
    assert [row["run"] for row in written(told.path, "csv", Query("004"))] == ["4", "3", "2", "1"]
    failed = written(told.path, "csv", Query(outcome=Outcome.FAIL))
    assert [row["run"] for row in failed] == ["5", "4", "2"]
    assert written(told.path, "csv", Query("nobody")) == []


def test_numbers_survive_a_spreadsheet_and_programs_read_them_plain(told: Record) -> None:
    plain = written(told.path, "csv", Query("0042"))
    sheet = written(told.path, "sheet", Query("0042"))
    assert [(row["serial"], row["slot"]) for row in plain] == [("0042", "1-4")]
    assert [(row["serial"], row["slot"]) for row in sheet] == [("'0042", "'1-4")]
    assert {row["seconds"] for row in (*plain, *sheet)} == {"0.5"}


async def test_a_text_of_several_lines_is_one_cell(record: Record, note: RunNote) -> None:
    text = 'first\rsecond\n"third",\r\n=1'
    run = await record.begin_run(replace(note, steps=(), slot=text))
    await record.end_run(run, Outcome.PASS, None, 0.5)
    for form in ("csv", "sheet"):
        (row,) = written(record.path, form, Query())
        assert row["slot"] == text.replace("\n=", "\n'=")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '"=1', "'=1", "\ufeff=1",
     "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "\u200b=1", "\0=1", "\x0b=1", " =1"],
)  # fmt: skip
def test_no_text_is_a_formula(text: str) -> None:
    for safe in (cells.inert(text), cells.kept(text)):
        assert safe == f"'{text}" or safe.replace("'", "") == text.replace("'", "")
        assert safe.startswith("'")


@pytest.mark.parametrize("gap", [";", "\t", "\n", "; ", ';"'])
def test_a_cell_that_a_semicolon_begins_is_no_formula_either(gap: str) -> None:
    assert cells.inert(f"no answer{gap}=cmd|x") == f"no answer{gap}'=cmd|x"


@pytest.mark.parametrize(
    "text", ["351001", "ab-1", "a=b", "F4:12:FA", "2026-11-03T09:00:00.000+00:00", "", "3 - 4", "7"]
)
def test_what_no_spreadsheet_changes_stays_as_it_is(text: str) -> None:
    assert cells.inert(text) == cells.kept(text) == text


@pytest.mark.parametrize(
    "text",
    ["0042", "355025930000421", "89450421180216211234", "12E4", "1.10", "2.0.2", "1-4", "MAR1",
     "3/4", "1,5"],
)  # fmt: skip
def test_what_a_spreadsheet_would_change_is_marked_as_text(text: str) -> None:
    assert cells.inert(text) == text
    assert cells.kept(text) == f"'{text}"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("before")

    def broken(out: io.TextIOBase) -> int:
        out.write("half")
        raise RecordBroken("the disk is gone")

    with pytest.raises(RecordBroken):
        export.to_file(path, Form.CSV, broken)  # type: ignore[arg-type]
    assert path.read_text() == "before"
    assert export.to_file(path, Form.SHEET, lambda out: out.write("é")) == 1
    assert path.read_bytes() == b"\xef\xbb\xbf\xc3\xa9"
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".db"] == ["units.csv"]


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RecordBroken, match="nowhere"):
        export.to_file(tmp_path / "nowhere" / "x.csv", Form.CSV, lambda out: out.write("x"))


async def test_an_export_is_of_one_moment(told: Record, note: RunNote) -> None:
    """A unit that comes while pages are written is not in it, and none is left out for it."""
    with questions.reading(told.path) as db, export._one_moment(db):
        first = search.find(db, Query("004"), limit=1)
        run = await told.begin_run(replace(note, steps=()))
        await told.learn(run, replace(UNIT, serial="0044", ids=(("sn", "0044"),)))
        rest = search.find(db, Query("004"), first.after)
    assert [unit.serial for unit in (*first.units, *rest.units)] == ["0044", "0043", "0042"]
