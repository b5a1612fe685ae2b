"""Linux tells when a port comes or goes: a trigger fed by udev, or by the kernel itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyudev

from station.links.trigger import Polling

MISSED_S = 2.0
"""How often to glance nevertheless: some containers have /dev but are told nothing of it."""


class UdevTrigger:
    """Watches the netlink socket for ports, and for devices: a boot loader may show no port."""

    def __init__(self, source: str | None = None) -> None:
        """Connect; OSError or ImportError where there is no udev.

        udevd tells of a port once its permissions are set; without udevd only the kernel tells.
        """
        if source is None:
            source = "udev" if Path("/run/udev/control").exists() else "kernel"
        self._monitor = pyudev.Monitor.from_netlink(pyudev.Context(), source)
        self._monitor.filter_by("tty")
        self._monitor.filter_by("usb", "usb_device")
        self._polling = Polling(every_s=MISSED_S)

    def __enter__(self) -> Self:
        self._monitor.start()
        asyncio.get_running_loop().add_reader(self._monitor.fileno(), self._drain)
        self._polling.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.get_running_loop().remove_reader(self._monitor.fileno())

    async def stirred(self, within_s: float | None) -> None:
        """As `Trigger.stirred`."""
        await self._polling.stirred(within_s)

    def _drain(self) -> None:
        # Too many at once (ENOBUFS) says as much as each of them: look.
        with suppress(OSError):
            while self._monitor.poll(timeout=0) is not None:
                pass
        self._polling.poke()
