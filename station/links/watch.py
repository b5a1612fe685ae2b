"""Which things are plugged in, and which come and leave."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncGenerator, Callable, Hashable, Iterable
from dataclasses import replace
from pathlib import Path

from station.links import LineSettings, Link
from station.links.aside import aside
from station.links.glance import glance_at_ports
from station.links.roster import Roster
from station.links.serial import may_open, open_serial, usb_sightings
from station.links.sightings import Sighting
from station.links.silent import SilentLink
from station.links.trigger import Polling, Trigger
from station.links.usb_linux import DEVICES, Fits, with_portless
from station.model import Change, Medium, Port

NAMED_EVERY_S = 0.2

AGAIN_S = 0.03
TRIES = 60
"""A look that a leaving device has spoilt is tried again, for about two seconds in all."""

Look = Callable[[], Iterable[Sighting]]


class UsbWiring:
    """The serial ports of this computer that sit on USB, and boot loaders there without a port."""

    def __init__(
        self,
        trigger: Callable[[], Trigger] | None = None,
        look: Look = usb_sightings,
        portless: Fits | None = None,
        devices: Path = DEVICES,
    ) -> None:
        """Watch by `trigger`; by the best one that this system has when none is given.

        `portless` tells which things on USB are to be seen although they show no serial port; where
        it is not given none is. Only Linux sees any, among `devices`.
        """
        self._trigger = trigger or best_trigger
        self._look = look if portless is None else lambda: with_portless(look(), portless, devices)

    def changes(self) -> AsyncGenerator[Change, None]:
        """As `Wiring.changes`; may be closed."""
        return follow(self._look, self._trigger())

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Wiring.open`; the link to what shows no serial port is silent."""
        return SilentLink() if port.medium is Medium.USB else await open_serial(port, line)


class NamedPorts:
    """Ports that were given by name, whether or not a USB listing knows them.

    A device file is there while its path exists. A COM name of Windows is there while the listing
    knows it; one that the listing never knew counts as there always.
    """

    def __init__(self, paths: Iterable[str], look: Look = usb_sightings) -> None:
        self._paths = tuple(dict.fromkeys(paths))
        self._look_at_usb = look
        self._ever_listed: set[str] = set()

    def changes(self) -> AsyncGenerator[Change, None]:
        """As `Wiring.changes`; may be closed."""
        return follow(self._look, Polling(self._glance, NAMED_EVERY_S))

    async def open(self, port: Port, line: LineSettings) -> Link:
        """As `Wiring.open`."""
        return await open_serial(port, line)

    def _glance(self) -> Hashable:
        names = any(not _is_file(path) for path in self._paths)
        return tuple(map(_stamp, self._paths)), glance_at_ports() if names else None

    def _look(self) -> list[Sighting]:
        stamps = {path: _stamp(path) for path in self._paths}
        if not any(stamps.values()):
            return []
        listed = {_true_name(sighting.port.path): sighting for sighting in self._look_at_usb()}
        found: list[Sighting] = []
        for path, stamp in stamps.items():
            if usb := listed.get(_true_name(path)):
                self._ever_listed.add(path)
                found.append(replace(usb, port=replace(usb.port, path=path)))
            elif stamp and path not in self._ever_listed:
                found.append(Sighting(Port(path), stamp, may_open(path)))
        return found


async def follow(look: Look, trigger: Trigger) -> AsyncGenerator[Change, None]:
    """Yield what `look` shows now, and then all changes, looking whenever `trigger` says so."""
    roster = Roster()
    with trigger:
        while True:
            sightings = await _look_until_whole(look)
            for change in roster.see(sightings, time.monotonic()):
                yield change
            await trigger.stirred(roster.due_s(time.monotonic()))


async def _look_until_whole(look: Look) -> Iterable[Sighting]:
    """Look on a thread: it takes some ms, on Windows some tens of them."""
    for _ in range(TRIES):
        try:
            return await asyncio.wrap_future(aside(look))
        except (TypeError, ValueError, OSError):
            # pyserial stumbles over a device whose files vanish while it reads them.
            await asyncio.sleep(AGAIN_S)
    return await asyncio.wrap_future(aside(look))


def best_trigger() -> Trigger:
    """Return udev's trigger where there is udev, polling elsewhere."""
    if sys.platform == "linux":
        try:
            from station.links.watch_udev import UdevTrigger

            return UdevTrigger()
        except (ImportError, OSError):
            return Polling()
    return Polling()


def _is_file(path: str) -> bool:
    return "/" in path


def _stamp(path: str) -> str:
    """Return a text that is new when the device file is; empty when it is not there."""
    if not _is_file(path):
        return path
    try:
        told = os.stat(path)
    except OSError:
        return ""
    return f"{told.st_dev}:{told.st_ino}:{told.st_ctime_ns}"


def _true_name(path: str) -> str:
    return os.path.realpath(path) if _is_file(path) else path.upper()
