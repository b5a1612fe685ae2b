"""The door of the boards: what every kind of board can do. One file a kind."""

from __future__ import annotations

from typing import ClassVar, Protocol, Self

from pydantic import BaseModel

from station.links import LineSettings, Link
from station.model import Attachment, Identity, Port, Proof


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
