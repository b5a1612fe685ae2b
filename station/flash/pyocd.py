"""pyOCD: writes the flash of Arm chips through a debug probe, whatever their firmware does.

It is run as a program, and an optional extra of this package: it brings two dozen others. Which
probe is meant is never left to it: it takes parts of a number for the whole, and asks a person when
several fit. The words are those of version 0.46, as it was heard to say them. It does not read back
what it has written: it is asked to, afterwards.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from station.faults import (
    BoardSilent,
    Fault,
    FlashLocked,
    FlashRefused,
    FlashWorn,
    LinkLost,
    PortBusy,
    PortForbidden,
    ProbeMissing,
    RecipeWrong,
    ToolMissing,
)
from station.flash import Target, Told
from station.flash.hex_file import pieces
from station.flash.program import Ran, banner, candidates, run
from station.model import Image, Tool

PROGRAM, EXTRA = "pyocd", "probes"
PROBE, TARGET = "--uid", "--target"
"""In a recipe's arguments: which probe, and what pyOCD calls the chip."""

QUIET_S = 120.0
"""A whole chip may be erased, or compared, for so long without a word."""

_VERSION = re.compile(r"\d+\.\d\S*")
_BAR = re.compile(r"^\[(=*)\]?$")
_BAR_MARKS, _BARS = 40, 2
"""It draws a bar of forty marks while it erases, and another one while it writes."""
_MATCHES = re.compile(r"^All \d+ bytes match")
_DIFFERS = re.compile(r"^Mismatched byte at")

_FAULTS: tuple[tuple[re.Pattern[str], Callable[[str], Fault]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), fault)
    for pattern, fault in (
        (r"no connected debug probe|no available debug probe", ProbeMissing),
        (r"access denied|insufficient permissions|permission denied", PortForbidden),
        (r"already open|resource busy|exclusive access|unable to open device", PortBusy),
        (r"target type \S+ not recognized|unrecognized arguments|usage:", RecipeWrong),
        (r"no memory region defined|is not writable|has no flash instance", RecipeWrong),
        (r"approtect|target is locked|is locked", FlashLocked),
        (r"no ack|no target|unexpected ack|failed to connect|timed? ?out waiting", BoardSilent),
        (r"flash (program|erase)\w* (page |sector |phrase |all )?(failure|timed? ?out)", FlashWorn),
        (r"usb error|device disconnected|no such device|input/output error", LinkLost),
    )
)


class Pyocd:
    """A `Flasher` that `Compares`. Pages that hold what they should are not written again."""

    tool: ClassVar[Tool] = Tool.PYOCD

    async def version(self) -> str:
        """As `Flasher.version`."""
        return (await _found())[1]

    async def holds(self, target: Target, image: Image) -> bool:
        """As `Compares.holds`: the flash is read through the probe while the chip runs on."""
        with tempfile.TemporaryDirectory(prefix="station-") as folder:
            places = await asyncio.to_thread(_places, image, Path(folder))
            return await _compared(await _words(target), places)

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """As `Flasher.write`.

        Raises:
            ProbeMissing: the probe that is meant is not there.
            BoardSilent, FlashLocked, FlashWorn: the chip behind it can't be written.
            RecipeWrong, ImageWrong: the chip's name, an address or a file does not suit.

        """
        with tempfile.TemporaryDirectory(prefix="station-") as folder:
            places = await asyncio.to_thread(_places, image, Path(folder))
            words = await _words(target)
            bars = Bars(told, sum(place.size for place in places))
            ran = await run(words.load(places), bars.hear, QUIET_S, bars.draw)
            if ran.status != 0:
                raise fault(ran, words.version)
            if not await _compared(words, places):
                raise FlashWorn(f"pyocd {words.version}: what is read back is not what was written")
        told(bars.total, bars.total)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the flash a file's `size` bytes begin."""

    at: int
    path: Path
    size: int


