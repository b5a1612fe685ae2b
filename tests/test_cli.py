"""The commands of the contract, in this process: what they say, and how they end."""

from __future__ import annotations

import csv
import io
import json
import logging
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from station import __version__, cli_window
from station.cli_options import this_user
from station.model import Identity, Outcome
from station.record import Record, RunNote, questions
from tests.conftest import Call

COMMANDS = (
    "demo", "run", "ports", "boards", "doctor", "recipe check", "recipe schema", "recipe new",
    "records find", "records show", "records export", "records stale", "records verify",
    "records backup", "claims list", "claims send", "claims export", "claims import",
    "authority new", "simulate board", "simulate cloud", "secret set",
)  # fmt: skip
UNIT = Identity("nrf91", "351001", "nRF9151", "2.0.2", ids=(("imei", "351001"), ("uuid", "ab-1")))


@pytest.fixture
async def told(tmp_path: Path, note: RunNote, record: Record) -> Path:
    """A station's folder whose record, open for writing, holds two units that passed."""
    for number in ("351001", "351002"):
        run = await record.begin_run(note)
        ids = (("imei", number), ("uuid", f"ab-{number}"))
        await record.learn(run, replace(UNIT, serial=number, ids=ids))
        for name in note.steps:
            step = await record.begin_step(run, name, 5)
            await record.end_step(step, Outcome.PASS, None, 0.1)
        await record.end_run(run, Outcome.PASS, None, 0.5)
    return tmp_path


def test_the_version_and_the_help(call: Call) -> None:
    assert call("--version") == (0, f"station {__version__}\n", "")
    for command in ("", *COMMANDS):
        status, out, err = call(*command.split(), "--help")
        assert (status, err) == (0, "")
        assert "Usage: station" in out


@pytest.mark.parametrize("args", ["nonsense", "run", "run --recipe", "records", "run --units 0"])
def test_a_wrong_command_is_2(call: Call, args: str) -> None:
    status, _, err = call(*args.split())
    assert status == 2
    assert "Usage: station" in err or "Error" in err or args == "records"


def test_what_is_not_there_yet_says_so(call: Call) -> None:
    assert call("doctor") == (3, "", "'station doctor' is not there yet.\n")


def test_the_kinds_of_boards_are_shown(call: Call) -> None:
    _, out, _ = call("boards", "--json")
    assert {"kind": "nrf91", "title": "Nordic nRF91"} in [json.loads(x) for x in out.splitlines()]
    assert "kind=nrf91" in call("boards")[1]


