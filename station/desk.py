"""What a window is given: who may be signed in to what, and the commands it may give.

It imports nothing but the nouns, so that a window can be shown before the engine is loaded.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from station.model import Event, Reading, Trouble, Wedge

Post = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """A recipe that an operator can choose; `trouble` says why it can't be used."""

    name: str
    path: Path
    trouble: Trouble | None = None


class Commands(Protocol):
    """The engine's commands, called on its loop. None raises a fault: it posts `Refused`."""

    async def sign_in(self, operator: str, recipe: Path, quantity: int | None) -> None:
        """Begin a shift: boards that sit in their slots are taken up at once."""

    async def sign_out(self) -> None:
        """End the shift: runs that are under way go on to their end, no new one begins."""

    async def retry(self, slot: str) -> None:
        """Begin another run on the board in `slot`; nothing happens while one is under way."""

    async def abort(self, slot: str) -> None:
        """Stop the run in `slot`; nothing happens when there is none."""

    async def pick(self, text: str) -> None:
        """Take up the board on the air that `text` names; `Refused` when it is none or several."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One window's world.

    `serve` runs the engine on the calling thread's event loop until it is cancelled, and hands its
    commands to the second argument once they can be given. `offers` may be slow (it reads and
    checks recipe files) and is called off the GUI thread. `training` marks a simulated line.
    `wedge` is how a scanner types, `reading` what the texts of this line look like.
    """

    station: str
    training: bool
    record: Path
    offers: Callable[[], tuple[Offer, ...]]
    operators: Callable[[], tuple[str, ...]]
    serve: Callable[[Post, Callable[[Commands], None]], Awaitable[None]]
    theme: str = "system"
    sign_in: tuple[str, Path, int | None] | None = None
    """Signed in at once, with no dialog: the demonstration's operator."""
    wedge: Wedge = field(default_factory=Wedge)
    reading: Reading = field(default_factory=Reading)
