"""Boards that are awaited: one list of onboardings is asked for, for all who wait.

The vendor's client asks every 10 s for each board; sixteen of them would be a small plan's limit.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from station.clouds.arduino_cloud_onboarding import Onboardings, Row
from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.faults import CloudFault, Fault, Interrupted, NeverOnline, NotOurs

_log = logging.getLogger(__name__)

PART_OF_PLAN = 1 / 3
"""How much of what the account's plan allows this poll may take."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """One board that is awaited; `onboarding` is the id of the one that is meant, once known."""

    subject: str
    since_s: float
    onboarding: str = ""
    is_seen: bool = False
    trouble: CloudFault | None = None
    """Why the last look told nothing."""
    outcome: str | Fault | None = None
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, outcome: str | Fault) -> None:
        """End the wait, with the device's id or with what came in its way."""
        self.outcome = outcome
        self.told.set()


class Arrivals:
    """Looks whether boards have come, for as long as somebody waits for one."""

    def __init__(self, onboardings: Onboardings, options: ArduinoCloudOptions) -> None:
        self._onboardings = onboardings
        own_s = 1 / (PART_OF_PLAN * options.requests_a_second)
        self._soonest_s = max(options.first_look_s, own_s)
        self._latest_s = max(options.poll_s, own_s)
        self._waiting: set[_Waiting] = set()
        self._changed = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    async def device_of(self, subject: str, within_s: float, onboarding: str = "") -> str:
        """As `OnboardsBoards.device_of`; `onboarding` is the id of the one that is meant, if known.

        Raises:
            NeverOnline, NotOurs: as there.
            CloudFault: the cloud did not tell at the end; or it does not accept the key.

        """
        loop = asyncio.get_running_loop()
        waiting = _Waiting(subject, loop.time(), onboarding)
        self._waiting.add(waiting)
        self._changed.set()
        if self._looking is None or self._looking.done():
            self._looking = loop.create_task(self._look())
            self._looking.add_done_callback(self._ended)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(within_s):
                    await waiting.told.wait()
        finally:
            self._waiting.discard(waiting)
            self._changed.set()
        outcome = waiting.outcome or waiting.trouble
        if isinstance(outcome, str):
            return outcome
        raise outcome or NeverOnline(f"it has not come to its cloud within {within_s:.0f} s")

    async def close(self) -> None:
        """Look no more; whoever still waits is told. Safe to call twice."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    def _ended(self, looking: asyncio.Task[None]) -> None:
        """Let nobody wait for a look that will not come; a bug is told by the event loop."""
        if looking is self._looking:
            for waiting in tuple(self._waiting):
                waiting.tell(Interrupted("the list of onboardings is not looked at any more"))

    async def _look(self) -> None:
        while await self._is_due():
            try:
                rows = await self._onboardings.rows()
            except CloudFault as fault:
                self._tell_fault(fault)
            else:
                for waiting in tuple(self._waiting):
                    _tell(waiting, rows)

    async def _is_due(self) -> bool:
        """Wait until the next look; tell whether anybody waits for it.

        Soon while an onboarding is young, for most boards need some seconds; then as the vendor.
        """
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        while self._waiting:
            self._changed.clear()
            age_s = began_s - max(each.since_s for each in self._waiting)
            pause_s = min(max(self._soonest_s, age_s / 2), self._latest_s)
            left_s = began_s + pause_s - loop.time()
            if left_s <= 0:
                return True
            with suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await self._changed.wait()
        return False

    def _tell_fault(self, fault: CloudFault) -> None:
        """Ask again a cloud that stumbles; end every wait when it is the key that it refuses."""
        _log.info("the list of onboardings is not to be had: %s", fault)
        for waiting in tuple(self._waiting):
            waiting.trouble = fault
            if fault.halts:
                waiting.tell(type(fault)(fault.detail))


def _tell(waiting: _Waiting, rows: tuple[Row, ...]) -> None:
    waiting.trouble = None
    row = _meant(waiting, rows)
    if row is None:
        if waiting.is_seen:
            waiting.tell(NotOurs("the cloud does not list its onboarding any more"))
        return
    waiting.onboarding, waiting.is_seen = row.id, True
    if row.device:
        waiting.tell(row.device)
    elif row.has_ended:
        waiting.tell(NotOurs("its onboarding has ended without a device"))


def _meant(waiting: _Waiting, rows: tuple[Row, ...]) -> Row | None:
    """Return the onboarding that is waited for: an earlier one of the board names an old device."""
    mine = [row for row in rows if row.is_of(waiting.onboarding or waiting.subject)]
    still_open = [row for row in mine if not row.has_ended]
    return max(still_open or mine, key=lambda row: row.begun, default=None)
