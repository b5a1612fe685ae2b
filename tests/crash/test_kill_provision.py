"""SIGKILL while a unit is provisioned: whatever the moment, its next visit sets all right."""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import tomllib
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlite_utils import Database

from station.record import questions
from station.simulation.scripted import SimulatedConsole
from station.simulation.thingsboard import KNOWN, SimulatedThingsBoard
from station.simulation.thingsboard_nouns import Device
from tests.crash.killing import KILLED, Driver, Ended, several
from tests.provision_hall import NETWORKS, PASSWORD, RECIPE, table_of

if sys.platform == "win32":
    pytest.skip("Windows has neither fork nor pseudo-terminals", allow_module_level=True)

from station.simulation.pty_end import PtyEnd
from station.simulation.terminals import live

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

AT_ONCE = 6
MOST = 100
ENOUGH = 2
"""Units that come through: writes that share a commit make one boundary more or less."""

KEY_AND_SECRET = ("name", "provision_key", "provision_secret")
SPARSE = range(1, 12, 4)
"""Of the commits before the login, which leave nothing but rows behind, not each is worth a run."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a unit is provisioned: by which procedure, on what profile, and what its board takes."""

    procedure: str = "provision"
    known: bool = False
    takes: tuple[str, ...] = ("ssid", "password", "token")
    options: str = 'network = "factory"'

    @property
    def by_itself(self) -> bool:
        return self.procedure == "provision_self"


NEW, REGISTERED = Way(), Way(known=True)
ITSELF = Way(
    "provision_self",
    takes=("ssid", "password", *KEY_AND_SECRET),
    options='network = "factory"\narrive_within_s = 20',
)


@dataclass
class Line:
    """The drivers, and the boards and the cloud that stay alive beside them."""

    cloud: SimulatedThingsBoard
    drivers: list[Driver]
    folder: Path
    seen: set[str] = field(default_factory=set)
    """What was left of first visits: "kept", a login that nobody was asked for; "unknown"."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def kill_and_go_on(self, driver: Driver, way: Way, mode: str, at: int) -> Ended:
        """Have a new unit visit twice, the first time as long as it is let live."""
        board, end = SimulatedConsole(next(self._numbers)), PtyEnd()
        folder = self._station(way, mode, at)
        life = asyncio.create_task(live(board, end))
        coming = asyncio.create_task(self._come(board) if way.by_itself else asyncio.sleep(0))
        kind = tomllib.loads((folder / "recipe.toml").read_text())["board"]["kind"]
        ended = await driver.kill_and_go_on(kind, self._secrets(way), end.path, folder, mode, at)
        end.unplug()
        await asyncio.gather(life, coming)
        self.check(folder / "record.db", way, board, ended)
        return ended

    def check(self, record: Path, way: Way, board: SimulatedConsole, ended: Ended) -> None:
        """Hold the record, the cloud and the board against each other."""
        serial = board.identity["serial"]
        assert ended["again"] == {"status": 0, "said": ["PASS"]}, ended
        (device,) = self._devices(serial)
        assert device.attributes["SERVER_SCOPE"]["provisionState"] == "provisioned"
        if way.by_itself:
            assert board.stored["prov/name"] == serial
        else:
            assert device.credentials.lookup == board.stored["prov/token"]
        db = Database(record)
        assert questions.verify(db) == []
        outcomes = [row["outcome"] for row in db.table("runs").rows]
        said = ended["crashed"]["said"] + ended["again"]["said"]
        assert outcomes.count("pass") >= said.count("PASS"), "a PASS that is not in the record"
        assert None not in outcomes, "a run was left without an end"
        held = list(db.table("claims").rows_where("released is null"))
        assert [row["device_id"] for row in held] == [serial]
        assert list(db.table("intents").rows_where("ended is null")) == []
        first = list(db.table("intents").rows_where("run = 1"))
        kept = list(db.table("keepsakes").rows_where("run = 1"))
        if ended["crashed"]["status"] == KILLED and kept and not first:
            self.seen.add("kept")
        self.seen.add(outcomes[0])
        db.close()

    async def _come(self, board: SimulatedConsole) -> None:
        """Provision and come as the unit's firmware would, once it has all that it needs."""
        # a console tells nobody what it keeps
        while "prov/provision_secret" not in board.stored:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        asked = {
            "deviceName": board.stored["prov/name"],
            "provisionDeviceKey": board.stored["prov/provision_key"],
            "provisionDeviceSecret": board.stored["prov/provision_secret"],
        }
        self.cloud.account.provision(json.dumps(asked).encode())
        for device in self._devices(asked["deviceName"]):
            self.cloud.account.connected(device)

    def _devices(self, name: str) -> list[Device]:
        return [each for each in self.cloud.account.devices.values() if each.name == name]

    def _station(self, way: Way, mode: str, at: int) -> Path:
        folder = self.folder / f"{way.procedure}-{way.known}-{mode}-{at}"
        folder.mkdir()
        (folder / "networks.toml").write_text(NETWORKS)
        hello = self.cloud.hello
        recipe = RECIPE.format(
            procedure=way.procedure,
            http=hello["http"],
            mqtt="mqtt://127.0.0.1:1",
            coap="coap://127.0.0.1:1",
            options=way.options,
            board=table_of(*way.takes),
            cloud=f'strategy = "pre-provisioned"\nprofile = "{KNOWN}"' if way.known else "",
            limits="",
        )
        (folder / "recipe.toml").write_text(recipe)
        return folder

    def _secrets(self, way: Way) -> dict[str, str]:
        profile = self.cloud.known if way.known else self.cloud.new
        return {
            "thingsboard-provision-key": profile.key or "",
            "thingsboard-provision-secret": profile.secret or "",
            "thingsboard-api-key": self.cloud.api_key,
            "network-factory-password": PASSWORD,
        }


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with SimulatedThingsBoard(transports=False) as cloud, several(AT_ONCE) as drivers:
        yield Line(cloud, drivers, tmp_path)


