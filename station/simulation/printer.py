"""A label printer that speaks ZPL on TCP port 9100, and prints pictures.

Written from Zebra's guide to ZPL: a format is kept from its ^XA to its ^XZ, ~HS is answered at
once, with the counts of formats that wait; what hands must mend holds the printer with the format
in it, which is printed anew once it is mended (^JZ's default).
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Self, cast

from station.labels.picture import png
from station.labels.sheet import CodeWrong, sheet
from station.simulation import chosen

_FORMAT = re.compile(rb"\^XA.*?\^XZ", re.DOTALL)
_JOB = re.compile(rb"\^FX (\S+) \^FS")
_ASKED = b"~HS"


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """A label that came out: the job that its comment names, and its picture (PNG, a pixel a dot).

    `whole` is False for one that was cut off in the middle.
    """

    job: str
    picture: bytes = field(repr=False)
    whole: bool = True


class SimulatedPrinter:
    """A printer with faults by name; they come and go while it runs, by `breaks` and `mended`.

    `labels` are those that came out, in order; with `folder` each is put there as a PNG too.
    A label takes `label_s` seconds.
    """

    kind: ClassVar[str] = "printer"
    known_faults: ClassVar[Mapping[str, str]] = {
        "paper-out": "it has no labels",
        "ribbon-out": "it has no ribbon",
        "head-open": "its head is open",
        "hot": "its head is too hot",
        "paused": "somebody pressed pause",
        "full": "it says that its buffer is full",
        "mute": "it never answers ~HS",
        "shy": "it does not answer ~HS while a hand must mend something, as some do",
        "babbles": "it answers ~HS with something else",
        "offline": "nobody listens",
        "slow": "a label takes half a minute",
        "cut": "the connection breaks in the middle of a job; nothing is printed",
        "cut-after": "the connection breaks once it has the whole job; the label is printed",
        "half": "the labels end in the middle of one",
    }

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: Iterable[str] = (),
        *,
        label_s: float = 0.0,
        folder: Path | None = None,
    ) -> None:
        self.labels: list[PrintedLabel] = []
        self.faults = set(chosen(faults, self.known_faults, "fault of a printer"))
        self.label_s = label_s
        self.folder = folder
        self._host, self._port = host, port
        self._server: asyncio.Server | None = None
        self._lines: set[_Line] = set()
        self._waiting: deque[bytes] = deque()
        self._stirred = asyncio.Event()
        self._rested = asyncio.Event()
        self._rested.set()
        self._taken = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    @classmethod
    def listening(cls, host: str, port: int, faults: Iterable[str]) -> Self:
        """Make a printer for `host` and `port`; port 0 lets the system choose.

        Raises:
            ValueError: no such fault; the text lists those there are.

        """
        return cls(host, port, faults, label_s=0.8)

    @property
    def hello(self) -> Mapping[str, str]:
        """Where it listens, as the station's settings name a printer."""
        return {"printer": f"tcp://{self._host}:{self._port}"}

    async def start(self) -> None:
        """Switch it on."""
        self._work = asyncio.get_running_loop().create_task(self._print_all())
        await self._listen()

    async def close(self) -> None:
        """Switch it off; safe to call twice."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait({self._work})
        await self._hang_up()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def breaks(self, *faults: str) -> None:
        """Let faults come.

        Raises:
            ValueError: no such fault; the text lists those there are.

        """
        self.faults |= chosen(faults, self.known_faults, "fault of a printer")
        if "offline" in faults:
            await self._hang_up()

    async def mended(self, *faults: str) -> None:
        """Let faults go; without any, all. What waits is printed."""
        gone = set(faults) or set(self.faults)
        self.faults -= gone
        if "offline" in gone:
            await self._listen()
        self._stirred.set()

    async def holding(self) -> None:
        """Wait until it has taken a label."""
        await self._taken.wait()

    async def idle(self) -> None:
        """Wait until it has printed all that it has taken."""
        await self._rested.wait()

    def take(self, heard: bytearray, line: _Line) -> None:
        """Take what has come on a connection, and leave what is not whole yet in `heard`."""
        if b"^XA" in heard and "cut" in self.faults:
            line.drop()
            return
        while True:
            asked = heard.find(_ASKED)
            found = _FORMAT.search(heard)
            if found is not None and not 0 <= asked < found.start():
                self._waiting.append(found[0])
                self._rested.clear()
                self._taken.set()
                del heard[: found.end()]
                self._stirred.set()
            elif asked >= 0:
                del heard[asked : asked + len(_ASKED)]
                line.say(self._status(partial=b"^XA" in heard))
            else:
                break
        if self._waiting and "cut-after" in self.faults:
            line.drop()

    async def _listen(self) -> None:
        if "offline" in self.faults or self._server is not None:
            return
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connected, self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for line in tuple(self._lines):
            line.drop()
        await asyncio.sleep(0)

    def _connected(self) -> _Line:
        return _Line(self, self._lines)

    @property
    def _held(self) -> bool:
        return bool(self.faults & {"paper-out", "ribbon-out", "head-open", "hot", "paused"})

    def _status(self, *, partial: bool) -> bytes:
        if "mute" in self.faults or ("shy" in self.faults and self._held):
            return b""
        if "babbles" in self.faults:
            return b"\x02what?\x03\r\n" * 3
        paper, ribbon, head, hot, full = (
            int(name in self.faults)
            for name in ("paper-out", "ribbon-out", "head-open", "hot", "full")
        )
        # a printer that something is wrong with pauses too, and waits for its pause key
        paused = int(self._held)
        strings = (
            f"030,{paper},{paused},1218,{len(self._waiting):03},{full},0,{int(partial)},000,0,0,{hot}",
            f"001,0,{head},{ribbon},1,2,4,0,00000000,1,000",
            "1234,0",
        )
        return b"".join(b"\x02%s\x03\r\n" % each.encode() for each in strings)

    async def _print_all(self) -> None:
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            while self._waiting and not self._held:
                await self._print_next()

    async def _print_next(self) -> None:
        await asyncio.sleep(30.0 if "slow" in self.faults else self.label_s)
        if self._held:
            return
        label = _printed(self._waiting[0], whole="half" not in self.faults)
        self.labels.append(label)
        if self.folder is not None:
            name = f"{len(self.labels):04} {label.job or 'label'}.png"
            (self.folder / name).write_bytes(label.picture)
        if not label.whole:
            self.faults -= {"half"}
            self.faults |= {"paper-out"}
            return
        self._waiting.popleft()
        if not self._waiting:
            self._rested.set()


class _Line(asyncio.Protocol):
    def __init__(self, printer: SimulatedPrinter, others: set[_Line]) -> None:
        self._printer = printer
        self._others = others
        self._heard = bytearray()
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._others.add(self)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        self._printer.take(self._heard, self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._others.discard(self)

    def say(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)

    def drop(self) -> None:
        self._transport.abort()


def _printed(zpl: bytes, *, whole: bool) -> PrintedLabel:
    """Print a format; one with a code that can't be drawn comes out empty."""
    found = _JOB.search(zpl)
    job = found[1].decode(errors="replace") if found else ""
    try:
        label = sheet(zpl)
    except CodeWrong:
        label = sheet(b"^XA^XZ")
    return PrintedLabel(job, png(label, upper_half=not whole), whole)
