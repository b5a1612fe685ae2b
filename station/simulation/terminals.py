"""A board at a pseudo-terminal that has a name for good, restarts and touches included."""

from __future__ import annotations

import asyncio
from typing import Protocol, runtime_checkable

from station.simulation.pty_end import PtyEnd
from station.simulation.sockets import Runs


@runtime_checkable
class Touched(Protocol):
    """A board that becomes its boot loader when its port is opened at 1200 bit/s and closed."""

    def touch(self) -> None:
        """Become the boot loader."""


class _Kept:
    """The terminal as a board sees it that restarts: what it lets go of stays."""

    def __init__(self, end: PtyEnd) -> None:
        self._end = end
        self.send = end.send
        self.receive = end.receive

    async def close(self) -> None:
        """Do nothing: who looks for the board looks for it by this name."""


async def live(board: Runs, end: PtyEnd) -> None:
    """Be `board` at `end` until either is unplugged."""
    touching = asyncio.create_task(_feel(board, end))
    try:
        while end.is_plugged:
            if await board.run(_Kept(end)):
                end.unplug()
    finally:
        touching.cancel()


async def _feel(board: Runs, end: PtyEnd) -> None:
    while isinstance(board, Touched):
        await end.touched()
        board.touch()
