"""When to look at the ports: after a poke, or when a cheap glance shows a difference."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Hashable
from types import TracebackType
from typing import Protocol, Self

from station.links.glance import glance_at_ports

EVERY_S = 0.15


class Trigger(Protocol):
    """Tells when something may have changed. Watches from `with` on, until its end."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    async def stirred(self, within_s: float | None) -> None:
        """Return once something may have changed, or after `within_s` seconds."""


class Polling:
    """A trigger for every system: glances every `every_s` seconds."""

    def __init__(
        self, glance: Callable[[], Hashable] = glance_at_ports, every_s: float = EVERY_S
    ) -> None:
        self._glance = glance
        self._every_s = every_s
        self._poked = asyncio.Event()
        self._last: Hashable = None

    def __enter__(self) -> Self:
        self._last = self._glance()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is held open."""

    def poke(self) -> None:
        """Have `stirred` return now."""
        self._poked.set()

    async def stirred(self, within_s: float | None) -> None:
        """As `Trigger.stirred`."""
        due_s = None if within_s is None else time.monotonic() + within_s
        while True:
            left_s = self._every_s if due_s is None else due_s - time.monotonic()
            poked = await self._wait(min(self._every_s, left_s))
            before, self._last = self._last, self._glance()
            if poked or before != self._last or (due_s is not None and due_s <= time.monotonic()):
                return

    async def _wait(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(max(0, seconds)):
                await self._poked.wait()
        except TimeoutError:
            return False
        self._poked.clear()
        return True
