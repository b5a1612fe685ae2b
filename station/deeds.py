"""The deeds that can't be taken back, each with the question that finds it again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from station.clouds import (
    Cloud,
    KeepsDevices,
    KeepsRegister,
    OnboardsBoards,
    ProvisionsDevices,
    Releases,
    TakesOrders,
    TakesProofs,
)
from station.faults import AdminKeyMissing
from station.journal import Deed, Found
from station.model import (
    Claim,
    Connection,
    DeviceEntry,
    Listed,
    Login,
    Onboarding,
    Order,
    Progress,
    Proof,
    Unit,
)
from station.record import BOARD

UNDER_WAY = frozenset({Progress.WAITING, Progress.BUSY})

CLAIM, ORDER, RELEASE, ONBOARD, FLASH = "claim", "order", "release", "onboard", "flash"
CREATE, DELETE = "create", "delete"
ENTER, PROVISION, REPLACE = "enter", "provision", "replace login"


def claim(cloud: TakesProofs, proof: Proof) -> Deed[Claim]:
    """Make the unit ours; its key is the id that the proof speaks of."""
    return Deed(
        CLAIM,
        proof.subject,
        cloud.address,
        ask=lambda: cloud.held(proof.subject),
        act=lambda: cloud.claim(proof),
        claim=lambda held: held,
    )


def enrol(
    cloud: OnboardsBoards, proof: Proof, unit: Unit, connection: Connection, name: str
) -> Deed[Claim]:
    """Make the unit ours, for it to come to the cloud by itself; it is found as a claim is."""
    return Deed(
        CLAIM,
        proof.subject,
        cloud.address,
        ask=lambda: cloud.held(proof.subject),
        act=lambda: cloud.enrol(proof, unit, connection, name),
        claim=lambda held: held,
    )


def create(
    cloud: KeepsDevices, name: str, usb_serial: str, act: Callable[[], Awaitable[str]]
) -> Deed[str]:
    """Make a device for the board with this serial number, unless there is one.

    `name` is what claims call the cloud.
    """

    async def there() -> str | None:
        found = await cloud.devices(usb_serial)
        return found[0] if found else None

    return Deed(
        CREATE,
        usb_serial,
        cloud.address,
        ask=there,
        act=act,
        claim=lambda device: Claim(name, device),
    )


def create_lora(
    cloud: KeepsDevices, unit: Unit, name: str, eui: str, frequency_plan: str
) -> Deed[Claim]:
    """Make a LoRaWAN device anew: its keys are told at its making, and never again.

    So one that is there already, also from a reply that was lost, is deleted first.
    """

    async def never() -> None:
        return None

    async def anew() -> Claim:
        for device in await cloud.devices(unit.usb_serial):
            await cloud.delete_device(device)
        return await cloud.create_lora_device(unit, name, eui, frequency_plan)

    key = unit.usb_serial
    return Deed(CREATE, key, cloud.address, ask=never, act=anew, claim=lambda made: made)


def delete(cloud: KeepsDevices, device: str) -> Deed[bool]:
    """Delete a device; one that is gone is done."""

    async def unknown() -> None:
        return None

    return Deed(DELETE, device, cloud.address, ask=unknown, act=lambda: cloud.delete_device(device))


def flash(where: str, sha256: str, act: Callable[[], Awaitable[bool]]) -> Deed[bool]:
    """Write an image to the board that `where` names; asked anew each time, for it mends itself."""

    async def never() -> None:
        return None

    return Deed(FLASH, f"{where} {sha256[:16]}", BOARD, ask=never, act=act)


def order(cloud: TakesOrders, subject: str, kind: str, body: Mapping[str, Any]) -> Deed[Order]:
    """Put an order into the unit's queue, unless the very same is under way there."""
    return Deed(
        ORDER,
        f"{subject} {kind}",
        cloud.address,
        ask=lambda: _under_way(cloud, subject, kind, body),
        act=lambda: cloud.order(subject, kind, body),
    )


def enter(register: KeepsRegister, place: str, device: Listed, login: Login) -> Deed[DeviceEntry]:
    """Register a device, which is found by its name; one that is there keeps what it has."""

    async def there() -> DeviceEntry | None:
        known = await register.entry(device.name)
        return await register.enter(device, login) if known else None

    return Deed(
        ENTER,
        device.name,
        place,
        ask=there,
        act=lambda: register.enter(device, login),
    )


