"""A scanned list: read as scanners and spreadsheets write it, serials as they stand in it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import device_list
from station.csv_text import MISTAKES_TOLD
from station.device_list import read_list
from station.faults import FileWrong
from station.model import Listed

DEVICES = (Listed("TRK-1", "0012345", "left"), Listed("TRK-2", "12e5"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "line 3.csv"


def said(path: Path, data: bytes | str) -> str:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(FileWrong) as caught:
        read_list(path)
    assert str(path.parent) not in caught.value.detail
    name, _, rest = caught.value.detail.partition(": ")
    assert name == path.name
    return rest


@pytest.mark.parametrize(
    "text",
    ["TRK-1\nTRK-2\n", "TRK-1\r\n\r\n  TRK-2 ", "\ufeffname\nTRK-1\n\n\nTRK-2\n", "TRK-1\rTRK-2\r"],
)
def test_a_name_a_line(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="")
    assert read_list(path) == (Listed("TRK-1"), Listed("TRK-2"))


@pytest.mark.parametrize(
    "text",
    [
        "name,serial,label\nTRK-1,0012345,left\nTRK-2,12e5,\n",
        "name,serial,label\nTRK-1,0012345,left\nTRK-2,12e5",
        "Serial;Label;Name\r\n0012345;left;TRK-1\r\n12e5;;TRK-2\r\n",
        "sep=;\r\nname;serial;label\r\nTRK-1;0012345;left\r\nTRK-2;12e5;\r\n",
        '"name","serial","label"\n"TRK-1","0012345","left"\n"TRK-2","12e5",""\n',
        "\n\t\t\nLABEL\tNAME\tSERIAL\nleft\tTRK-1\t0012345\n\tTRK-2\t12e5\n",
        "name,serial,label,,\n TRK-1 , 0012345\t,left,,\n,,,,\nTRK-2,12e5,,,\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_columns_in_any_order_and_as_spreadsheets_write_them(
    path: Path, text: str, encoding: str
) -> None:
    path.write_text(text, encoding, newline="")
    assert read_list(path) == DEVICES


@pytest.mark.parametrize(
    "serial", ["007", "0012345", "12e5", "1.10", "true", "-0", "0x1F", "{}", "3E5"]
)
def test_a_serial_stays_as_it_is(path: Path, serial: str) -> None:
    path.write_text(f"name,serial\na,{serial}\n", "utf-8")
    assert read_list(path) == (Listed("a", serial),)


def test_what_is_quoted_may_hold_what_separates(path: Path) -> None:
    path.write_text('name,label\n"a,b;c","say ""hi"""\n', "utf-8")
    assert read_list(path) == (Listed("a,b;c", "", 'say "hi"'),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "there is no name in it"),
        ("name,serial\n", "there is no name in it"),
        ("a\nb\n\na\n", "line 4, column name: the same as in line 1"),
        ("name,serial\na,1\nb,01\nc,1\n", "line 4, column serial: the same as in line 2"),
        ("name,serial\n,1\n", "line 2, column name: it is empty"),
        ("name,serial\na,1,2\n", "line 2: 2 cells, not 3"),
        ("a,1\n", "line 1: more than a name: such a list begins with the line name,serial,label"),
        ("a;1\n", "line 1: more than a name: such a list begins with the line name;serial;label"),
        ("name,serail\na,1\n", "the header's column 'serail' is none of name, serial, label"),
        ("name,name\na,1\n", "the header has the column 'name' twice"),
        ("name,serial\na,3.52590E+12\n", "line 2, column serial: a spreadsheet has rounded it"),
        ('name,serial\na,"=""007"""\n', "line 2, column serial: a spreadsheet's formula"),
        ("=cmd|' /C calc'!A0\n", "line 1, column name: a spreadsheet's formula"),
        ("a\x1db\n", "line 1, column name: it holds a line break or another character"),
        ('name,serial\n"a\nb",1\nc,2,3', "line 2, column name: it holds a line break"),
        ('name,serial\n"a\nb",1\nc,2,3', "; line 4: 2 cells, not 3"),
        ('name\n"a\n', "line 2: not CSV"),
        (f"name\nb\n{'x' * 140_000}\n", "line 3: not CSV"),
    ],
)
def test_mistakes_are_named_by_line(path: Path, text: str, expected: str) -> None:
    assert expected in said(path, text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a\nGerät\n".encode("cp1252"), "line 2: no text in UTF-8: save it as 'CSV UTF-8'"),
        ("a\nb\n".encode("utf-16-le"), "no text in UTF-8"),
        (b"\xff\xfea", "line 1: no text in UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00", "no text in UTF-8"),
    ],
)
def test_what_is_no_text_is_told_how_to_save(path: Path, data: bytes, expected: str) -> None:
    assert said(path, data).startswith(expected)


def test_files_that_can_not_be_read(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileWrong, match=r"line 3\.csv: No such file"):
        read_list(path)
    with pytest.raises(FileWrong):
        read_list(tmp_path)
    monkeypatch.setattr(device_list, "MOST_BYTES", 3)
    assert said(path, "abcd") == "more than 3 bytes, this is no list of devices"


def test_a_thousand_mistakes_are_not_all_told(path: Path) -> None:
    told = said(path, "\n".join(["a"] * 1001))
    assert told.count("the same as in line 1") == MISTAKES_TOLD
    assert told.endswith(f"; and {1000 - MISTAKES_TOLD} more")


@given(st.binary())
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    with suppress(FileWrong):
        assert all(device.name == device.name.strip() != "" for device in read_list(path))
