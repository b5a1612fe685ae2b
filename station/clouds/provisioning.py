"""Clouds that devices are provisioned in, and the registers that they keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

from pydantic import BaseModel, SecretStr

from station.clouds.account import Releases, TellsStandings
from station.model import (
    DeviceEntry,
    DeviceProfile,
    Listed,
    Login,
    LoginKind,
    Reconciled,
    Strategy,
)


@runtime_checkable
class ProvisionsDevices(Releases, TellsStandings, Protocol):
    """A cloud that devices are provisioned in by a product's key and secret. Can be asked twice.

    A device's subject is its name, which no two devices of an account share.
    """

    name: ClassVar[str]

    @property
    def strategy(self) -> Strategy:
        """Which devices the product's profile lets in, as the recipe has it."""
        ...

    def reach(self, kind: LoginKind) -> Mapping[str, SecretStr]:
        """Return what a device with such a login must know: `host` and `port`, as scripts call it.

        Raises:
            TransportRefused: the recipe names no transport that such a login can take.

        """
        ...

    @property
    def provision_words(self) -> Mapping[str, SecretStr]:
        """What a device must know to provision itself: `provision_key` and `provision_secret`."""
        ...

    @property
    def register(self) -> KeepsRegister | None:
        """The account's register, which an engineer's key opens; None when the recipe has none."""
        ...

    async def provision(self, name: str, login: Login | None) -> Login:
        """Provision the device `name` and return the login that it has from now on.

        With `login` that is the one asked for; None leaves it to the cloud, as does a profile of
        known devices. With a certificate chain the device's own login is made, and shown to work.

        Raises:
            ProvisionKeyRefused, ProvisioningOff, StrategyWrong, AccountFull, LoginTaken,
            NameRefused, NotRegistered, ProvisionedAlready, DeviceExists, DeviceElsewhere: what is
                true, where the register tells it.
            DeviceRefused: it was refused, and nobody tells why.
            CloudFault: `leaves_open` says whether it may be provisioned all the same.

        """
        ...

    async def provisioned(self, name: str, login: Login | None) -> Login | None:
        """Return the login of the device if it is provisioned, None if not; changes nothing.

        It is proven by using `login`, or told by the register.

        Raises:
            CloudFault: that can't be found out.

        """
        ...

    async def admits(self, login: Login) -> bool:
        """Tell whether the cloud lets a device in, by the transport that devices use.

        Raises:
            TransportRefused: the profile does not allow this transport.
            CloudFault: it can't be told.

        """
        ...

    async def send(self, login: Login, telemetry: Mapping[str, Any]) -> None:
        """Send telemetry as the device would.

        Raises:
            LoginRefused: the cloud does not let it in.

        """


@runtime_checkable
class KeepsRegister(Protocol):
    """The register of an account: what an engineer's key opens. Every verb can be asked twice.

    Devices are called by their names; every verb that needs one raises NotRegistered when there is
    none, and CloudFault as the cloud answers.
    """

    async def profile(self) -> DeviceProfile:
        """Return the product's profile: by the recipe's name for it, or by the provision key.

        Raises:
            ProvisionKeyRefused: there is none.

        """
        ...

    async def make_profile(
        self, name: str, strategy: Strategy, transport: str = "DEFAULT", authority: str = ""
    ) -> DeviceProfile:
        """Return the profile `name`; one that is not there is made, with a strong key and secret.

        `authority` is the PEM of the certificate that issues the devices', for a certificate chain.

        Raises:
            StrategyWrong: there is one, with another strategy or transport.

        """
        ...

    async def entry(self, name: str) -> DeviceEntry | None:
        """Return what is registered under `name`, None for nothing."""
        ...

    async def login_of(self, name: str) -> Login:
        """Return what lets the device in now."""
        ...

    async def enter(self, device: Listed, login: Login | None) -> DeviceEntry:
        """Register a device under the product's profile; one that is there keeps what it has.

        Raises:
            DeviceElsewhere: it is registered as another product.
            LoginTaken, NameRefused, AccountFull: it can't be registered.

        """
        ...

    async def enter_many(self, devices: Sequence[Listed]) -> tuple[tuple[str, str], ...]:
        """Register a list by bulk import; return names that were refused, each with the reason."""
        ...

    async def reconcile(self, devices: Sequence[Listed]) -> Reconciled:
        """Compare a list with what is registered."""
        ...

    async def reset(self, name: str) -> None:
        """Take the device's provision state away, so that it can provision again."""

    async def replace_login(self, name: str, login: Login) -> None:
        """Have the device let in by `login` from now on; a live session with the old one ends.

        Raises:
            LoginTaken: another device has it.

        """

    async def rename(self, name: str, new_name: str) -> None:
        """Give the device another name.

        Raises:
            DeviceExists, NameRefused: it can't have it.

        """

    async def assign(self, name: str, customer: str) -> None:
        """Assign the device to the customer of this title; an empty title takes it from them all.

        Raises:
            CloudRefused: there is no such customer.

        """

    async def write_attributes(self, name: str, attributes: Mapping[str, Any]) -> None:
        """Write attributes of the server's scope; texts stay texts, leading zeros and all."""

    async def open_claim(self, name: str, secret: SecretStr, until_ms: int) -> None:
        """Let a customer who knows `secret` take the device until `until_ms`, Unix milliseconds."""


class Administered(Releases, Protocol):
    """A cloud that was opened by an engineer's key, before there is a product to make."""

    @property
    def register(self) -> KeepsRegister | None:
        """The register; it is there when the cloud was opened by `administer`."""
        ...

    def secrets_of(self, profile: DeviceProfile) -> Mapping[str, SecretStr]:
        """Return a profile's secrets by the names under which the keystore is to hold them."""
        ...


@runtime_checkable
class HasRegister(Protocol):
    """A kind of cloud whose register an engineer can work on."""

    @classmethod
    def administer(
        cls, options: BaseModel, secret: Callable[[str], SecretStr], folder: Path = Path()
    ) -> Administered:
        """As `CloudKind.open`; only the engineer's key is needed.

        Raises:
            AdminKeyMissing: the recipe names none.
            SecretMissing: the keystore does not hold it.

        """
        ...
