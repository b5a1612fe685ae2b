"""How fast requests may leave: not faster than the cloud allows, and not while it asks to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from time import monotonic, time

from tenacity import RetryCallState, wait_exponential
from tenacity.wait import wait_base


class Pace:
    """Lets requests go one after the other, `a_second` at most; None lets them go as they come.

    It is a bucket of two tokens: a pause is caught up by one request, never by a flood. `evenly`
    is for a limit that knows no burst: nothing is caught up, and a twentieth of the time is kept
    in hand for what the network takes off between two requests.
    """

    def __init__(
        self,
        a_second: float | None,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        evenly: bool = False,
    ) -> None:
        self._every_s = 1 / a_second if a_second else 0.0
        if evenly:
            self._every_s *= 1.05
        self._caught_up_s = 0.0 if evenly else self._every_s
        self._clock, self._sleep = clock, sleep
        self._free_s = 0.0
        self._line = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for this request's turn; whoever asked first goes first."""
        async with self._line:
            while (wait_s := self._free_s - self._clock()) > 0:
                await self._sleep(wait_s)
            earned_s = self._clock() - self._caught_up_s
            self._free_s = max(self._free_s, earned_s) + self._every_s

    def hold(self, for_s: float) -> None:
        """Let no request go for `for_s` seconds: the cloud asked for it."""
        self._free_s = max(self._free_s, self._clock() + for_s)


class WaitAsAsked(wait_base):
    """Waits as long as the cloud asked for, or ever longer when it did not say."""

    _own = wait_exponential(multiplier=0.5, max=8)

    def __call__(self, retry_state: RetryCallState) -> float:
        said = retry_state.outcome.exception() if retry_state.outcome else None
        asked = getattr(said, "after_s", None)
        return float(self._own(retry_state) if asked is None else asked)


def retry_after_s(asked: str) -> float | None:
    """Read `Retry-After`: seconds or a date (RFC 9110, 10.2.3)."""
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time())
    except ValueError:
        return None
