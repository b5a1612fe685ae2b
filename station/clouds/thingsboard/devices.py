"""Devices of the register: what is true of one, and what is done to it. Each can be asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from station.clouds.replies import NotThere
from station.clouds.thingsboard import attributes
from station.clouds.thingsboard.attributes import SERIAL
from station.clouds.thingsboard.census import PROVISION_STATE
from station.clouds.thingsboard.credentials import login_in, to_send
from station.clouds.thingsboard.names import Names
from station.clouds.thingsboard.profiles import Profiles
from station.clouds.thingsboard.refusals import Changed
from station.clouds.thingsboard.rest import Rest, object_in
from station.clouds.thingsboard.shapes import NOBODY, id_in, ref, text_in
from station.clouds.thingsboard.words import check_name
from station.faults import DeviceElsewhere, DeviceExists, LoginTaken, NotRegistered
from station.model import DeviceEntry, Listed, Login

ACTIVE, CONNECTED, HEARD = "active", "lastConnectTime", "lastActivityTime"
_STATE = (PROVISION_STATE, ACTIVE, CONNECTED, HEARD)
_ATTEMPTS = 3
"""At one that somebody else changes at the same time."""


class Devices:
    """The devices of a tenant, by their names."""

    def __init__(self, rest: Rest, profiles: Profiles, names: Names) -> None:
        self._rest, self._profiles, self._names = rest, profiles, names

    async def entry(self, name: str) -> DeviceEntry | None:
        """As `KeepsRegister.entry`."""
        found = await self._names.find(name)
        if found is None:
            return None
        device = id_in(found)
        try:
            held = await attributes.read(self._rest, device, _STATE)
            customer = await self._customer_of(found)
        except NotThere:  # deleted between two questions
            return None
        return _entry(found, held, customer)

    async def login_of(self, name: str) -> Login:
        """As `KeepsRegister.login_of`.

        Raises:
            CloudRefused: it is let in by something that no board is given.

        """
        return login_in(await self._names.on(name, self._credentials))

    async def enter(self, device: Listed, login: Login | None) -> DeviceEntry:
        """As `KeepsRegister.enter`; its serial number becomes an attribute, if it has none yet."""
        check_name(device.name)
        # asked first: before a refusal came in its place, device-with-credentials overwrote the
        # device that has the name, login and all (DeviceServiceImpl of 3.3 and later)
        if (found := await self._names.find(device.name)) is not None:
            return await self._kept(found, device)
        try:
            made = await self._make(device, login)
        except (DeviceExists, LoginTaken) as no:
            if (found := await self._names.find(device.name)) is None:
                raise no from None
            return await self._kept(found, device)
        await self._write_serial(device)
        return _entry(made, {}, "")

    async def reset(self, name: str) -> None:
        """As `KeepsRegister.reset`."""
        found = await self._names.device(name)
        await attributes.remove(self._rest, id_in(found), (PROVISION_STATE,))

    async def replace_login(self, name: str, login: Login) -> None:
        """As `KeepsRegister.replace_login`; nothing is done when it is the device's already."""
        device = id_in(await self._names.device(name))
        for left in reversed(range(_ATTEMPTS)):
            held = await self._credentials(device)
            if _has(held, login):
                return
            sent = {key: held[key] for key in ("id", "deviceId", "version") if key in held}
            try:
                await self._rest.post("api/device/credentials", {**sent, **to_send(login)})
            except Changed:
                if not left:
                    raise
            else:
                return

    async def write_attributes(self, name: str, values: Mapping[str, Any]) -> None:
        """As `KeepsRegister.write_attributes`; see `attributes` for how texts stay texts."""
        await self._names.on(name, lambda device: attributes.write(self._rest, device, values))

    async def attributes(self, name: str, *keys: str) -> dict[str, Any]:
        """Return those of these attributes of the server's scope that the device has."""
        return await self._names.on(name, lambda device: attributes.read(self._rest, device, keys))

    async def open_claim(self, name: str, secret: SecretStr, until_ms: int) -> None:
        """As `KeepsRegister.open_claim`; a window that is open is replaced."""
        window = {"secretKey": secret.get_secret_value(), "expirationTime": until_ms}
        # the second is for servers that let nothing be claimed that nobody has allowed to
        await self.write_attributes(name, {"claimingData": window, "claimingAllowed": True})

    async def _make(self, device: Listed, login: Login | None) -> Mapping[str, Any]:
        """Make a device; a profile that is gone is looked for again."""
        try:
            return await self._made(device, login)
        except NotThere:
            self._profiles.forget()
            return await self._made(device, login)

    async def _made(self, device: Listed, login: Login | None) -> Mapping[str, Any]:
        profile = await self._profiles.known()
        # never by its type: a type that names no profile makes one
        sent: dict[str, Any] = {
            "name": device.name,
            "deviceProfileId": ref("DEVICE_PROFILE", profile.id),
        }
        if device.label:
            sent["label"] = device.label
        if login is None:
            reply = await self._rest.post("api/device", sent)
        else:
            both = {"device": sent, "credentials": to_send(login)}
            reply = await self._rest.post("api/device-with-credentials", both)
        return self._names.keep(object_in(reply))

    async def _kept(self, found: Mapping[str, Any], device: Listed) -> DeviceEntry:
        """Return the entry of a device that was there, if it is the product's."""
        profile = await self._profiles.profile()
        if id_in(found, "deviceProfileId") != profile.id:
            raise DeviceElsewhere(f"{device.name} is registered as {text_in(found, 'type')}")
        if device.serial and not await self.attributes(device.name, SERIAL):
            await self._write_serial(device)
        entry = await self.entry(device.name)
        if entry is None:
            raise NotRegistered(f"{device.name} was deleted a moment ago")
        return entry

    async def _write_serial(self, device: Listed) -> None:
        if device.serial:
            await self.write_attributes(device.name, {SERIAL: device.serial})

    async def _credentials(self, device: str) -> Mapping[str, Any]:
        return object_in(await self._rest.get(f"api/device/{device}/credentials"))

    async def _customer_of(self, device: Mapping[str, Any]) -> str:
        if id_in(device, "customerId") == NOBODY:
            return ""
        info = await self._rest.get(f"api/device/info/{id_in(device)}")
        return text_in(object_in(info), "customerTitle")


def _entry(device: Mapping[str, Any], held: Mapping[str, Any], customer: str) -> DeviceEntry:
    # HTTP and CoAP have no connection: there the last sign of life stands for it
    connected_ms = held.get(CONNECTED) or held.get(HEARD) or 0
    return DeviceEntry(
        id=id_in(device),
        name=text_in(device, "name"),
        profile=text_in(device, "type"),
        label=text_in(device, "label"),
        customer=customer,
        provisioned=str(held.get(PROVISION_STATE, "")),
        active=held.get(ACTIVE) is True,
        connected_ms=connected_ms if isinstance(connected_ms, int) else 0,
    )


def _has(held: Mapping[str, Any], login: Login) -> bool:
    """Tell whether these credentials are `login` already; those of other kinds are not."""
    return held.get("credentialsType") == login.kind and login.lets_in_as(login_in(held))
