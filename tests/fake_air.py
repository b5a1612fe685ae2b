"""A fake air for tests of any room: a bus of its own, a fake BlueZ on it, and bleak led there.

bleak keeps one connection for each event loop, and each test has a loop of its own: it is led to
this air before its first call of the test and let go of at the end.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest import mock

import pytest

if sys.platform != "linux":
    pytest.skip("BlueZ is a matter of Linux", allow_module_level=True)
if shutil.which("dbus-daemon") is None:
    pytest.skip("there is no dbus-daemon: apt-get install dbus", allow_module_level=True)

from bleak.backends.bluezdbus import manager

from station.simulation.bluez import FakeBluez
from station.simulation.bluez_bus import PrivateBus


@asynccontextmanager
async def fake_air(*, advertising_s: float = 0.02) -> AsyncIterator[FakeBluez]:
    """Yield a BlueZ that bleak finds; `advertising_s` is how often a board is heard."""
    async with PrivateBus() as bus:
        bluez = FakeBluez(bus.address, advertising_s=advertising_s)
        await bluez.start()
        try:
            async with bleak_led_to(bus.address):
                yield bluez
        finally:
            await bluez.stop()


@asynccontextmanager
async def bleak_led_to(address: str) -> AsyncIterator[None]:
    """Have bleak take the bus at `address` for the system's own."""
    with mock.patch.dict(os.environ, {"DBUS_SYSTEM_BUS_ADDRESS": address}):
        try:
            yield
        finally:
            await _bleak_lets_go()


async def _bleak_lets_go() -> None:
    """Close the connection that bleak keeps for this loop."""
    kept = manager._global_instances.pop(asyncio.get_running_loop(), None)
    if kept is None or kept._bus is None:
        return
    watcher = kept._bus_watcher_task
    kept._bus.disconnect()
    if watcher is not None:
        await watcher
