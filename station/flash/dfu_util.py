"""dfu-util: writes boot loaders of USB's own firmware upgrade class, which have no serial port."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from station.faults import FlashRefused, PortForbidden, ToolMissing
from station.flash import Target, Told
from station.flash.program import Ran, banner, find, run
from station.model import Attachment, Image, Tool

PROGRAM, PACKAGE = "dfu-util", "dfu-util"

BOOT_WITHIN_S = 15.0

_VERSION = re.compile(r"^dfu-util (\d\S*)")
_SIZE = re.compile(r"size = (\d+)")
_PROGRESS = re.compile(r"^Download\s*\[[= ]*\]\s*(\d+)%\s*(\d+) bytes")
_OPENED = "Opening DFU capable USB device"
# Boards that are told to leave answer no more, and the tool then ends as if it had failed.
_WRITTEN = ("File downloaded successfully", "Done!")
_FORBIDDEN = "LIBUSB_ERROR_ACCESS"
_SOCKET = re.compile(r"\d+-\d+(\.\d+)*")


class DfuUtil:
    """A `Flasher`. It waits by itself for the boot loader to come."""

    tool: ClassVar[Tool] = Tool.DFU_UTIL

    async def version(self) -> str:
        """As `Flasher.version`."""
        program = find(PROGRAM, PACKAGE)
        for line in await banner(program, "--version"):
            if told := _VERSION.search(line):
                return told[1]
        raise ToolMissing(f"{program} does not say which version it is")

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """As `Flasher.write`."""
        program = find(PROGRAM, PACKAGE)
        knows = "\n".join(await banner(program, "--help"))
        progress = Download(told, image.path.stat().st_size)
        command: tuple[str | Path, ...] = (
            program,
            *arguments(target.flashing.arguments, knows),
            *which(target.before),
            "-D",
            image.path,
        )
        ran = await _run(command, progress)
        if progress.forbidden and not progress.written:
            raise PortForbidden(progress.forbidden)
        if not progress.written:
            raise FlashRefused(f"dfu-util, {ran.detail}")


@dataclass(slots=True)
class Download:
    """Reads from dfu-util's lines how far it has come."""

    told: Told
    total: int
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    written: bool = False
    forbidden: str = ""
    """What it says of a boot loader that this user may not open."""

    def hear(self, line: str) -> None:
        """Take in one line."""
        if _OPENED in line:
            self.opened.set()
            self.told(0, self.total)
        elif size := _SIZE.search(line):
            self.total = int(size[1])
        elif at := _PROGRESS.search(line):
            self.total = max(self.total, int(at[2]))
            self.told(int(at[2]), self.total)
        elif line.startswith(_WRITTEN):
            self.written = True
        elif _FORBIDDEN in line:
            self.forbidden = line.strip()


def arguments(wanted: tuple[str, ...], knows: str) -> tuple[str, ...]:
    """Return the arguments for a dfu-util that says `knows` of itself.

    Arduino's build restarts the board when told -Q; for others it is -R, a reset on the bus.
    """
    has_quit = re.search(r"^\s*-Q\b", knows, re.MULTILINE)
    fitting = wanted if has_quit else tuple("-R" if word == "-Q" else word for word in wanted)
    waits = re.search(r"^\s*-w\b", knows, re.MULTILINE)
    return ("-w", *fitting) if waits else fitting


def which(before: Attachment, system: str = sys.platform) -> tuple[str, ...]:
    """Return what tells the board apart from others in the same state.

    Windows numbers its buses otherwise than libusb does: there the serial number must do.
    """
    if system != "win32" and _SOCKET.fullmatch(before.where):
        return ("--path", before.where)
    serial = next((port.usb_serial for port in before.ports if port.usb_serial), "")
    return ("--serial", serial) if serial else ()


async def _run(command: tuple[str | Path, ...], progress: Download) -> Ran:
    """Run the tool, but not for ever when no boot loader comes.

    Raises:
        FlashRefused: none came.
        PortForbidden: one came, but this user may not open it.

    """
    running = asyncio.create_task(run(command, progress.hear))
    opened = asyncio.create_task(progress.opened.wait())
    try:
        await asyncio.wait(
            {running, opened}, timeout=BOOT_WITHIN_S, return_when=asyncio.FIRST_COMPLETED
        )
        if not (running.done() or opened.done()):
            if progress.forbidden:
                raise PortForbidden(progress.forbidden)
            raise FlashRefused(f"no DFU boot loader came within {BOOT_WITHIN_S:g} s")
        return await running
    finally:
        await _ended(opened)
        await _ended(running)


async def _ended(task: asyncio.Task[Ran] | asyncio.Task[bool]) -> None:
    task.cancel()
    await asyncio.wait({task})
