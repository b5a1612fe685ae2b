"""A unit's firmware is written anew: looked for first, followed through the flash, asked afterwards.

What is there already is not written again; that is never guessed. The tool looks into the flash
where it can, else the board tells its version, and the trail says which of the two it was. A board
that does not answer may be one whose flash was broken off: it is flashed, and asked then.
"""

from __future__ import annotations

from typing import cast

from station.boards import Board, Flashable, RunsSketches
from station.clouds import Cloud
from station.faults import (
    AnswerBroken,
    BoardRefused,
    BoardSilent,
    FirmwareWrong,
    FlashRefused,
    RecipeWrong,
    SketchMissing,
    UnitChanged,
)
from station.model import Flashing, Identity, Image, Tool
from station.procedures import procedure
from station.procedures.reflash_options import PartOptions, ReflashOptions
from station.run import Run
from station.run_flash import Writing

_UNHEARD = (BoardSilent, AnswerBroken, BoardRefused, SketchMissing)
_NOT_READ_BACK = frozenset({Tool.DFU_UTIL})
"""The tools that can't read what they have written."""


@procedure(
    "Reflash",
    steps="identify look flash recheck",
    options=ReflashOptions,
    board=Flashable,
    offline=True,
    mute=True,
)
async def reflash(run: Run, board: Board, cloud: Cloud) -> None:
    unit = cast(Flashable, board)

    async with run.step("identify", within_s=60):
        before = await _known(run, unit)

    async with run.step("look", within_s=180):
        writing = _writing(run, unit)
        is_there = await _is_there(run, writing, before)

    async with run.step("flash", within_s=900):
        if not is_there:
            await run.write(writing)

    async with run.step("recheck", within_s=90):
        await _verified(run, unit, writing, before)


async def _known(run: Run, unit: Flashable) -> Identity | None:
    """Return who the unit is; None when it does not answer, and is flashed all the same.

    Raises:
        BoardFault: it does not answer, and the recipe wants none that don't.

    """
    try:
        identity = await unit.who()
    except _UNHEARD as fault:
        if not run.options(ReflashOptions).blank:
            raise
        await run.note("does not answer", {"code": fault.code, "detail": fault.detail})
        return None
    await run.learn(identity)
    return identity


def _writing(run: Run, unit: Flashable) -> Writing:
    """Return what is to be written, and how.

    Raises:
        RecipeWrong: neither the recipe nor the board says how, or it wants a version told that this
            kind of board does not tell.
        FlashRefused: the board is on the air.
        ImageMissing, ImageWrong: a file is not there, or not the one.

    """
    options = run.options(ReflashOptions)
    flashing = options.flashing(run.slot) or _own(unit)
    if flashing is None:
        raise RecipeWrong("[options] tool: nobody says what writes the image")
    if isinstance(unit, RunsSketches) and options.version:
        raise RecipeWrong("[options] version: a sketch does not tell its version")
    first, *more = (_pinned(run, each, options.version) for each in (options, *options.more))
    image = Image(first.path, first.sha256, options.version, first.at, tuple(more))
    serial = unit.usb_serial()
    return Writing(unit, flashing, image, f"{serial} {run.slot}" if serial else run.slot)


def _own(unit: Flashable) -> Flashing | None:
    """Return how the board's own maker has it flashed; None where nobody says.

    Raises:
        FlashRefused: not in the way that it is connected.

    """
    if not isinstance(unit, RunsSketches) or unit.unit.hardware.flashing is None:
        return None
    if not unit.flashable:
        raise FlashRefused("it is on the air: put it on its cable")
    return unit.unit.hardware.flashing


def _pinned(run: Run, part: PartOptions, version: str) -> Image:
    image = run.pinned(part.file, part.sha256)
    return Image(image.path, image.sha256, version, part.at)


async def _is_there(run: Run, writing: Writing, before: Identity | None) -> bool:
    """Tell whether the image is there already, and note how that is known.

    After a flash that was broken off a version proves nothing: another part may be half written.
    """
    if broken := await run.broken_flashes():
        await run.note("a flash was broken off", {"runs": list(broken)})
    known = await run.holds(writing)
    version, tool = writing.image.version, writing.flashing.tool.value
    by = f"{tool} has compared the flash"
    if known is None and version and before and not broken:
        known, by = before.firmware == version, f"the board tells version {before.firmware}"
    told = {"sha256": writing.image.digest, "there": bool(known)}
    await run.note("looked", {**told, "known by": f"{tool} can't look" if known is None else by})
    return bool(known)


async def _verified(run: Run, unit: Flashable, writing: Writing, before: Identity | None) -> None:
    """See that the same unit runs the image now, as far as it can be asked.

    Raises:
        UnitChanged: another unit sits there.
        FirmwareWrong: it tells another version.
        BoardFault: it does not answer, though it should.

    """
    after = await _after(run, unit)
    version = writing.image.version
    if after:
        if before:
            _see_same(before, after)
        await run.learn(after)
        if version and after.firmware != version:
            raise FirmwareWrong(f"it tells {after.firmware or 'none'}, not {version}")
    tool = writing.flashing.tool
    looked = [] if tool in _NOT_READ_BACK else [f"{tool.value} has read the flash"]
    asked = [f"the board tells version {version}"] if version else []
    same = ["the same unit answers"] if after and before else []
    await run.note("verified", {"by": [*looked, *asked, *same], "sha256": writing.image.digest})


async def _after(run: Run, unit: Flashable) -> Identity | None:
    """Return who sits there now; None where the image has nobody answer.

    Raises:
        BoardFault: it does not answer, though the image should have it answer.

    """
    try:
        return await unit.who()
    except _UNHEARD as fault:
        if run.options(ReflashOptions).answers:
            raise
        await run.note("does not answer", {"code": fault.code, "detail": fault.detail})
        return None


def _see_same(before: Identity, after: Identity) -> None:
    """See that both are the same unit: no id that both tell differs, and one is the same."""
    was, now = dict(before.ids), dict(after.ids)
    shared = was.keys() & now.keys()
    same = (
        all(was[name] == now[name] for name in shared) if shared else before.serial == after.serial
    )
    if not same:
        raise UnitChanged(f"{after.serial}, not {before.serial}")
