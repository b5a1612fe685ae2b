"""How a board is flashed, whatever the tool: its boot loader is started, written to, and left."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from station.faults import (
    AnswerBroken,
    BoardSilent,
    FlashRefused,
    LinkFault,
    LinkLost,
    NotReturned,
    PortMissing,
)
from station.flash import Compares, Confirms, Flasher, Target, Told
from station.flash.images import check
from station.links import LineSettings, Seat
from station.model import Attachment, Flashing, Image, Port, Tool

T = TypeVar("T")

TRIES, PAUSE_S = 5, 1.0
"""As often, and as far apart, as the vendor's own command line tries to upload."""

TOUCH = LineSettings(baud=1200, dtr=False)
SETTLE_S = 0.5
BOOT_WITHIN_S = 10.0
BACK_WITHIN_S = 20.0
ENDS_WITHIN_S = 5.0
CONFIRMED_WITHIN_S = 120.0
"""MCUboot swaps two slots sector by sector: a megabyte takes a minute."""

_THROUGH_A_PORT = frozenset({Tool.BOSSAC, Tool.ESPTOOL, Tool.SMP})
"""The tools that speak to a serial port; the others find the boot loader on USB by themselves."""


async def flash(
    seat: Seat,
    unit_flashing: Flashing,
    image: Image,
    flasher: Flasher,
    told: Told,
    *,
    tries: int = TRIES,
    pause_s: float = PAUSE_S,
) -> Attachment:
    """Write `image` to what sits at `seat`, and return what sits there when it runs.

    A board whose boot loader waits already, as after a flash that was broken off, is written to as
    it is. `told` begins anew with each try.

    Raises:
        FlashRefused: the tool failed, or the boot loader did not come, `tries` times.
        PortMissing, LinkLost: the board was not there, or another one was, `tries` times.
        NotReturned: it is written, but what it runs does not come back.
        PortBusy, PortForbidden, ToolMissing: the tool can't begin.
        ImageMissing, ImageWrong: the file is not what it was.

    """
    with seat.absence():
        before = await seat.becomes(lambda there: there, BOOT_WITHIN_S)
        left = tries
        while True:
            left -= 1
            try:
                _same(before, seat.attachment, unit_flashing)
                port = await _boot_loader(seat, unit_flashing)
                await check(image)
                target = Target(unit_flashing, port, before)
                await _while_there(seat, port, flasher.write(target, image, told))
                break
            except (FlashRefused, PortMissing, LinkLost):
                if left <= 0:
                    raise
            await asyncio.sleep(pause_s)
        if isinstance(flasher, Confirms):
            running = Target(unit_flashing, None, before)
            await _confirmed(seat, running, image, flasher, pause_s)
        return await seat.becomes(lambda there: _runs(there, unit_flashing), BACK_WITHIN_S)


async def holds(seat: Seat, unit_flashing: Flashing, image: Image, tool: Compares) -> bool:
    """Ask `tool` whether all of `image` stands in the flash of what sits at `seat`.

    Raises:
        FlashRefused: the tool failed.
        PortMissing, LinkLost, NotReturned: the board is not there.
        PortBusy, PortForbidden, ToolMissing: the tool can't begin.
        ImageMissing, ImageWrong: the file is not what it was.

    """
    with seat.absence():
        before = await seat.becomes(lambda there: there, BOOT_WITHIN_S)
        await check(image)
        port = await _boot_loader(seat, unit_flashing)
        told = asyncio.get_running_loop().create_future()

        async def ask() -> None:
            told.set_result(await tool.holds(Target(unit_flashing, port, before), image))

        await _while_there(seat, port, ask())
        return bool(told.result())


async def _boot_loader(seat: Seat, flashing: Flashing) -> Port | None:
    """Start the boot loader unless it runs; return its port, None where the tool needs none.

    Raises:
        PortMissing: the tool needs a port, and there is none.
        FlashRefused: the boot loader has not come.

    """
    there = seat.attachment
    if there and flashing.touch and not _boot_port(there, flashing):
        await _touch(seat, there.ports[0])
        there = await _changed(seat, flashing) if flashing.changes_port else seat.attachment
    elif there and flashing.tool in _THROUGH_A_PORT:
        await _calm(seat, _tool_port(there, flashing))
    if flashing.tool not in _THROUGH_A_PORT:
        return None
    if there is None:
        raise PortMissing("nothing sits in the slot")
    return _tool_port(there, flashing)


