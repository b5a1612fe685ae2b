"""An engine that only notes what it is told, and a desk that serves it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from station.desk import Commands, Desk, Offer, Post
from station.faults import RecipeWrong
from station.model import (
    Approval,
    Credentials,
    Event,
    Granted,
    Loudness,
    NewUnit,
    Override,
    Reading,
    Refused,
    ReworkOrder,
    Right,
    ShiftBegan,
    ShiftEnded,
    Teaching,
)
from station.scans import USUAL

GOOD = Offer("Tracker", Path("tracker.toml"))
BROKEN = Offer("Gateway", Path("gateway.toml"), RecipeWrong("gateway.toml, line 7").trouble)


class FakeEngine:
    """Tells `events` at its start and answers every sign-in with `answer`, or else with a shift."""

    def __init__(self, events: Iterable[Event] = (), answer: Event | None = None) -> None:
        self.events = tuple(events)
        self.reply = answer
        self.orders: list[tuple[object, ...]] = []
        self.fails_with: Exception | None = None
        self.slow_to_end = False
        self.closed = False
        self._post: Post = lambda _event: None

    async def serve(self, post: Post, take: Callable[[Commands], None]) -> None:
        self._post = post
        for event in self.events:
            post(event)
        take(self)
        if self.fails_with is not None:
            raise self.fails_with
        try:
            await asyncio.Event().wait()
        finally:
            self.closed = True

    async def sign_in(
        self, who: Credentials, recipe: Path | None, quantity: int | None, order: str = ""
    ) -> None:
        self.orders.append(("sign in", who.name, recipe, quantity))
        stem = recipe.stem if recipe else ""
        self._post(self.reply or ShiftBegan(who.name, stem, order, quantity))

    async def sign_out(self) -> None:
        self.orders.append(("sign out",))
        self._post(ShiftEnded())

    async def retry(
        self, slot: str, override: Override | None = None, approval: Approval | None = None
    ) -> None:
        against = (override,) if override else ()
        self.orders.append(("retry", slot, *against))

    async def abort(self, slot: str) -> None:
        self.orders.append(("abort", slot))

    async def pick(self, text: str) -> None:
        self.orders.append(("pick", text))

    async def take_order(self, name: str) -> None:
        self.orders.append(("order", name))

    async def answer(self, slot: str, *, text: str = "", yes: bool | None = None) -> None:
        self.orders.append(("answer", slot, text if yes is None else yes))

    async def print_again(self, slot: str, unit: int | None, approval: Approval) -> None:
        self.orders.append(("print again", slot, unit, approval.reason))

    async def rework(self, order: ReworkOrder) -> None:
        self.orders.append(("rework", order))

    async def open_case(
        self, unit: int, reason: str, fault: str, approval: Approval | None = None
    ) -> None:
        self.orders.append(("open case", unit, reason, fault))

    async def close_case(self, unit: int, actions: tuple[str, ...]) -> None:
        self.orders.append(("close case", unit, actions))

    async def scrap(self, unit: int, approval: Approval) -> None:
        self.orders.append(("scrap", unit, approval.reason))

    async def adopt(self, unit: NewUnit) -> None:
        self.orders.append(("adopt", unit))

    async def write_note(self, unit: int, text: str) -> None:
        self.orders.append(("note", unit, text))

    async def teach(self, slots: tuple[str, ...], columns: int) -> None:
        self.orders.append(("teach", slots, columns))
        self._post(self.reply or Teaching(slots[0]))

    async def end_teaching(self) -> None:
        self.orders.append(("end teaching",))

    async def grant(self, what: Right, who: Credentials) -> None:
        self.orders.append(("grant", what, who.name))
        self._post(self.reply or Granted(what.value, who.name))

    async def stir(self) -> None:
        pass

    def refuse_with(self, refused: Refused) -> None:
        self.reply = refused


def desk(
    engine: FakeEngine,
    *,
    offers: Callable[[], tuple[Offer, ...]] = lambda: (BROKEN, GOOD),
    signed_in: tuple[str, Path, int | None] | None = None,
    theme: str = "light",
    reading: Reading = USUAL,
    kiosk: bool = False,
    labels: bool = True,
) -> Desk:
    return Desk(
        station="Line 3",
        training=True,
        record=Path("record.db"),
        offers=offers,
        operators=lambda: ("Anna Kowalska", "Li Wei"),
        serve=engine.serve,
        theme=theme,
        sign_in=signed_in,
        reading=reading,
        kiosk=kiosk,
        labels=labels,
        loudness=Loudness(on=False),
    )
