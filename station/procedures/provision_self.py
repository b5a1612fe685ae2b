"""The unit provisions itself: it is given the product's key and secret, and the station watches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from pydantic import Field, SecretStr

from station import deeds, logins
from station.boards import Board, TakesCredentials
from station.clouds import Cloud, KeepsRegister, ProvisionsDevices
from station.faults import (
    CloudBroken,
    CloudBusy,
    CloudUnreachable,
    DeviceExists,
    NeverCame,
    ProvisionedAlready,
    ReplyLost,
)
from station.model import Claim, DeviceEntry, Listed, LoginKind, Strategy
from station.procedures import procedure
from station.procedures.provision_checks import check_same, entry_of, known
from station.procedures.provision_steps import (
    BoardOptions,
    FinishOptions,
    NameOptions,
    check_filled,
    finish,
    network_values,
    provisions,
    register_of,
    takes,
    values_for,
)
from station.record import SENT
from station.run import Run

FIRST_LOOK_S = 0.3
LOOK_MORE_SELDOM = 1.5
MOST_SELDOM_S = 3.0
ARRIVE_S = 120.0
KIND = LoginKind.ACCESS_TOKEN
"""What a server makes by itself for a device that brings none."""


class ArriveOptions(NameOptions, BoardOptions, FinishOptions):
    """What a recipe's `[options]` table may hold where the unit itself comes to its cloud."""

    arrive_within_s: float = Field(
        default=ARRIVE_S,
        gt=0,
        le=3000,
        description="how long the unit may take to come to its cloud by itself",
    )
    again: bool = Field(
        default=False,
        description="have a unit that is there already, as a returned one, come anew: what it was "
        "provisioned as before ends",
    )


@procedure(
    "Provision itself",
    steps="identify check register write arrive finish",
    options=ArriveOptions,
    board=TakesCredentials,
    cloud=ProvisionsDevices,
    again="Provision again",
)
async def provision_self(run: Run, board: Board, cloud: Cloud) -> None:
    options, door = run.options(ArriveOptions), provisions(cloud)
    register = register_of(cloud, "watching a unit that provisions itself")

    identity, device = await known(run, board)

    async with run.step("check", within_s=30):
        network = network_values(run, options.network)
        given = {**door.provision_words, **network}
        check_filled(board, cloud, {*given, *door.reach(KIND), "name", "device_id"})
        await cloud.prepare()

    async with run.step("register", within_s=60):
        came = await _made_ready(run, door, register, device)

    async with run.step("write", within_s=120):
        if came is None:
            await check_same(board, identity)
            await takes(board).write(await values_for(board, cloud, device.name, KIND, given))

    async with run.step("arrive", within_s=options.arrive_within_s + 10):
        # one that has come before may have lost all that it knew since
        entry = await arrived(
            register,
            device.name,
            options.arrive_within_s,
            lambda each: each.active if came else bool(each.provisioned),
        )
        await run.became(cloud, Claim(door.name, device.name, already=bool(came)), device.name)
        await run.note("provisioned itself", {"device": entry.id, "name": entry.name})

    async with run.step("finish", within_s=60):
        await finish(run, cloud, device, identity)


async def _made_ready(
    run: Run, door: ProvisionsDevices, register: KeepsRegister, device: Listed
) -> DeviceEntry | None:
    """Return the device if it has come already and is to stay; else see that it can come.

    Raises:
        ProvisionedAlready, DeviceExists: it came without the station having sent it.

    """
    entry, again = await entry_of(run, door, device.name), run.options(ArriveOptions).again
    if entry and entry.provisioned and not again:
        sent = await run.held(door) == device.name or await run.kept(door, device.name, SENT)
        if sent:
            return entry
        raise ProvisionedAlready(device.name)
    if door.strategy is Strategy.PRE_PROVISIONED:
        if entry is None:
            login = logins.access_token()  # the unit is told it by the server
            await run.once(deeds.enter(register, door.address, device, login))
        elif entry.provisioned:
            await register.reset(device.name)
    elif entry and not again:
        raise DeviceExists(device.name)
    elif entry:
        await run.once(deeds.release(door, device.name))
    await run.keep(door, device.name, SENT, SecretStr(device.name))
    return None


async def arrived(
    register: KeepsRegister, name: str, within_s: float, there: Callable[[DeviceEntry], bool]
) -> DeviceEntry:
    """Wait until the register has the device as `there` wants it.

    Raises:
        NeverCame: it has not within `within_s` seconds.
        CloudFault: that can't be found out.

    """
    ends_s, pause_s, doubt = monotonic() + within_s, FIRST_LOOK_S, None
    while monotonic() < ends_s:
        try:
            entry, doubt = await register.entry(name), None
        except (CloudUnreachable, CloudBusy, ReplyLost, CloudBroken) as fault:
            entry, doubt = None, fault  # a unit that is on its way can't help it
        if entry and there(entry):
            return entry
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * LOOK_MORE_SELDOM, MOST_SELDOM_S)
    if doubt:
        raise doubt
    raise NeverCame(f"{name} did not come within {within_s:.0f} s")
