"""How a line is told to end, and that simulated units stay out of a real line's record."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import pytest

from station.record import Record, RunNote, questions
from tests.conftest import Call
from tests.station_program import SUMMARY, WITHIN_S, begun, events, simulated, station

RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "claim"
[board]
kind = "nrf91"
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can send SIGTERM there")
def test_a_service_that_is_stopped_ends_every_run_in_the_record(tmp_path: Path) -> None:
    folder, recipe = tmp_path / "line", tmp_path / "tracker.toml"
    boards = ("board", "nrf91", "--fault", "silent", "--seed", "90")
    with simulated("cloud", "nrf") as (cloud,), simulated(*boards) as (board,):
        recipe.write_text(RECIPE.format(http=cloud["http"]), "utf-8")
        told = ("run", "--recipe", str(recipe), "--port", board["port"], "--json")
        key = {"STATION_SECRET_NRF_CLOUD": cloud["api_key"]}
        with begun(*told, folder=folder, more=key) as process:
            assert process.stdout
            next(line for line in process.stdout if json.loads(line)["event"] == "step_began")
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=WITHIN_S)
    assert (process.returncode, err) == (1, "")
    summary = json.loads(out.splitlines()[-1])
    assert list(summary) == SUMMARY
    assert (summary["units"], summary["failed"]) == (1, 1)
    with questions.reading(folder / "record.db") as db:
        assert questions.verify(db) == []
        assert [row["code"] for row in questions.rows(db)] == ["INTERRUPTED"]
        assert [row[0] for row in db.execute("select ended is null from work_orders")] == [0]


async def test_a_demonstration_keeps_out_of_a_real_lines_record(
    call: Call, record: Record, note: RunNote
) -> None:
    await record.begin_run(note)
    folder = record.path.parent
    before = {path.name for path in folder.iterdir()}
    status, out, err = call("demo", "--headless", "--units", "1", "--data-dir", str(folder))
    assert (status, out) == (3, "")
    assert err.startswith(f"{folder} holds the record of a real line")
    assert {path.name for path in folder.iterdir()} == before


@pytest.mark.parametrize("begin", [None, b""])
def test_a_demonstration_may_be_told_again_in_its_own_record(
    tmp_path: Path, begin: bytes | None
) -> None:
    if begin is not None:
        (tmp_path / "record.db").write_bytes(begin)
    for _ in range(2):
        told = ("demo", "--headless", "--units", "1", "--slots", "1", "--json")
        done = station(*told, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert events(done.stdout)[-1]["passed"] == 1
