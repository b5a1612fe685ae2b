"""`station run` against `station simulate`: separate programs, pseudo-terminals, real HTTP."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.record import Record, questions
from tests.by_hand import RECIPE
from tests.station_program import SUMMARY, WITHIN_S, begun, events, simulated, station

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

Cloud = dict[str, Any]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with simulated("cloud", "nrf") as (told,):
        yield told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "line"


@pytest.fixture
def recipe(tmp_path: Path, cloud: Cloud) -> str:
    path = tmp_path / "tracker.toml"
    path.write_text(RECIPE.format(http=cloud["http"]), "utf-8")
    return str(path)


def key(cloud: Cloud) -> dict[str, str]:
    return {"STATION_SECRET_NRF_CLOUD": cloud["api_key"]}


def ports(boards: list[dict[str, Any]]) -> list[str]:
    return [part for board in boards for part in ("--port", board["port"])]


def rows(folder: Path) -> list[dict[str, Any]]:
    with questions.reading(folder / "record.db") as db:
        assert questions.verify(db) == []
        return list(questions.rows(db))


@pytest.mark.parametrize(("dialect", "seed"), [("at-host", "10"), ("at-shell", "20")])
def test_two_boards_go_all_the_way(
    cloud: Cloud, recipe: str, folder: Path, dialect: str, seed: str
) -> None:
    args = ("--count", "2", "--dialect", dialect, "--seed", seed)
    with simulated("board", "nrf91", *args, count=2) as boards:
        told = ("run", "--recipe", recipe, *ports(boards), "--units", "2", "--json")
        done = station(*told, "--operator", "Ann", folder=folder, more=key(cloud))
    assert (done.returncode, done.stderr) == (0, "")
    said = events(done.stdout)
    imeis = {board["identity"]["imei"] for board in boards}
    ends = [each for each in said if each["event"] == "run_ended"]
    assert {each["unit"] for each in ends} == imeis
    assert {each["outcome"] for each in ends} == {"pass"}
    summary = said[-1]
    assert summary == {
        "event": "summary", "units": 2, "passed": 2, "failed": 0,
        "seconds": summary["seconds"], "record": str(folder / "record.db"),
    }  # fmt: skip
    assert summary["seconds"] > 0
    assert all(each["at"] for each in said[:-1])
    assert {row["serial"] for row in rows(folder)} == imeis
    assert {row["operator"] for row in rows(folder)} == {"Ann"}


def test_a_faulty_board_is_1_and_a_sentence_says_why(
    cloud: Cloud, recipe: str, folder: Path
) -> None:
    with simulated("board", "nrf91", "--fault", "token-cut", "--seed", "30") as boards:
        told = ("run", "--recipe", recipe, *ports(boards), "--units", "1")
        done = station("--data-dir", str(folder), *told, folder=Path("/"), more=key(cloud))
    assert (done.returncode, done.stderr) == (1, "")
    assert "FAIL" in done.stdout
    assert "TOKEN-BROKEN: The board's attestation token" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("1 units in ")
    assert [row["code"] for row in rows(folder)] == ["TOKEN-BROKEN"]


def test_more_boards_than_units_are_all_brought_to_their_end(
    cloud: Cloud, recipe: str, folder: Path
) -> None:
    with simulated("board", "nrf91", "--count", "3", "--seed", "40", count=3) as boards:
        told = ("run", "--recipe", recipe, *ports(boards), "--units", "1", "--json")
        done = station(*told, folder=folder, more=key(cloud))
    assert done.returncode == 0
    summary = events(done.stdout)[-1]
    assert summary["units"] == summary["passed"] >= 1
    assert {row["outcome"] for row in rows(folder)} == {"pass"}


def test_a_wrong_key_is_3(recipe: str, folder: Path) -> None:
    more = {"STATION_SECRET_NRF_CLOUD": "n0t-the-key"}
    done = station("run", "--recipe", recipe, "--units", "1", "--json", folder=folder, more=more)
    assert done.returncode == 3
    assert done.stderr.startswith("KEY-REFUSED: ")
    assert "Traceback" not in done.stderr
    assert [each["event"] for each in events(done.stdout)].count("halted") == 1
    assert "n0t-the-key" not in done.stdout + done.stderr


def test_a_missing_secret_is_3_and_its_variable_is_named(recipe: str, folder: Path) -> None:
    done = station("run", "--recipe", recipe, "--json", folder=folder)
    assert done.returncode == 3
    assert "SECRET-MISSING" in done.stderr
    assert "STATION_SECRET_NRF_CLOUD" in done.stderr
    assert events(done.stdout)[-1]["units"] == 0


def test_a_recipe_with_a_mistake_is_2_and_its_line_is_named(recipe: str, folder: Path) -> None:
    text = Path(recipe).read_text("utf-8")
    Path(recipe).write_text(text + "colour = 1\n", "utf-8")
    done = station("run", "--recipe", recipe, "--json", folder=folder)
    assert done.returncode == 2
    assert f"tracker.toml:{text.count(chr(10)) + 1}: cloud.colour: no such key" in done.stderr
    assert "Traceback" not in done.stderr


async def test_a_record_in_use_is_3(cloud: Cloud, recipe: str, folder: Path) -> None:
    record = Record(folder / "record.db")
    try:
        told = ("run", "--recipe", recipe, "--json")
        done = station(*told, folder=folder, more=key(cloud))
    finally:
        record.close()
    assert done.returncode == 3
    assert done.stderr.startswith("RECORD-IN-USE: ")
    assert events(done.stdout)[-1]["units"] == 0


def test_a_folder_that_can_not_be_written_is_3(cloud: Cloud, recipe: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "line"
    done = station("run", "--recipe", recipe, folder=folder, more=key(cloud))
    assert done.returncode == 3
    assert done.stderr.startswith("FOLDER-FORBIDDEN: ")


def until(process: subprocess.Popen[str], event: str) -> list[dict[str, Any]]:
    """Read what a station says up to `event`."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(json.loads(line))
        if said[-1]["event"] == event:
            return said
    raise AssertionError(f"no {event} in {said}")


