"""What the stories of provisioning have in common: names, values for the board, the last touches."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from string import Formatter
from time import time
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from station import logins
from station.boards import Board, TakesCredentials
from station.clouds import Cloud, KeepsRegister, ProvisionsDevices
from station.faults import (
    AdminKeyMissing,
    NameRefused,
    NotRegistered,
    RecipeWrong,
)
from station.model import Claim, Identity, Listed, Login, LoginKind, Strategy, WifiNetwork
from station.record import CLAIM_SECRET
from station.run import Run

LONGEST_NAME = 255
"""Letters in the name of a device, as ThingsBoard takes it."""
MOST_DAYS = 3650
DAY_MS = 86_400_000


class NameOptions(BaseModel):
    """What the cloud's device is called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        default="{serial}",
        min_length=1,
        max_length=LONGEST_NAME,
        description="the device's name, no two alike; {serial}, {model} and every id of the unit "
        "stand for what the board says",
    )
    label: str = Field(
        default="", max_length=LONGEST_NAME, description="its label, made as the name is"
    )

    @field_validator("name", "label")
    @classmethod
    def _stands_in_braces(cls, text: str) -> str:
        try:
            found = [each for each in Formatter().parse(text) if each[1] is not None]
        except ValueError as exc:
            raise ValueError(f"braces: {exc}") from None
        if any(form or conversion or not part for _, part, form, conversion in found):
            raise ValueError("the name of an id stands alone in its braces")
        return text


class FinishOptions(BaseModel):
    """What is done with a device once it is provisioned; all of it needs an engineer's key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    customer: str = Field(
        default="", max_length=255, description="the title of the customer it is assigned to"
    )
    attributes: dict[str, str | int | float | bool] = Field(
        default={}, description="attributes of the server's side: { batch = 'B-42' }"
    )
    unit_attributes: bool = Field(
        default=False,
        description="write serial, model, firmware, station, operator and the number of the run "
        "as attributes too",
    )
    claim_days: float | None = Field(
        default=None,
        gt=0,
        le=MOST_DAYS,
        examples=[365],
        description="let a customer take the device for so many days with a secret that is made "
        "for its label",
    )
    online_within_s: float | None = Field(
        default=None,
        gt=0,
        le=30 * 86_400,
        examples=[300],
        description="follow the unit in the background, and report it if the cloud has not seen it "
        "active by then",
    )

    @property
    def needs_register(self) -> str:
        """The first option that needs an engineer's key; empty when none is set."""
        there = {
            "customer": self.customer,
            "attributes": self.attributes,
            "unit_attributes": self.unit_attributes,
            "claim_days": self.claim_days,
            "online_within_s": self.online_within_s,
        }
        return next((name for name, value in there.items() if value), "")


