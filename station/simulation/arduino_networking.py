"""How a board's sketch looks for networks and joins one, and gets its certificate once it is there.

Whatever takes long here makes the board deaf, as on the real one: its sketch is a single loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from station.simulation.arduino_agents import Bluetooth
from station.simulation.arduino_enrolment import Enrolment
from station.simulation.arduino_faults import BROKEN_AT_BOOT, STORAGE_BROKEN, ArduinoTiming
from station.simulation.arduino_joining import Joining
from station.simulation.arduino_settings import settings_of
from station.simulation.arduino_site import CONNECTED, CONNECTING, Site
from station.simulation.arduino_unit import NETWORK_CONFIGS, ArduinoUnit

_MANY_NETWORKS, _LONG_NAME_BYTES = 12, 24  # together they overrun the board's buffer by a byte
_NEVER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Body:
    """What a sketch runs on. `pull_out` takes the board off its wire."""

    unit: ArduinoUnit
    timing: ArduinoTiming
    faults: frozenset[str]
    site: Site
    bluetooth: Bluetooth
    pull_out: Callable[[], None]


class Networking:
    """`status` is the last thing to be said of it, errors from the board's start included.

    `heard` are the networks of the last scan, `broken` the error that the board started with.
    """

    def __init__(self, body: Body) -> None:
        self.broken = next((s for f, s in BROKEN_AT_BOOT.items() if f in body.faults), None)
        self.status = self.broken
        self.heard: list[tuple[str, int]] = []
        self._body = body
        self._joining: Joining | None = None
        self._enrolment: Enrolment | None = None
        self._scan_due = self._join_due = 0.0

    @property
    def is_joining(self) -> bool:
        """Tell whether an attempt to join is under way."""
        return self._joining is not None

    @property
    def works(self) -> bool:
        """Tell whether the board can be asked for more than the state that it is in."""
        return self.broken in {None, STORAGE_BROKEN}

    @property
    def has_storage(self) -> bool:
        """Tell whether it can store what it is told."""
        return self.broken != STORAGE_BROKEN

    @property
    def is_overrun(self) -> bool:
        """Tell whether the list of networks does not fit where the board puts it together."""
        long_ones = [ssid for ssid, _ in self.heard if len(ssid.encode()) >= _LONG_NAME_BYTES]
        return len(self.heard) >= _MANY_NETWORKS and len(long_ones) == len(self.heard)

    async def scan(self) -> None:
        """Look for networks; nothing is heard where there is no radio."""
        if self._body.unit.product.has_wifi:
            await asyncio.sleep(self._body.timing.scan_s)
            self.heard = self._body.site.scan()
        self._scan_due = _now() + self._body.timing.again_s

    async def scan_if_due(self) -> None:
        """Look for networks when the last look is long ago."""
        if _now() >= self._scan_due:
            await self.scan()

    def start(self) -> None:
        """Begin to join the stored network."""
        settings = settings_of(self._body.unit.store[NETWORK_CONFIGS])
        self._enrolment = None
        self.status = CONNECTING
        self._joining = Joining(settings, self._body.timing, _now())

    def start_if_due(self, *, is_alone: bool) -> None:
        """Begin to join the stored network when nobody talks to the board, now and then."""
        if not self.is_joining and self._retries(is_alone) and _now() >= self._join_due:
            self.start()

    async def attempt(self) -> int | None:
        """Try once to join; return the status that it ended with, None when it has not ended."""
        ended = await self._joining.attempt(self._body.site) if self._joining else None
        if ended is not None:
            self._joining, self.status = None, ended
            self._join_due = _now() + self._body.timing.again_s
        return ended

    def start_enrolling(self) -> None:
        """Begin to ask the cloud for a certificate, where there is a cloud."""
        cloud = self._body.site.cloud
        if cloud is not None and "never-online" not in self._body.faults:
            self._enrolment = Enrolment(cloud, _now(), self._body.timing.back_off_s)

    async def enrol_if_due(self) -> bool:
        """Ask the cloud when it is time; tell whether the board has its certificate from it now."""
        if self._enrolment is None or _now() < self._enrolment.due:
            return False
        if not await self._enrolment.attempt(self._body.unit):
            return False
        self._enrolment = None
        return True

    def stop_enrolling(self) -> None:
        """Ask no more."""
        self._enrolment = None

    def idle_s(self, *, is_alone: bool) -> float:
        """Return for how long there is nothing to do."""
        due = [_now() + _NEVER_S, self._scan_due]
        if self._retries(is_alone):
            due.append(self._join_due)
        if self._enrolment is not None:
            due.append(self._enrolment.due)
        return max(0.0, min(due) - _now())

    def _retries(self, is_alone: bool) -> bool:
        is_left = is_alone and self.broken is None and self.status != CONNECTED
        return is_left and NETWORK_CONFIGS in self._body.unit.store


def _now() -> float:
    return asyncio.get_running_loop().time()
