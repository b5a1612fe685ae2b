"""The register of a tenant: its device profiles and its devices, opened by an engineer's key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import SecretStr

from station.clouds.thingsboard import bulk
from station.clouds.thingsboard.devices import Devices
from station.clouds.thingsboard.fleet import Fleet
from station.clouds.thingsboard.names import Names
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.profiles import Profiles
from station.clouds.thingsboard.rest import Rest, object_in
from station.clouds.thingsboard.shapes import text_in
from station.clouds.thingsboard.standings import Standings
from station.faults import CloudFault, KeyForbidden
from station.model import DeviceEntry, DeviceProfile, Listed, Login, Reconciled, Standing, Strategy

WARM_AFTER_S = 30.0
"""A connection that was idle this long may be gone: servers commonly close after 60 s."""

_ADMIN = "TENANT_ADMIN"


class Register:
    """As `KeepsRegister`, and what the cloud itself asks of it.

    `provision_key` finds the product's profile where the recipe names none.
    """

    def __init__(
        self,
        rest: Rest,
        options: ThingsBoardOptions,
        provision_key: SecretStr = SecretStr(""),  # noqa: B008 - frozen, and empty
    ) -> None:
        names = Names(rest)
        self._rest = rest
        self._profiles = Profiles(rest, options, provision_key)
        self._devices = Devices(rest, self._profiles, names)
        self._fleet = Fleet(rest, names)
        self._standings = Standings(rest, names)

    async def probe(self) -> None:
        """Try the key: it must be that of a tenant's administrator.

        Raises:
            KeyRefused: it is no key.
            KeyForbidden: it is somebody else's.
            CloudFault: that can't be found out.

        """
        user = object_in(await self._rest.get("api/auth/user"))
        if (authority := text_in(user, "authority")) != _ADMIN:
            raise KeyForbidden(f"its user is {authority or 'nobody'}, and must be {_ADMIN}")

    async def warm(self) -> None:
        """Have a connection and a token ready for what comes; never raises a fault."""
        if self._rest.idle_s > WARM_AFTER_S:
            with suppress(CloudFault):  # what comes will find out, and say so
                await self.probe()

    async def profile(self) -> DeviceProfile:
        return await self._profiles.profile()

    async def make_profile(
        self, name: str, strategy: Strategy, transport: str = "DEFAULT", authority: str = ""
    ) -> DeviceProfile:
        return await self._profiles.make(name, strategy, transport, authority)

    async def entry(self, name: str) -> DeviceEntry | None:
        return await self._devices.entry(name)

    async def login_of(self, name: str) -> Login:
        return await self._devices.login_of(name)

    async def enter(self, device: Listed, login: Login | None) -> DeviceEntry:
        return await self._devices.enter(device, login)

    async def enter_many(self, devices: Sequence[Listed]) -> tuple[tuple[str, str], ...]:
        return await bulk.enter_many(self._rest, await self._profiles.profile(), devices)

    async def reconcile(self, devices: Sequence[Listed]) -> Reconciled:
        return await bulk.reconcile(self._rest, await self._profiles.profile(), devices)

    async def reset(self, name: str) -> None:
        await self._devices.reset(name)

    async def replace_login(self, name: str, login: Login) -> None:
        await self._devices.replace_login(name, login)

    async def rename(self, name: str, new_name: str) -> None:
        await self._fleet.rename(name, new_name)

    async def assign(self, name: str, customer: str) -> None:
        await self._fleet.assign(name, customer)

    async def write_attributes(self, name: str, attributes: Mapping[str, Any]) -> None:
        await self._devices.write_attributes(name, attributes)

    async def attributes(self, name: str, *keys: str) -> dict[str, Any]:
        """Return those of these attributes of the server's scope that the device has.

        What `write_attributes` wrote is read as it was written.

        Raises:
            NotRegistered: there is no such device.

        """
        return await self._devices.attributes(name, *keys)

    async def open_claim(self, name: str, secret: SecretStr, until_ms: int) -> None:
        await self._devices.open_claim(name, secret, until_ms)

    async def delete(self, name: str) -> bool:
        """Delete the device with all that it sent; return whether there was one."""
        return await self._fleet.delete(name)

    async def standings(self, names: Sequence[str]) -> tuple[Standing, ...]:
        """As `TellsStandings.standings`."""
        return await self._standings.of(names)
