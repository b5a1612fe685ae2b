"""A real window on an engine that acts: `python -m tests.ui.demo_line REPORT`.

Writes to the file REPORT, a line each, what the window ordered.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from station.desk import Commands, Desk, Post
from station.model import Approval, Credentials, Outcome, Override, RunEnded, ShiftBegan, ShiftEnded
from tests.ui import stories
from tests.ui.fakes import BROKEN, GOOD, FakeEngine
from ui.app import open_window


class ActedLine(FakeEngine):
    """Passes what slot 1 holds, fails slot 2 and lets slot 3 run until it is stopped."""

    def __init__(self, report: Path) -> None:
        super().__init__()
        self._report = report

    def say(self, *parts: object) -> None:
        with self._report.open("a") as file:
            file.write(" ".join(map(str, parts)) + "\n")

    async def serve(self, post: Post, take: Callable[[Commands], None]) -> None:
        self._post = post
        for event in stories.line(4, signed_in=False):
            post(event)
        take(self)
        self.say("ready")
        try:
            await asyncio.Event().wait()
        finally:
            self.say("closed")

    async def sign_in(
        self, who: Credentials, recipe: Path | None, quantity: int | None, order: str = ""
    ) -> None:
        self.say("sign-in", who.name, recipe, quantity)
        self._post(ShiftBegan(who.name, "Tracker", order or "WO-1", quantity))
        for slot, (outcome, trouble) in zip("12", stories.ENDS[:2], strict=True):
            for event in stories.ended(slot, int(slot), outcome, trouble):
                self._post(event)
        for event in (*stories.begun("3", 3), *stories.stepped("3", 3, stories.STEPS, "claim")):
            self._post(event)

    async def sign_out(self) -> None:
        self.say("sign-out")
        self._post(ShiftEnded())

    async def retry(
        self, slot: str, override: Override | None = None, approval: Approval | None = None
    ) -> None:
        self.say("retry", slot)

    async def abort(self, slot: str) -> None:
        self.say("abort", slot)
        self._post(RunEnded(slot, 3, Outcome.ABORTED, "", stories.ENDS[4][1], 1.0))

    async def pick(self, text: str) -> None:
        self.say("pick", text)


def main() -> int:
    line = ActedLine(Path(sys.argv[1]))
    desk = Desk(
        station="Line 3",
        training=True,
        record=Path("record.db"),
        offers=lambda: (GOOD, BROKEN),
        operators=lambda: ("Anna Kowalska",),
        serve=line.serve,
        theme="light",
    )
    return open_window(desk)


if __name__ == "__main__":
    sys.exit(main())
