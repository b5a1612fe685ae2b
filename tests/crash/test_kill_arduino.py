"""SIGKILL while an Arduino is provisioned: whatever the moment, its next visit sets all right."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.record import questions
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_cloud import SimulatedArduinoCloud
from station.simulation.arduino_site import Site
from station.simulation.arduino_unit import UNO_R4_WIFI, Product, product
from station.simulation.sketches import PROVISIONING, told
from tests.arduino_hall import NETWORKS, QUICK, RECIPE
from tests.crash.killing import KILLED, Driver, Ended, several

if sys.platform == "win32":
    pytest.skip("Windows has neither fork nor pseudo-terminals", allow_module_level=True)

from station.simulation.pty_end import PtyEnd
from station.simulation.terminals import live

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

AT_ONCE = 6
MOST = 100
UNHARMED = ""
SPARSE = range(1, 14, 4)
"""Of the commits before the claim, which leave nothing but rows behind, not each is worth a run."""
MKR = product("MKR WiFi 1010")


@dataclass
class Line:
    """The drivers, and the boards and the cloud that stay alive beside them."""

    cloud: SimulatedArduinoCloud
    drivers: list[Driver]
    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def kill_and_go_on(
        self,
        driver: Driver,
        mode: str,
        at: int,
        made: Product = UNO_R4_WIFI,
        sketch: str = PROVISIONING,
        *,
        returned: bool = False,
    ) -> tuple[SimulatedArduino, Ended]:
        """Return the unit as it is after its last visit, and how the last two ended.

        A unit that is `returned` has been there before, had come to the cloud, and is set up anew.
        """
        site = Site(cloud=self.cloud.address)
        board = SimulatedArduino(next(self._numbers), made, sketch=sketch, timing=QUICK, site=site)
        folder, end = self._station(mode, at, made, again=returned), PtyEnd()
        life = asyncio.create_task(live(board, end))
        told = (self._secrets(), end.path, folder)
        if returned:
            before = await driver.kill_and_go_on("arduino", *told, UNHARMED, 0)
            assert before["again"] == {"status": 0, "said": ["PASS"]}, before
        ended = await driver.kill_and_go_on("arduino", *told, mode, at)
        end.unplug()
        await life
        self.check(folder / "record.db", board, ended)
        board.power_off()
        return board, ended

    def check(self, record: Path, board: SimulatedArduino, ended: Ended) -> None:
        """Hold the record, the cloud and the board against each other."""
        uhwid, mine = board.identity["uhwid"], board.unit.device_id
        assert ended["again"] == {"status": 0, "said": ["PASS"]}, ended
        rows = [row for row in self.cloud.account.onboarding.rows.values() if row.uhwid == uhwid]
        assert [row.device_id for row in rows if row.ended_at is None] == [mine], "lost"
        assert None not in [row.device_id for row in rows], "claimed twice"
        db = Database(record)
        assert questions.verify(db) == []
        outcomes = [row["outcome"] for row in db.table("runs").rows]
        said = ended["crashed"]["said"] + ended["again"]["said"]
        assert outcomes.count("pass") >= said.count("PASS"), "a PASS that is not in the record"
        assert None not in outcomes, "a run was left without an end"
        held = db.table("claims").rows_where("released is null")
        assert [row["device_id"] for row in held] == [mine]
        assert [row["value"] for row in db.table("unit_ids").rows_where("name = 'uhwid'")] == [
            uhwid
        ]
        assert list(db.table("intents").rows_where("ended is null")) == []
        db.close()

    def _station(self, mode: str, at: int, made: Product, *, again: bool) -> Path:
        folder = self.folder / f"{mode}-{at}"
        folder.mkdir()
        (folder / "networks.toml").write_text(NETWORKS)
        recipe = RECIPE.format(
            procedure="arduino",
            http=self.cloud.address,
            board=f'boards = ["{made.title}"]',
            cloud="",
            limits="",
            options=f'network = "factory"\ngreet_within_s = 2.0\nagain = {str(again).lower()}',
        )
        (folder / "recipe.toml").write_text(recipe)
        return folder

    def _secrets(self) -> dict[str, str]:
        return {
            "arduino-client-id": self.cloud.client_id,
            "arduino-client-secret": self.cloud.client_secret,
            "network-factory-password": "s3cretpass",
        }


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with SimulatedArduinoCloud(faults=["all-v2"]) as cloud, several(AT_ONCE) as drivers:
        yield Line(cloud, drivers, tmp_path)


@pytest.mark.parametrize(
    ("modes", "boundaries"),
    [
        (("before-commit", "after-commit"), [*SPARSE, *range(SPARSE.stop, MOST)]),
        (("before-request", "after-reply"), range(1, MOST)),
    ],
    ids=["commit", "exchange"],
)
async def test_a_kill_at_every_boundary_costs_nothing(
    line: Line, modes: tuple[str, str], boundaries: Sequence[int]
) -> None:
    killed = await kill_at_each(line, modes, boundaries)
    assert all(killed[mode] >= 8 for mode in modes), killed
    if "after-commit" in modes:
        db = Database(line.folder / f"after-commit-{SPARSE.stop}" / "record.db")
        begun = [row["name"] for row in db.table("steps").rows_where("run = 1")]
        db.close()
        assert "claim" not in begun, "each commit from the claim on is a boundary of the test"


async def test_a_returned_unit_is_neither_lost_nor_held_twice(line: Line) -> None:
    """Its old onboarding is ended before it is claimed anew: a kill may come in between."""

    async def kill(driver: Driver, at: int) -> None:
        _, ended = await line.kill_and_go_on(driver, "before-request", at, returned=True)
        assert ended["crashed"] == {"status": KILLED, "said": []}

    await asyncio.gather(*map(kill, line.drivers, range(3, 8)))  # from the list to the arrival


async def kill_at_each(line: Line, modes: Sequence[str], boundaries: Sequence[int]) -> Counter[str]:
    """Kill one unit after the other, until one has come through; count the killed."""
    moments = itertools.product(boundaries, modes)
    unharmed, killed = list[Ended](), Counter[str]()

    async def kill_one_after_the_other(driver: Driver) -> None:
        for at, mode in moments:
            _, ended = await line.kill_and_go_on(driver, mode, at)
            if ended["crashed"]["status"] != KILLED:
                unharmed.append(ended)
                return
            killed[mode] += 1

    await asyncio.gather(*map(kill_one_after_the_other, line.drivers))
    assert [each["crashed"] for each in unharmed] == [{"status": 0, "said": ["PASS"]}] * AT_ONCE
    return killed


@pytest.mark.skipif(not shutil.which("bossac"), reason="bossac is not installed")
async def test_a_kill_in_a_flash_is_repaired(line: Line) -> None:
    """A bossac that the killed station has left behind still writes when the next one comes."""
    moments = [("before-flash", 1), ("in-flash", 1), ("in-flash", 5), ("after-flash", 1)]

    async def kill(driver: Driver, moment: tuple[str, int]) -> None:
        board, ended = await line.kill_and_go_on(driver, *moment, MKR, "crypto")
        assert ended["crashed"] == {"status": KILLED, "said": []}
        assert told(board.flash) == ("provisioning", "0.6.2")

    await asyncio.gather(*map(kill, line.drivers, moments))
