"""esptool: writes the chips of Espressif through the boot loader in their ROM, over a serial port.

It is run as a program and never imported: its licence is the GPL. The words are those of version 4
(Debian's) and of version 5, as both were heard to say them. What stands in the flash already is
known by its digest, which the chip works out by itself; version 5 asks for it on the way, version 4
is asked in a run of its own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from station.faults import (
    BootModeMissed,
    Fault,
    FlashLocked,
    FlashRefused,
    FlashWorn,
    HardwareBroken,
    ImageWrong,
    LinkLost,
    PortBusy,
    PortForbidden,
    PortMissing,
    RecipeWrong,
    ToolMissing,
    WrongProduct,
)
from station.flash import Target, Told
from station.flash.program import Ran, arduino_folder, banner, candidates, run, version_key
from station.model import Image, Tool

NAMES = ("esptool", "esptool.py")
ARDUINOS_FOLDER = "esptool_py"
WRITE = "write-flash"
"""In a recipe's arguments: what stands behind this word belongs to the writing itself."""

QUIET_S = 240.0
"""A whole chip may be erased, or summed up, for so long without a word: esptool's own limit."""

_DASHES_SINCE = (5,)
_SKIP = "--skip-flashed"
_VERSION = re.compile(r"(?:esptool\S* v)?(\d+\.\d\S*)")
_PERCENT = re.compile(r"^Writing at 0x[0-9a-fA-F]+\D.*?(\d+(?:\.\d+)?) ?%")
_THERE = "already in flash"
_WROTE = re.compile(r"^Wrote \d+ bytes")
_SURE = ("Hash of data verified", "Cannot verify written data")
_VERDICT = re.compile(r"^(?:-- verify|Verification) (OK|FAILED|successful|failed)")

# The first that fits names the fault; what goes before a failure can tell more than its own words.
_FAULTS: tuple[tuple[re.Pattern[str], Callable[[str], Fault]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), fault)
    for pattern, fault in (
        (r"could not open .*(permission denied|errno 13)", PortForbidden),
        (r"could not open .*(no such file|filenotfound|errno 2\b)", PortMissing),
        (r"could not open ", PortBusy),
        (r"serial exception error|readiness to read|lost connection", LinkLost),
        (r"this chip is \S+, not|unexpected chip (id|magic) value", WrongProduct),
        (r"requires chip revision|will not fit in", WrongProduct),
        (r"unexpected chip id in image|is not an? \S+ image", ImageWrong),
        (r"detected overlap|no such option|invalid value|unrecognized arg|usage:", RecipeWrong),
        (r"failed to connect to", BootModeMissed),
        (r"secure boot|secure download mode|flash encryption|encrypted flash write", FlashLocked),
        (r"failed to communicate with the flash chip", HardwareBroken),
        (r"md5 of file does not match|written flash region is empty", FlashWorn),
    )
)


class Esptool:
    """A `Flasher` that `Compares`. A file that is in the flash already is not written again."""

    tool: ClassVar[Tool] = Tool.ESPTOOL

    async def version(self) -> str:
        """As `Flasher.version`."""
        return (await _found())[1]

    async def holds(self, target: Target, image: Image) -> bool:
        """As `Compares.holds`: the chip works out the digest of each place by itself."""
        program, version = await _found()
        words = Words(version, _path(target), target.flashing.arguments, placed(image))
        return not await _missing(program, words)

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """As `Flasher.write`; several files are written one after the other, the lowest first.

        Raises:
            BootModeMissed, WrongProduct, FlashLocked, FlashWorn, HardwareBroken: it can't be.
            ImageWrong, RecipeWrong: the files or the arguments do not suit the chip.

        """
        program, version = await _found()
        words = Words(version, _path(target), target.flashing.arguments, placed(image))
        skip = await _knows_skip(program, words)
        if not skip:
            words = replace(words, files=await _missing(program, words))
        progress = Files(told, tuple(file.path.stat().st_size for file in words.files))
        if not words.files:
            size = sum(file.path.stat().st_size for file in image.files)
            told(size, size)
            return
        ran = await run((program, *words.write(skip)), progress.hear, QUIET_S)
        if ran.status != 0 or progress.sure < len(words.files):
            raise fault(ran, version)


@dataclass(slots=True)
class Files:
    """Reads from esptool's lines how far it has come; `sizes` in bytes, in the order of writing.

    `sure` counts the files that were read back, or found to be there already.
    """

    told: Told
    sizes: tuple[int, ...]
    sure: int = 0
    _written: int = 0

    @property
    def total(self) -> int:
        """The bytes of all files."""
        return sum(self.sizes)

    def hear(self, line: str) -> None:
        """Take in one line."""
        if at := _PERCENT.search(line):
            self._tell(float(at[1]) / 100)
        elif _THERE in line:
            self.sure += 1
            self._next()
        elif _WROTE.search(line):
            self._next()
        elif line.startswith(_SURE):
            self.sure += 1

    def _next(self) -> None:
        self._written += 1
        self._tell(0.0)

    def _tell(self, share: float) -> None:
        whole = sum(self.sizes[: self._written])
        under_way = next(iter(self.sizes[self._written :]), 0)
        self.told(whole + round(under_way * min(share, 1.0)), self.total)


