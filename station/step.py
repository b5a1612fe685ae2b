"""A step of a run: it begins and ends on disk before anybody is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Any, Protocol

from station.faults import Fault
from station.journal import Journal
from station.model import Event, Outcome, StepBegan, StepEnded
from station.record import Record

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bench:
    """What every run of a station shares."""

    record: Record
    journal: Journal
    post: Callable[[Event], None]


class Telling(Protocol):
    """The run that a step belongs to."""

    number: int
    slot: str

    def blame(self, exc: BaseException | None) -> Fault | None:
        """Name what a step left with; None when it went well."""

    def entered(self, step: int) -> None:
        """Note that the run is in `step` now."""


class Step:
    """Entering begins the step on disk; leaving ends it there, however it is left."""

    def __init__(self, run: Telling, bench: Bench, name: str, within_s: float) -> None:
        self._run, self._bench, self._name, self._within_s = run, bench, name, within_s
        self._number = 0
        self._began_s = 0.0

    async def __aenter__(self) -> None:
        self._began_s = monotonic()
        try:
            await _to_its_end(self._begin())
        except asyncio.CancelledError as exc:
            if self._number:
                await self._end(exc)
            raise
        self._clock = asyncio.timeout(self._within_s)
        await self._clock.__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            await self._clock.__aexit__(kind, exc, traceback)
        except TimeoutError as late:
            exc = late
            raise
        finally:
            await _to_its_end(self._end(exc))

    async def _begin(self) -> None:
        run = self._run
        self._number = await self._bench.record.begin_step(run.number, self._name, self._within_s)
        run.entered(self._number)
        self._bench.post(StepBegan(run.slot, run.number, self._name, self._within_s))

    async def _end(self, exc: BaseException | None) -> None:
        fault = self._run.blame(exc)
        outcome = fault.outcome if fault else Outcome.PASS
        trouble = fault.trouble if fault else None
        seconds = monotonic() - self._began_s
        await self._bench.record.end_step(self._number, outcome, trouble, seconds)
        self._bench.post(
            StepEnded(self._run.slot, self._run.number, self._name, outcome, trouble, seconds)
        )


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Finish `work` though the caller is cancelled meanwhile: what is written is told too."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        if task.exception():
            logger.exception("lost in a stop", exc_info=task.exception())
        raise
