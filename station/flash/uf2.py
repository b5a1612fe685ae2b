"""The RP2040: its boot loader is a drive that takes a UF2 file, and picotool writes it as well."""

from __future__ import annotations

import asyncio
import os
import re
import string
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import ClassVar, Literal, TypeVar

from station.faults import FlashRefused, ToolMissing
from station.flash import Target, Told
from station.flash.drives import drive_socket, tells_sockets, usb_address
from station.flash.program import banner, candidates, run
from station.flash.uf2_file import BLOCK, uf2
from station.model import Image, Tool

T = TypeVar("T")

PROGRAM = "picotool"
MARK = "INFO_UF2.TXT"

BOOT_WITHIN_S, LOOK_EVERY_S = 15.0, 0.25

_PIECE = 64 * BLOCK
_VERSION = re.compile(r"picotool v?(\d\S*)")
_LOADING = re.compile(r"Loading[^\[]*\[[= ]*\]\s*(\d+)%")


class Uf2:
    """A `Flasher`: picotool where there is one, else a copy to the boot loader's drive."""

    tool: ClassVar[Tool] = Tool.UF2

    async def version(self) -> str:
        """Return picotool's version, or "drive" when the file is copied to a drive."""
        for program in candidates(PROGRAM):
            for line in await banner(program, "version"):
                if told := _VERSION.search(line):
                    return f"{PROGRAM} {told[1]}"
        return "drive"

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """As `Flasher.write`."""
        content = await asyncio.to_thread(image.path.read_bytes)
        blocks = uf2(content, image.path.name)
        programs = candidates(PROGRAM)
        if programs:
            await _load(programs[0], target, blocks, told)
        else:
            await _copy(await _drive(target), blocks, told)


@dataclass(slots=True)
class Loading:
    """Reads from picotool's lines how far it has come; it writes each range of flash by itself."""

    told: Told
    total: int
    done: int = 0

    def hear(self, line: str) -> None:
        """Take in one line."""
        if at := _LOADING.search(line):
            self.done = max(self.done, self.total * int(at[1]) // 100)
            self.told(self.done, self.total)


async def _load(program: Path, target: Target, blocks: bytes, told: Told) -> None:
    chosen = await _selection(target)
    with tempfile.TemporaryDirectory(prefix="station-") as folder:
        file = Path(folder) / "image.uf2"
        await asyncio.to_thread(file.write_bytes, blocks)
        told(0, len(blocks))
        command: tuple[str | Path, ...] = (program, "load", "-v", "-x", file, *chosen)
        ran = await run(command, Loading(told, len(blocks)).hear)
    if ran.status != 0:
        raise FlashRefused(f"picotool, {ran.detail}")
    told(len(blocks), len(blocks))


async def _selection(target: Target) -> tuple[str, ...]:
    """Return what tells picotool which board: its place on the bus, where the system tells it.

    Raises:
        FlashRefused: its boot loader has not come.

    """
    where, ids = target.before.where, target.flashing.boot_ids
    if not tells_sockets(where):
        return ()
    address = await _within(BOOT_WITHIN_S, lambda: usb_address(where, ids))
    if address is None:
        raise FlashRefused(f"no boot loader came within {BOOT_WITHIN_S:g} s")
    return ("--bus", str(address[0]), "--address", str(address[1]))


async def _drive(target: Target) -> Path:
    """Wait for the drive of the board.

    Raises:
        FlashRefused: none has come, or several and nobody knows whose they are.
        ToolMissing: the boot loader is there, but nobody mounts its drive.

    """
    where = target.before.where
    found = await _within(BOOT_WITHIN_S, lambda: _drives_of(where))
    if not found:
        looked = ", ".join(str(folder) for folder in mounts())
        absent = f"no drive with {MARK} among {looked or 'what is mounted'}, and no {PROGRAM}"
        if await asyncio.to_thread(usb_address, where, target.flashing.boot_ids):
            raise ToolMissing(f"{absent} on PATH: install it, or have drives mounted")
        raise FlashRefused(f"{absent} on PATH, within {BOOT_WITHIN_S:g} s")
    if len(found) > 1:
        raise FlashRefused(f"several boot loaders wait: {', '.join(map(str, found))}")
    return found[0]


async def _within(seconds: float, look: Callable[[], T]) -> T:
    """Return what `look` finds as soon as it is something; at last whatever it finds."""
    until = monotonic() + seconds
    while True:
        found = await asyncio.to_thread(look)
        if found or monotonic() >= until:
            return found
        await asyncio.sleep(LOOK_EVERY_S)


def mounts(system: str = sys.platform) -> tuple[Path, ...]:
    """Return the folders that may be the drive of a boot loader, on this system."""
    if system == "win32":
        return tuple(Path(f"{letter}:/") for letter in string.ascii_uppercase[2:])
    if system == "darwin":
        return _below("/Volumes", "*")
    return (*_below("/media", "*", "*/*"), *_below("/run/media", "*/*"), *_below("/mnt", "*"))


def drives(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of `folders` that are the drive of an RP2040's boot loader."""
    return tuple(folder for folder in folders if _is_rp2(folder))


def _is_rp2(folder: Path) -> bool:
    try:
        return "RPI-RP2" in (folder / MARK).read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def _below(top: str, *patterns: str) -> tuple[Path, ...]:
    return tuple(path for pattern in patterns for path in sorted(Path(top).glob(pattern)))


def _drives_of(where: str) -> tuple[Path, ...]:
    """Return the drives that are the board's in the socket `where`, or may be."""
    there = drives(mounts())
    ours = tuple(folder for folder in there if where and drive_socket(folder) == where)
    return ours or tuple(folder for folder in there if drive_socket(folder) is None)


async def _copy(drive: Path, blocks: bytes, told: Told) -> None:
    file = drive / "image.uf2"
    done = 0
    told(done, len(blocks))
    while done < len(blocks):
        piece = blocks[done : done + _PIECE]
        try:
            await asyncio.to_thread(_put, file, piece, "ab" if done else "wb")
        except OSError as error:
            # The board restarts, and its drive goes, as soon as it has the last block.
            if done + len(piece) < len(blocks):
                raise FlashRefused(f"{drive}: {error.strerror}") from error
        done += len(piece)
        told(done, len(blocks))


def _put(file: Path, piece: bytes, mode: Literal["ab", "wb"]) -> None:
    with file.open(mode) as opened:
        opened.write(piece)
        opened.flush()
        os.fsync(opened.fileno())
