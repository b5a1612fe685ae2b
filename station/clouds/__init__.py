"""The door of the clouds: what every cloud can do. One file or folder a cloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from pydantic import BaseModel, SecretStr

from station.faults import Fault
from station.model import (
    Certificate,
    Claim,
    Connection,
    Onboarding,
    Order,
    Proof,
    SigningRequest,
    Standing,
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

    async def close(self) -> None:
        """Let go of all connections; safe to call twice."""


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
class TakesOrders(Releases, Protocol):
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

    async def standings(self, subjects: Sequence[str]) -> tuple[Standing, ...]:
        """Return how many units stand, in their order; fewer requests than one by one."""
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


class CloudKind(Cloud, Protocol):
    """A kind of cloud, as an entry point of the group `station.clouds` names it."""

    name: ClassVar[str]
    title: ClassVar[str]
    Options: ClassVar[type[BaseModel]]

    @classmethod
    def open(cls, options: BaseModel, secret: Callable[[str], SecretStr]) -> Self:
        """Make the client; `secret` returns what the keystore holds under a name.

        Raises:
            SecretMissing: the keystore does not hold it.

        """
        ...
