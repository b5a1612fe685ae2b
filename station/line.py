"""Puts a line together: the record, the wiring and the engine on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from station import logs, registry, secrets
from station.desk import NO_CODES, Commands, Post
from station.engine import Engine, keep_slots, nothing_on_the_air
from station.faults import FolderForbidden
from station.flash import Flasher
from station.flash.images import Shelf
from station.folder import IMAGES, RECORD, recipe_called
from station.gate import Gatekeeper, TrustedGate
from station.labels import Printer
from station.links import AirWiring, Wiring
from station.links.several import Several
from station.model import RepairCodes, Slot, Tool
from station.networks import Networks
from station.orders import Orders
from station.printers import Printers
from station.record import Record
from station.registry import Detect
from station.slots import SaveSlots
from station.stock import Stock, installed_flasher


def trusting(record: Record) -> Gatekeeper:
    """Let everybody in by the name that they tell."""
    return TrustedGate()


@dataclass(frozen=True, slots=True)
class Setup:
    """How people stand before a line: who is let in, how its slots stand, when idle ones leave."""

    gate: Callable[[Record], Gatekeeper] = trusting
    columns: int = 0
    save: SaveSlots = keep_slots
    idle_s: float = 0.0
    codes: RepairCodes = NO_CODES


@dataclass(frozen=True, slots=True)
class Line:
    """All that an engine is built from; `radio` is made where there are boards on the air, too.

    Without a `printer` they are those of the settings.
    """

    data_dir: Path
    station: str
    wiring: Wiring
    slots: tuple[Slot, ...] = ()
    secret: Callable[[str], SecretStr] = secrets.secret
    detect: Detect = registry.detect
    flasher: Callable[[Tool], Flasher] = installed_flasher
    printer: Callable[[str], Printer] | None = None
    radio: Callable[[Post], AirWiring] | None = None
    setup: Setup = Setup()

    async def serve(self, post: Post, give: Callable[[Commands], None]) -> None:
        """Run the engine until cancelled; `give` gets its commands once they can be given.

        Raises:
            RecordFault, FolderForbidden: the record can't be opened.

        """
        try:
            record = await asyncio.to_thread(Record, self.data_dir / RECORD)
        except OSError as exc:
            raise FolderForbidden(f"{self.data_dir}: {exc.strerror}") from None
        secret = logs.hiding(self.secret)
        try:
            stock = Stock(
                secret,
                secrets.store,
                Networks(self.data_dir, secret).network,
                Shelf(self.data_dir / IMAGES),
                self.flasher,
                self.printer or Printers(self.data_dir).printer,
            )
            radio = self.radio(post) if self.radio else None
            engine = Engine(
                record,
                Several(self.wiring, radio) if radio else self.wiring,
                post,
                stock,
                self.station,
                self.slots,
                self.detect,
                picks=radio.pick if radio else nothing_on_the_air,
                columns=self.setup.columns,
                gate=self.setup.gate(record),
                orders=Orders(self.data_dir),
                save=self.setup.save,
                idle_s=self.setup.idle_s,
                codes=self.setup.codes,
                recipes=lambda name: recipe_called(self.data_dir, name),
            )
            give(engine)
            await engine.serve()
        finally:
            await asyncio.to_thread(record.close)
