"""Pseudo-terminals, and both ways to watch one."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from station.links import LineSettings, Link
from station.links.aside import aside
from station.links.serial import open_serial

LINE = LineSettings()

PATIENCE_S = 20


class Pty:
    """A pseudo-terminal: the station opens `path`, the test is the board at the other end."""

    def __init__(self) -> None:
        self.master, slave = os.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        os.close(slave)

    def says(self, data: bytes) -> None:
        os.write(self.master, data)

    async def hears(self, count: int) -> bytes:
        """Return the next `count` bytes that the station sends."""

        def read() -> bytes:
            heard = b""
            while len(heard) < count:
                heard += os.read(self.master, count - len(heard))
            return heard

        async with asyncio.timeout(PATIENCE_S):
            return await asyncio.wrap_future(aside(read))

    def unplug(self) -> None:
        with suppress(OSError):
            os.close(self.master)
        self.master = -1


@pytest.fixture
def plug() -> Iterator[Callable[[], Pty]]:
    plugged: list[Pty] = []

    def make() -> Pty:
        plugged.append(Pty())
        return plugged[-1]

    yield make
    for pty in plugged:
        pty.unplug()


@pytest.fixture
def pty(plug: Callable[[], Pty]) -> Pty:
    return plug()


@pytest.fixture(params=["loop", "thread"])
async def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test on a loop that can watch a port, and on one that can't, as on Windows."""

    def refuse(*_: object) -> None:
        raise NotImplementedError

    if request.param == "thread":
        monkeypatch.setattr(asyncio.get_running_loop(), "add_reader", refuse)
    return str(request.param)


@pytest.fixture
async def link(pty: Pty, way: str) -> AsyncIterator[Link]:
    opened = await open_serial(pty.path, LINE)
    kinds = {"loop": "LoopLink", "thread": "ThreadLink"}
    assert type(opened).__name__ == kinds[way]
    yield opened
    await opened.close()


def open_files() -> set[tuple[str, str]]:
    """What this process holds open: number and target, so that a reused number shows too."""
    found: set[tuple[str, str]] = set()
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add((entry.name, str(entry.readlink())))
    return {(number, target) for number, target in found if "/fd" not in target}
