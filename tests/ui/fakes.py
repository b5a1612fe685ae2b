"""An engine that only notes what it is told, and a desk that serves it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from station.desk import Commands, Desk, Offer, Post
from station.faults import RecipeWrong
from station.model import Event, Reading, Refused, ShiftBegan, ShiftEnded
from station.scans import USUAL

GOOD = Offer("Tracker", Path("tracker.toml"))
BROKEN = Offer("Gateway", Path("gateway.toml"), RecipeWrong("gateway.toml, line 7").trouble)


class FakeEngine:
    """Tells `events` at its start and answers every sign-in with `answer`, or else with a shift."""

    def __init__(self, events: Iterable[Event] = (), answer: Event | None = None) -> None:
        self.events = tuple(events)
        self.answer = answer
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

    async def sign_in(self, operator: str, recipe: Path, quantity: int | None) -> None:
        self.orders.append(("sign in", operator, recipe, quantity))
        self._post(self.answer or ShiftBegan(operator, recipe.stem, "", quantity))

    async def sign_out(self) -> None:
        self.orders.append(("sign out",))
        self._post(ShiftEnded())

    async def retry(self, slot: str) -> None:
        self.orders.append(("retry", slot))

    async def abort(self, slot: str) -> None:
        self.orders.append(("abort", slot))

    async def pick(self, text: str) -> None:
        self.orders.append(("pick", text))

    def refuse_with(self, refused: Refused) -> None:
        self.answer = refused


def desk(
    engine: FakeEngine,
    *,
    offers: Callable[[], tuple[Offer, ...]] = lambda: (BROKEN, GOOD),
    signed_in: tuple[str, Path, int | None] | None = None,
    theme: str = "light",
    reading: Reading = USUAL,
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
    )