@pytest.mark.parametrize("way", [NEW, REGISTERED, ITSELF], ids=["new", "registered", "itself"])
async def test_a_kill_at_every_exchange_costs_nothing(line: Line, way: Way) -> None:
    killed = await kill_at_each(line, way, ("before-request", "after-reply"), range(1, MOST))
    assert all(many >= 4 for many in killed.values()), killed
    if not way.by_itself:
        assert "unknown" in line.seen, "never was the cloud done and the record without a word"


async def test_a_kill_at_every_commit_costs_nothing(line: Line) -> None:
    modes = ("before-commit", "after-commit")
    killed = await kill_at_each(line, NEW, modes, [*SPARSE, *range(SPARSE.stop, MOST)])
    assert all(killed[mode] >= 12 for mode in modes), killed
    assert {"kept", "unknown"} <= line.seen, line.seen
    db = Database(line.folder / f"provision-False-after-commit-{SPARSE.stop}" / "record.db")
    begun = [row["name"] for row in db.table("steps").rows_where("run = 1")]
    db.close()
    assert "login" not in begun, "each commit from the login on is a boundary of the test"


@pytest.mark.parametrize("way", [REGISTERED, ITSELF], ids=["registered", "itself"])
async def test_a_kill_at_a_commit_of_the_other_ways_costs_nothing(line: Line, way: Way) -> None:
    killed = await kill_at_each(line, way, ("before-commit",), range(12, MOST, 5))
    assert killed["before-commit"] >= 2, killed


async def kill_at_each(
    line: Line, way: Way, modes: Sequence[str], boundaries: Sequence[int]
) -> Counter[str]:
    """Kill one unit after the other, until two have come through; count the killed."""
    moments = itertools.product(boundaries, modes)
    unharmed, killed = list[Ended](), Counter[str]()

    async def kill_one_after_the_other(driver: Driver) -> None:
        while len(unharmed) < ENOUGH:
            at, mode = next(moments)
            ended = await line.kill_and_go_on(driver, way, mode, at)
            if ended["crashed"]["status"] == KILLED:
                killed[mode] += 1
            else:
                unharmed.append(ended)

    await asyncio.gather(*map(kill_one_after_the_other, line.drivers))
    assert all(each["crashed"] == {"status": 0, "said": ["PASS"]} for each in unharmed)
    return killed