@dataclass(slots=True)
class Bars:
    """Reads from pyOCD's bars how far it has come; `total` in bytes.

    The bytes are told while it writes: while it erases none is there yet.
    """

    told: Told
    total: int
    _ended: int = 0

    def hear(self, line: str) -> None:
        """Take in one line."""
        if _BAR.match(line):
            self.draw(line)
            self._ended += 1

    def draw(self, part: str) -> None:
        """Take in what there is of a line."""
        if (bar := _BAR.match(part)) and self._ended < _BARS:
            writes = self._ended == _BARS - 1
            self.told(self.total * len(bar[1]) // _BAR_MARKS if writes else 0, self.total)


@dataclass(frozen=True, slots=True)
class Words:
    """What pyOCD is told: `arguments` are the recipe's, and name the probe in full."""

    program: Path
    version: str
    arguments: tuple[str, ...]

    def load(self, places: Sequence[Place]) -> tuple[str | Path, ...]:
        """Return the words that write; it is not to wait for a probe, nor to read settings."""
        files = (f"{place.path}@{place.at:#x}" for place in places)
        return (self.program, "load", "--no-wait", "--no-config", *self.arguments, *files)

    def compare(self, places: Sequence[Place]) -> tuple[str | Path, ...]:
        """Return the words that compare the flash with files."""
        orders = (f'compare {place.at:#x} "{place.path.as_posix()}"' for place in places)
        told = (word for order in orders for word in ("--command", order))
        return (self.program, "commander", "--no-wait", "--no-config", *self.arguments, *told)


def fault(ran: Ran, version: str) -> Fault:
    """Return what the tool's words mean; a `FlashRefused` where they mean nothing known."""
    said = " ".join(line.strip() for line in ran.lines)
    detail = f"pyocd {version}, {ran.detail}"
    for pattern, kind in _FAULTS:
        if pattern.search(said):
            return kind(detail)
    return FlashRefused(detail)


def probe(wanted: str, shown: Sequence[str], there: Sequence[str]) -> str:
    """Return the probe that is meant, of those that are `there`, by its whole number.

    `wanted` is what the recipe says; where it says nothing the board's own probe is meant, which
    shows one of the serial numbers `shown` (a J-Link is called by its number without zeros).

    Raises:
        ProbeMissing: it is not there.
        RecipeWrong: nobody says which one is meant.

    """
    known = {_plain(each): each for each in there}
    numbers = [wanted] if wanted else [each for each in shown if each]
    for number in numbers:
        if found := known.get(_plain(number)):
            return found
    listed = ", ".join(there) or "none"
    if wanted:
        raise ProbeMissing(f"{wanted}; there is {listed}")
    if not there:
        raise ProbeMissing("there is none")
    raise RecipeWrong(f"[options] probe, or probes: none is the board's own; there is {listed}")


def _plain(number: str) -> str:
    return number.lower().lstrip("0")


async def _words(target: Target) -> Words:
    program, version = await _found()
    arguments, wanted = _apart(target.flashing.arguments)
    shown = [port.usb_serial for port in target.before.ports]
    meant = probe(wanted, shown, await _probes(program))
    return Words(program, version, (PROBE, meant, *arguments))


def _apart(arguments: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the arguments without the probe's number, and that."""
    if PROBE not in arguments:
        return arguments, ""
    at = arguments.index(PROBE)
    return (*arguments[:at], *arguments[at + 2 :]), "".join(arguments[at + 1 : at + 2])


async def _probes(program: Path) -> tuple[str, ...]:
    """Return the numbers of the probes that are plugged in.

    Raises:
        FlashRefused: it does not tell.

    """
    ran = await run((program, "json", "--probes", "--no-config"))
    said = "\n".join(ran.lines)
    try:
        told = json.loads(said[said.index("{") : said.rindex("}") + 1])
        return tuple(str(each["unique_id"]) for each in told["boards"])
    except (ValueError, KeyError, TypeError):
        raise FlashRefused(f"pyocd json, {ran.detail}") from None


async def _compared(words: Words, places: Sequence[Place]) -> bool:
    """Tell whether the flash holds what the files do.

    Raises:
        Fault: it could not be read.

    """
    ran = await run(words.compare(places), quiet_s=QUIET_S)
    same = sum(bool(_MATCHES.search(line)) for line in ran.lines)
    if ran.status != 0 or not (same or any(_DIFFERS.search(line) for line in ran.lines)):
        raise fault(ran, words.version)
    return same == len(places)


def _places(image: Image, folder: Path) -> tuple[Place, ...]:
    """Return where each piece of the image belongs, as files of just its bytes in `folder`.

    Raises:
        RecipeWrong: a file has no place, or is neither .bin nor .hex.
        ImageWrong: a .hex file is none.

    """
    found: list[tuple[int, bytes]] = []
    for file in image.files:
        match file.path.suffix.lower(), file.at:
            case ".hex", _:
                found += pieces(file.path.read_text("ascii", "replace"), file.path.name)
            case ".bin", int(at):
                found.append((at, file.path.read_bytes()))
            case _:
                raise RecipeWrong(f"{file.path.name}: a probe takes .hex, or .bin with its place")
    places = []
    for at, content in found:
        path = folder / f"{at:x}.bin"
        path.write_bytes(content)
        places.append(Place(at, path, len(content)))
    return tuple(places)


async def _found() -> tuple[Path, str]:
    """Return the pyOCD to use, and its version.

    Raises:
        ToolMissing: there is none that says which version it is.

    """
    suffix = ".exe" if sys.platform == "win32" else ""
    beside = Path(sys.executable).parent / f"{PROGRAM}{suffix}"
    there = (*candidates(PROGRAM), *((beside,) if beside.is_file() else ()))
    for program in there:
        for line in await banner(program, "--version"):
            if told := _VERSION.fullmatch(line.strip()):
                return program, told[0]
    silent = f"; {there[0]} does not say its version" if there else ""
    raise ToolMissing(
        f"no program {PROGRAM} on PATH or beside {sys.executable}{silent}:"
        f" pip install 'provisioning-station[{EXTRA}]', or pipx install pyocd"
    )
