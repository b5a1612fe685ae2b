"""A line of boards at pseudo-terminals that are flashed by real tools, and the engine on them."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from station.engine import Engine
from station.faults import PortMissing
from station.flash import Flasher
from station.links import LineSettings, Link
from station.links.serial import open_serial
from station.model import (
    Attached,
    Attachment,
    Change,
    Credentials,
    Detached,
    Halted,
    Outcome,
    Port,
    Refused,
    RunEnded,
    Slot,
    StepBegan,
    StepEnded,
    Tool,
)
from station.record import BOARD, Record, RunNote
from station.simulation.pty_end import PtyEnd
from station.simulation.sockets import Runs
from station.stock import Stock, installed_flasher
from tests.by_hand import Bystander, Keystore

PASS = (Outcome.PASS, "")
ADAPTER = (0x10C4, 0xEA60)
RECIPE = """\
recipe = 1
name = "Reflash"
procedure = "reflash"
[board]
{board}
[cloud]
kind = "none"
[limits]
{limits}
[options]
{options}
"""


def outcome(ended: RunEnded) -> tuple[Outcome, str]:
    return ended.outcome, ended.trouble.code if ended.trouble else ""


@dataclass
class _Plugged:
    attachment: Attachment
    end: PtyEnd
    life: asyncio.Task[bool]


class PtyLine:
    """A `Wiring` of boards at pseudo-terminals, each behind an adapter for a serial line."""

    def __init__(self) -> None:
        self._plugged: dict[str, _Plugged] = {}
        self._news: asyncio.Queue[Change] = asyncio.Queue()

    def plug(
        self, where: str, board: Runs, ids: tuple[int, int] = ADAPTER, serial: str = "0001"
    ) -> str:
        """Plug `board` in, and return its port's name; all adapters have one serial number."""
        end = PtyEnd()
        attachment = Attachment((Port(end.path, *ids, serial, where, 0, "adapter"),))
        self._plugged[where] = _Plugged(attachment, end, asyncio.create_task(board.run(end)))
        self._news.put_nowait(Attached(attachment))
        return end.path

    async def pull(self, where: str) -> None:
        plugged = self._plugged.pop(where)
        plugged.end.unplug()
        await asyncio.wait({plugged.life})
        plugged.life.result()
        self._news.put_nowait(Detached(plugged.attachment))

    async def changes(self) -> AsyncGenerator[Change, None]:
        while True:
            yield await self._news.get()

    async def open(self, port: Port, line: LineSettings) -> Link:
        if port.location not in self._plugged:
            raise PortMissing(port.path)
        return await open_serial(port, line)

    async def close(self) -> None:
        for where in tuple(self._plugged):
            await self.pull(where)


@dataclass
class ReflashHall:
    """A whole line."""

    wiring: PtyLine
    record: Record
    engine: Engine
    bystander: Bystander
    folder: Path
    serving: asyncio.Task[None]
    _images: int = field(default=0)

    def image(self, content: bytes, suffix: str = ".bin") -> str:
        """Write an image into the recipe's folder; return its lines in a recipe."""
        self._images += 1
        path = self.folder / f"image {self._images}{suffix}"
        path.write_bytes(content)
        return f'file = "{path.name}"\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n'

    async def work_on(self, board: str, options: str, limits: str = "") -> None:
        """Sign in to a recipe."""
        recipe = self.folder / "recipe.toml"
        recipe.write_text(RECIPE.format(board=board, options=options, limits=limits), "utf-8")
        await self.engine.sign_in(Credentials("Ann"), recipe, None)
        wrong = [*self.bystander.of(Refused), *self.bystander.of(Halted)]
        assert not wrong, wrong

    async def visit(self, board: Runs, where: str = "usb-1", **shown: Any) -> RunEnded:
        """Plug `board` in, return how its run ended, and pull it out."""
        before = len(self.bystander.of(RunEnded))
        self.wiring.plug(where, board, **shown)
        ended = await self.bystander.until(lambda e: isinstance(e, RunEnded), before + 1)
        await self.wiring.pull(where)
        assert isinstance(ended, RunEnded)
        return ended

    @property
    def steps(self) -> list[str]:
        return [each.step for each in self.bystander.of(StepBegan)]

    @property
    def ends(self) -> dict[str, str]:
        """How the steps ended: nothing, or the code of what went wrong."""
        return {
            each.step: each.trouble.code if each.trouble else ""
            for each in self.bystander.of(StepEnded)
        }

    def noted(self, what: str) -> list[dict[str, Any]]:
        """Return what the trail says of `what`."""
        return [json.loads(row["data"]) for row in self._rows("trail", "what = ?", [what])]

    def intents(self) -> list[tuple[str, int | None]]:
        """Return the flashes that were begun: their key, and whether they were done."""
        rows = self._rows("intents", "deed = 'flash'", [])
        return [(row["key"], row["done"]) for row in rows]

    def _rows(self, table: str, where: str, values: list[str]) -> list[dict[str, Any]]:
        db = Database(self.record.path)
        try:
            return list(db[table].rows_where(where, values))
        finally:
            db.close()


@asynccontextmanager
async def reflash_hall(
    folder: Path, *, slots: int = 3, flasher: Callable[[Tool], Flasher] = installed_flasher
) -> AsyncIterator[ReflashHall]:
    """Open a line of `slots` slots at the sockets usb-1, usb-2, ..."""
    folder.mkdir(exist_ok=True)
    record = await asyncio.to_thread(Record, folder / "record.db")
    wiring, bystander, keystore = PtyLine(), Bystander(), Keystore({})
    engine = Engine(
        record,
        wiring,
        bystander.post,
        Stock(keystore.secret, keystore.store, flasher=flasher),
        "Line 1",
        tuple(Slot(str(n), f"usb-{n}") for n in range(1, slots + 1)),
        mind_every_s=0.05,
    )
    serving = asyncio.create_task(engine.serve())
    try:
        yield ReflashHall(wiring, record, engine, bystander, folder, serving)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await wiring.close()
        await asyncio.to_thread(record.close)


async def died_in_a_flash(folder: Path, key: str) -> None:
    """Leave a record as a station does whose power went in the middle of a flash."""
    record = await asyncio.to_thread(Record, folder / "record.db")
    shift = await record.begin_shift("Ann", "Reflash", "Reflash", "0" * 64, None)
    note = RunNote(
        "1", "/dev/pts/0", "0001", "Reflash", "0" * 64, "reflash", ("connect", "flash"),
        shift.operator, shift.work_order, "Line 1", "0",
    )  # fmt: skip
    run = await record.begin_run(note)
    step = await record.begin_step(run, "flash", 900)
    await record.intend(run, step, "flash", key, BOARD)
    await asyncio.to_thread(record.close)
