"""How an nRF91 board shows itself on USB: vendor id and the beginning of its serial number.

Product ids differ between revisions of one board; serial numbers begin alike. The table follows
the one in nrfcredstore 2.1.0, which Nordic's own tools find boards with.
"""

from __future__ import annotations

from dataclasses import dataclass

from station.model import Attachment, Port

SEGGER = 0x1366
"""The J-Link that sits on a development kit."""
NORDIC = 0x1915


@dataclass(frozen=True, slots=True)
class Mark:
    """Boards whose USB serial number begins with `serial`; `vid` is None where any may show it."""

    vid: int | None
    serial: str
    board: str
    is_nrf91: bool = True


MARKS = (
    Mark(SEGGER, "0009600", "nRF9160 DK"),
    Mark(SEGGER, "0010509", "nRF9161 DK"),
    Mark(SEGGER, "0010510", "nRF9131 EK"),
    Mark(SEGGER, "0010512", "nRF9151 DK"),
    Mark(SEGGER, "0010520", "nRF9151 DK"),
    Mark(SEGGER, "0010513", "Thingy:91 X"),
    Mark(SEGGER, "0010550", "Thingy:91 X"),
    Mark(SEGGER, "0010551", "Thingy:91 X"),
    Mark(NORDIC, "PCA20035", "Thingy:91"),
    Mark(NORDIC, "THINGY91_", "Thingy:91"),
    Mark(NORDIC, "THINGY91X_", "Thingy:91 X"),
    Mark(None, "NRFBLEGW", "nRF Cloud Gateway"),
    Mark(SEGGER, "0009601", "nRF5340 DK", is_nrf91=False),
    Mark(SEGGER, "0010500", "nRF5340 DK", is_nrf91=False),
    Mark(SEGGER, "0010507", "nRF7002 DK", is_nrf91=False),
    Mark(SEGGER, "0010511", "nRF54H20 DK", is_nrf91=False),
    Mark(SEGGER, "0010577", "nRF54L15 DK", is_nrf91=False),
    Mark(SEGGER, "00105", "a Nordic kit that is newer than this table"),
    Mark(SEGGER, "000821", "J-Link probe", is_nrf91=False),
)


def mark_of(port: Port) -> Mark | None:
    """Return what the USB marks of `port` say, the longest that fits; None when they say nothing."""
    fitting = (
        mark
        for mark in MARKS
        if port.vid is not None
        and mark.vid in {None, port.vid}
        and port.usb_serial.startswith(mark.serial)
    )
    return max(fitting, key=lambda mark: len(mark.serial), default=None)


def command_port(attachment: Attachment) -> Port | None:
    """Return the port that takes commands when `attachment` is an nRF91 board.

    It is the one of the lowest interface; the other is the modem's trace, which must not be typed
    at. An interface that the system does not tell (Windows' first port) counts as the lowest.
    """
    marks = (mark_of(port) for port in attachment.ports)
    mark = next((mark for mark in marks if mark), None)
    if mark is None or not mark.is_nrf91:
        return None
    return min(attachment.ports, key=lambda port: port.interface or 0)
