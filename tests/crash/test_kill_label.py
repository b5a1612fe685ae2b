"""SIGKILL around a label: one comes and no second, and its number is the unit's and no other's."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.record import Record, questions
from station.record.serials import Pool
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf_cloud import SimulatedNrfCloud
from station.simulation.printer import SimulatedPrinter
from tests.by_hand import RECIPE
from tests.crash.killing import KILLED, Driver, Ended, begun
from tests.label_hall import read

if sys.platform == "win32":
    pytest.skip("Windows has neither fork nor pseudo-terminals", allow_module_level=True)

from station.simulation.pty_end import PtyEnd

TABLES = '[label]\ntemplate = "label.zpl"\nprinter = "it"\n[serial]\npool = "trackers"\n'
TEMPLATE = """\
^XA^PW400^LL240
^FO12,20^BY2^BCN,64,N,N,N,A^FD{serial}^FS
^FO12,120^BY2^BCN,64,N,N,N,A^FD{serial_number}^FS
^XZ
"""
FIRST, MOST = 16, 60
"""Before the sixteenth commit nothing was done that has to do with labels."""


@dataclass
class Line:
    """The driver, and the boards and the cloud that stay alive beside it."""

    cloud: SimulatedNrfCloud
    driver: Driver
    number: int = 0

    async def kill_and_go_on(self, folder: Path, mode: str, at: int) -> Ended:
        """Work on a unit, and hold the record against what the printer has printed."""
        self.number += 1
        board, end = SimulatedNrf91(self.number), PtyEnd()
        life = asyncio.create_task(board.run(end))
        folder.mkdir()
        async with SimulatedPrinter(folder=folder) as printer:
            await self._set_up(folder, printer.hello["printer"])
            ended = await self.driver.kill_and_go_on(
                "nrf91", {"nrf-cloud": "key"}, end.path, folder, mode, at
            )
            await printer.idle()
            (label,) = printer.labels
        assert read(label.picture) == {board.identity["imei"], "T-01"}
        end.unplug()
        await life
        check(folder / "record.db", ended)
        return ended

    async def _set_up(self, folder: Path, printer: str) -> None:
        (folder / "recipe.toml").write_text(RECIPE.format(http=self.cloud.address) + TABLES)
        (folder / "label.zpl").write_text(TEMPLATE)
        settings = f'station = "Line 1"\n[[printers]]\nname = "it"\naddress = "{printer}"\n'
        (folder / "station.toml").write_text(settings)
        record = Record(folder / "record.db")
        await record.serials.make(Pool("trackers", "T-", 1, 99, 2))
        record.close()


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with SimulatedNrfCloud(api_key="key") as cloud, begun() as driver:
        yield Line(cloud, driver)


def check(record: Path, ended: Ended) -> None:
    db = Database(record)
    assert questions.verify(db) == []
    assert ended["again"] == {"status": 0, "said": ["PASS"]}
    labels = list(db.table("labels").rows)
    assert [bool(row["printed"]) for row in labels].count(True) == 1
    assert all(row["printed"] or row["failed"] for row in labels), "a label was left open"
    (number,) = db.table("serials").rows
    assert number["number"] == "T-01"
    assert number["confirmed"]
    outcomes = [row["outcome"] for row in db.table("runs").rows]
    assert None not in outcomes
    assert outcomes.count("pass") >= ended["crashed"]["said"].count("PASS") + 1
    db.close()


@pytest.mark.parametrize("mode", ["before-print", "after-print"])
async def test_a_kill_at_the_printer_costs_no_label_and_gives_no_second(
    line: Line, tmp_path: Path, mode: str
) -> None:
    ended = await line.kill_and_go_on(tmp_path / mode, mode, 1)
    assert ended["crashed"]["status"] == KILLED


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", ["before-commit", "after-commit"])
async def test_a_kill_at_any_commit_costs_nothing(line: Line, tmp_path: Path, mode: str) -> None:
    killed, ended = 0, Ended()
    for at in range(FIRST, MOST):
        ended = await line.kill_and_go_on(tmp_path / f"{mode}-{at}", mode, at)
        if ended["crashed"]["status"] != KILLED:
            break
        killed += 1
    assert ended["crashed"] == {"status": 0, "said": ["PASS"]}
    assert killed >= 8
