"""Asking an Arduino board with a sketch of Provisioning 2.0: one request at a time, until answered."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeVar

from station.faults import AnswerBroken, BoardSilent, LinkLost
from station.links import Link
from station.wire.arduino import Message, MessageBroken, Status, StatusCode, decode
from station.wire.frames import CONNECT, DISCONNECT, NACK, Broken, Frame, FrameReader, FrameType

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

Take = Callable[[Message], _T | None]
"""Makes of a message what is waited for, or None; raises a fault where it says that none comes."""

SENT_AT_MOST = 4
BROKEN_AT_MOST = 6

# How the log of Arduino's libraries looks (Arduino_DebugUtils): another sketch's text is no sign.
_LOG: Final = re.compile(r"\b[A-Z]\w+::\w+|^\[ ?\d+ ?\] ", re.MULTILINE)
_NACK_PAYLOAD: Final = b"\x03"
_BYTES_A_SECOND: Final = 960  # 9600 baud


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a board is waited for, in seconds.

    `flush_s`: the quiet after a broken frame before it is asked for again, and before what the
    board did not understand is sent again: it throws away what comes in between. `cut_off_s`: a
    frame that stops for so long has lost its end. `hear_out_s`: what has no answer may be objected
    to for so long, over the air for `hear_out_by_radio_s`. `settle_s`: what was asked twice may be
    answered twice, with a board's log between at 9600 baud. `answer_within_s`: a board that scans is
    deaf for seconds. `busy_within_s`: longer than any network takes to be joined.
    """

    hang_up_s: float = 0.3
    knock_every_s: float = 2.0
    greet_within_s: float = 30.0
    flush_s: float = 0.1
    cut_off_s: float = 0.5
    hear_out_s: float = 0.2
    hear_out_by_radio_s: float = 0.4
    settle_s: float = 0.5
    answer_within_s: float = 4.0
    ask_again_s: float = 1.0
    busy_within_s: float = 45.0
    part_within_s: float = 0.5


class _Miss(Enum):
    """Why there is no answer yet."""

    SILENT = auto()
    OBJECTED = auto()
    BUSY = auto()


class _Objection:
    """The board did not understand what was sent to it."""


