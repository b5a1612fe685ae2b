"""Nobody is given another's device: the unit is alone, the same board still, and its name is its own."""

from __future__ import annotations

import asyncio
from time import monotonic

from station.boards import Board
from station.clouds import Cloud
from station.faults import DeviceElsewhere, DeviceExists, IdentityConflict, LinkLost
from station.model import DeviceEntry, Identity, Listed
from station.procedures.provision_steps import NameOptions, listed, register_of
from station.run import Run

MOVED_WITHIN_S = 5.0
"""How long the run of a unit that was pulled out of another slot may take to end."""

LOOK_EVERY_S = 0.1


async def known(run: Run, board: Board) -> tuple[Identity, Listed]:
    """Tell the step in which a unit says who it is; return that, and what it is registered as.

    Raises:
        IdentityConflict: another slot works on a board that says the same.
        RecipeWrong, NameRefused: it can't be named as the recipe wants.

    """
    async with run.step("identify", within_s=40):
        identity = await board.identify()
        await run.learn(identity)
        await check_alone(run)
        return identity, listed(run.options(NameOptions), identity)


async def check_alone(run: Run) -> None:
    """See that no other slot works on this unit: one that was moved is waited for.

    Raises:
        IdentityConflict: two boards say that they are this unit.

    """
    ends_s = monotonic() + MOVED_WITHIN_S
    while slot := await run.elsewhere():
        if monotonic() > ends_s:
            raise IdentityConflict(f"one in slot {slot} says the same at this moment")
        await asyncio.sleep(LOOK_EVERY_S)


async def check_same(board: Board, identity: Identity) -> None:
    """See that the board is still there that was asked who it is: an adapter does not tell.

    Raises:
        LinkLost: another one answers.

    """
    answers = await board.identify()
    if (answers.serial, answers.ids) != (identity.serial, identity.ids):
        raise LinkLost(f"{answers.serial} answers, where {identity.serial} did")


async def entry_of(run: Run, cloud: Cloud, name: str) -> DeviceEntry | None:
    """Return what the register has under `name` for this unit, None for nothing.

    Raises:
        DeviceElsewhere: it is another product's.
        DeviceExists: it is another unit's, or this unit is there by another name.

    """
    register = register_of(cloud, "a device's name")
    held = await run.held(cloud)
    if held not in {"", name} and await register.entry(held):
        raise DeviceExists(f"{name} is called {held} there: it can be renamed, or deleted")
    entry = await register.entry(name)
    if entry is None:
        return None
    if entry.profile != (product := (await register.profile()).name):
        raise DeviceElsewhere(f"{name} is registered as {entry.profile}, not {product}")
    if other := await run.rival(cloud, name):
        raise DeviceExists(f"{name} is the unit {other}")
    return entry