@dataclass(frozen=True, slots=True)
class Words:
    """What esptool is to be told, in the dialect of `version`."""

    version: str
    port: str
    arguments: tuple[str, ...]
    files: tuple[Image, ...]

    def write(self, skip: bool) -> tuple[str, ...]:
        """Return the words that write; with `skip` what is there already is left alone."""
        return (*self._of("write", *((_SKIP,) if skip else ()), *self._apart[1]), *self._places)

    def verify(self) -> tuple[str, ...]:
        """Return the words that ask whether all files are there."""
        return (*self._of("verify"), *self._places)

    def help(self) -> tuple[str, ...]:
        """Return the words that ask which switches the writing knows."""
        return (self._verb("write"), "--help")

    @property
    def _apart(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The recipe's arguments: the tool's own, and those of the writing."""
        words = self.arguments
        cut = next((n for n, word in enumerate(words) if word.replace("_", "-") == WRITE), None)
        return (words, ()) if cut is None else (words[:cut], words[cut + 1 :])

    @property
    def _places(self) -> tuple[str, ...]:
        return tuple(word for each in self.files for word in (f"{each.at:#x}", str(each.path)))

    def _of(self, verb: str, *switches: str) -> tuple[str, ...]:
        return ("--port", self.port, *self._apart[0], self._verb(verb), *switches)

    def _verb(self, verb: str) -> str:
        return f"{verb}-flash" if version_key(self.version) >= _DASHES_SINCE else f"{verb}_flash"


def placed(image: Image) -> tuple[Image, ...]:
    """Return the files of `image`, the lowest in the flash first.

    Raises:
        RecipeWrong: one has no place.

    """
    for file in image.files:
        if file.at is None:
            raise RecipeWrong(f"{file.path.name}: where in the flash does it begin?")
    return tuple(sorted(image.files, key=lambda file: file.at or 0))


def fault(ran: Ran, version: str) -> Fault:
    """Return what the tool's words mean; a `FlashRefused` where they mean nothing known."""
    said = " ".join(line.strip() for line in ran.lines)
    detail = f"esptool {version}, {ran.detail}"
    for pattern, kind in _FAULTS:
        if pattern.search(said):
            return kind(detail)
    return FlashRefused(detail)


def programs() -> tuple[Path, ...]:
    """Return the esptools that there are: on PATH, beside this Python, and Arduino's."""
    beside = Path(sys.executable).parent
    suffix = ".exe" if sys.platform == "win32" else ""
    ours = tuple(path for name in NAMES if (path := beside / f"{name}{suffix}").is_file())
    others = [path for name in NAMES for path in candidates(name, ARDUINOS_FOLDER)]
    # Arduino's come last: whoever put one on PATH has chosen it.
    arduinos = [path for path in others if path.is_relative_to(arduino_folder())]
    return (*(path for path in others if path not in arduinos), *ours, *arduinos)


def _path(target: Target) -> str:
    if target.port is None:
        raise FlashRefused("it has no serial port")
    return target.port.path


async def _found() -> tuple[Path, str]:
    """Return the esptool to use, and its version.

    Raises:
        ToolMissing: there is none that says which version it is.

    """
    there = programs()
    for program in there:
        for line in await banner(program, "version"):
            if told := _VERSION.fullmatch(line.strip()):
                return program, told[1]
    silent = f"; {there[0]} does not say its version" if there else ""
    raise ToolMissing(
        f"no program esptool on PATH, beside {sys.executable} or in {arduino_folder()}{silent}:"
        " pipx install esptool, or on Debian apt-get install esptool"
    )


async def _knows_skip(program: Path, words: Words) -> bool:
    return any(_SKIP in line for line in await banner(program, *words.help()))


async def _missing(program: Path, words: Words) -> tuple[Image, ...]:
    """Ask the chip which of the files it does not have.

    Raises:
        Fault: it could not be asked.

    """
    ran = await run((program, *words.verify()), quiet_s=QUIET_S)
    if ran.status == 0:
        return ()
    verdicts = [verdict[1] for line in ran.lines if (verdict := _VERDICT.search(line))]
    if len(verdicts) != len(words.files):
        raise fault(ran, words.version)
    judged = zip(words.files, verdicts, strict=True)
    return tuple(file for file, verdict in judged if verdict.lower() == "failed")
