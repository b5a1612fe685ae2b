"""Provisioning on the unit's behalf: the station makes its login, and gives it to the board.

The login is made and kept before anybody is asked for it, so that a lost answer costs nothing: the
login itself shows, by letting the unit in, that it was provisioned. It is on the board only once it
was shown to work.
"""

from __future__ import annotations

from station import logins
from station.authority import Authority, open_authority
from station.boards import Board, TakesCredentials
from station.clouds import Cloud, ProvisionsDevices
from station.faults import (
    LoginRefused,
    RecipeWrong,
)
from station.model import Strategy
from station.procedures import procedure
from station.procedures.provision_checks import check_same, known
from station.procedures.provision_login import KINDS, ProvisionOptions, UnitLogin
from station.procedures.provision_steps import (
    check_filled,
    finish,
    network_values,
    provisions,
    register_of,
    takes,
    values_for,
)
from station.run import Run


@procedure(
    "Provision",
    steps="identify check login provision verify write finish",
    options=ProvisionOptions,
    board=TakesCredentials,
    cloud=ProvisionsDevices,
    again="Provision again",
)
async def provision(run: Run, board: Board, cloud: Cloud) -> None:
    options, door = run.options(ProvisionOptions), provisions(cloud)

    identity, device = await known(run, board)

    async with run.step("check", within_s=30):
        network = network_values(run, options.network)
        authority = _authority(run, options, door.strategy)
        _check_wishes(board, cloud, options, set(network))
        await cloud.prepare()

    async with run.step("login", within_s=60):
        unit = UnitLogin(run, board, door, device, authority)
        plan = await unit.plan()

    async with run.step("provision", within_s=60):
        login = await unit.provision(plan)

    async with run.step("verify", within_s=30):
        if not await door.admits(login):
            raise LoginRefused(device.name)
        if options.telemetry:
            await door.send(login, options.telemetry)

    async with run.step("write", within_s=120):
        await check_same(board, identity)
        more = {**dict(login.values), **network}
        await takes(board).write(await values_for(board, cloud, device.name, login.kind, more))

    async with run.step("finish", within_s=60):
        await finish(run, cloud, device, identity)


def _authority(run: Run, options: ProvisionOptions, strategy: Strategy) -> Authority | None:
    if strategy is Strategy.CERTIFICATE_CHAIN and options.authority is None:
        raise RecipeWrong("strategy = 'certificate chain' needs credential = 'certificate'")
    return open_authority(options.authority, run.folder, run.secret) if options.authority else None


def _check_wishes(board: Board, cloud: Cloud, options: ProvisionOptions, there: set[str]) -> None:
    """See that all can be done that the recipe wants, before anything is.

    Raises:
        RecipeWrong, AdminKeyMissing: it can't.

    """
    if needs := options.needs_register or ("again" if options.again else ""):
        register_of(cloud, needs)
    wanted = takes(board).wanted()
    reach = set(provisions(cloud).reach(KINDS[options.credential]))
    needed = {
        "access token": {"token"},
        "from the cloud": {"token"},
        "mqtt basic": wanted & set(logins.BASIC),
        "certificate": {"certificate", "private_key"},
    }[options.credential]
    if not needed or needed - wanted:
        raise RecipeWrong(f"the board does not take what credential = {options.credential!r} needs")
    more = {"authority"} if options.credential == "certificate" else set()
    check_filled(board, cloud, there | needed | more | reach | {"name", "device_id"})
