"""Sessions with a board, recorded as readable lines and played again without the board."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from station.links import Link
from station.links.inbox import Inbox

Way = Literal["sent", "received"]

Mask = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Passage:
    """Bytes that passed at one moment, `at_s` seconds after the recording began."""

    at_s: float
    way: Way
    data: bytes

    def line(self) -> str:
        r"""Write it as a line of JSON, whose bytes read as text does: `OK\r\n`, `\x1b[m`."""
        text = self.data.decode("latin-1").encode("unicode_escape").decode("ascii")
        return json.dumps({"at_s": round(self.at_s, 6), "way": self.way, "bytes": text})

    @classmethod
    def parse(cls, line: str) -> Passage:
        """Read what `line` wrote; ValueError or KeyError when it is something else."""
        told = json.loads(line)
        if told["way"] not in ("sent", "received"):
            raise ValueError(f"a passage is sent or received, not {told['way']!r}")
        data = told["bytes"].encode("ascii").decode("unicode_escape").encode("latin-1")
        return cls(float(told["at_s"]), told["way"], data)


class Recorder:
    """A link that writes down what passes through another one.

    `mask` takes all the bytes that passed one way in one go, so that a secret cut in two is seen
    whole, and returns as many with the secrets painted over. With a mask, a turn is written once
    the other side begins to speak, or at closing; without one, at once.
    """

    def __init__(self, link: Link, to: Path | str | TextIO, mask: Mask | None = None) -> None:
        self._link = link
        self._ours = ExitStack()
        if isinstance(to, (Path, str)):
            file = Path(to).open("w", encoding="utf-8")  # noqa: SIM115 - closed with the link
            to = self._ours.enter_context(file)
        self._file = to
        self._mask = mask
        self._began_s = time.monotonic()
        self._turn: list[Passage] = []

    async def send(self, data: bytes) -> None:
        """As `Link.send`; written down before the board can answer."""
        self._note("sent", data)
        await self._link.send(data)

    async def receive(self) -> bytes:
        """As `Link.receive`."""
        data = await self._link.receive()
        self._note("received", data)
        return data

    async def close(self) -> None:
        """As `Link.close`; the recording is whole after that."""
        try:
            with self._ours:
                self._end_turn()
        finally:
            await self._link.close()

    def _note(self, way: Way, data: bytes) -> None:
        if self._turn and self._turn[0].way != way:
            self._end_turn()
        self._turn.append(Passage(time.monotonic() - self._began_s, way, data))
        if self._mask is None:
            self._end_turn()

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, []
        if not turn or self._file.closed:
            return
        for passage in turn if self._mask is None else _masked(turn, self._mask):
            self._file.write(passage.line() + "\n")
        self._file.flush()


def _masked(turn: list[Passage], mask: Mask) -> list[Passage]:
    whole = b"".join(passage.data for passage in turn)
    masked = mask(whole)
    if len(masked) != len(whole):
        raise ValueError("a mask paints over: it returns as many bytes as it was given")
    painted: list[Passage] = []
    start = 0
    for passage in turn:
        end = start + len(passage.data)
        painted.append(Passage(passage.at_s, passage.way, masked[start:end]))
        start = end
    return painted


class Replay:
    """A link at whose other end a recording answers.

    What was received comes once the station has sent as many bytes as it had then. The bytes
    themselves are not compared: a challenge is never the same twice.
    """

    def __init__(self, recording: Path | str | Iterable[Passage]) -> None:
        """Take a recording from a file, or as passages; ValueError when a line is no passage."""
        if isinstance(recording, (Path, str)):
            recording = _read(Path(recording))
        self._answers: deque[tuple[int, bytes]] = deque()
        self._inbox = Inbox()
        self._sent = 0
        self._recorded = 0
        for passage in recording:
            if passage.way == "sent":
                self._recorded += len(passage.data)
            else:
                self._answers.append((self._recorded, passage.data))
        self._release()

    async def send(self, data: bytes) -> None:
        """As `Link.send`; LinkLost when all that was recorded has been asked already."""
        self._inbox.check()
        if self._sent >= self._recorded and data:
            self._inbox.lose("the recording ends here, and more was sent")
            self._inbox.check()
        self._sent += len(data)
        self._release()

    async def receive(self) -> bytes:
        """As `Link.receive`; LinkLost after the last of the recording."""
        return await self._inbox.take()

    async def close(self) -> None:
        """As `Link.close`."""
        self._inbox.empty()
        self._inbox.lose("it was closed")

    def _release(self) -> None:
        while self._answers and self._answers[0][0] <= self._sent:
            self._inbox.put(self._answers.popleft()[1])
        if not self._answers and self._sent >= self._recorded:
            self._inbox.lose("the recording ends here")


def _read(path: Path) -> list[Passage]:
    passages: list[Passage] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                passages.append(Passage.parse(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}, line {number} is no passage: {error}") from error
    return passages
