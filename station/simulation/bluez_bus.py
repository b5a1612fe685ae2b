"""A message bus of our own, which the fake BlueZ stands on. Linux only, as BlueZ is."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

_ADDRESS_WITHIN_S, _END_WITHIN_S = 10.0, 5.0
# As permissive as only a bus in a folder of its own may be.
_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow send_type="method_call"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """A dbus-daemon for as long as the context lasts.

    Who sets `DBUS_SYSTEM_BUS_ADDRESS` to `address` takes it for the system's own bus.
    """

    def __init__(self) -> None:
        self.address = ""

    async def __aenter__(self) -> Self:
        """Start the daemon and wait until it listens.

        Raises:
            OSError: there is no dbus-daemon here, or it would not start.

        """
        program = shutil.which("dbus-daemon")
        if program is None:
            raise OSError("there is no dbus-daemon here; Debian's package is called dbus")
        self._folder = tempfile.TemporaryDirectory(prefix="air-")
        try:
            await self._start(program)
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the daemon and remove its folder."""
        try:
            await _ended(self._daemon)
        finally:
            self._folder.cleanup()

    async def _start(self, program: str) -> None:
        folder = Path(self._folder.name)
        settings = folder / "bus.conf"
        settings.write_text(_CONFIGURATION.format(socket=folder / "bus"), encoding="utf-8")
        # A simulation that is killed takes its daemon along, where util-linux can see to that.
        tied = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        with (folder / "complaints").open("wb") as complaints:
            self._daemon = await asyncio.create_subprocess_exec(
                *tied,
                program,
                f"--config-file={settings}",
                "--nofork",
                "--nopidfile",
                "--print-address=1",
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=complaints,
            )
        try:
            self.address = await self._told_address()
        except BaseException:
            await _ended(self._daemon)
            raise

    async def _told_address(self) -> str:
        told = self._daemon.stdout
        if told is None:
            raise OSError("dbus-daemon's output is not ours")
        async with asyncio.timeout(_ADDRESS_WITHIN_S):
            line = await told.readline()
        if not line:
            complaints = Path(self._folder.name) / "complaints"
            raise OSError(f"dbus-daemon did not start: {complaints.read_text(errors='replace')}")
        return line.decode().strip()


async def _ended(daemon: asyncio.subprocess.Process) -> None:
    if daemon.returncode is None:
        daemon.terminate()
    try:
        async with asyncio.timeout(_END_WITHIN_S):
            await daemon.communicate()
    except TimeoutError:
        daemon.kill()
        await daemon.communicate()
