"""Running a flashing tool: found, started, listened to, and never left behind."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from station.faults import FlashRefused, ToolMissing

logger = logging.getLogger(__name__)

VERSION_WITHIN_S = 10.0
QUIET_S = 60.0
"""A tool that says nothing for so long hangs, in seconds; erasing a flash is quiet for ten."""
LAST_LINES = 6
"""As many lines of a tool's words go into the detail of a fault."""

_PIECE = 4096
_MOST_OF_A_LINE = 4096


@dataclass(frozen=True, slots=True)
class Ran:
    """How a tool ended: its exit status, and all the lines that it said."""

    status: int
    lines: tuple[str, ...]

    @property
    def detail(self) -> str:
        """The end of it, for a fault."""
        said = [line.strip() for line in self.lines if line.strip()]
        return f"exit status {self.status}: " + " / ".join(said[-LAST_LINES:])


def arduino_folder() -> Path:
    """Return where Arduino's own programs keep the tools that they install."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "Arduino15"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Arduino15"
    return Path.home() / ".arduino15"


def candidates(name: str, folder: str = "") -> tuple[Path, ...]:
    """Return the programs called `name`: that on PATH, then Arduino's, the newest first.

    `folder` is what Arduino's tools call it, where that is another name.
    """
    found = shutil.which(name)
    on_path = (Path(found),) if found else ()
    file = f"{name}.exe" if sys.platform == "win32" else name
    installed = arduino_folder().glob(f"packages/*/tools/{folder or name}/*/{file}")
    newest = sorted(installed, key=lambda path: version_key(path.parent.name), reverse=True)
    return (*on_path, *(path for path in newest if os.access(path, os.X_OK)))


def find(name: str, package: str) -> Path:
    """Return the program called `name`.

    Raises:
        ToolMissing: there is none.

    """
    for path in candidates(name):
        return path
    raise missing(name, package)


def missing(name: str, package: str) -> ToolMissing:
    """Return the fault that says where `name` was looked for, and how it is installed."""
    looked = f"PATH and {arduino_folder() / 'packages' / '*' / 'tools' / name}"
    return ToolMissing(
        f"no program {name} on {looked}; Debian: apt-get install {package};"
        " elsewhere the Arduino IDE installs it with the board's package"
    )


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions are put in order by ("1.9.1-arduino5" comes after "1.9.1")."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


async def run(
    command: Sequence[str | Path],
    heard: Callable[[str], None] = lambda line: None,
    quiet_s: float | None = None,
    drawn: Callable[[str], None] = lambda part: None,
) -> Ran:
    """Run `command` to its end; `heard` is called with each line as it comes.

    It may be silent for `quiet_s` seconds (None: `QUIET_S`). `drawn` is called with what there is
    of a line that has not ended yet, each time that it has grown: some tools draw a bar so.

    A carriage return ends a line too: so a tool draws its progress over itself. Cancelled, it kills
    the tool, with all that the tool has started, before it returns.

    Raises:
        ToolMissing: it can't be started.
        FlashRefused: it says nothing for so long.

    """
    words = [str(word) for word in command]
    logger.info("runs %s", subprocess.list2cmdline(words))
    try:
        process = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,  # its own process group; without a meaning on Windows
        )
    except OSError as error:
        raise ToolMissing(f"{words[0]}: {error.strerror}") from error
    lines: list[str] = []
    most_s = QUIET_S if quiet_s is None else quiet_s
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        async for line in _lines(process.stdout, most_s, drawn):
            lines.append(line)
            heard(line)
        status = await process.wait()
    except TimeoutError as error:
        detail = Ran(-1, tuple(lines)).detail
        raise FlashRefused(f"{words[0]} hangs after {most_s:g} s: {detail}") from error
    finally:
        _kill(process)
        # Else a tool that was killed could still hold the port when the next try begins.
        await asyncio.shield(process.wait())
    logger.info("%s ended with %d", Path(words[0]).name, status)
    return Ran(status, tuple(lines))


async def banner(program: Path, *arguments: str) -> tuple[str, ...]:
    """Return what `program` says of itself; nothing when it does not end by itself."""
    try:
        async with asyncio.timeout(VERSION_WITHIN_S):
            return (await run((program, *arguments))).lines
    except TimeoutError:
        return ()


async def _lines(
    stream: asyncio.StreamReader, quiet_s: float, drawn: Callable[[str], None]
) -> AsyncIterator[str]:
    rest = b""
    while True:
        async with asyncio.timeout(quiet_s):
            piece = await stream.read(_PIECE)
        if not piece:
            break
        *whole, rest = re.split(rb"[\r\n]+", rest + piece)
        if len(rest) > _MOST_OF_A_LINE:
            whole, rest = [*whole, rest], b""
        for line in _told(whole):
            yield line
        for part in _told([rest]):
            drawn(part)
    for line in _told([rest]):
        yield line


def _told(lines: Sequence[bytes]) -> Iterator[str]:
    return (line.decode(errors="replace") for line in lines if line.strip())


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
