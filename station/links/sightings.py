"""What one look at the system's ports shows, and which of the ports belong to one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from station.model import Attachment, Port


@dataclass(frozen=True, slots=True)
class Sighting:
    """One port as one look saw it.

    `stamp` is new whenever the system takes the thing up anew (on Linux the number of the USB
    device); empty where the system does not tell. `ready` is false while we may not open the port.
    """

    port: Port
    stamp: str = ""
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Key:
    """Who a thing is, as far as USB tells: the name of a port is no part of it.

    `path` is empty unless nothing else tells the thing from another.
    """

    vid: int | None
    pid: int | None
    usb_serial: str
    location: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """All the ports of one thing that one look saw."""

    attachment: Attachment
    stamps: frozenset[str]
    ready: bool


def split_location(location: str) -> tuple[str, int | None]:
    """Split pyserial's location into socket and interface.

    Linux says `1-4.2:1.0`, Windows `1-21:x.2`, macOS and devices with a single interface `1-4.2`.
    """
    socket, _, rest = location.partition(":")
    number = rest.rpartition(".")[2]
    return socket, int(number) if number.isdecimal() else None


def group(sightings: Iterable[Sighting]) -> dict[Key, Thing]:
    """Put the ports of each thing together, in the order of their interfaces."""
    seen = tuple(sightings)
    sockets: dict[Key, set[str]] = defaultdict(set)
    for sighting in seen:
        if sighting.port.location:
            sockets[_nameless(sighting.port)].add(sighting.port.location)
    members: dict[Key, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        members[_key(sighting.port, sockets)].append(sighting)
    return {key: _thing(found) for key, found in members.items()}


def _nameless(port: Port) -> Key:
    return Key(port.vid, port.pid, port.usb_serial, "")


def _key(port: Port, sockets: dict[Key, set[str]]) -> Key:
    nameless = _nameless(port)
    if port.location:
        return Key(port.vid, port.pid, port.usb_serial, port.location)
    if not port.usb_serial:
        return Key(port.vid, port.pid, "", "", port.path)
    # Windows tells no location for the first port of a composite device: it joins its siblings
    # when there is only one device that they can belong to.
    known = sockets.get(nameless, set())
    if len(known) > 1:
        return Key(port.vid, port.pid, port.usb_serial, "", port.path)
    return Key(port.vid, port.pid, port.usb_serial, next(iter(known), ""))


def _thing(found: list[Sighting]) -> Thing:
    ordered = sorted(found, key=lambda sighting: _order(sighting.port))
    return Thing(
        Attachment(tuple(sighting.port for sighting in ordered)),
        frozenset(sighting.stamp for sighting in ordered),
        all(sighting.ready for sighting in ordered),
    )


def _order(port: Port) -> tuple[int, list[tuple[int, str]]]:
    """Sort by interface, then by name with its numbers as numbers: COM9 before COM10."""
    parts = re.findall(r"\d+|\D+", port.path)
    named = [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
    return (-1 if port.interface is None else port.interface, named)