def provision(
    cloud: ProvisionsDevices,
    name: str,
    login: Login | None,
    keep: Callable[[Login], Awaitable[None]],
    *,
    fresh: bool,
) -> Deed[Login]:
    """Provision a device; it is found by its login, which was kept before, or by the register.

    What the cloud answers is kept, by `keep`, before anything else. A `fresh` login can't be in
    use: it is asked for only once an answer was lost.
    """
    asked, acted, already = not fresh, False, False

    async def there() -> Login | None:
        nonlocal asked, already
        if not asked:
            asked = True
            return None
        found = await cloud.provisioned(name, login)
        already = found is not None and not acted
        if found and login is None:
            await keep(found)
        return found

    async def act() -> Login:
        nonlocal acted
        acted = True
        got = await cloud.provision(name, login)
        if login is None or not got.lets_in_as(login):
            await keep(got)
            return got
        return login

    return Deed(
        PROVISION,
        name,
        cloud.address,
        ask=there,
        act=act,
        claim=lambda _: Claim(cloud.name, name, already=already),
    )


def replace_login(
    cloud: ProvisionsDevices, register: KeepsRegister, name: str, login: Login
) -> Deed[Login]:
    """Have a device that is there let in by `login`, which was kept before."""

    async def there() -> Login | None:
        current = await register.login_of(name)
        return login if current.lets_in_as(login) else None

    async def act() -> Login:
        await register.replace_login(name, login)
        return login

    return Deed(
        REPLACE,
        name,
        cloud.address,
        ask=there,
        act=act,
        claim=lambda _: Claim(cloud.name, name, already=True),
    )


def release(cloud: Releases, subject: str) -> Deed[bool]:
    """Let go of the unit; it is done when the cloud holds it for us no longer."""

    async def gone() -> bool | None:
        return None if await cloud.held(subject) else True

    return Deed(RELEASE, subject, cloud.address, ask=gone, act=lambda: cloud.release(subject))


def onboard(cloud: TakesOrders, unit: Onboarding) -> Deed[bool]:
    """Register the unit with a certificate of ours; asked anew each time, for it may differ."""

    async def never() -> None:
        return None

    async def register() -> bool:
        (refused,) = await cloud.onboard([unit])
        if refused:
            raise refused
        return True

    return Deed(ONBOARD, unit.device_id, cloud.address, ask=never, act=register)


async def found(
    cloud: Cloud, deed: str, key: str, kept: Callable[[], Awaitable[tuple[Login, ...]]]
) -> Found:
    """Ask the cloud alone what is true of a deed whose end was not known.

    `kept` returns the logins that were kept for the unit, the latest first.

    Raises:
        CloudFault, AdminKeyMissing: it does not tell.
        SealBroken: what was kept can't be read.

    """
    if deed == PROVISION:
        return await _provisioned(cloud, key, await kept())
    if deed == REPLACE:
        return await _replaced(cloud, key, await kept())
    return await _QUESTIONS[deed](cloud, key)


async def _under_way(
    cloud: TakesOrders, subject: str, kind: str, body: Mapping[str, Any]
) -> Order | None:
    for each in await cloud.orders(subject):
        if (each.kind, dict(each.body)) == (kind, dict(body)) and each.progress in UNDER_WAY:
            return each
    return None


async def _claimed(cloud: Cloud, key: str) -> Found:
    held = await cloud.held(key)
    return Found(held is not None, held)


async def _ordered(cloud: Any, key: str) -> Found:
    subject, kind = key.split(" ", 1)
    orders: tuple[Order, ...] = await cloud.orders(subject)
    return Found(any(each.kind == kind for each in orders))


async def _released(cloud: Cloud, key: str) -> Found:
    return Found(await cloud.held(key) is None)


async def _onboarded(cloud: Any, key: str) -> Found:
    standing = await cloud.standing(key)
    return Found(bool(standing.provisioned or standing.connected))


async def _created(cloud: Any, key: str) -> Found:
    return Found(bool(await cloud.devices(key)))


async def _deleted(cloud: Any, key: str) -> Found:
    return Found(not await cloud.has_device(key))


async def _entered(cloud: Any, key: str) -> Found:
    return Found(await _register(cloud).entry(key) is not None)


async def _provisioned(cloud: Any, key: str, kept: tuple[Login, ...]) -> Found:
    """Tell whether it is provisioned with any of its logins, or at all where the cloud makes them."""
    done = False
    for login in kept or (None,):
        done = done or await cloud.provisioned(key, login) is not None
    return Found(done, Claim(cloud.name, key, already=True) if done else None)


async def _replaced(cloud: Any, key: str, kept: tuple[Login, ...]) -> Found:
    if await _register(cloud).entry(key) is None:
        return Found(False)
    done = bool(kept) and (await _register(cloud).login_of(key)).lets_in_as(kept[0])
    return Found(done, Claim(cloud.name, key, already=True) if done else None)


def _register(cloud: Any) -> KeepsRegister:
    if cloud.register is None:
        raise AdminKeyMissing("finding out what a lost answer was needs it")
    register: KeepsRegister = cloud.register
    return register


_QUESTIONS: Mapping[str, Callable[[Any, str], Awaitable[Found]]] = {
    CLAIM: _claimed,
    ORDER: _ordered,
    RELEASE: _released,
    ONBOARD: _onboarded,
    CREATE: _created,
    DELETE: _deleted,
    ENTER: _entered,
}
