"""What a window is given: who may be signed in to what, and the commands it may give.

It imports nothing but the nouns, so that a window can be shown before the engine is loaded.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from station.model import (
    Approval,
    Credentials,
    Event,
    Loudness,
    NewUnit,
    OrderOffer,
    Override,
    Person,
    Reading,
    RepairCodes,
    ReworkAction,
    ReworkOrder,
    Right,
    Trouble,
    Wedge,
)

Post = Callable[[Event], None]

NO_CODES = RepairCodes((), (), (), 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """A recipe that an operator can choose; `trouble` says why it can't be used."""

    name: str
    path: Path
    trouble: Trouble | None = None


class Commands(Protocol):
    """The engine's commands, called on its loop. None raises a fault: it posts `Refused`.

    What needs a right asks whether whoever is signed in has it; what goes against the rule takes an
    `Approval`: a second person, who is checked here too.
    """

    async def sign_in(
        self, who: Credentials, recipe: Path | None, quantity: int | None, order: str = ""
    ) -> None:
        """Begin a shift: boards that sit in their slots are taken up at once.

        Without a recipe nothing is taken up by itself: the bench. `order` is the work order's name.
        """

    async def sign_out(self) -> None:
        """End the shift: runs that are under way go on to their end, no new one begins."""

    async def take_order(self, name: str) -> None:
        """Go on with another work order, as the same person; without a name with the next one."""

    async def retry(
        self, slot: str, override: Override | None = None, approval: Approval | None = None
    ) -> None:
        """Begin another run on the board in `slot`; nothing happens while one is under way.

        `override` lets the check that failed be skipped, or what was done be done again.
        """

    async def abort(self, slot: str) -> None:
        """Stop the run in `slot`; nothing happens when there is none."""

    async def pick(self, text: str) -> None:
        """Take up the board on the air that `text` names; `Refused` when it is none or several."""

    async def answer(self, slot: str, *, text: str = "", yes: bool | None = None) -> None:
        """Answer what the run in `slot` has asked: with what was scanned, or by a word."""

    async def print_again(self, slot: str, unit: int | None, approval: Approval) -> None:
        """Print the label of the unit in `slot`, or of the record's `unit`, once more."""

    async def rework(self, order: ReworkOrder) -> None:
        """Carry an action out on the unit in a slot, for its open case."""

    async def open_case(
        self, unit: int, reason: str, fault: str, approval: Approval | None = None
    ) -> None:
        """Begin the rework of a unit; beyond the limit it takes an approval."""

    async def close_case(self, unit: int, actions: tuple[str, ...]) -> None:
        """End the rework of a unit, which is shipped again; `actions` are what was done."""

    async def scrap(self, unit: int, approval: Approval) -> None:
        """Take a unit out for good: no run is begun on it any more."""

    async def adopt(self, unit: NewUnit) -> None:
        """Take a unit into the record that nobody knows."""

    async def write_note(self, unit: int, text: str) -> None:
        """Write something of a unit into its life."""

    async def teach(self, slots: tuple[str, ...], columns: int) -> None:
        """Learn anew where the slots are: each in turn is the socket where a board comes next."""

    async def end_teaching(self) -> None:
        """Leave the slots as they were, but for those that were learnt."""

    async def grant(self, what: Right, who: Credentials) -> None:
        """Check whether somebody has a right, once, without signing in: `Granted` or `Refused`."""

    async def stir(self) -> None:
        """Note that somebody is at the station: idle ones are signed out."""


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
    people: Callable[[], tuple[Person, ...]] = tuple
    """Who was named by an engineer; nobody, while all may do everything."""
    orders: Callable[[], tuple[OrderOffer, ...]] = tuple
    actions: Callable[[], tuple[ReworkAction, ...]] = tuple
    """What the recipes offer to a technician; slow as `offers`."""
    codes: RepairCodes = NO_CODES
    kiosk: bool = False
    """The window fills the screen, and leaving it takes an engineer."""
    language: str = ""
    """The station's own, by its code; empty for the system's."""
    loudness: Loudness = field(default_factory=Loudness)
    labels: bool = False
    """There is a printer, so that a label can be printed again."""
