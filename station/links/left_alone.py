"""Things on the wiring that are no boards: the scanner of the line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from station.links.sightings import Key, Sighting
from station.model import Port

Look = Callable[[], Iterable[Sighting]]


def leaving_alone(look: Look, path: str) -> Look:
    """Return a look that does not see the thing with the port `path`: it is no board.

    A serial number is remembered: a link such as `/dev/serial/by-id/...` comes a moment after the
    port that it leads to.
    """
    known: set[Key] = set()

    def others() -> list[Sighting]:
        seen = list(look())
        true_name = _true_name(path)
        its = {_who(each.port) for each in seen if _true_name(each.port.path) == true_name}
        known.update(who for who in its if who.usb_serial)
        return [each for each in seen if _who(each.port) not in its | known]

    return others


def _who(port: Port) -> Key:
    """Tell things apart: by their serial number wherever they sit, else by their socket."""
    if port.usb_serial:
        return Key(port.vid, port.pid, port.usb_serial, "")
    path = "" if port.location else port.path
    return Key(port.vid, port.pid, "", port.location, path)


def _true_name(path: str) -> str:
    return os.path.realpath(path) if "/" in path else path.upper()
