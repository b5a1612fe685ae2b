"""`station demo` without the window: it passes, it can be told again, and it leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from pathlib import Path

import pytest

from station.demo import Demo
from station.demo_label import TEMPLATE, PicturePrinter
from station.headless import Exit, Teller, work
from station.labels import documents
from station.labels.template import Template
from station.record import questions
from tests.label_hall import read
from tests.station_program import events, station


@pytest.mark.parametrize("units", [["--units", "8"], []])
def test_a_demonstration_passes_and_its_record_is_whole(tmp_path: Path, units: list[str]) -> None:
    done = station("demo", "--headless", "--json", *units, "--slots", "4", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    summary = events(done.stdout)[-1]
    assert (summary["units"], summary["passed"], summary["failed"]) == (8, 8, 0)
    assert summary["record"] == str(tmp_path / "record.db")
    with questions.reading(tmp_path / "record.db") as db:
        assert questions.verify(db) == []
        assert [row["outcome"] for row in questions.rows(db)] == ["pass"] * 8


def test_one_unit_in_eight_teaches_a_lesson(tmp_path: Path) -> None:
    told = ("demo", "--headless", "--units", "8", "--lessons", "--seed", "1")
    done = station(*told, folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "TOKEN-BROKEN" in done.stdout
    assert "7 passed, 1 did not" in done.stdout.splitlines()[-1]


async def demonstrated(folder: Path, seed: int) -> set[str]:
    demo = Demo(folder, 2, 4, seed, hurried=True, clean=True)
    with (folder / "said").open("w") as out:
        teller = Teller(out, True, folder / "record.db", 4)
        assert await work(demo.serve, teller, demo.sign_in) is Exit.PASSED
    return {each["unit"] for each in events((folder / "said").read_text()) if "unit" in each}


async def test_a_unit_of_the_window_is_given_a_label(tmp_path: Path) -> None:
    demo = Demo(tmp_path, 1, 1, seed=1, hurried=False, clean=True)
    assert demo.desk().labels
    with (tmp_path / "said").open("w") as out:
        teller = Teller(out, True, tmp_path / "record.db", 1)
        assert await work(demo.serve, teller, demo.sign_in) is Exit.PASSED
    (unit,) = {each["unit"] for each in events((tmp_path / "said").read_text()) if "unit" in each}
    (label,) = (tmp_path / "labels").iterdir()
    assert unit in read(label.read_bytes())


async def test_a_demonstration_keeps_the_last_few_labels(tmp_path: Path) -> None:
    printer = PicturePrinter(tmp_path, label_s=0.0, kept=2)
    template = Template.read(TEMPLATE)
    fields = dict.fromkeys(template.fields, "123456789012345")
    fields["model"] = "nRF9151"
    for job in ("000001-a", "000002-a", "000003-a"):
        await printer.print(documents.job(job, template, fields, printer.form))
    assert {path.name for path in tmp_path.iterdir()} == {"000002-a.png", "000003-a.png"}


async def test_the_same_seed_is_the_same_boards(tmp_path: Path) -> None:
    seen = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        seen.append(await demonstrated(tmp_path / name, seed))
    assert len(seen[0]) == 4
    assert seen[0] == seen[1]
    assert not seen[0] & seen[2]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
async def test_nothing_is_left_behind(tmp_path: Path) -> None:
    def state() -> tuple[int, set[str], int]:
        files = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if _open(n)]
        kept = {thread.name for thread in threading.enumerate()}
        return (
            len([f for f in files if "/pt" in f or "socket" in f]),
            kept,
            len(asyncio.all_tasks()),
        )

    (tmp_path / "first").mkdir()
    await demonstrated(tmp_path / "first", 1)  # the loop's own worker threads stay, once begun
    before = state()
    (tmp_path / "second").mkdir()
    await demonstrated(tmp_path / "second", 1)
    after = state()
    assert (after[0], after[2]) == (before[0], before[2])
    assert {name for name in after[1] - before[1] if not name.startswith("asyncio_")} == set()
    assert "record" not in after[1]


def _open(number: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{number}")
