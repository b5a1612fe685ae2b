"""Every way in which systems and pyserial say that a port can't be opened."""

from __future__ import annotations

import errno
import os
import sys
import termios
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path

import pytest
from serial import SerialException

from station.faults import Fault, LinkLost, PortBusy, PortForbidden, PortMissing, RecipeWrong
from station.links import holder_elsewhere, holder_linux, serial_faults
from station.links.serial_faults import opening_fault


def wrapped(text: str, inner: Exception) -> SerialException:
    """As pyserial raises when it configures a port: the number is in the context alone."""
    try:
        try:
            raise inner
        except type(inner):
            raise SerialException(text)  # noqa: B904 - what pyserial does
    except SerialException as error:
        return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (SerialException(errno.ENOENT, "could not open port"), PortMissing),
        (OSError(errno.ENXIO, "No such device or address"), PortMissing),
        (OSError(errno.EACCES, "Permission denied"), PortForbidden),
        (OSError(errno.EPERM, "Operation not permitted"), PortForbidden),
        (OSError(errno.EBUSY, "Device or resource busy"), PortBusy),
        (SerialException(errno.EWOULDBLOCK, "Could not exclusively lock port"), PortBusy),
        (wrapped("Could not configure port", termios.error(errno.EIO, "I/O error")), PortMissing),
        (termios.error(errno.ENOTTY, "Inappropriate ioctl for device"), PortMissing),
        (ValueError("Failed to set custom baud rate (12345)"), RecipeWrong),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), LinkLost),
        (SerialException("could not say why"), LinkLost),
        (
            SerialException(
                "could not open port 'COM7': PermissionError(13, 'Access is denied.', None, 5)"
            ),
            PortBusy,
        ),
        (
            SerialException(
                "could not open port 'COM7': FileNotFoundError(2, "
                "'The system cannot find the file specified.', None, 2)"
            ),
            PortMissing,
        ),
        (
            SerialException(
                "could not open port 'COM7': OSError(22, "
                "'The semaphore timeout period has expired.', None, 121)"
            ),
            LinkLost,
        ),
    ],
)
def test_each_error_becomes_a_fault(error: Exception, fault: type[Fault]) -> None:
    told = opening_fault("/dev/ttyACM0", error)
    assert type(told) is fault
    assert "/dev/ttyACM0" in told.detail


def test_a_holder_that_can_not_be_seen_may_be_modemmanager(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serial_faults, "who_holds", lambda _: ())
    monkeypatch.setattr(serial_faults, "is_running", lambda name: name == "ModemManager")
    told = opening_fault("/dev/ttyACM0", OSError(errno.EBUSY, "busy"))
    assert type(told) is PortBusy
    assert "ModemManager is running" in told.detail


def process(proc: Path, pid: int, name: str, *files: str) -> None:
    (proc / str(pid) / "fd").mkdir(parents=True)
    (proc / str(pid) / "comm").write_text(name + "\n")
    for number, file in enumerate(files):
        (proc / str(pid) / "fd" / str(number)).symlink_to(file)


def test_linux_tells_who_holds_a_device(tmp_path: Path) -> None:
    process(tmp_path, 7, "minicom", "/dev/null", "/dev/ttyACM0")
    process(tmp_path, 8, "bash", "/dev/null")
    (tmp_path / "9").mkdir()  # has just ended
    (tmp_path / "version").write_text("Linux")
    found = holder_linux.who_holds("/dev/ttyACM0", tmp_path)
    assert found == (holder_linux.Holder(7, "minicom"),)
    assert holder_linux.who_holds("/dev/ttyACM1", tmp_path) == ()
    assert holder_linux.is_running("bash", tmp_path)
    assert not holder_linux.is_running("ModemManager", tmp_path)


async def test_linux_tells_of_a_real_holder(tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.touch()
    code = "import sys; file = open(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    child = await create_subprocess_exec(
        sys.executable, "-c", code, str(held), stdin=PIPE, stdout=PIPE
    )
    assert child.stdout is not None
    await child.stdout.readline()
    assert child.pid in [holder.pid for holder in holder_linux.who_holds(str(held))]
    await child.communicate(b"")
    assert holder_linux.who_holds(str(held)) == ()


def test_elsewhere_nobody_is_known() -> None:
    assert holder_elsewhere.who_holds(os.devnull) == ()
    assert not holder_elsewhere.is_running("python")