def test_the_ports_are_shown(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from station.links import serial
    from station.links.sightings import Sighting
    from station.model import Port

    monkeypatch.setattr(serial, "usb_sightings", list)
    assert call("ports", "--json") == (0, "", "No serial port is plugged in.\n")
    port = Port("/dev/ttyACM0", 0x1366, 0x1059, "1", "1-4.2", 0, "J-Link")
    monkeypatch.setattr(serial, "usb_sightings", lambda: [Sighting(port, "1", True)])
    status, out, err = call("ports", "--json")
    assert (status, err) == (0, "")
    (seen,) = [json.loads(line) for line in out.splitlines()]
    assert (seen["path"], seen["location"], seen["vid"]) == ("/dev/ttyACM0", "1-4.2", 0x1366)
    assert "note" not in seen


def test_a_boot_loader_without_a_port_is_shown_too(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from station.links import serial, usb_linux
    from station.links.sightings import Sighting
    from station.model import Medium, Port

    port = Port("usb:1-3", 0x2341, 0x035B, "2", "1-3", None, "Portenta H7", medium=Medium.USB)
    monkeypatch.setattr(serial, "usb_sightings", list)
    monkeypatch.setattr(usb_linux, "with_portless", lambda ports, fits: [*ports, Sighting(port)])
    status, out, err = call("ports", "--json")
    assert (status, err) == (0, "")
    (seen,) = [json.loads(line) for line in out.splitlines()]
    assert (seen["path"], seen["kind"], seen["product"]) == ("usb:1-3", "arduino", "Portenta H7")
    assert seen["note"] == "its boot loader waits for an image and shows no serial port"


# Recipes


def test_a_recipe_is_begun_and_checked(call: Call, tmp_path: Path) -> None:
    status, text, err = call("recipe", "new")
    assert (status, err) == (0, "")
    path = tmp_path / "r.toml"
    path.write_text(text, "utf-8")
    status, out, _ = call("recipe", "check", str(path), "--json")
    assert status == 0
    assert list(json.loads(out)) == ["recipe", "version", "digest"]


def test_a_recipes_mistakes_are_told_with_file_and_line(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(call("recipe", "new")[1] + "colour = 1\n", "utf-8")
    line = path.read_text("utf-8").count("\n")
    status, out, err = call("recipe", "check", str(path))
    assert (status, out, err) == (2, "", f"{path}:{line}: options.colour: no such key\n")
    status, out, err = call("recipe", "check", str(path), "--json")
    assert (status, err) == (2, "")
    assert list(json.loads(out)) == ["file", "line", "key", "expected"]
    status, _, err = call("run", "--recipe", str(path), "--json")
    assert status == 2
    assert f"r.toml:{line}: options.colour: no such key" in err
    status, _, err = call("recipe", "check", str(tmp_path / "none.toml"))
    assert status == 2
    assert "none.toml: can't be read" in err
    assert call("run", "--recipe", str(tmp_path / "none.toml"))[0] == 2


def test_the_schema_is_json(call: Call) -> None:
    assert json.loads(call("recipe", "schema")[1])["required"]


@pytest.mark.parametrize("what", ["procedure", "board", "cloud"])
def test_a_recipe_of_nothing_lists_what_there_is(call: Call, what: str) -> None:
    status, _, err = call("recipe", "new", f"--{what}", "toaster")
    assert status == 2
    assert "'toaster' is not installed; there is" in err


# The record


def test_a_unit_is_found_and_shown_while_a_station_writes(call: Call, told: Path) -> None:
    where = ("--data-dir", str(told))
    status, out, err = call("records", "find", "351", "--json", *where)
    assert (status, err) == (0, "")
    assert {json.loads(line)["serial"] for line in out.splitlines()} == {"351001", "351002"}
    assert "serial=351002" in call("records", "find", "ab-351002", *where)[1]
    life = json.loads(call("records", "show", "351001", *where)[1])
    (line,) = call("records", "show", "351001", "--json", *where)[1].splitlines()
    assert json.loads(line) == life
    assert [step["name"] for step in life["runs"][0]["steps"]] == ["one", "two"]


def test_a_unit_that_is_not_there_is_1(call: Call, told: Path) -> None:
    for verb in ("find", "show"):
        status, out, err = call("records", verb, "nobody", "--data-dir", str(told))
        assert (status, out) == (1, "")
        assert "'nobody'" in err


def test_the_record_is_exported(call: Call, told: Path) -> None:
    where = ("--data-dir", str(told))
    rows = list(csv.DictReader(io.StringIO(call("records", "export", *where)[1])))
    assert [row["serial"] for row in rows] == ["351001", "351002"]
    out = call("records", "export", "--format", "json", *where)[1]
    assert [json.loads(line)["outcome"] for line in out.splitlines()] == ["pass", "pass"]
    assert call("records", "export", "--format", "xml", *where)[0] == 2


def test_units_and_runs_are_found_by_what_was_done(call: Call, told: Path, tmp_path: Path) -> None:
    where = ("--data-dir", str(told))
    assert len(call("records", "find", "--outcome", "pass", *where)[1].splitlines()) == 2
    assert "serial=351002" in call("records", "find", "1002", "--operator", "Ann", *where)[1]
    status, out, err = call("records", "find", "351", "--outcome", "fail", *where)
    assert (status, out) == (1, "")
    assert "'351'" in err
    rows = call("records", "export", "--text", "1002", "--order", "Order 7", *where)[1]
    assert [row["serial"] for row in csv.DictReader(io.StringIO(rows))] == ["351002"]
    assert call("records", "export", "--until", "2020-01-01", *where)[1].count("\n") == 1
    assert call("records", "export", "--since", "2020-01-01", *where)[1].count("\n") == 3
    for wrong in (("find",), ("find", "--since", "yesterday"), ("export", "--outcome", "good")):
        assert call("records", *wrong, *where)[0] == 2, wrong
    file = tmp_path / "runs.csv"
    status, out, err = call("records", "export", "--format", "sheet", "--output", str(file), *where)
    assert (status, out) == (0, "")
    assert "Wrote 2 runs" in err
    assert file.read_text("utf-8-sig").count("\n") == 3


def test_the_record_is_verified(call: Call, told: Path) -> None:
    where = ("--data-dir", str(told))
    assert call("records", "verify", *where) == (0, "The record is whole.\n", "")
    db = sqlite3.connect(told / "record.db")
    db.execute("delete from steps where name = 'two' and run = 1")
    db.commit()
    db.close()
    status, _, err = call("records", "verify", *where)
    assert (status, err) == (1, "run 1 is told as passed but not all its steps did\n")


def test_the_record_is_copied(call: Call, told: Path) -> None:
    where = ("--data-dir", str(told))
    copy = told / "copy.db"
    assert call("records", "backup", str(copy), *where) == (0, f"Copied to {copy}.\n", "")
    with questions.reading(copy) as db:
        assert questions.verify(db) == []
        assert len(questions.find(db, "351")) == 2
    status, _, err = call("records", "backup", str(copy), *where)
    assert status == 2
    assert "there already" in err
    assert call("records", "backup", str(told / "no" / "copy.db"), *where)[0] == 2


def test_no_record_is_said_so_and_none_is_made(call: Call, tmp_path: Path) -> None:
    status, out, err = call("records", "find", "3")
    assert (status, out) == (3, "")
    assert f"no record at {tmp_path / 'line' / 'record.db'}" in err
    assert not (tmp_path / "line").exists()


def test_what_is_no_record_is_a_fault(call: Call, tmp_path: Path) -> None:
    (tmp_path / "line").mkdir()
    (tmp_path / "line" / "record.db").write_bytes(b"no database at all, but long enough" * 40)
    status, _, err = call("records", "find", "3")
    assert status == 3
    assert err.startswith("RECORD-BROKEN: ")


def test_the_folder_is_chosen_before_or_after_the_command_or_by_the_environment(
    call: Call, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`STATION_DATA_DIR` names a folder without a record, all through this test but its end."""
    find, here = ("records", "find", "351001"), ("--data-dir", str(told))
    assert call(*find)[0] == 3
    assert call(*here, *find)[0] == 0
    assert call(*find, *here)[0] == 0
    assert call("--data-dir", str(told / "none"), *find, *here)[0] == 0
    monkeypatch.chdir(told)
    assert call(*find, "--data-dir", ".")[0] == 0
    monkeypatch.setenv("STATION_DATA_DIR", str(told))
    assert call(*find)[0] == 0
    assert call("--data-dir", str(told / "none"), *find)[0] == 3


# Simulations


def test_simulations_name_what_there_is(call: Call) -> None:
    for args, there in (
        ("board toaster", "nrf91"),
        ("cloud toaster", "nrf"),
        ("board nrf91 --fault gremlin", "token-cut"),
        ("cloud nrf --fault gremlin", "lost-reply"),
        ("board nrf91 --dialect morse", "at-shell"),
        ("board nrf91 --firmware dos", "att-1.5.3"),
        ("board nrf91 --count 0", "--count"),
        ("cloud nrf --listen nowhere", "HOST:PORT"),
        ("cloud nrf --listen :99999", "HOST:PORT"),
        ("cloud nrf --listen 127.0.0.1:x", "HOST:PORT"),
    ):
        status, out, err = call("simulate", *args.split())
        assert (status, out) == (2, ""), args
        assert there in err


def test_a_simulation_that_can_not_listen_is_3(call: Call) -> None:
    status, _, err = call("simulate", "cloud", "nrf", "--listen", "192.0.2.1:1")
    assert status == 3
    assert "can't begin" in err


# What nobody foresaw


def test_a_bug_is_a_sentence_here_and_a_traceback_in_the_log(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from station import registry, settings

    def broken() -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(registry, "boards", broken)
    monkeypatch.setattr(settings, "default_data_dir", lambda: tmp_path / "home")
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    status, out, err = call("boards")
    assert (status, out) == (3, "")
    assert err.startswith("BUG: ")
    assert "secret words" not in err
    assert "RuntimeError: secret words" in (tmp_path / "home" / "station.log").read_text("utf-8")


def test_a_window_that_can_not_be_opened_is_a_sentence(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Entry:
        def load(self) -> None:
            raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(cli_window, "entry_points", lambda group: [Entry()])
    status, _, err = call()
    assert status == 3
    assert "libEGL.so.1" in err
    assert "'station run' works without one" in err


def test_settings_with_a_mistake_are_3_and_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "line").mkdir()
    (tmp_path / "line" / "station.toml").write_text("colour = 1\n")
    status, _, err = call()
    assert status == 3
    assert "station.toml:1: colour: no such key" in err


def test_a_user_without_a_name_can_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert this_user() == "unknown"
