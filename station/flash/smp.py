"""Boards with MCUboot whose application takes its next image over its console, by SMP.

The image goes to the slot that does not run; after a restart it runs on trial, and it stays when it
has answered from there: if it can't, the next restart brings the one before back.

MCUboot's own serial recovery (`--recovery`) takes an image too, in a way of its own: straight to the
place that it is run from, without a trial. Its list of images need not tell what they are.
"""

from __future__ import annotations

import asyncio
from importlib import metadata
from typing import ClassVar

from station.faults import FlashRefused, NotReturned, RecipeWrong, ToolMissing
from station.flash import Target, Told
from station.model import Flashing, Image, Port, Tool

PACKAGE = "smpclient"
BAUD, SPEED_WORD = 115_200, "--baud"
RECOVERY = "--recovery"


class Smp:
    """A `Flasher` that `Confirms` and `Compares`. What runs already is not sent again."""

    tool: ClassVar[Tool] = Tool.SMP

    async def version(self) -> str:
        """As `Flasher.version`."""
        try:
            return metadata.version(PACKAGE)
        except metadata.PackageNotFoundError as error:
            raise ToolMissing(
                f"no Python package {PACKAGE}: pip install 'provisioning-station[smp]'"
            ) from error

    async def write(self, target: Target, image: Image, told: Told) -> None:
        """As `Flasher.write`; it ends with the restart.

        Raises:
            BoardSilent, AnswerBroken: nothing that can be understood answers.
            ImageWrong: it is no image of MCUboot's.

        """
        await self.version()
        from station.flash.smp_client import digest_of, session

        digest = await asyncio.to_thread(digest_of, image.path)
        content = await asyncio.to_thread(image.path.read_bytes)
        async with session(_port(target), _baud(target.flashing)) as server:
            there = {state.hash: state for state in await server.images()}
            found = there.get(digest)
            if not (found and found.active and not _recovers(target.flashing)):
                if not found:
                    await server.upload(content, told)
                if not (_recovers(target.flashing) or (found and found.pending)):
                    await server.test(digest)
                await server.restart()
        told(len(content), len(content))

    async def holds(self, target: Target, image: Image) -> bool:
        """As `Compares.holds`: it runs, and is confirmed, as the board's list of images has it.

        In a boot loader's list nothing runs: there it stands in the slot that is run from.
        """
        await self.version()
        from station.flash.smp_client import digest_of, session

        digest = await asyncio.to_thread(digest_of, image.path)
        async with session(_port(target), _baud(target.flashing)) as server:
            there = await server.images()
        if _recovers(target.flashing):
            return any(each.hash == digest and each.slot == 0 for each in there)
        return any(each.hash == digest and each.active and each.confirmed for each in there)

    async def confirm(self, target: Target, image: Image) -> None:
        """As `Confirms.confirm`; what a boot loader has put in its place needs no word more."""
        if _recovers(target.flashing):
            return
        from station.flash.smp_client import digest_of, session

        digest = await asyncio.to_thread(digest_of, image.path)
        async with session(_port(target), _baud(target.flashing)) as server:
            there = await server.images()
            found = next((state for state in there if state.hash == digest), None)
            if found and found.active:
                if not found.confirmed:
                    await server.confirm(digest)
            elif found and found.pending:
                raise NotReturned("it has not restarted yet")
            else:
                raise FlashRefused(
                    "the boot loader did not take the image: is it signed with the board's key?"
                    if found is None
                    else "the image did not come up, and the one before runs again"
                )


def _port(target: Target) -> Port:
    if target.port is None:
        raise FlashRefused("it has no serial port")
    return target.port


def _recovers(flashing: Flashing) -> bool:
    return RECOVERY in flashing.arguments


def _baud(flashing: Flashing) -> int:
    """Return the speed that the arguments tell.

    Raises:
        RecipeWrong: they tell something else.

    """
    words = tuple(word for word in flashing.arguments if word != RECOVERY)
    match words:
        case ():
            return BAUD
        case (word, speed) if word == SPEED_WORD and speed.isdecimal():
            return int(speed)
    raise RecipeWrong(f"{' '.join(words)}: SMP takes nothing but {SPEED_WORD} N and {RECOVERY}")
