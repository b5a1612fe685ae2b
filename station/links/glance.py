"""A look at the ports that costs next to nothing, to know whether a real one is worth it."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Hashable
from typing import Any

from station.links.usb_linux import glance_at_devices

USB_NAMES = ("ttyACM", "ttyUSB", "ttyXRUSB", "ttyAP", "cu.")
"""How serial ports on USB are called in /dev: the kinds that pyserial lists."""


def glance_at_ports() -> Hashable:
    """Return a value that differs once a port, or a thing on USB, has come, gone or come anew."""
    if sys.platform == "win32":
        return com_names()
    return (device_files(), glance_at_devices()) if sys.platform == "linux" else device_files()


def device_files(folder: str = "/dev") -> frozenset[tuple[str, int, int]]:
    """Return name, inode and time of change of each: a port made anew has new ones."""
    found: set[tuple[str, int, int]] = set()
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(USB_NAMES):
                try:
                    told = entry.stat(follow_symlinks=False)
                except OSError:  # gone while we looked
                    continue
                found.add((entry.name, told.st_ino, told.st_ctime_ns))
    return frozenset(found)


def com_names() -> frozenset[tuple[str, str]]:
    """Return the device and the COM name of each port, as Windows' registry has them."""
    winreg: Any = importlib.import_module("winreg")
    found: set[tuple[str, str]] = set()
    try:
        key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DEVICEMAP\SERIALCOMM")
    except OSError:  # there was no port since the computer started
        return frozenset()
    with key:
        count = winreg.QueryInfoKey(key)[1]
        for index in range(count):
            try:
                device, name, _ = winreg.EnumValue(key, index)
            except OSError:  # one left while we looked
                break
            found.add((device, name))
    return frozenset(found)
