"""A line of consoles: a simulated ThingsBoard, boards that are plugged in by the test, the engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from station.engine import Engine
from station.model import (
    Claimed,
    Credentials,
    Halted,
    Port,
    Refused,
    RunEnded,
    Slot,
    StepEnded,
)
from station.networks import FILE, Networks
from station.printers import Printers
from station.record import Record, questions
from station.simulation.scripted import SimulatedConsole
from station.simulation.thingsboard import SimulatedThingsBoard
from station.stock import Stock
from tests.by_hand import ByHand, Bystander, Keystore

RECIPES = Path(__file__).parents[1] / "packaging" / "recipes"
NETWORKS = """\
[factory]
kind = "wifi"
ssid = "factory-net"
"""
PASSWORD = "s3cret pass"
RECIPE = """\
recipe = 1
name = "Sensor"
procedure = "{procedure}"
{board}
[cloud]
kind = "thingsboard"
address = "{http}"
mqtt_address = "{mqtt}"
coap_address = "{coap}"
{cloud}
[limits]
{limits}
[options]
{options}
"""


def board_table(dialect: str) -> str:
    """Return the [board] table of the recipe that comes with the project."""
    file = {"esp32": "esp32_console.toml", "zephyr": "zephyr_shell.toml"}[dialect]
    text = (RECIPES / file).read_text("utf-8")
    return "[board]" + text.split("\n[board]", 1)[1].split("\n[cloud]")[0]


def table_of(*values: str) -> str:
    """Return a [board] table for an ESP32 that is given `values`."""
    head = board_table("esp32").split("[[board.write]]")[0]
    space = 'send = "nvs_namespace prov"\nexpect = "Namespace|^esp> "\n'
    writes = [
        f'[[board.write]]\nsend = "nvs_set {each} str -v {{{each}}}"\n'
        f"expect = \"stored under key '{each}'\"\nrefuse = 'Unrecognized command|error code'\n"
        for each in values
    ]
    restart = 'send = "restart"\nexpect = "Type \'help\'"\nwithin_s = 10\n'
    return "\n".join([head, "[[board.write]]", space, *writes, "[[board.restart]]", restart])


@dataclass
class ProvisionHall:
    """A whole line: wiring, cloud, record and engine."""

    wiring: ByHand
    cloud: SimulatedThingsBoard
    record: Record
    engine: Engine
    bystander: Bystander
    folder: Path
    keystore: Keystore
    serving: asyncio.Task[None]

    async def work_on(
        self,
        procedure: str = "provision",
        options: str = 'network = "factory"',
        *,
        cloud: str = "timeout_s = 2",
        board: str = "",
        limits: str = "",
        mqtt: str = "",
    ) -> None:
        """Sign in to a recipe for `procedure`; `mqtt` is another address for it than the cloud's."""
        hello = self.cloud.hello
        recipe = self.folder / "recipe.toml"
        recipe.write_text(
            RECIPE.format(
                procedure=procedure,
                http=hello["http"],
                mqtt=mqtt or f"mqtt://{hello['mqtt']}",
                coap=f"coap://{hello['coap']}",
                options=options,
                board=board or board_table("esp32"),
                cloud=cloud,
                limits=limits,
            ),
            "utf-8",
        )
        await self.engine.sign_in(Credentials("Ann"), recipe, None)
        assert [*self.bystander.of(Refused), *self.bystander.of(Halted)] == []

    async def run(self, board: SimulatedConsole, where: str = "usb-1") -> RunEnded:
        """Plug `board` in, return how its run ended, and pull it out."""
        before = len(self.bystander.of(RunEnded))
        self.wiring.put(board, Port(f"/memory/{where}", 0x10C4, 0xEA60, "0001", where, 0, "CP2102"))
        event = await self.bystander.until(lambda e: isinstance(e, RunEnded), before + 1)
        await self.wiring.pull(where)
        assert isinstance(event, RunEnded)
        return event

    def steps(self, run: int) -> list[str]:
        """Return the steps that `run` has told, as words."""
        ended = self.bystander.of(StepEnded)
        begun = [e for e in self.bystander.said if getattr(e, "run", None) == run]
        return [each.step for each in ended if each in begun]

    @property
    def claims(self) -> list[tuple[str, bool]]:
        """The claims that were told: the device's name, and whether it was there already."""
        return [(e.claim.device_id, e.claim.already) for e in self.bystander.of(Claimed)]

    def written(self) -> bytes:
        """Return everything that the station has written to the disk."""
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())

    def rows(self) -> list[Mapping[str, object]]:
        with questions.reading(self.record.path) as db:
            assert questions.verify(db) == []
            return list(questions.rows(db))


@asynccontextmanager
async def provision_hall(
    folder: Path, server: SimulatedThingsBoard | None = None, slots: int = 4
) -> AsyncIterator[ProvisionHall]:
    """Open a line of `slots` slots at the sockets usb-1, usb-2, ..."""
    async with server or SimulatedThingsBoard() as cloud:
        folder.mkdir(exist_ok=True)
        (folder / FILE).write_text(NETWORKS, "utf-8")
        keystore = Keystore(
            {
                "thingsboard-provision-key": SecretStr(cloud.provision_key),
                "thingsboard-provision-secret": SecretStr(cloud.provision_secret),
                "thingsboard-api-key": SecretStr(cloud.api_key),
                "thingsboard-password": SecretStr(cloud.admin.password),
                "network-factory-password": SecretStr(PASSWORD),
            }
        )
        record = await asyncio.to_thread(Record, folder / "record.db")
        wiring, bystander = ByHand(), Bystander()
        stock = Stock(
            keystore.secret,
            keystore.store,
            Networks(folder, keystore.secret).network,
            printer=Printers(folder).printer,
        )
        engine = Engine(
            record,
            wiring,
            bystander.post,
            stock,
            "Line 1",
            tuple(Slot(str(n), f"usb-{n}") for n in range(1, slots + 1)),
            mind_every_s=0.05,
        )
        serving = asyncio.create_task(engine.serve())
        try:
            yield ProvisionHall(wiring, cloud, record, engine, bystander, folder, keystore, serving)
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            await wiring.close()
            await asyncio.to_thread(record.close)
