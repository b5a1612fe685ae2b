"""A board's attempts to join one network, until it is in or its patience ends."""

from __future__ import annotations

import asyncio

from station.model import Connection
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_settings import Settings
from station.simulation.arduino_site import CONNECTED, NO_INTERNET, Site

_BY_MODEM = {Connection.GSM, Connection.NB_IOT, Connection.CAT_M1, Connection.CELLULAR}


class Joining:
    """Begun at `now` by the loop's clock."""

    def __init__(self, settings: Settings, timing: ArduinoTiming, now: float) -> None:
        is_mobile = settings.connection in _BY_MODEM
        self._settings = settings
        self._join_s = timing.join_s
        self._until = now + (timing.mobile_within_s if is_mobile else timing.join_within_s)

    async def attempt(self, site: Site) -> int | None:
        """Try once; return how it ended, or None when the board will try again."""
        await asyncio.sleep(self._join_s)
        status = site.join(self._settings)
        is_over = asyncio.get_running_loop().time() >= self._until
        return status if is_over or status in {CONNECTED, NO_INTERNET} else None