async def _confirmed(
    seat: Seat, target: Target, image: Image, flasher: Confirms, pause_s: float
) -> None:
    """Wait until the image runs, wherever the board shows its port then, and have it stay.

    Raises:
        FlashRefused: it did not come up.
        NotReturned: the board did not come back.

    """
    try:
        async with asyncio.timeout(CONFIRMED_WITHIN_S):
            while True:
                there = await seat.becomes(lambda there: there, math.inf)
                try:
                    await flasher.confirm(
                        replace(target, port=_tool_port(there, target.flashing)), image
                    )
                except (NotReturned, BoardSilent, AnswerBroken, LinkFault):
                    await asyncio.sleep(pause_s)
                else:
                    return
    except TimeoutError as error:
        raise NotReturned(f"after {CONFIRMED_WITHIN_S:g} s") from error


async def unless_stopped(work: Callable[[], Awaitable[T]], stop: asyncio.Event) -> T:
    """Return what `work` comes to; it is cancelled, and awaited, as soon as `stop` is set.

    Raises:
        FlashRefused: it was stopped.

    """
    task = asyncio.ensure_future(work())
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return await task
    finally:
        for each in (task, stopped):
            each.cancel()
        await asyncio.wait({task, stopped})
    raise FlashRefused("it was broken off")


def _same(before: Attachment, there: Attachment | None, flashing: Flashing) -> None:
    """See that nobody has put another board there; a boot loader may have a number of its own."""
    if there is None or _boot_port(there, flashing) or _boot_port(before, flashing):
        return
    was, now = _usb_serial(before), _usb_serial(there)
    if was and now and was != now:
        raise LinkLost(f"another board ({now}) is in its place")


def _usb_serial(there: Attachment) -> str:
    return next((port.usb_serial for port in there.ports if port.usb_serial), "")


async def _touch(seat: Seat, port: Port) -> None:
    # A board may be gone before its port is closed: then it has heard.
    with suppress(LinkLost):
        link = await seat.open(port, TOUCH)
        await link.close()
    await asyncio.sleep(SETTLE_S)


async def _calm(seat: Seat, port: Port) -> None:
    """Drop what a boot loader still says to a tool that was broken off: opening forgets it."""
    link = await seat.open(port, LineSettings())
    await link.close()


async def _while_there(seat: Seat, port: Port | None, writing: Coroutine[Any, Any, None]) -> None:
    """Await `writing`, but not for ever once `port` has gone: bossac would.

    Raises:
        LinkLost: the port has gone, and the tool did not end.

    """
    task = asyncio.create_task(writing)
    gone = asyncio.create_task(_gone(seat, port))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        # it goes in a good end too, when the tool has started what it wrote
        await asyncio.wait({task}, timeout=ENDS_WITHIN_S)
        if not task.done():
            raise LinkLost("unplugged while it was written")
        await task
    finally:
        for each in (task, gone):
            each.cancel()
        await asyncio.wait({task, gone})


async def _gone(seat: Seat, port: Port | None) -> None:
    if port is None:
        await asyncio.Event().wait()
    await seat.becomes(lambda there: not (there and port in there.ports) or None, math.inf)


async def _changed(seat: Seat, flashing: Flashing) -> Attachment | None:
    """Wait for the boot loader; return what it shows.

    One that the tool finds by itself may show nothing here: then it is None, and nothing is lost.
    """

    def fits(there: Attachment | None) -> tuple[Attachment | None] | None:
        if there is None:
            return None if flashing.tool in _THROUGH_A_PORT else (None,)
        return (there,) if _boot_port(there, flashing) or _unmarked(there) else None

    try:
        (there,) = await seat.becomes(fits, BOOT_WITHIN_S)
    except NotReturned as fault:
        raise FlashRefused(f"its boot loader did not come {fault.detail}") from fault
    return there


def _boot_port(there: Attachment, flashing: Flashing) -> Port | None:
    """Return the port that only a boot loader shows, and be it one that nobody can talk to.

    One that shows what its sketch shows can't be told.
    """
    return next((port for port in there.ports if (port.vid, port.pid) in flashing.boot_ids), None)


def _tool_port(there: Attachment, flashing: Flashing) -> Port:
    """Return the port that the tool is to speak to."""
    chosen = (port for port in there.ports if port.interface == flashing.interface is not None)
    return _boot_port(there, flashing) or next(chosen, there.ports[0])


def _unmarked(there: Attachment) -> bool:
    """Tell whether it shows no marks at all, as a port that was given by its name."""
    return all(port.vid is None for port in there.ports)


def _runs(there: Attachment | None, flashing: Flashing) -> Attachment | None:
    return there if there and not _boot_port(there, flashing) else None
