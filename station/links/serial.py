"""Serial ports: opening one, and listing those of USB. The only file that knows pyserial."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import serial
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from station.links import LineSettings, Link
from station.links.aside import aside
from station.links.serial_faults import FOREIGN, opening_fault
from station.links.serial_thread import POLL_S, ThreadLink
from station.links.sightings import Sighting, split_location
from station.model import Port


async def open_serial(port: Port | str, line: LineSettings) -> Link:
    """Open a serial port for us alone: 8 data bits, no parity, 1 stop bit, as `line` says.

    The loop itself reads where it can watch a port, a thread does where it can't: 32 busy ports
    cost 2 % of a core by the loop, 35 % by threads.

    Raises:
        PortBusy, ModemManagerOnPort: another program has it.
        PortForbidden, PortMissing: it can't be opened.
        LinkLost: it went away while it was opened.
        RecipeWrong: the port can't be set to this speed.

    """
    path = port if isinstance(port, str) else port.path
    opening = aside(lambda: _open(path, line))
    try:
        opened = await asyncio.wrap_future(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_unwanted)
        raise
    try:
        return _link(opened, path)
    except FOREIGN as error:
        opened.close()
        raise opening_fault(path, error) from error


def _open(path: str, line: LineSettings) -> serial.Serial:
    try:
        opened = serial.Serial(
            baudrate=line.baud,
            rtscts=line.rtscts,
            timeout=POLL_S,
            exclusive=True if os.name == "posix" else None,
        )
        opened.dtr = line.dtr
        opened.port = path
        opened.open()
    except FOREIGN as error:
        raise opening_fault(path, error) from error
    else:
        return opened


def _close_unwanted(opening: Future[serial.Serial]) -> None:
    """Close what was opened for somebody who had given up by then."""
    if opening.exception() is None:
        opening.result().close()


def _link(opened: serial.Serial, path: str) -> Link:
    if sys.platform != "win32":
        from station.links.serial_loop import LoopLink  # Windows has no termios

        with suppress(NotImplementedError):
            return LoopLink(opened, path)
    return ThreadLink(opened, path)


def usb_sightings() -> tuple[Sighting, ...]:
    """Return the serial ports that sit on USB. Costs about 0.2 ms a port on Linux.

    Raises:
        TypeError, ValueError, OSError: a device left while pyserial looked at it; look again.

    """
    # A port that is being unplugged may be listed without its ids: that is no thing to report.
    return tuple(_sighting(found) for found in list_ports.comports() if found.vid is not None)


def _sighting(found: ListPortInfo) -> Sighting:
    location, interface = split_location(found.location or "")
    port = Port(
        path=found.device,
        vid=found.vid,
        pid=found.pid,
        usb_serial=found.serial_number or _serial_in(found.hwid),
        location=location,
        interface=interface,
        product=found.product or "",
        manufacturer=found.manufacturer or "",
    )
    return Sighting(port, _device_number(found), may_open(found.device))


def _serial_in(hwid: str) -> str:
    """Return the serial that pyserial leaves in `hwid` alone at times: `... SER=0010512 ...`."""
    told = re.search(r"\bSER=(\S+)", hwid or "")
    return told[1] if told else ""


def _device_number(found: ListPortInfo) -> str:
    """Return the number Linux gave the device when it was plugged in; no two have the same."""
    folder: str | None = getattr(found, "usb_device_path", None)
    if folder is None:
        return ""
    try:
        return (Path(folder) / "devnum").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def may_open(path: str) -> bool:
    """Tell whether this user may read and write a device file; true for Windows' COM names."""
    return "/" not in path or os.access(path, os.R_OK | os.W_OK)
