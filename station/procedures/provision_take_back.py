"""Return: the device leaves the register, the board forgets its login, and both are shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

from pydantic import Field

from station import deeds, logins
from station.boards import Board, ErasesCredentials, TakesCredentials
from station.clouds import Cloud, KeepsRegister, ProvisionsDevices
from station.faults import CloudNonsense, StillAdmitted, TransportRefused
from station.model import Login
from station.procedures import procedure
from station.procedures.erasure import tell_erased
from station.procedures.provision_checks import entry_of, known
from station.procedures.provision_steps import (
    NameOptions,
    provisions,
    read_all,
    register_of,
    takes,
)
from station.record import LOGIN, SENT
from station.run import Run

LOOKS, LOOK_EVERY_S = 5, 0.5
"""How often, and how often after another, a server is asked that may know of the old login yet."""


class ReturnOptions(NameOptions):
    """What a recipe's `[options]` table may hold for a return."""

    keep_device: bool = Field(
        default=False,
        description="leave the device in the register, ready to be provisioned anew, with a login "
        "that nobody has; without it the device is deleted, with its data",
    )


@procedure(
    "Take back",
    steps="identify check release erase confirm",
    options=ReturnOptions,
    board=TakesCredentials,
    cloud=ProvisionsDevices,
    erases=True,
)
async def provision_take_back(run: Run, board: Board, cloud: Cloud) -> None:
    """Let go of a unit; a board without words for erasing keeps a login that opens nothing."""
    door = provisions(cloud)
    _, device = await known(run, board)

    async with run.step("check", within_s=30):
        register = register_of(cloud, "taking a unit back")
        await cloud.prepare()
        name = await run.held(cloud) or device.name
        entry = await entry_of(run, cloud, name)
        had = read_all(await run.kept(door, name, LOGIN))

    async with run.step("release", within_s=60):
        if entry and run.options(ReturnOptions).keep_device:
            await _lock(run, door, register, name)
        else:
            await run.once(deeds.release(door, name))

    async with run.step("erase", within_s=180):
        if isinstance(board, ErasesCredentials) and board.can_erase():
            await cast(ErasesCredentials, board).erase()
            shown = "asked for each of them, the board says that it keeps none"
            await tell_erased(run, sorted(takes(board).wanted()), shown)

    async with run.step("confirm", within_s=60):
        await _refuse_admitted(door, name, had)
        if not run.options(ReturnOptions).keep_device and await register.entry(name):
            raise CloudNonsense(f"{name} was deleted, and is registered still")


async def _lock(run: Run, door: ProvisionsDevices, register: KeepsRegister, name: str) -> None:
    """Have the device let in by a login that is forgotten at once, until it is provisioned anew."""
    login = logins.access_token()
    await run.keep(door, name, LOGIN, logins.told(login))
    await run.once(deeds.replace_login(door, register, name, login))
    await register.reset(name)
    for what in (LOGIN, SENT):
        await run.drop(door, name, what)


async def _refuse_admitted(door: ProvisionsDevices, name: str, had: Sequence[Login]) -> None:
    """See that none of the logins that the unit had lets anybody in.

    Raises:
        StillAdmitted: one does, also after a while.

    """
    for login in had:
        for look in range(LOOKS):
            if not await _admitted(door, login):
                break
            if look == LOOKS - 1:
                raise StillAdmitted(name)
            await asyncio.sleep(LOOK_EVERY_S)


async def _admitted(door: ProvisionsDevices, login: Login) -> bool:
    try:
        return await door.admits(login)
    except TransportRefused:  # it was made for another way, and can't be tried by this one
        return False
