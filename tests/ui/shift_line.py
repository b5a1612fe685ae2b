"""A whole line in a real window: `python -m tests.ui.shift_line FOLDER REPORT`.

Real engine, record, gate, orders and labels; simulated boards, cloud and printer. A hand plugs
boards in and takes those that have passed. Writes what happens to the file REPORT, a line each.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import SecretStr

from station import settings
from station.cli_window import desk_of
from station.desk import Commands, Desk, Post
from station.gate import Gate
from station.line import Line, Setup
from station.links import LineSettings, Link
from station.links.memory import pair
from station.model import (
    Answered,
    Asked,
    Event,
    LabelCame,
    Left,
    Outcome,
    Person,
    Port,
    Refused,
    Role,
    RunEnded,
    ShiftBegan,
    ShiftEnded,
    Slot,
)
from station.orders import Orders, OrderSettings
from station.pins import Hashing
from station.record import Record
from station.record.people import Named
from station.simulation.nrf91 import SimulatedNrf91
from station.simulation.nrf91_faults import Timing
from station.simulation.nrf_cloud import SimulatedNrfCloud
from tests.by_hand import ByHand
from ui.app import open_window

SLOTS, UNITS = 4, 8
DEAD_WIRE = "usb-3"
BADGES = {"Eva": "BADGE-EVA-0001", "Otto": "BADGE-OTTO-0002", "Tess": "BADGE-TESS-0003"}
ROLES = {"Eva": Role.ENGINEER, "Otto": Role.OPERATOR, "Tess": Role.TECHNICIAN}
ORDER = "WO-1001"
RECIPE = """\
recipe = 1
name = "Tracker"
procedure = "claim"
[board]
kind = "nrf91"
models = ["nRF9151"]
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
[label]
template = "tracker.zpl"
printer = "labels"
match = true
scan_back = true
"""
TEMPLATE = """\
^XA^PW400^LL200
^FO12,20^A0N,24,24^FD{serial}^FS
^FO12,80^BY2^BCN,64,N,N,N,A^FD{serial}^FS
^XZ
"""
STATION = """\
station = "Line 7"
theme = "light"
kiosk = true
[scanner]
gap_ms = 300
[[printers]]
name = "labels"
address = "folder:labels"
form = "zpl"
"""


@dataclass
class Hand:
    """Plugs boards in, and takes those that have passed."""

    wiring: OneDeadWire
    report: Path
    boards: Iterator[SimulatedNrf91]
    _post: Post = lambda event: None
    _first: str = ""
    _work: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, post: Post) -> Post:
        """Fill the line; returns what events are told to."""
        self._post = post
        for n in range(1, SLOTS + 1):
            self.wiring.plug(f"usb-{n}", next(self.boards))
        return self.heard

    def heard(self, event: Event) -> None:
        self._post(event)
        self._say(event)
        if isinstance(event, RunEnded) and f"usb-{event.slot}" == DEAD_WIRE:
            self.wiring.mended = True
        match event:
            case RunEnded(slot, outcome=Outcome.PASS) if self._first or slot == self._first:
                self._take_soon(slot)
            case RunEnded(slot, outcome=Outcome.PASS):
                self._first = slot  # stays until its label was printed once more
            case LabelCame(slot, again=True):
                self._take_soon(slot)
            case _:
                pass

    def _take_soon(self, slot: str) -> None:
        task = asyncio.create_task(self._take(slot))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _take(self, slot: str) -> None:
        await asyncio.sleep(0.3)
        await self.wiring.pull(f"usb-{slot}")
        await asyncio.sleep(0.1)
        if board := next(self.boards, None):
            self.wiring.plug(f"usb-{slot}", board)

    def _say(self, event: Event) -> None:
        told: tuple[str, ...]
        match event:
            case ShiftBegan(operator, _, order):
                told = ("shift", operator, order)
            case ShiftEnded():
                told = ("shift-over",)
            case Asked(slot, run, question):
                told = ("asked", slot, str(run), question.asking.name, question.unit)
            case Answered(slot, run):
                told = ("answered", slot, str(run))
            case RunEnded(slot, run, outcome, unit, trouble):
                code = trouble.code if trouble else "-"
                told = ("ended", slot, str(run), outcome.value, unit or "-", code)
            case LabelCame(slot, unit, _, again):
                told = ("label", slot, unit, "again" if again else "new")
            case Refused(trouble):
                told = ("refused", trouble.code)
            case Left(slot):
                told = ("left", slot)
            case _:
                return
        with self.report.open("a", encoding="utf-8") as file:
            file.write(" ".join(told) + "\n")


class OneDeadWire(ByHand):
    """Whoever sits at DEAD_WIRE fails first, and passes when it is retried."""

    mended = False

    async def open(self, port: Port, line: LineSettings) -> Link:
        if port.location == DEAD_WIRE and not self.mended:
            return pair()[0]
        return await super().open(port, line)


async def name_people(record: Record) -> None:
    """Name everybody, with a badge each."""
    salt, hashing = await record.people.badge_salt(), Hashing()
    for name, badge in BADGES.items():
        text = SecretStr(badge.removeprefix("BADGE-"))
        digest = await asyncio.to_thread(hashing.digest_badge, text, salt)
        await record.people.name(Named(Person(name, ROLES[name]), None, digest), "test")


def desk(folder: Path, report: Path) -> Desk:
    """Return the station in `folder` as a window is given it, on simulated boards and cloud."""
    told = settings.load(folder)

    async def serve(post: Post, give: Callable[[Commands], None]) -> None:
        cloud = SimulatedNrfCloud()
        await cloud.start()
        (folder / "recipes" / "tracker.toml").write_text(RECIPE.format(http=cloud.hello["http"]))
        record = await asyncio.to_thread(Record, folder / "record.db")
        if not await record.people.any_named():
            await name_people(record)
        await asyncio.to_thread(record.close)
        quick = Timing()
        hand = Hand(
            OneDeadWire(), report, (SimulatedNrf91(n, timing=quick) for n in range(1, UNITS + 1))
        )
        line = Line(
            folder,
            told.station,
            hand.wiring,
            tuple(Slot(str(n), f"usb-{n}") for n in range(1, SLOTS + 1)),
            secret=lambda name: SecretStr(cloud.hello["api_key"]),
            setup=Setup(Gate, codes=told.rework.codes()),
        )
        try:
            await line.serve(hand.begin(post), give)
        finally:
            await hand.wiring.close()
            await cloud.close()

    return replace(desk_of(folder), serve=serve)


def main() -> int:
    folder, report = Path(sys.argv[1]), Path(sys.argv[2])
    (folder / "recipes").mkdir(parents=True, exist_ok=True)
    (folder / "labels").mkdir(exist_ok=True)
    (folder / "recipes" / "tracker.zpl").write_text(TEMPLATE)
    (folder / "recipes" / "tracker.toml").write_text(RECIPE.format(http="http://127.0.0.1:9/v1"))
    (folder / settings.FILE).write_text(STATION)
    Orders(folder).keep(ORDER, OrderSettings(recipe="tracker.toml", quantity=UNITS))
    return open_window(desk(folder, report))


if __name__ == "__main__":
    sys.exit(main())
