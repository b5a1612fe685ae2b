"""A line with a label printer: trackers in the test's hand, a scanner that reads from pictures."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image

from station.labels import Form
from station.labels.network import NetworkPrinter, Patience
from station.model import Asked, Asking, LabelCame, Question, RunEnded
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.simulation.printer import SimulatedPrinter
from tests.by_hand import RECIPE, Hall, open_hall

QUICK = Timing(stall_s=0.6, flood_s=0.3, deaf_s=0.3, typing_s=0.5, typing_pause_s=0.1)
LABELS = Path(__file__).parents[1] / "packaging" / "labels"
HASTY = Patience(connect_s=5.0, answer_s=0.2, done_s=1.0, ask_again_s=0.0)

LABEL = '[label]\ntemplate = "label.zpl"\nprinter = "labels"\n'


def board(number: int, *faults: str) -> SimulatedNrf91:
    return SimulatedNrf91(number, faults=faults, timing=QUICK)


def read(picture: bytes) -> set[str]:
    """Return what a scanner that is not ours reads from a picture."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    found = zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)
    return {each.text for each in found}


@dataclass
class LabelHall:
    """A line and its printer."""

    hall: Hall
    printer: SimulatedPrinter
    network: NetworkPrinter

    async def asked(self, asking: Asking, slot: str = "1", count: int = 1) -> Question:
        """Wait for the `count`th question of a kind in a slot."""
        event = await self.hall.bystander.until(
            lambda e: isinstance(e, Asked) and e.question.asking is asking and e.slot == slot, count
        )
        assert isinstance(event, Asked)
        return event.question

    async def ended(self, slot: str = "1", count: int = 1) -> RunEnded:
        return await self.hall.bystander.ended(slot, count)

    async def scan(self, text: str, slot: str = "1") -> None:
        await self.hall.engine.answer(slot, text=text)

    @property
    def came(self) -> list[LabelCame]:
        return self.hall.bystander.of(LabelCame)

    @property
    def printed(self) -> list[set[str]]:
        """What stands in the codes of each label that came out, in order."""
        return [read(each.picture) for each in self.printer.labels]


@asynccontextmanager
async def label_hall(
    folder: Path, table: str = LABEL, *, template: str = "tracker.zpl", faults: tuple[str, ...] = ()
) -> AsyncIterator[LabelHall]:
    """Open a line whose recipe has `table`; the operator is signed in."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "label.zpl").write_text((LABELS / template).read_text("utf-8"), "utf-8")
    async with SimulatedPrinter(faults=faults) as printer:
        host, port = printer.hello["printer"].removeprefix("tcp://").split(":")
        network = NetworkPrinter(host, int(port), Form.ZPL, HASTY)
        hall = await open_hall(folder, text=RECIPE + table, printer=lambda name: network)
        await hall.sign_in()
        try:
            yield LabelHall(hall, printer, network)
        finally:
            await hall.close()
