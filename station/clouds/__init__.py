"""The door of the clouds: what every cloud can do. One file or folder a cloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from pydantic import BaseModel, SecretStr

from station.faults import Fault
from station.model import (
    Certificate,
    Claim,
    Connection,
    DeviceEntry,
    DeviceProfile,
    Listed,
    Login,
    LoginKind,
    Onboarding,
    Order,
    Proof,
    Reconciled,
    SigningRequest,
    Standing,
    Strategy,
    Support,
    Unit,
)


class Cloud(Protocol):
    """A cloud account. Every verb can be asked twice.

    `address` tells this account's server from others; open intents are settled where they began.
    """

    @property
    def address(self) -> str:
        """The server's base address; holds no secret."""
        ...

    async def prepare(self) -> None:
        """Make sure that all is there that claims will need; quick once it has succeeded.

        Raises:
            CloudFault: what it is that the station can't work with.

        """

    async def probe(self) -> None:
        """Ask the cloud something small that needs the key.

        Raises:
            CloudFault: what it is that the station can't work with.

        """

    async def warm(self) -> None:
        """Have a connection ready for the claim to come; never raises a fault."""

    async def held(self, subject: str) -> Claim | None:
        """Return our claim on the unit that `subject` names, None when we hold none."""
        ...

    async def close(self) -> None:
        """Let go of all connections; safe to call twice."""


@runtime_checkable
class TakesProofs(Cloud, Protocol):
    """A cloud that makes a unit ours for its proof alone."""

    async def check(self, proof: Proof) -> None:
        """Ask whether the unit could be ours, or is so already, and change nothing.

        Raises:
            TokenRefused, ClaimedElsewhere: it could not.

        """

    async def claim(self, proof: Proof) -> Claim:
        """Make the unit ours, or return the claim that we hold.

        Raises:
            TokenRefused, ClaimedElsewhere: it can't be ours.
            CloudFault: `leaves_open` says whether the claim may have been made all the same.

        """
        ...


@runtime_checkable
class TellsStandings(Cloud, Protocol):
    """A cloud that tells how units stand, long after they have left their slots."""

    async def standings(self, subjects: Sequence[str]) -> tuple[Standing, ...]:
        """Return how many units stand, in their order; fewer requests than one by one."""
        ...


@runtime_checkable
class Releases(Cloud, Protocol):
    """A cloud that can let go of a unit."""

    async def release(self, subject: str) -> bool:
        """Let go of the unit; return whether we held it."""
        ...


@runtime_checkable
class OnboardsBoards(Releases, Protocol):
    """A cloud that is told of a board first, and makes it a device when it comes by itself.

    A claim's `device_id` is that of the onboarding; the device's own comes with `device_of`.
    """

    async def support(self, fqbn: str) -> Support:
        """Return what the cloud says of a product.

        Raises:
            NotClaimable: it does not know it.

        """
        ...

    async def clock_offset_s(self) -> float:
        """Return by how many seconds the cloud's clock is ahead of ours."""
        ...

    async def enrol(self, proof: Proof, unit: Unit, connection: Connection, name: str) -> Claim:
        """Make the unit ours under `name`; one the cloud does not know is registered first, once.

        Raises:
            KeyMismatch: the cloud knows this board with another key.
            TokenRefused, ClaimedElsewhere: it can't be ours.
            CloudFault: `leaves_open` says whether the claim may have been made all the same.

        """
        ...

    async def device_of(self, subject: str, within_s: float) -> str:
        """Wait until the board has come to the cloud by itself; return its device's id.

        All who wait share one poll.

        Raises:
            NeverOnline: it has not come within `within_s` seconds.
            NotOurs: the onboarding is over, and there is no device.

        """
        ...

    async def sketch(self, fqbn: str) -> tuple[bytes, str, str]:
        """Return the provisioning sketch for a product: the image, its SHA-256 in hex, its name.

        Raises:
            ImageWrong: its digest does not fit.
            NotClaimable: there is none.

        """
        ...