class BoardOptions(BaseModel):
    """What the board is given beside its credential."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(
        default="",
        examples=["factory"],
        description="the wireless network that the board is given, as 'station networks list' "
        "calls it",
    )


Credential = Literal["access token", "mqtt basic", "certificate", "from the cloud"]


def provisions(cloud: Cloud) -> ProvisionsDevices:
    """Return what the cloud can do; the recipe was checked for it."""
    return cast(ProvisionsDevices, cloud)


def takes(board: Board) -> TakesCredentials:
    return cast(TakesCredentials, board)


def register_of(cloud: Cloud, what: str) -> KeepsRegister:
    """Return the register.

    Raises:
        AdminKeyMissing: the recipe has no key to it, and `what` needs one.

    """
    if register := provisions(cloud).register:
        return register
    raise AdminKeyMissing(f"{what} needs it")


def listed(options: NameOptions, identity: Identity) -> Listed:
    """Return what the unit is to be registered as.

    Raises:
        RecipeWrong: the name is made of an id that the board does not tell.
        NameRefused: it is too long, or empty.

    """
    name = _made_of(options.name, identity)
    if not 0 < len(name) <= LONGEST_NAME or name != name.strip():
        raise NameRefused(f"a name has 1 to {LONGEST_NAME} letters, and no blank at its ends")
    return Listed(name, identity.serial, _made_of(options.label, identity)[:LONGEST_NAME])


def _made_of(text: str, identity: Identity) -> str:
    told = {
        **dict((*identity.told, *identity.ids)),
        "serial": identity.serial,
        "model": identity.model,
        "firmware": identity.firmware,
        "hardware": identity.hardware,
        "kind": identity.kind,
    }
    try:
        return text.format_map(told)
    except (KeyError, IndexError, AttributeError):
        known = ", ".join(sorted(told))
        raise RecipeWrong(
            f"{text!r} names what this board does not tell; it tells {known}"
        ) from None


def network_values(run: Run, name: str) -> dict[str, SecretStr]:
    """Return what a board is told of its network; nothing where the recipe names none.

    Raises:
        NetworkMissing, SettingsWrong: it can't be used.
        RecipeWrong: it is not a wireless one.

    """
    if not name:
        return {}
    network = run.network(name)
    if not isinstance(network, WifiNetwork):
        raise RecipeWrong(f"{name} is no wireless network")
    return {"ssid": SecretStr(network.ssid), "password": network.password}


def check_filled(board: Board, cloud: Cloud, there: set[str]) -> None:
    """See that the board can be given all that it wants, before anything is done to it.

    Raises:
        RecipeWrong: something is missing.
        AdminKeyMissing: it wants its id, and nobody can ask for that.

    """
    if "device_id" in takes(board).wanted():
        register_of(cloud, "{device_id}")
    if missing := sorted(takes(board).wanted() - there):
        names = ", ".join(f"{{{each}}}" for each in missing)
        raise RecipeWrong(f"the board wants {names}, which this recipe does not give it")


async def values_for(
    board: Board, cloud: Cloud, name: str, kind: LoginKind, more: Mapping[str, SecretStr]
) -> dict[str, SecretStr]:
    """Return all that the board may want: its name, where its cloud is, and `more`."""
    values = {**provisions(cloud).reach(kind), "name": SecretStr(name), **more}
    if "device_id" in takes(board).wanted():
        entry = await register_of(cloud, "{device_id}").entry(name)
        if entry is None:
            raise NotRegistered(name)
        values["device_id"] = SecretStr(entry.id)
    return values


async def finish(run: Run, cloud: Cloud, device: Listed, identity: Identity) -> None:
    """Do what the recipe wants of the register, the cheapest to repeat last."""
    options = run.options(FinishOptions)
    if not options.needs_register:
        return
    register = register_of(cloud, options.needs_register)
    if options.customer:
        await register.assign(device.name, options.customer)
    if attributes := {**options.attributes, **_of_unit(run, options, identity)}:
        await register.write_attributes(device.name, attributes)
    if options.claim_days:
        await _open_claim(run, cloud, register, device.name, options.claim_days)
    if options.online_within_s:
        claim = Claim(provisions(cloud).name, device.name)
        await run.follow(cloud, claim, options.online_within_s)


def _of_unit(run: Run, options: FinishOptions, identity: Identity) -> dict[str, Any]:
    if not options.unit_attributes:
        return {}
    told = {
        "serial": identity.serial,
        "model": identity.model,
        "firmware": identity.firmware,
        "station": run.station,
        "operator": run.operator,
    }
    return {**{name: value for name, value in told.items() if value}, "stationRun": run.number}


async def _open_claim(
    run: Run, cloud: Cloud, register: KeepsRegister, name: str, days: float
) -> None:
    """Open the window with the secret that is on the unit's label already, if there is one."""
    door = provisions(cloud)
    kept = await run.kept(door, name, CLAIM_SECRET)
    secret = kept[0] if kept else SecretStr(secrets.token_hex(8).upper())
    if not kept:
        await run.keep(door, name, CLAIM_SECRET, secret)
    await register.open_claim(name, secret, int(time() * 1000 + days * DAY_MS))


def registers_first(strategy: Strategy, *, may_create: bool) -> bool:
    """Tell whether a device must be registered before it is provisioned."""
    if strategy is Strategy.CERTIFICATE_CHAIN:
        return not may_create
    return strategy is Strategy.PRE_PROVISIONED


async def must_register(cloud: Cloud) -> bool:
    """As `registers_first`, for the profile at hand."""
    door = provisions(cloud)
    may_create = True
    if door.strategy is Strategy.CERTIFICATE_CHAIN and door.register:
        may_create = (await door.register.profile()).may_create
    return registers_first(door.strategy, may_create=may_create)


def read_all(texts: tuple[SecretStr, ...]) -> tuple[Login, ...]:
    """Return the logins that were kept as these texts."""
    return tuple(logins.read(each) for each in texts)
