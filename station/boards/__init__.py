"""The door of the boards: what every kind of board can do. One file a kind."""

from __future__ import annotations

from typing import ClassVar, Protocol, Self, runtime_checkable

from pydantic import BaseModel

from station.links import LineSettings, Link
from station.model import (
    Attachment,
    Credential,
    CredentialKind,
    Identity,
    Port,
    Proof,
    SigningRequest,
)


class Board(Protocol):
    """A board that is open and answers. Every verb can be asked twice."""

    async def identify(self) -> Identity:
        """Ask the board who it is.

        Raises:
            BoardFault: it is silent, garbled, refuses, or is not the product of the recipe.
            LinkLost: the wire went away.

        """
        ...

    async def prove(self) -> Proof:
        """Ask the board for a fresh proof that its identity is so.

        Raises:
            TokenBroken, TokenMismatch: the proof is no proof.
            NotClaimable: no cloud would take this hardware or firmware.

        """
        ...

    async def close(self) -> None:
        """Leave the board as it may be left; safe to call twice."""


@runtime_checkable
class KeepsCredentials(Protocol):
    """A board with a store of credentials under security tags. Every verb can be asked twice.

    Every verb raises BoardFault when the board refuses or is not understood, LinkLost when the
    wire goes away.
    """

    async def go_offline(self) -> None:
        """Take the radio off the air: credentials can't be written while it is on."""

    async def go_online(self) -> None:
        """Put the radio back on the air."""

    async def credentials(self, sec_tag: int) -> tuple[Credential, ...]:
        """Return what is kept under `sec_tag`; never what belongs to the modem itself."""
        ...

    async def make_key(self, sec_tag: int, subject: str = "") -> SigningRequest:
        """Have the board make a key pair and a request for its certificate.

        `subject` is the common name; empty leaves the board its own id. A key that is there
        already must have been erased.

        Raises:
            CredentialExists: there is a key under this tag.
            KeyMismatch: the request is not the unit's own, or not what it signed.

        """
        ...

    async def write_credential(self, sec_tag: int, kind: CredentialKind, pem: str) -> None:
        """Write a credential, and read back by its digest that it is there.

        Raises:
            CredentialLost: the board keeps something else than was written.

        """

    async def erase_credential(self, sec_tag: int, kind: CredentialKind) -> None:
        """Erase a credential; one that is not there is no fault."""


@runtime_checkable
class Wakes(Protocol):
    """A board that can be told to ask its cloud for orders now."""

    async def wake(self) -> str:
        """Have the board ask for orders, in the way that its firmware knows; return that way.

        A board that knows no other way is restarted.

        Raises:
            PowerNeeded: it can't be told; a person must take its power away and give it back.

        """
        ...


class BoardKind(Protocol):
    """A kind of board, as an entry point of the group `station.boards` names it.

    `Options` is what a recipe's `[board]` table may hold. `lines` are the ways its serial line may
    be set, tried in this order while the board stays silent.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    Options: ClassVar[type[BaseModel]]
    lines: ClassVar[tuple[LineSettings, ...]]

    @classmethod
    def port(cls, attachment: Attachment) -> Port | None:
        """Return the port to talk to when `attachment` bears the marks of this kind."""
        ...

    @classmethod
    async def open(cls, link: Link, options: BaseModel) -> Self:
        """Find out how the board at the other end of `link` wants to be spoken to.

        Raises:
            BoardSilent: nothing answers.

        """
        ...

    async def identify(self) -> Identity:
        """As `Board.identify`."""
        ...

    async def prove(self) -> Proof:
        """As `Board.prove`."""
        ...

    async def close(self) -> None:
        """As `Board.close`."""
        ...
