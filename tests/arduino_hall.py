"""A line of Arduino boards: a simulated cloud, boards that are plugged in by the test, the engine."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from station.engine import Engine, nothing_on_the_air
from station.flash import Flasher
from station.flash.images import Shelf
from station.links.ble_wiring import BleWiring
from station.links.several import Several
from station.model import Credentials, Event, RunEnded, Slot
from station.networks import FILE, Networks
from station.record import Record
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_cloud import SimulatedArduinoCloud
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_site import Site
from station.simulation.arduino_unit import CLAIMING_SLOT, UNO_R4_WIFI, Product, public_pem
from station.simulation.sketches import PROVISIONING
from station.simulation.usb_line import ArduinoLine, SimulatedFlasher
from station.stock import Stock
from tests.by_hand import Bystander, Keystore

E = TypeVar("E", bound=Event)

QUICK = ArduinoTiming(back_off_s=0.1)
NETWORKS = """\
[factory]
kind = "wifi"
ssid = "factory-net"

[wrong]
kind = "wifi"
ssid = "factory-net"

[wired]
kind = "ethernet"

[field]
kind = "catm1"
apn = "apn.arduino.cc"
login = "test"
has_pin = true
has_password = true
"""
RECIPE = """\
recipe = 1
name = "Sensor"
procedure = "{procedure}"
[board]
kind = "arduino"
{board}
[cloud]
kind = "arduino"
address = "{http}"
downloads_address = "{http}"
first_look_s = 0.05
poll_s = 0.2
timeout_s = 2.0
requests_a_second = 500
{cloud}
[limits]
{limits}
[options]
{options}
"""


def keystore(cloud: SimulatedArduinoCloud) -> Keystore:
    return Keystore(
        {
            "arduino-client-id": SecretStr(cloud.client_id),
            "arduino-client-secret": SecretStr(cloud.client_secret),
            "network-factory-password": SecretStr("s3cretpass"),
            "network-wrong-password": SecretStr("not the one"),
            "network-field-pin": SecretStr("1234"),
            "network-field-password": SecretStr("testpass"),
        }
    )


@dataclass
class ArduinoHall:
    """A whole line: wiring, cloud, record and engine."""

    wiring: ArduinoLine
    cloud: SimulatedArduinoCloud
    record: Record
    engine: Engine
    bystander: Bystander
    folder: Path
    serving: asyncio.Task[None]
    site: Site = field(default_factory=Site)
    flashers: list[Flasher] = field(default_factory=list)
    """What writes the boards of this line: the last one that was put here."""

    def board(
        self,
        number: int,
        *faults: str,
        product: Product = UNO_R4_WIFI,
        sketch: str = PROVISIONING,
        migrated: bool = False,
    ) -> SimulatedArduino:
        """Make a board that the cloud knows by its key, unless it was `migrated` from 1.0."""
        made = SimulatedArduino(
            number, product, sketch=sketch, faults=faults, timing=QUICK, site=self.site
        )
        if not migrated:
            self.know(made)
        return made

    def know(self, board: SimulatedArduino) -> None:
        unit = board.unit
        key = unit.keys.get(CLAIMING_SLOT) or unit.new_key(CLAIMING_SLOT)
        self.cloud.account.know_board(unit.identity["uhwid"], public_pem(key))

    async def work_on(
        self,
        procedure: str,
        options: str = "",
        *,
        board: str = "",
        cloud: str = "",
        limits: str = "",
    ) -> None:
        """Sign in to a recipe for `procedure`."""
        recipe = self.folder / "recipe.toml"
        recipe.write_text(
            RECIPE.format(
                procedure=procedure,
                http=self.cloud.address,
                options=options,
                board=board,
                cloud=cloud,
                limits=limits,
            )
        )
        await self.engine.sign_in(Credentials("Ann"), recipe, None)

    async def visit(self, board: SimulatedArduino, where: str = "usb-1") -> RunEnded:
        """Plug `board` in, return how its run ended, and pull it out."""
        before = len(self.bystander.of(RunEnded))
        self.wiring.plug(where, board)
        ended = await self.bystander.until(lambda e: isinstance(e, RunEnded), before + 1)
        await self.wiring.pull(where)
        assert isinstance(ended, RunEnded)
        return ended

    async def close(self) -> None:
        self.serving.cancel()
        await asyncio.gather(self.serving, return_exceptions=True)
        await self.wiring.close()
        await asyncio.to_thread(self.record.close)
        await self.cloud.close()


async def open_arduino_hall(
    folder: Path,
    *,
    slots: int = 4,
    lanes: int = 0,
    cloud: SimulatedArduinoCloud | None = None,
) -> ArduinoHall:
    """Open a line of `slots` slots at the sockets usb-1, usb-2, ..., in memory.

    With `lanes` boards on the air are heard, and picked into the slots BLE 1, BLE 2, ...
    """
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(NETWORKS)
    server = cloud or SimulatedArduinoCloud()
    await server.start()
    record = await asyncio.to_thread(Record, folder / "record.db")
    wiring, bystander = ArduinoLine(slots, in_memory=True), Bystander()
    secrets = keystore(server)
    flashers: list[Flasher] = [SimulatedFlasher(wiring)]
    stock = Stock(
        secrets.secret,
        secrets.store,
        Networks(folder, secrets.secret).network,
        Shelf(folder / "images"),
        lambda tool: flashers[-1],
    )
    places = (
        *(Slot(str(n), f"usb-{n}") for n in range(1, slots + 1)),
        *(Slot(f"BLE {n}", f"ble-{n}") for n in range(1, lanes + 1)),
    )
    radio = BleWiring(lanes, heard=bystander.post, lamp=bystander.post) if lanes else None
    engine = Engine(
        record,
        Several(wiring, radio) if radio else wiring,
        bystander.post,
        stock,
        "Line 1",
        places,
        mind_every_s=0.05,
        picks=radio.pick if radio else nothing_on_the_air,
    )
    serving = asyncio.create_task(engine.serve())
    site = replace(Site(), cloud=server.address)
    return ArduinoHall(wiring, server, record, engine, bystander, folder, serving, site, flashers)
