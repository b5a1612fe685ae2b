"""How fast requests may leave: not faster than the cloud allows, and not while it asks to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic


class Pace:
    """Lets requests go one after the other, `a_second` at most; None lets them go as they come.

    It is a bucket of two tokens: a pause is caught up by one request, never by a flood.
    """

    def __init__(
        self,
        a_second: float | None,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._every_s = 1 / a_second if a_second else 0.0
        self._clock, self._sleep = clock, sleep
        self._free_s = 0.0
        self._line = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for this request's turn; whoever asked first goes first."""
        async with self._line:
            while (wait_s := self._free_s - self._clock()) > 0:
                await self._sleep(wait_s)
            earned_s = self._clock() - self._every_s
            self._free_s = max(self._free_s, earned_s) + self._every_s

    def hold(self, for_s: float) -> None:
        """Let no request go for `for_s` seconds: the cloud asked for it."""
        self._free_s = max(self._free_s, self._clock() + for_s)