class Talk:
    """A conversation in frames. Answers are matched by what they are, never by their position.

    A NACK has a board say again all that it said since it last understood something, so that any
    message may come twice; its debug text may stand between any two frames.
    """

    def __init__(self, link: Link, patience: Patience, *, is_radio: bool) -> None:
        self._link = link
        self._patience = patience
        self._reader = FrameReader()
        self._heard: deque[Message | _Objection] = deque()
        self._broken = 0
        self._owes_nack = False
        self._answered = False
        self.is_radio = is_radio

    @property
    def is_alive(self) -> bool:
        """Whether the board was heard to run this protocol, answering now or not."""
        return self._answered or bool(_LOG.search(self._reader.text))

    async def hang_up(self) -> None:
        """End a session that another program may have left open; what it said is forgotten."""
        await self._overhear(0)
        await self._link.send(DISCONNECT)
        await self._overhear(self._patience.hang_up_s)
        self._reader.give_up()
        self._forget()

    async def knock(self) -> None:
        """Send CONNECT, alone: the board throws away what comes in one piece with it."""
        await self._link.send(CONNECT)

    async def poke(self, frame: bytes) -> None:
        """Send `frame` once, and wait for nothing."""
        await self._link.send(frame)

    async def part(self) -> None:
        """Say that the session is over; over the air it ends with the link."""
        with suppress(LinkLost):
            if self.is_radio:
                await self._link.close()
            else:
                await self._link.send(DISCONNECT)

    async def listen(self, take: Take[_T], within_s: float) -> _T | None:
        """Return what `take` makes of what is said, as soon as that is not None; None in the end.

        Raises:
            AnswerBroken: frame after frame is broken.
            LinkLost: the wire went away.

        """
        self._broken = 0
        ends_s = _now_s() + within_s
        while (heard := await self._next(ends_s)) is not None:
            if not isinstance(heard, _Objection) and (answer := take(heard)) is not None:
                return answer
        return None

    async def ask(self, take: Take[_T], *frames: bytes) -> _T:
        """Send `frames`, the last of which asks for what `take` waits for.

        Those before it have no answer; when it must be repeated they are sent again with it.

        Raises:
            BoardSilent: there is no answer.
            AnswerBroken: the board does not understand, or is not understood.
            LinkLost: the wire went away.

        """
        await self._hear(0)
        self._forget()
        misses: list[_Miss] = []
        sent = 0
        busy_until_s = _now_s() + self._patience.busy_within_s
        while len(misses) < SENT_AT_MOST:
            found = await self._attempt(take, frames)
            sent += 1
            if found is _Miss.BUSY and _now_s() < busy_until_s:
                found = await self._found(take, self._patience.ask_again_s)
                if isinstance(found, _Miss):
                    continue
            if not isinstance(found, _Miss):
                with suppress(LinkLost):  # by radio a board leaves as soon as it has joined
                    await self._hear(self._patience.settle_s if sent > 1 else 0)
                return found
            misses.append(found)
            await self._hear(self._patience.flush_s)
        raise self._in_vain(misses)

    async def _attempt(self, take: Take[_T], frames: tuple[bytes, ...]) -> _T | _Miss:
        for frame in frames[:-1]:
            await self._link.send(frame)
            found = await self._found(take, self._heard_out_after_s(frame))
            if found is not _Miss.SILENT:
                return found
        with suppress(LinkLost):  # by radio it may answer, and leave, before the write is confirmed
            await self._link.send(frames[-1])
        return await self._found(take, self._patience.answer_within_s)

    async def _found(self, take: Take[_T], within_s: float) -> _T | _Miss:
        ends_s = _now_s() + within_s
        while (heard := await self._next(ends_s)) is not None:
            if isinstance(heard, _Objection):
                return _Miss.OBJECTED
            if heard == Status(StatusCode.OTHER_REQUEST_IN_EXECUTION):
                return _Miss.BUSY
            if (answer := take(heard)) is not None:
                return answer
        return _Miss.SILENT

    def _heard_out_after_s(self, frame: bytes) -> float:
        if self.is_radio:
            return self._patience.hear_out_by_radio_s
        return self._patience.hear_out_s + len(frame) / _BYTES_A_SECOND

    def _in_vain(self, misses: list[_Miss]) -> BoardSilent | AnswerBroken:
        if _Miss.OBJECTED in misses:
            return AnswerBroken(f"the board did not understand what was sent {len(misses)} times")
        if _Miss.BUSY in misses:
            return AnswerBroken(f"the board was busy for {self._patience.busy_within_s:g} s")
        if self._broken:
            return AnswerBroken(f"{self._broken} broken frames, and no whole answer")
        return BoardSilent(f"no answer to what was sent {len(misses)} times")

    def _forget(self) -> None:
        self._heard.clear()
        self._broken = 0
        self._owes_nack = False

    async def _overhear(self, for_s: float) -> None:
        """Take in what comes, and object to nothing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(for_s):
                while True:
                    self._take_in(self._reader.feed(await self._link.receive()))

    async def _hear(self, for_s: float) -> None:
        ends_s = _now_s() + for_s
        while await self._receive(ends_s):
            pass

    async def _next(self, ends_s: float) -> Message | _Objection | None:
        while not self._heard:
            if self._broken > BROKEN_AT_MOST:
                raise AnswerBroken(f"{self._broken} broken frames, and no whole answer")
            if not await self._receive(ends_s):
                return None
        return self._heard.popleft()

    async def _receive(self, ends_s: float) -> bool:
        """Take in what comes next; False when nothing has come until `ends_s`."""
        quiet_s = self._patience.flush_s if self._owes_nack else self._patience.cut_off_s
        may_end_s = _now_s() + quiet_s
        waits_for_more = self._owes_nack or self._reader.pending
        try:
            async with asyncio.timeout_at(min(ends_s, may_end_s) if waits_for_more else ends_s):
                data = await self._link.receive()
        except TimeoutError:
            if not waits_for_more or ends_s < may_end_s:
                return False
            await self._ask_again()
            return True
        self._take_in(self._reader.feed(data))
        return True

    async def _ask_again(self) -> None:
        self._take_in(self._reader.give_up())
        if self._owes_nack:
            self._owes_nack = False
            await self._link.send(NACK)

    def _take_in(self, found: Iterable[Frame | Broken]) -> None:
        for each in found:
            match each:
                case Broken(reason):
                    self._note_broken(reason)
                case Frame(FrameType.CONTROL, payload) if payload == _NACK_PAYLOAD:
                    self._answered = True
                    self._heard.append(_Objection())
                case Frame(FrameType.DATA, payload):
                    self._understand(payload)
                case _:  # that the board ends the session, or what a sketch echoes of our own
                    pass

    def _note_broken(self, reason: str) -> None:
        self._owes_nack = True
        self._broken += 1
        logger.info("a broken frame: %s", reason)

    def _understand(self, payload: bytes) -> None:
        try:
            self._heard.append(decode(payload))
            self._answered = True
        except MessageBroken as broken:
            # its check is right: a later library may say more than we know
            logger.info("a message that is new to the station: %s", broken)


def _now_s() -> float:
    return asyncio.get_running_loop().time()
