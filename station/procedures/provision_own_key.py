"""The unit makes its key and keeps it; the station has its certificate issued and registered.

Nobody but the unit can show that its login works: it comes to its cloud by itself, and the station
watches.
"""

from __future__ import annotations

from typing import cast

from pydantic import Field

from station import deeds, logins
from station.authority import AuthorityOptions, open_authority
from station.boards import Board, MakesKey, TakesCredentials
from station.clouds import Cloud, ProvisionsDevices
from station.faults import DeviceExists, RecipeWrong
from station.model import Claim, DeviceEntry, Listed, Login, LoginKind, Strategy
from station.procedures import procedure
from station.procedures.provision_checks import check_same, entry_of, known
from station.procedures.provision_self import ArriveOptions, arrived
from station.procedures.provision_steps import (
    check_filled,
    finish,
    must_register,
    network_values,
    provisions,
    read_all,
    register_of,
    takes,
    values_for,
)
from station.record import LOGIN
from station.run import Run


class OwnKeyOptions(ArriveOptions):
    """What a recipe's `[options]` table may hold where the unit makes its own key."""

    authority: AuthorityOptions = Field(
        description="the station's own authority, which issues certificates"
    )


@procedure(
    "Provision with its own key",
    steps="identify check key sign provision write arrive finish",
    options=OwnKeyOptions,
    board=TakesCredentials,
    cloud=ProvisionsDevices,
    again="Provision again",
)
async def provision_own_key(run: Run, board: Board, cloud: Cloud) -> None:
    options, door = run.options(OwnKeyOptions), provisions(cloud)
    register = register_of(cloud, "watching a unit with a key of its own")

    identity, device = await known(run, board)

    async with run.step("check", within_s=30):
        if not isinstance(board, MakesKey):
            raise RecipeWrong("this kind of board makes no key of its own")
        network = network_values(run, options.network)
        check_filled(
            board,
            cloud,
            {
                *network,
                *door.reach(LoginKind.X509_CERTIFICATE),
                "name",
                "device_id",
                "certificate",
                "authority",
            },
        )
        authority = open_authority(options.authority, run.folder, run.secret)
        await cloud.prepare()
        entry = await entry_of(run, door, device.name)
        stays = await _stays(run, door, device, entry)

    async with run.step("key", within_s=60):
        request = None if stays else await cast(MakesKey, board).make_own_key(device.name)

    async with run.step("sign", within_s=20):
        login = logins.certified(request, authority) if request else None
        if login:
            await run.keep(door, device.name, LOGIN, logins.told(login))

    async with run.step("provision", within_s=60):
        came_ms = await _provisioned(run, door, device, login, entry) if login else 0

    async with run.step("write", within_s=120):
        if login:
            await check_same(board, identity)
            more = {**dict(login.values), **network}
            await takes(board).write(await values_for(board, cloud, device.name, login.kind, more))

    async with run.step("arrive", within_s=options.arrive_within_s + 10):
        came = await arrived(
            register,
            device.name,
            options.arrive_within_s,
            lambda each: each.connected_ms > came_ms and (each.active or not stays),
        )
        await run.became(cloud, Claim(door.name, came.name, already=stays), came.name)

    async with run.step("finish", within_s=60):
        await finish(run, cloud, device, identity)


async def _stays(
    run: Run, door: ProvisionsDevices, device: Listed, entry: DeviceEntry | None
) -> bool:
    """Tell whether the unit has come before, and keeps the key that it has.

    Raises:
        DeviceExists: the device is there, and it was not this unit that the station has made it for.

    """
    if entry is None or run.options(OwnKeyOptions).again:
        return False
    kept = read_all(await run.kept(door, device.name, LOGIN))
    if await run.held(door) == device.name and entry.seen:
        there = await register_of(door, "this").login_of(device.name)
        is_own = there.kind is LoginKind.X509_CERTIFICATE
        if not is_own or any(login.value("private_key") for login in kept):
            raise DeviceExists("with a key that is not the unit's; 'again = true' changes it")
        return True
    ours = kept or await run.held(door)
    if ours:
        return False
    waits = door.strategy is Strategy.PRE_PROVISIONED and not entry.provisioned
    waits = waits or (await must_register(door) and not entry.seen)
    # where another unit has begun, two say the same name
    if waits and not await run.shared(door, device.name, LOGIN):
        return False
    raise DeviceExists(device.name)


async def _provisioned(
    run: Run,
    door: ProvisionsDevices,
    device: Listed,
    login: Login,
    entry: DeviceEntry | None,
) -> int:
    """Have the cloud let the unit in by its certificate, however far an earlier attempt has come.

    Returns when it was connected last, by the cloud's clock: what comes later comes by this one, for
    the unit has no other key any more.
    """

    async def keep(other: Login) -> None:
        await run.keep(door, device.name, LOGIN, logins.told(other))

    register = register_of(door, "this")
    if entry:
        await run.once(deeds.replace_login(door, register, device.name, login))
    elif await must_register(door):
        await run.once(deeds.enter(register, door.address, device, login))
    by_request = door.strategy in {Strategy.ALLOW_NEW, Strategy.PRE_PROVISIONED}
    if by_request and not (entry and (entry.provisioned or door.strategy is Strategy.ALLOW_NEW)):
        await run.once(deeds.provision(door, device.name, login, keep, fresh=entry is None))
    await run.keep_only(door, device.name, LOGIN, logins.told(login))
    there = await register.entry(device.name)
    return there.connected_ms if there else 0
