"""Which USB socket a boot loader without a serial port sits in: Linux tells, others answer None."""

from __future__ import annotations

import os
import re
from pathlib import Path

_SYSFS = Path("/sys")
_SOCKET = re.compile(r"\d+-\d+(?:\.\d+)*")


def drive_socket(mount: Path, sysfs: Path = _SYSFS) -> str | None:
    """Return the socket of the drive that is mounted at `mount` ("1-4.2"); None: nobody knows."""
    try:
        device = mount.stat().st_dev
        node = (sysfs / "dev/block" / f"{os.major(device)}:{os.minor(device)}").resolve(strict=True)
    except (OSError, AttributeError):  # Windows numbers no devices
        return None
    sockets = [part for part in node.parts if _SOCKET.fullmatch(part)]
    return sockets[-1] if sockets else None


def tells_sockets(socket: str, sysfs: Path = _SYSFS) -> bool:
    """Tell whether this system can say what sits in `socket`."""
    return bool(_SOCKET.fullmatch(socket)) and (sysfs / "bus/usb/devices").is_dir()


def usb_address(
    socket: str, ids: tuple[tuple[int, int], ...], sysfs: Path = _SYSFS
) -> tuple[int, int] | None:
    """Return bus and number of the device in `socket` if it shows one of `ids`; None otherwise."""
    if not tells_sockets(socket, sysfs):
        return None
    folder = sysfs / "bus/usb/devices" / socket
    try:
        shown = _number(folder / "idVendor", 16), _number(folder / "idProduct", 16)
        address = _number(folder / "busnum", 10), _number(folder / "devnum", 10)
    except (OSError, ValueError):
        return None
    return address if shown in ids else None


def _number(file: Path, base: int) -> int:
    return int(file.read_text(encoding="ascii"), base)
