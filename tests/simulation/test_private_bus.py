from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("BlueZ is a matter of Linux", allow_module_level=True)

from station.simulation.bluez import FakeBluez
from station.simulation.bluez_bus import PrivateBus
from tests.fake_air import fake_air


def running(folder: str) -> list[str]:
    """The programs that were started with something in `folder`."""
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = told.read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        if os.fsencode(folder) in line:
            found.append(line.decode())
    return found


async def test_the_daemon_and_its_folder_end_with_the_context() -> None:
    async with PrivateBus() as bus:
        socket = Path(bus.address.split("path=")[1].split(",")[0])
        assert socket.exists()
        assert len(running(str(socket.parent))) == 1
    assert running(str(socket.parent)) == []
    assert not socket.parent.exists()


async def test_the_daemon_ends_when_the_block_fails() -> None:
    folder = ""
    with pytest.raises(RuntimeError):
        async with PrivateBus() as bus:
            folder = bus.address.split("path=")[1].split(",")[0].removesuffix("/bus")
            raise RuntimeError
    assert folder
    assert running(folder) == []


async def test_where_there_is_no_daemon_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OSError, match="package is called dbus"):
        async with PrivateBus():
            pass


async def test_a_daemon_that_does_not_start_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "dbus-daemon"
    program.write_text("#!/bin/sh\necho 'no room here' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(OSError, match="no room here"):
        async with PrivateBus():
            pass


async def test_there_is_one_bluez_on_a_bus() -> None:
    async with PrivateBus() as bus:
        first, second = FakeBluez(bus.address), FakeBluez(bus.address)
        await first.start()
        with pytest.raises(OSError, match="another program"):
            await second.start()
        await first.stop()
        await first.stop()
        await second.start()
        await second.stop()


async def test_the_system_s_bus_is_its_own_again_afterwards() -> None:
    before = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS")
    async with fake_air():
        assert os.environ["DBUS_SYSTEM_BUS_ADDRESS"] != before
    assert os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") == before