def test_a_stop_by_hand_ends_every_run_in_the_record(
    cloud: Cloud, recipe: str, folder: Path
) -> None:
    with simulated("board", "nrf91", "--fault", "silent", "--seed", "50") as boards:
        told = ("run", "--recipe", recipe, *ports(boards), "--json")
        with begun(*told, folder=folder, more=key(cloud)) as process:
            until(process, "step_began")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=WITHIN_S)
    assert (process.returncode, err) == (1, "")
    summary = json.loads(out.splitlines()[-1])
    assert list(summary) == SUMMARY
    assert (summary["units"], summary["failed"]) == (1, 1)
    assert [(row["code"], bool(row["ended"])) for row in rows(folder)] == [("INTERRUPTED", True)]


def test_a_stop_by_hand_when_all_is_done_is_the_usual_end(
    cloud: Cloud, recipe: str, folder: Path
) -> None:
    with simulated("board", "nrf91", "--seed", "60") as boards:
        told = ("run", "--recipe", recipe, *ports(boards), "--json")
        with begun(*told, folder=folder, more=key(cloud)) as process:
            until(process, "counted")
            until(process, "run_ended")
            verified = station("records", "verify", folder=folder)
            found = station("records", "find", boards[0]["identity"]["imei"], folder=folder)
            copied = station("records", "backup", str(folder / "copy.db"), folder=folder)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=WITHIN_S)
    assert (process.returncode, err) == (0, "")
    assert json.loads(out.splitlines()[-1])["passed"] == 1
    assert (verified.returncode, verified.stdout) == (0, "The record is whole.\n")
    assert "outcome=pass" in found.stdout
    assert copied.returncode == 0
    with questions.reading(folder / "copy.db") as db:
        assert [row["outcome"] for row in questions.rows(db)] == ["pass"]


def test_a_port_that_is_not_there_is_told_and_waited_for(
    cloud: Cloud, recipe: str, folder: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later"
    with simulated("board", "nrf91", "--seed", "70") as boards:
        told = ("run", "--recipe", recipe, "--port", str(later), "--units", "1", "--json")
        with begun(*told, folder=folder, more=key(cloud)) as process:
            until(process, "shift_began")
            later.symlink_to(boards[0]["port"])
            out, err = process.communicate(timeout=WITHIN_S)
    assert (process.returncode, err) == (0, f"{later} is not there; waiting for it.\n")
    assert json.loads(out.splitlines()[-1])["passed"] == 1


def test_a_reader_that_goes_away_is_no_traceback(cloud: Cloud, recipe: str, folder: Path) -> None:
    with simulated("board", "nrf91", "--fault", "silent", "--seed", "80") as boards:
        told = ("run", "--recipe", recipe, *ports(boards), "--json")
        with begun(*told, folder=folder, more=key(cloud)) as process:
            until(process, "step_began")
            assert process.stdout
            assert process.stderr
            process.stdout.close()
            err = process.stderr.read()
            status = process.wait(WITHIN_S)
    assert (status, err) == (3, "")
    assert "BUG" not in {row["code"] for row in rows(folder)}


@pytest.mark.parametrize("args", ["boards", "recipe schema", "simulate board nrf91 --count 2"])
def test_nobody_reads_and_nobody_complains(folder: Path, args: str) -> None:
    with begun(*args.split(), folder=folder) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        err = process.stderr.read()
        process.wait(WITHIN_S)
    assert err == ""


def test_a_simulation_can_be_ended_by_hand(folder: Path) -> None:
    with begun("simulate", "board", "nrf91", folder=folder) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=WITHIN_S)
    assert (process.returncode, err) == (0, "")


def test_what_a_terminal_has_no_letters_for_is_no_fault(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    text = station("recipe", "new", folder=folder).stdout
    path.write_text(text.replace("My product", "\N{SNOWMAN}"), "utf-8")
    told = ("recipe", "check", str(path))
    done = station(*told, folder=folder, more={"PYTHONIOENCODING": "latin-1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "recipe=\\u2603" in done.stdout
