"""The entities of a ThingsBoard instance and what must hold among them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from station.simulation import thingsboard_credentials as credentials
from station.simulation.thingsboard_nouns import (
    NOBODY,
    Credentials,
    Customer,
    Device,
    Event,
    Profile,
    Tenant,
)
from station.simulation.thingsboard_refusals import ENTITY_LIMIT, Refused, missing

_LONGEST = 255
_SCRIPT = re.compile(r"<[a-zA-Z/!?]|\{\{.*\}\}", re.DOTALL)
KEY_TAKEN = "Device profile with such provision device key already exists!"
CERTIFICATE_TAKEN = "Device profile with such certificate already exists!"


class Registry:
    """Tenants, customers, profiles and devices; names are a tenant's, credential ids everybody's.

    Each of `watchers` is called with a device whose credentials were replaced or that is gone.
    `clock_ahead_s` is by how much the instance's clock is wrong.
    """

    def __init__(self) -> None:
        self.tenants: dict[str, Tenant] = {}
        self.customers: dict[str, Customer] = {}
        self.profiles: dict[str, Profile] = {}
        self.devices: dict[str, Device] = {}
        self.events: list[Event] = []
        self.watchers: list[Callable[[Device], None]] = []
        self.clock_ahead_s = 0.0
        self._by_name: dict[tuple[str, str], Device] = {}
        self._by_lookup: dict[str, Device] = {}

    def now_ms(self) -> int:
        """Return the time in Unix milliseconds, by the instance's clock."""
        return int((time.time() + self.clock_ahead_s) * 1000)

    def add_tenant(self, title: str, device_limit: int | None = None) -> Tenant:
        """Make a tenant, with a default profile."""
        tenant = Tenant(title, device_limit)
        self.tenants[tenant.id] = tenant
        self.add_profile(Profile(tenant.id, "default", self.now_ms(), is_default=True))
        return tenant

    def add_customer(self, tenant: str, title: str) -> Customer:
        """Make a customer.

        Raises:
            Refused: the tenant has one of this title.

        """
        _check_text("Customer title", title)
        if any((c.tenant, c.title) == (tenant, title) for c in self.customers.values()):
            raise Refused("Customer with such title already exists!")
        customer = Customer(tenant, title, self.now_ms())
        self.customers[customer.id] = customer
        return customer

    def add_profile(self, profile: Profile) -> Profile:
        """Keep a profile.

        Raises:
            Refused: its name is taken in its tenant, or its key on the instance.

        """
        self.check_profile(profile)
        self.profiles[profile.id] = profile
        return profile

    def check_profile(self, profile: Profile) -> None:
        """Look at a profile that is to be kept.

        Raises:
            Refused: its name is taken in its tenant, or its key on the instance.

        """
        _check_text("Device profile name", profile.name)
        others = [known for known in self.profiles.values() if known.id != profile.id]
        if any((o.tenant, o.name) == (profile.tenant, profile.name) for o in others):
            raise Refused("Device profile with such name already exists!")
        if profile.key is not None and any(o.key == profile.key for o in others):
            is_chain = profile.provision_type == "X509_CERTIFICATE_CHAIN"
            raise Refused(CERTIFICATE_TAKEN if is_chain else KEY_TAKEN)

    def profile_by_key(self, key: str) -> Profile | None:
        """Return the profile that has this provision key, of whichever tenant."""
        return next((known for known in self.profiles.values() if known.key == key), None)

    def profile_named(self, tenant: str, name: str) -> Profile | None:
        """Return a tenant's profile; "" is the default one."""
        for known in self.profiles.values():
            if known.tenant == tenant and (known.name == name or (not name and known.is_default)):
                return known
        return None

    def profile_of_type(self, tenant: str, name: str) -> Profile:
        """Return a tenant's profile, "" for the default one; one that is not there is made.

        Raises:
            Refused: the name can't be a profile's.

        """
        known = self.profile_named(tenant, name)
        return known or self.add_profile(Profile(tenant, name, self.now_ms()))

    def add_device(
        self,
        profile: Profile,
        name: str,
        given: Credentials | None = None,
        *,
        label: str | None = None,
        info: dict[str, Any] | None = None,
    ) -> Device:
        """Make a device; nothing is left behind when it is refused.

        Raises:
            Refused: its name or credentials are, or the tenant has its limit of devices.

        """
        self.check_name(profile.tenant, name)
        self._check_limit(profile.tenant)
        held = given or credentials.token(credentials.random_text())
        self._check_free(held, None)
        device = Device(profile.tenant, name, profile, held, self.now_ms(), label, info=info or {})
        self.devices[device.id] = device
        self._by_name[device.tenant, name] = device
        self._by_lookup[held.lookup] = device
        self.tell("ENTITY_CREATED", device)
        return device

    def device_named(self, tenant: str, name: str) -> Device | None:
        """Return a tenant's device by its exact name."""
        return self._by_name.get((tenant, name))

    def device_by_lookup(self, lookup: str) -> Device | None:
        """Return the device whose credentials have this id, of whichever tenant."""
        return self._by_lookup.get(lookup)

    def check_name(self, tenant: str, name: str, own: Device | None = None) -> None:
        """Look at a name that a device is to have.

        Raises:
            Refused: it is empty, too long, like a script, has a NUL in it, or is taken.

        """
        _check_text("Device name", name)
        if self.device_named(tenant, name) not in {None, own}:
            raise Refused("Device with such name already exists!")

    def rename(self, device: Device, name: str) -> None:
        """Give a device another name.

        Raises:
            Refused: as `check_name`.

        """
        self.check_name(device.tenant, name, device)
        del self._by_name[device.tenant, device.name]
        device.name = name
        self._by_name[device.tenant, name] = device

    def set_credentials(self, device: Device, given: Credentials) -> None:
        """Replace a device's credentials; its live sessions end.

        Raises:
            Refused: another device of the instance has them.

        """
        self._check_free(given, device)
        del self._by_lookup[device.credentials.lookup]
        device.credentials = given
        device.credentials_version += 1
        self._by_lookup[given.lookup] = device
        self._tell_watchers(device)

    def remove_device(self, device: Device) -> None:
        """Forget a device; its live sessions end."""
        del self.devices[device.id]
        del self._by_name[device.tenant, device.name]
        del self._by_lookup[device.credentials.lookup]
        self._tell_watchers(device)

    def assign(self, device: Device, customer: str) -> None:
        """Give a device to a customer; to `NOBODY` takes it back.

        Raises:
            Refused: 404, the tenant has no such customer.

        """
        if customer != NOBODY:
            known = self.customers.get(customer)
            if known is None or known.tenant != device.tenant:
                raise missing()
        device.customer = customer
        device.version += 1

    def set_attributes(self, device: Device, scope: str, values: dict[str, Any]) -> None:
        """Keep attributes that have been cast already."""
        device.attributes[scope].update(values)
        now = self.now_ms()
        device.written_ms.update({(scope, key): now for key in values})

    def tell(self, kind: str, device: Device, request: dict[str, Any] | None = None) -> None:
        """Put an event in the log, with the request that led to it."""
        told = (kind, device.id, device.name, self.now_ms(), request or {}, device.tenant)
        self.events.append(Event(*told))

    def _check_limit(self, tenant: str) -> None:
        limit = self.tenants[tenant].device_limit
        if limit is None or sum(d.tenant == tenant for d in self.devices.values()) < limit:
            return
        words = "Devices limit reached"
        raise Refused(
            words, 403, ENTITY_LIMIT, "EntitiesLimitExceededException", entityType="DEVICE",
            limit=limit,
        )  # fmt: skip

    def _check_free(self, given: Credentials, own: Device | None) -> None:
        if self.device_by_lookup(given.lookup) not in {None, own}:
            words = "Device credentials are already assigned to another device!"
            raise Refused(words, kind="DeviceCredentialsValidationException")

    def _tell_watchers(self, device: Device) -> None:
        for tell in tuple(self.watchers):
            tell(device)


def _check_text(what: str, text: str) -> None:
    if not text.strip():
        raise Refused(f"{what} should be specified!")
    if len(text) > _LONGEST:
        raise Refused(f"{what} length must be equal or less than {_LONGEST}")
    if _SCRIPT.search(text):
        raise Refused(f"{what} is malformed")
    if "\x00" in text:
        raise Refused(f"{what} should not contain 0x00 symbol")