@runtime_checkable
class KeepsDevices(Cloud, Protocol):
    """A cloud whose devices are made, named, tagged and attached by us. Can be asked twice."""

    async def devices(self, usb_serial: str) -> tuple[str, ...]:
        """Return the ids of the devices that were made for a board with this serial number."""
        ...

    async def create_device(self, unit: Unit, name: str, connection: Connection) -> str:
        """Make a device and return its id; asked twice there are two: look with `devices` first."""
        ...

    async def create_lora_device(
        self, unit: Unit, name: str, eui: str, frequency_plan: str
    ) -> Claim:
        """Make a LoRaWAN device; `write` of the claim holds its `app_eui` and `app_key`."""
        ...

    async def certify(self, device: str, request: SigningRequest) -> Certificate:
        """Have the cloud issue a certificate for the board's key."""
        ...

    async def set_key(self, device: str, key: SecretStr) -> None:
        """Set the secret by which the device logs in; the one before is of no use any more."""

    async def rename(self, device: str, name: str) -> None:
        """Give the device a name."""

    async def tag(self, device: str, tags: Mapping[str, str]) -> None:
        """Put tags on the device; those that it has under the same keys change."""

    async def attach(self, device: str, thing: str) -> None:
        """Attach a thing to the device, away from the one that had it."""

    async def has_device(self, device: str) -> bool:
        """Tell whether there is such a device."""
        ...

    async def delete_device(self, device: str) -> bool:
        """Delete the device; return whether there was one."""
        ...

    async def legacy_sketch(self, fqbn: str, which: str) -> tuple[bytes, str, str]:
        """Return a sketch of Provisioning 1.0, "crypto" or "lora", as `OnboardsBoards.sketch` does."""
        ...

    async def secret_names(self, device_type: str, connection: Connection) -> tuple[str, ...]:
        """Return the names by which a sketch of this type knows its network's secrets."""
        ...


@runtime_checkable
class TakesOrders(Releases, TakesProofs, TellsStandings, Protocol):
    """A cloud that keeps a queue of orders for each unit that it holds for us."""

    @property
    def most_claims(self) -> int:
        """How many units `claim_many` and `onboard` take in one request."""
        ...

    @property
    def authorities(self) -> str:
        """The certificates by which a unit knows this cloud's servers, as PEM."""
        ...

    async def order(self, subject: str, kind: str, body: Mapping[str, Any]) -> Order:
        """Put an order into the queue of the unit `subject`; `kind` and `body` in the vendor's words.

        Asked twice it is there twice: look for it with `orders` first when a reply was lost.

        Raises:
            NotOurs: the cloud holds no claim of ours on the unit.
            QueueFull: the unit has as many orders waiting as it may.
            CloudFault: `leaves_open` says whether the order may be there all the same.

        """
        ...

    async def orders(self, subject: str) -> tuple[Order, ...]:
        """Return the orders of a unit that the cloud still knows, in its order; none if not ours."""
        ...

    async def order_now(self, subject: str, order: str) -> Order:
        """Return an order as it stands; one that has left the queue is UNKNOWN, for it is over."""
        ...

    async def discard(self, subject: str, order: str) -> None:
        """Take an order out of the queue; one that is gone is no fault."""

    async def standing(self, subject: str) -> Standing:
        """Return how the unit stands."""
        ...

    async def call_in(self, subject: str, number: int) -> None:
        """Ask a unit that is connected to fetch its orders.

        `number` is from 1 to 4294967294 and must differ each time: the unit acts on a change.

        Raises:
            NeverOnline: the cloud has never seen the unit.

        """

    async def claim_many(self, claims: Sequence[Proof]) -> tuple[Claim | Fault, ...]:
        """Claim up to `most_claims` units in one request; one answer for each, in their order.

        A fault's `leaves_open` is meant for its unit alone.

        Raises:
            CloudFault: the request as a whole failed; `leaves_open` as for `claim`.

        """
        ...

    async def forget(self, subject: str) -> bool:
        """Have the cloud forget the device with its certificate and data; the claim stays.

        Returns whether it knew it.
        """
        ...

    async def onboard(self, units: Sequence[Onboarding]) -> tuple[Fault | None, ...]:
        """Register up to `most_claims` units with certificates of our own, in one request.

        Waits for the end and returns for each, in their order, why it was refused, or None.

        Raises:
            CloudFault: the request as a whole failed; `leaves_open` as for `claim`.

        """
        ...


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


class CloudKind(Cloud, Protocol):
    """A kind of cloud, as an entry point of the group `station.clouds` names it."""

    name: ClassVar[str]
    title: ClassVar[str]
    Options: ClassVar[type[BaseModel]]

    @classmethod
    def open(
        cls, options: BaseModel, secret: Callable[[str], SecretStr], folder: Path = Path()
    ) -> Self:
        """Make the client; `secret` returns what the keystore holds under a name.

        `folder` is where the recipe lies: files that it names are found from there.

        Raises:
            SecretMissing: the keystore does not hold it.
            RecipeWrong: a file that it names can't be used.

        """
        ...
