"""Why ThingsBoard refused to provision a device. It says hardly anything; its register says more.

A refusal is one of two texts, NOT_FOUND for all that is wrong with the key and FAILURE for the rest,
so what is true is asked for, in the order in which the server looks. Key and secret are compared
here and told nowhere.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import SecretStr

from station.clouds.replies import NotThere
from station.clouds.thingsboard.census import PROVISION_STATE
from station.clouds.thingsboard.names import Names
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.profiles import profile_in
from station.clouds.thingsboard.rest import Rest, object_in
from station.clouds.thingsboard.shapes import id_in, text_in
from station.clouds.thingsboard.words import Status, check_name
from station.faults import (
    AccountFull,
    CloudFault,
    CloudNonsense,
    DeviceElsewhere,
    DeviceExists,
    DeviceRefused,
    Fault,
    LoginTaken,
    NameRefused,
    NotRegistered,
    ProvisionedAlready,
    ProvisioningOff,
    ProvisionKeyRefused,
    StationFault,
    StrategyWrong,
)
from station.model import DeviceProfile, Login, LoginKind, Strategy

Admits = Callable[[Login], Awaitable[bool]]
"""Tells whether a login lets anybody in."""

_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of the server, and of whom it can be found out why it refused."""

    rest: Rest
    options: ThingsBoardOptions
    key: str
    secret: str
    name: str
    login: Login | None
    admits: Admits | None


async def explain(  # noqa: PLR0917 - what was asked, in its order
    rest: Rest | None,
    options: ThingsBoardOptions,
    key: SecretStr,
    secret: SecretStr,
    name: str,
    login: Login | None,
    status: Status,
    admits: Admits | None = None,
) -> Fault:
    """Return the fault that says why a device was refused; it never raises one.

    With `admits` it is known for sure whether another device uses `login`. What can't be found out
    is DeviceRefused, or ProvisionKeyRefused for NOT_FOUND; their details say why not.
    """
    is_about_key = status is Status.NOT_FOUND
    unexplained = ProvisionKeyRefused if is_about_key else DeviceRefused
    try:
        check_name(name)
        if rest is None:
            return unexplained("the recipe names no engineer's key to ask with")
        asked = _Asked(
            rest, options, key.get_secret_value(), secret.get_secret_value(), name, login, admits
        )
        profiles = [profile_in(told) async for told in rest.listed("api/deviceProfiles")]
        return _of_key(asked, profiles) if is_about_key else await _of_device(asked, profiles)
    except NameRefused as no:
        return no
    except StationFault as no:  # the answer must not be hidden by what comes of asking why
        return unexplained(f"asking why ended with {no.code}")


def _of_key(asked: _Asked, profiles: Sequence[DeviceProfile]) -> Fault:
    if not asked.key or not asked.secret:
        return ProvisionKeyRefused("the keystore holds an empty key or secret")
    by_key = next((each for each in profiles if _same(each.key, asked.key)), None)
    wanted = asked.options.profile
    found = by_key or next((each for each in profiles if wanted and each.name == wanted), None)
    if found is None:
        named = f"no profile {wanted}, and " if wanted else ""
        return ProvisionKeyRefused(f"this account has {named}no device profile with this key")
    if found.strategy is Strategy.DISABLED:
        return ProvisioningOff(f"the device profile {found.name}")
    if found.strategy is not asked.options.told_strategy:
        return _of_another_strategy(asked, found)
    if by_key is None:
        return ProvisionKeyRefused(f"the device profile {found.name} has another key")
    if found.secret is None:
        return ProvisionKeyRefused(f"the device profile {found.name} has no secret")
    if not _same(found.secret.get_secret_value(), asked.secret):
        return ProvisionKeyRefused(f"the device profile {found.name} has another secret")
    return ProvisionKeyRefused(
        f"the device profile {found.name} has this key and secret now: was it changed just now?"
    )


async def _of_device(asked: _Asked, profiles: Sequence[DeviceProfile]) -> Fault:
    is_chain = asked.options.told_strategy is Strategy.CERTIFICATE_CHAIN
    keys = [*_keys_of(asked.login)] if is_chain else [asked.key]
    profile = next((each for each in profiles if any(_same(each.key, key) for key in keys)), None)
    if profile is None and is_chain:
        return ProvisionKeyRefused("no device profile has the certificate that the unit's is from")
    if profile is None:
        return DeviceRefused("the key is that of another account than the engineer's")
    if profile.strategy is not asked.options.told_strategy:
        return _of_another_strategy(asked, profile)
    device = await Names(asked.rest).find(asked.name)
    if device is None:
        return await _of_missing(asked, profile)
    if id_in(device, "deviceProfileId") != profile.id:
        kind = text_in(device, "type")
        return DeviceElsewhere(f"{asked.name} is registered as {kind}, not {profile.name}")
    return await _of_present(asked, profile, id_in(device))


