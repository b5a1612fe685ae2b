"""bossac: writes SAM-BA boot loaders (MKR boards, Nano 33 IoT, UNO R4 WiFi) over a serial port."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from station.faults import FlashRefused, ToolMissing
from station.flash import Target, Told
from station.flash.program import banner, candidates, find, missing, run, version_key
from station.model import Flashing, Image, Tool

PROGRAM, PACKAGE = "bossac", "bossa-cli"
SKETCH_AT = "--offset=0x2000"
"""Where a sketch begins behind the boot loader of a SAMD21; Arduino's build 1.7 knows by itself."""

_OLD_DIALECT, _NEWER = "true", (1, 8)
_VERSION = re.compile(r"\(BOSSA\) Version (\S+)")
_WRITES = re.compile(r"Write (\d+) bytes to flash")
_PAGES = re.compile(r"\[[= ]*\]\s*\d+% \((\d+)/(\d+) pages\)")


class Bossac:
    """A `Flasher`. Debian's build writes SAMD boards; the RA4M1 of the UNO R4 takes Arduino's."""

    tool: ClassVar[Tool] = Tool.BOSSAC

    async def version(self) -> str:
        """As `Flasher.version`."""
        return await _version(find(PROGRAM, PACKAGE))

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """As `Flasher.write`."""
        if target.port is None:
            raise FlashRefused("its boot loader has no serial port")
        program, version = await _fitting(target.flashing)
        progress = Pages(told)
        ran = await run(
            (
                program,
                f"--port={port_name(target.port.path)}",
                *arguments(target.flashing.arguments, version),
                image.path,
            ),
            progress.hear,
        )
        if ran.status != 0 or not progress.wrote:
            raise FlashRefused(f"bossac {version}, {ran.detail}")


@dataclass(slots=True)
class Pages:
    """Reads from bossac's lines how far it has come with writing."""

    told: Told
    total: int = 0
    wrote: bool = False
    _writing: bool = False

    def hear(self, line: str) -> None:
        """Take in one line."""
        if begun := _WRITES.search(line):
            self.total, self._writing = int(begun[1]), True
            self.told(0, self.total)
        elif self._writing and (at := _PAGES.search(line)):
            page, pages = int(at[1]), int(at[2])
            self.told(self.total * page // pages if pages else 0, self.total)
            if page == pages:
                # the same bars follow for what is read back
                self.wrote, self._writing = True, False


def port_name(path: str) -> str:
    """Return what bossac calls a port: it puts /dev/ in front by itself."""
    return path.removeprefix("/dev/")


def arguments(wanted: tuple[str, ...], version: str) -> tuple[str, ...]:
    """Return the arguments in the dialect of a version of bossac.

    The recipes for SAMD boards are in that of 1.7: `-U true`, which later ones take for two words.
    """
    if version_key(version) < _NEWER:
        return wanted
    newer = tuple(word for word in wanted if word != _OLD_DIALECT)
    return (*newer, SKETCH_AT) if _OLD_DIALECT in wanted and not _has_offset(newer) else newer


def _fits(version: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a version knows these arguments, and the chip that they are for.

    Those in the dialect of 1.7, or with an offset, are for a SAMD, which every version knows; the
    rest are for chips (RA4M1, nRF52840) that Arduino alone has added to 1.9.
    """
    if _OLD_DIALECT in wanted:
        return True
    return version_key(version) >= _NEWER and (_has_offset(wanted) or "arduino" in version)


def _has_offset(words: Iterable[str]) -> bool:
    return any(word.startswith(("--offset", "-o")) for word in words)


async def _fitting(flashing: Flashing) -> tuple[Path, str]:
    """Return a bossac that knows the board, and its version.

    Raises:
        ToolMissing: there is none.

    """
    unfit = []
    for path in candidates(PROGRAM):
        version = await _version(path)
        if _fits(version, flashing.arguments):
            return path, version
        unfit.append(f"{path} is {version}")
    fault = missing(PROGRAM, PACKAGE)
    if unfit:
        raise ToolMissing(f"this board takes Arduino's bossac 1.9: {', '.join(unfit)}") from fault
    raise fault


async def _version(program: Path) -> str:
    for line in await banner(program, "--help"):
        if told := _VERSION.search(line):
            return told[1]
    raise ToolMissing(f"{program} does not say which version of bossac it is")
