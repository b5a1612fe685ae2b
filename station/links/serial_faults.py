"""What the operating system and pyserial raise about a serial port, in the station's own words."""

from __future__ import annotations

import errno
import re
import sys

from station.faults import (
    Fault,
    LinkLost,
    ModemManagerOnPort,
    PortBusy,
    PortForbidden,
    PortMissing,
    RecipeWrong,
)

if sys.platform == "linux":
    from station.links.holder_linux import is_running, who_holds
else:
    from station.links.holder_elsewhere import is_running, who_holds

TermiosError: type[Exception]
try:
    import termios

    TermiosError = termios.error
except ImportError:  # Windows has no termios
    TermiosError = OSError

# pyserial's SerialException is an OSError; its custom speeds and termios raise outside of that.
FOREIGN = (OSError, TermiosError, ValueError, OverflowError)

MISSING = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.EIO, errno.ENOTTY}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
BUSY = {errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK}


def opening_fault(path: str, error: BaseException) -> Fault:
    """Return what kept `path` from being opened. May take some ms: it looks for the holder."""
    number = _errno(error)
    if number in BUSY or _is_windows_access_denied(error):
        return _busy(path)
    if number in FORBIDDEN:
        return PortForbidden(f"{path}: {error}")
    if number in MISSING:
        return PortMissing(f"{path}: {error}")
    if isinstance(error, (ValueError, OverflowError)):
        return RecipeWrong(f"{path} can't be set as asked: {error}")
    return LinkLost(f"{path}: {error}")


def _busy(path: str) -> PortBusy:
    holders = who_holds(path)
    for holder in holders:
        if holder.name == "ModemManager":
            return ModemManagerOnPort(f"{path} is held by ModemManager, process {holder.pid}")
    if holders:
        names = ", ".join(f"{holder.name} (process {holder.pid})" for holder in holders)
        return PortBusy(f"{path} is held by {names}")
    if is_running("ModemManager"):
        return PortBusy(f"{path}: who holds it can't be seen; ModemManager is running")
    return PortBusy(path)


def _errno(error: BaseException | None) -> int | None:
    """Find the error's number: pyserial often drops it, or leaves it in the text alone."""
    while error is not None:
        if isinstance(error, OSError) and error.errno is not None:
            return error.errno
        if isinstance(error, TermiosError) and error.args and isinstance(error.args[0], int):
            return error.args[0]
        if isinstance(error, OSError) and (told := re.search(r"Error\((\d+),", str(error))):
            return int(told[1])
        error = error.__cause__ or error.__context__
    return None


def _is_windows_access_denied(error: BaseException) -> bool:
    """Tell Windows' error 5 apart: a COM port that is open elsewhere is "access denied" there."""
    return bool(re.search(r"PermissionError\(13, .*, 5\)", str(error)))
