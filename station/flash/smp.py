"""Boards with MCUboot whose application takes its next image over its console, by SMP.

The image goes to the slot that does not run; after a restart it runs on trial, and it stays when it
has answered from there: if it can't, the next restart brings the one before back.
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
            if not (found and found.active):
                if not found:
                    await server.upload(content, told)
                if not (found and found.pending):
                    await server.test(digest)
                await server.restart()
        told(len(content), len(content))

    async def holds(self, target: Target, image: Image) -> bool:
        """As `Compares.holds`: it runs, and is confirmed, as the board's list of images has it."""
        await self.version()
        from station.flash.smp_client import digest_of, session

        digest = await asyncio.to_thread(digest_of, image.path)
        async with session(_port(target), _baud(target.flashing)) as server:
            there = await server.images()
        return any(each.hash == digest and each.active and each.confirmed for each in there)

    async def confirm(self, target: Target, image: Image) -> None:
        """As `Confirms.confirm`."""
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


def _baud(flashing: Flashing) -> int:
    """Return the speed that the arguments tell.

    Raises:
        RecipeWrong: they tell something else.

    """
    match flashing.arguments:
        case ():
            return BAUD
        case (word, speed) if word == SPEED_WORD and speed.isdecimal():
            return int(speed)
    raise RecipeWrong(f"{' '.join(flashing.arguments)}: SMP takes nothing but {SPEED_WORD} N")
