"""Things on USB that show no serial port, as boot loaders that take files: Linux tells of them.

Other systems have no such folder, and nothing is seen there. A board that waits in its boot loader
shows itself on them once it is flashed by hand.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from station.links.serial import may_open
from station.links.sightings import Sighting
from station.model import Attachment, Medium, Port

DEVICES = Path("/sys/bus/usb/devices")

NOBODYS = frozenset({"E0C9125B0D9B"})
"""Serial numbers that tell no unit from another: the RP2040's own boot loader has the same in all."""

Fits = Callable[[Attachment], bool]

_SOCKET = re.compile(r"\d+-\d+(?:\.\d+)*")


def with_portless(
    sightings: Iterable[Sighting], fits: Fits, devices: Path = DEVICES
) -> tuple[Sighting, ...]:
    """Return the sightings, and those things without a serial port that `fits` takes.

    `fits` is asked with the ids and the socket; keyboards and hubs are the most of what it sees.
    """
    ports = tuple(sightings)
    with_a_port = {sighting.port.location for sighting in ports}
    seen = (_sighting(devices / name, fits) for name in _sockets(devices) - with_a_port)
    return (*ports, *(each for each in seen if each))


def glance_at_devices(devices: Path = DEVICES) -> frozenset[tuple[str, int]]:
    """Return name and inode of each device: one that is taken up anew has a new inode."""
    try:
        with os.scandir(devices) as entries:
            return frozenset(
                (entry.name, entry.inode()) for entry in entries if _SOCKET.fullmatch(entry.name)
            )
    except OSError:
        return frozenset()


def _sockets(devices: Path) -> set[str]:
    return {name for name, _ in glance_at_devices(devices)}


def _sighting(folder: Path, fits: Fits) -> Sighting | None:
    """Look at one device; None when it is none of ours, or has left meanwhile."""
    try:
        port = Port(
            path=f"usb:{folder.name}",
            vid=int(_text(folder / "idVendor"), 16),
            pid=int(_text(folder / "idProduct"), 16),
            location=folder.name,
            medium=Medium.USB,
        )
        if not fits(Attachment((port,))):
            return None
        bus, number = int(_text(folder / "busnum")), int(_text(folder / "devnum"))
    except (OSError, ValueError):
        return None
    told = replace(
        port,
        usb_serial="" if (serial := _told(folder / "serial")) in NOBODYS else serial,
        product=_told(folder / "product"),
        manufacturer=_told(folder / "manufacturer"),
    )
    # the node that dfu-util and picotool open
    return Sighting(told, str(number), may_open(f"/dev/bus/usb/{bus:03d}/{number:03d}"))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace").strip()


def _told(file: Path) -> str:
    """Return what a device says of itself; not every one says everything."""
    try:
        return _text(file)
    except OSError:
        return ""
