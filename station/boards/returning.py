"""Opening the port of what has come back to its seat: one that is about to go may still be there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from station.faults import LinkLost, PortMissing
from station.links import LineSettings, Link, Seat
from station.model import Attachment, Port

BACK_WITHIN_S, TRY_AGAIN_S = 20.0, 0.25


async def reopened(
    seat: Seat,
    port_of: Callable[[Attachment], Port | None],
    line: LineSettings,
    within_s: float = BACK_WITHIN_S,
) -> Link:
    """Open what `port_of` says is the port of the board that sits there, within `within_s` seconds.

    Raises:
        NotReturned: nothing has come that has such a port.
        LinkLost, PortMissing: what came has gone again, until the time was over.

    """
    clock = asyncio.get_running_loop().time
    ends_s = clock() + within_s
    while True:
        port = await seat.becomes(lambda there: port_of(there) if there else None, within_s)
        try:
            return await seat.open(port, line)
        except (LinkLost, PortMissing):
            if clock() >= ends_s:
                raise
        await asyncio.sleep(TRY_AGAIN_S)


def usb_serial(seat: Seat) -> str:
    """Return the serial number that is shown on USB by what sits there; empty for none."""
    ports = seat.attachment.ports if seat.attachment else ()
    return next((port.usb_serial for port in ports if port.usb_serial), "")
