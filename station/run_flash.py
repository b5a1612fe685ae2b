"""How a run has a board flashed: written down before, followed through it, told byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from station import deeds
from station.flash import Compares, Flasher, Told
from station.journal import Deed
from station.links import Seat
from station.model import Flashing, Image

T = TypeVar("T")


class GoesAside(Protocol):
    """A board that makes room for a tool."""

    async def aside(self, work: Callable[[Seat], Awaitable[T]]) -> T:
        """Close the port, let `work` have the seat, and open the port of what sits there then."""
        ...


@dataclass(frozen=True, slots=True)
class Writing:
    """An image that is to be on a board, and how it comes there.

    `where` names the board among all that the line has ever flashed: its serial number on USB, or
    its slot, or both.
    """

    board: GoesAside
    flashing: Flashing
    image: Image
    where: str


async def write(
    writing: Writing,
    flasher: Flasher,
    once: Callable[[Deed[bool]], Coroutine[Any, Any, bool]],
    told: Told,
) -> None:
    """Write the image, as `Run.once`; a run that is stopped breaks it off, and stops the tool.

    Raises:
        Fault: it is certainly not there; the next flash mends what this one has left.

    """
    from station.flash.flashing import flash, unless_stopped

    async def work(seat: Seat) -> bool:
        await flash(seat, writing.flashing, writing.image, flasher, told)
        return True

    stop = asyncio.Event()
    deed = deeds.flash(
        writing.where,
        writing.image.digest,
        lambda: unless_stopped(lambda: writing.board.aside(work), stop),
    )
    await _broken_off(once(deed), stop)


async def holds(writing: Writing, flasher: Flasher) -> bool | None:
    """Tell whether the image is on the board already; None when the tool can't be asked.

    Raises:
        Fault: the tool, or the board, failed.

    """
    if not isinstance(flasher, Compares):
        return None
    from station.flash.flashing import holds

    async def work(seat: Seat) -> bool:
        return await holds(seat, writing.flashing, writing.image, flasher)

    return await writing.board.aside(work)


async def _broken_off(work: Coroutine[Any, Any, bool], stop: asyncio.Event) -> None:
    """Await `work`; when the caller is cancelled have it stop, and see it to its end."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # it was broken off; why is known
        raise
