"""What every cloud account can do, and the small things that only some can."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, Protocol, Self, runtime_checkable

from pydantic import BaseModel, SecretStr

from station.model import (
    Claim,
    Proof,
    Standing,
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
