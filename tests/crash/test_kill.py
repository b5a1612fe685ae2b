"""SIGKILL at every boundary of the journal: no unit lost, none claimed twice, no PASS unrecorded."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.record import questions
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.by_hand import RECIPE
from tests.crash.killing import KILLED, Driver, Ended, begun

if sys.platform == "win32":
    pytest.skip("Windows has neither fork nor pseudo-terminals", allow_module_level=True)

from station.simulation.pty_end import PtyEnd

MOST = 80


class Line:
    """The driver, and the boards and the cloud that stay alive beside it."""

    def __init__(self, cloud: SimulatedNrfCloud, driver: Driver) -> None:
        self.cloud, self._driver = cloud, driver
        self._number = 0

    async def kill_and_go_on(self, folder: Path, mode: str, at: int) -> tuple[str, Ended]:
        """Return the unit's UUID and how both processes ended."""
        self._number += 1
        board, end = SimulatedNrf91(self._number), PtyEnd()
        life = asyncio.create_task(board.run(end))
        folder.mkdir()
        (folder / "recipe.toml").write_text(RECIPE.format(http=self.cloud.address))
        ended = await self._driver.kill_and_go_on(
            "nrf91", {"nrf-cloud": "key"}, end.path, folder, mode, at
        )
        end.unplug()
        await life
        return board.identity["uuid"], ended


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with SimulatedNrfCloud(api_key="key") as cloud, begun() as driver:
        yield Line(cloud, driver)


def check(record: Path, uuid: str, ended: Ended, cloud: SimulatedNrfCloud) -> None:
    """Hold the record against what was said and what the cloud has."""
    db = Database(record)
    assert questions.verify(db) == []
    outcomes = [row["outcome"] for row in db.table("runs").rows]
    said = ended["crashed"]["said"] + ended["again"]["said"]
    assert outcomes.count("pass") >= said.count("PASS"), (
        "a PASS was shown that is not in the record"
    )
    assert ended["again"]["status"] == 0
    assert None not in outcomes, "a run was left without an end"
    assert cloud.account.claims_made[uuid] == 1, "claimed twice, or lost"
    assert [row["device_id"] for row in db.table("claims").rows] == [uuid]
    assert [row["value"] for row in db.table("unit_ids").rows_where("name = 'uuid'")] == [uuid]
    open_intents = db.execute("select count(*) from intents where ended is null").fetchone()
    assert open_intents == (0,)
    db.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", ["before-commit", "after-commit", "before-request", "after-reply"])
async def test_a_kill_at_every_boundary_costs_nothing(
    line: Line, tmp_path: Path, mode: str
) -> None:
    killed, ended = 0, Ended()
    for at in range(1, MOST):
        folder = tmp_path / f"{mode}-{at}"
        uuid, ended = await line.kill_and_go_on(folder, mode, at)
        check(folder / "record.db", uuid, ended, line.cloud)
        if ended["crashed"]["status"] != KILLED:
            break
        killed += 1
    assert ended["crashed"] == {"status": 0, "said": ["PASS"]}
    assert killed >= {"before-request": 4, "after-reply": 4}.get(mode, 15)


async def test_one_kill_between_the_claim_and_its_outcome(line: Line, tmp_path: Path) -> None:
    """The heart of it, in every test run: the cloud has acted and the record does not know."""
    at, uuid, ended, outcomes = 0, "", Ended(), list[str]()
    while outcomes[:1] != ["unknown"]:
        at += 1
        uuid, ended = await line.kill_and_go_on(tmp_path / str(at), "after-reply", at)
        db = Database(tmp_path / str(at) / "record.db")
        outcomes = [row["outcome"] for row in db.table("runs").rows]
        db.close()
    assert ended["crashed"] == {"status": KILLED, "said": []}
    assert outcomes == ["unknown", "pass"]
    check(tmp_path / str(at) / "record.db", uuid, ended, line.cloud)