async def _of_missing(asked: _Asked, profile: DeviceProfile) -> Fault:
    """Explain why a device that is not there was not made."""
    makes_none = profile.strategy is Strategy.CERTIFICATE_CHAIN and not profile.may_create
    if profile.strategy is Strategy.PRE_PROVISIONED or makes_none:
        return NotRegistered(f"{asked.name} is not registered as {profile.name}")
    held, most = await _usage(asked.rest)
    if most and held >= most:
        return AccountFull(f"{held} devices, {most} at most")
    if profile.strategy is Strategy.CERTIFICATE_CHAIN:
        return DeviceRefused(
            f"{asked.name} was not made: does its certificate say this name, and is it valid today?"
        )
    in_use = await _is_in_use(asked)
    if in_use:
        return LoginTaken(f"another device than {asked.name} is let in by it")
    if asked.login and in_use is None and most is not None:
        return LoginTaken(f"nothing else explains why {asked.name} was not made")
    return DeviceRefused(f"{asked.name} is free, the key is right: the register tells no reason")


async def _of_present(asked: _Asked, profile: DeviceProfile, device: str) -> Fault:
    """Explain why a device that is there, as this product, was not provisioned."""
    if profile.strategy is Strategy.CERTIFICATE_CHAIN:
        told = object_in(await asked.rest.get(f"api/device/{device}/credentials"))
        kind = text_in(told, "credentialsType")
        if kind != LoginKind.X509_CERTIFICATE:
            return DeviceExists(f"{asked.name} is let in by {kind}, and keeps that")
        return DeviceRefused(f"{asked.name} is there: is its certificate valid today?")
    state, since = await _provision_state(asked.rest, device)
    how = f"{asked.name} {state} {since}".rstrip()
    if profile.strategy is Strategy.ALLOW_NEW:
        return DeviceExists(how if state else f"{asked.name} is registered, and not provisioned")
    if state:
        return ProvisionedAlready(how)
    return DeviceRefused(
        f"{asked.name} is registered and not provisioned: was it changed just now?"
    )


def _of_another_strategy(asked: _Asked, found: DeviceProfile) -> StrategyWrong:
    return StrategyWrong(f"{found.name} has {found.strategy}, not {asked.options.told_strategy}")


async def _is_in_use(asked: _Asked) -> bool | None:
    """Tell whether a device is let in by the login that was asked for; None when nobody knows."""
    if asked.login is None or asked.admits is None:
        return None
    try:
        admitted = await asked.admits(asked.login)
    except CloudFault:
        return None
    # a name without its password, or a key we can't show, may be taken all the same
    is_sure = admitted or asked.login.kind is LoginKind.ACCESS_TOKEN
    return admitted if is_sure else None


async def _usage(rest: Rest) -> tuple[int, int | None]:
    """Return how many devices the account holds and may hold: 0 is any number, None unknown."""
    try:
        told = object_in(await rest.get("api/usage"))
    except NotThere:  # servers before 3.5 don't tell
        return 0, None
    held, most = told.get("devices"), told.get("maxDevices")
    if not isinstance(held, int) or not isinstance(most, int):
        raise CloudNonsense("a usage without devices")
    return held, most


async def _provision_state(rest: Rest, device: str) -> tuple[str, str]:
    """Return a device's provision state, and since when; both empty when it has none.

    The audit log would say the same, with the provision secret beside it.
    """
    path = f"api/plugins/telemetry/DEVICE/{device}/values/attributes/SERVER_SCOPE"
    told = (await rest.get(path, {"keys": PROVISION_STATE})).body
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict) and each.get("key") == PROVISION_STATE:
            return str(each.get("value")), _since(each.get("lastUpdateTs"))
    return "", ""


def _since(at_ms: object) -> str:
    if not isinstance(at_ms, int) or not 0 < at_ms < 4e12:
        return ""
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return f"since {at:%Y-%m-%d %H:%M} UTC"


def _keys_of(login: Login | None) -> Iterator[str]:
    """Yield what the server makes provision keys of, for each certificate: SHA3-256 of its base64."""
    chain = login.value("certificate") if login else ""
    for body in _CERTIFICATE.findall(chain):
        try:
            der = base64.b64decode(body)
        except binascii.Error:
            continue
        yield hashlib.sha3_256(base64.b64encode(der)).hexdigest()


def _same(one: str, other: str) -> bool:
    return bool(one) and secrets.compare_digest(one.encode(), other.encode())
