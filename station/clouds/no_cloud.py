"""No cloud at all: for what is done to a unit at the bench alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, SecretStr

from station.model import Claim


class NoCloudOptions(BaseModel):
    """What a recipe's `[cloud]` table may hold: nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoCloud:
    """A cloud that holds nothing and is always there."""

    name: ClassVar[str] = "none"
    title: ClassVar[str] = "No cloud"
    Options: ClassVar[type[BaseModel]] = NoCloudOptions

    @classmethod
    def open(
        cls, options: BaseModel, secret: Callable[[str], SecretStr], folder: Path = Path()
    ) -> Self:
        """As `CloudKind.open`; it needs no key."""
        return cls()

    @property
    def address(self) -> str:
        """As `Cloud.address`: no deed is ever begun there."""
        return "none"

    async def prepare(self) -> None:
        """As `Cloud.prepare`."""

    async def probe(self) -> None:
        """As `Cloud.probe`."""

    async def warm(self) -> None:
        """As `Cloud.warm`."""

    async def held(self, subject: str) -> Claim | None:
        """As `Cloud.held`."""
        return None

    async def close(self) -> None:
        """As `Cloud.close`."""
