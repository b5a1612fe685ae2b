"""Write down before you do: deeds that can't be taken back.

The intent is committed before the world is touched and the outcome after. A deed that is under way
goes on to its end when its run is stopped or out of time, so that a stop never tears an answer off.
What a stop of the whole station leaves open is settled by asking the cloud what is true.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from station.faults import Fault, Unsettled
from station.model import Claim, Event, Settled
from station.record import Intent, Record

logger = logging.getLogger(__name__)

GRACE_S = 3.0
"""How long a stopped run waits for its deed to end, in seconds."""

DOUBT_S = 30.0
"""How old an intent must be before "there is nothing" is believed of it, in seconds: a cloud may
act on a request whose sender has long gone, and ours give up after ten."""

AGAIN_AFTER_S = (0.2, 1.0)
"""The pauses before a deed whose answer was lost is looked up and done again, in seconds."""


T = TypeVar("T")


def _no_claim(result: object) -> Claim | None:
    return None


@dataclass(frozen=True)
class Deed(Generic[T]):
    """A deed on one unit, in a cloud or on the board itself.

    `key` makes it findable at `place` again. `ask` returns what there is of it already, None when
    there is nothing, and changes nothing; `act` does the deed and can be asked twice. `claim`
    takes from its result the claim that the record keeps, if there is one.
    """

    name: str
    key: str
    place: str
    ask: Callable[[], Awaitable[T | None]]
    act: Callable[[], Awaitable[T]]
    claim: Callable[[T], Claim | None] = _no_claim


@dataclass(frozen=True, slots=True)
class Found:
    """What is true of a deed whose end was not known."""

    done: bool
    claim: Claim | None = None


@dataclass(slots=True)
class Journal:
    """Keeps the intents of all runs of a station."""

    record: Record
    post: Callable[[Event], None]
    grace_s: float = GRACE_S
    doubt_s: float = DOUBT_S
    again_after_s: tuple[float, ...] = AGAIN_AFTER_S
    _locks: dict[tuple[str, str], asyncio.Lock] = field(default_factory=dict)
    _under_way: set[asyncio.Task[Any]] = field(default_factory=set)
    _deserted: set[int] = field(default_factory=set)

    async def once(self, run: int, step: int, deed: Deed[T]) -> T:
        """Do `deed` unless it is done already; return its result, once it is on disk.

        Raises:
            Fault: the deed is certainly not done.
            Unsettled: nobody knows; the intent stays open.

        """
        task = asyncio.create_task(self._once(run, step, deed), name=f"{deed.name} {deed.key}")
        self._under_way.add(task)
        task.add_done_callback(self._forget)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            _, late = await asyncio.wait([task], timeout=self.grace_s)
            if late:
                self._deserted.add(run)
            raise

    async def settle(
        self, place: str, ask: Callable[[Intent], Awaitable[Found]]
    ) -> tuple[Intent, ...]:
        """Ask the cloud at `place` about every open intent there; return those still open."""
        here = [each for each in await self.record.open_intents() if each.place == place]
        return tuple([each for each in here if not await self._settle(each, ask)])

    async def close(self, within_s: float) -> None:
        """Wait for the deeds that are under way, `within_s` seconds at most."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within_s)

    async def _once(self, run: int, step: int, deed: Deed[T]) -> T:
        async with self._lock(deed.name, deed.key):
            held = await deed.ask()
            if held is None:
                await self.record.intend(run, step, deed.name, deed.key, deed.place)
                held = await self._act(run, deed)
            await self._conclude(run, deed, Found(True, deed.claim(held)))
            return held

    async def _act(self, run: int, deed: Deed[T]) -> T:
        doubt: Fault | None = None
        for pause_s in (*self.again_after_s, None):
            try:
                return await (deed.act() if doubt is None else _look_then_act(deed))
            except Fault as fault:
                doubt = fault if fault.leaves_open else doubt
                if doubt is None:
                    await self._conclude(run, deed, Found(False))
                    raise
            if pause_s is not None:
                await asyncio.sleep(pause_s)
        raise Unsettled(str(doubt)) from doubt

    async def _conclude(self, run: int, deed: Deed[Any], found: Found) -> None:
        closed = await self.record.conclude(
            run, deed.name, deed.key, deed.place, done=found.done, claim=found.claim
        )
        self._tell(run, closed, done=found.done)

    async def _settle(self, intent: Intent, ask: Callable[[Intent], Awaitable[Found]]) -> bool:
        lock = self._lock(intent.deed, intent.key)
        if lock.locked():
            return False
        async with lock:
            try:
                found = await ask(intent)
            except Fault as fault:  # the others are asked about all the same
                logger.info("%s of run %d stays open: %s", intent.deed, intent.run, fault)
                return False
            if not found.done and _age_s(intent) < self.doubt_s:
                return False
            closed = await self.record.conclude(
                intent.run,
                intent.deed,
                intent.key,
                intent.place,
                done=found.done,
                claim=found.claim,
            )
            self._tell(None, closed, done=found.done)
        return True

    def _tell(self, by_run: int | None, closed: tuple[Intent, ...], *, done: bool) -> None:
        for intent in closed:
            if intent.run != by_run or intent.run in self._deserted:
                self.post(Settled(intent.run, intent.deed, intent.key, done))

    def _lock(self, deed: str, key: str) -> asyncio.Lock:
        return self._locks.setdefault((deed, key), asyncio.Lock())

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # it was told to the run, if that was still listening


async def _look_then_act(deed: Deed[T]) -> T:
    held = await deed.ask()
    return await deed.act() if held is None else held


def _age_s(intent: Intent) -> float:
    """Return how long ago `intent` was committed; a clock that was set back makes it young."""
    return (datetime.now(UTC) - datetime.fromisoformat(intent.began)).total_seconds()
