"""Clouds that are told of a board, or have devices made for them, and wait for it to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from pydantic import SecretStr

from station.clouds.account import Cloud, Releases
from station.model import (
    Certificate,
    Claim,
    Connection,
    Proof,
    SigningRequest,
    Support,
    Unit,
)


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
