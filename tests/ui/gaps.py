"""Measures how long the window is deaf while eight slots are busy: `python -m tests.ui.gaps`.

Prints one JSON line: the gaps between ticks of a 10 ms timer in the window's thread, in
milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from station.desk import Commands, Post
from station.model import Left
from tests.ui import stories
from tests.ui.fakes import FakeEngine, desk
from ui.app import open_window
from ui.window import Window

SLOTS, FOR_S = 8, 8.0


class BusyLine(FakeEngine):
    """Tells of eight slots at once, each with a run of about a second, for `FOR_S` seconds."""

    told = 0

    async def serve(self, post: Post, take: Callable[[Commands], None]) -> None:
        for event in stories.line(SLOTS):
            post(event)
        take(self)
        runs = count(1)

        async def one(slot: str, first: int) -> None:
            while True:
                run = next(runs)
                events = (*stories.ended(slot, run, *stories.ENDS[run % 6]), Left(slot))
                for event in events:
                    post(event)
                    self.told += 1
                    await asyncio.sleep(0.03 + 0.01 * first)

        await asyncio.gather(*(one(str(n + 1), n % 4) for n in range(SLOTS)))


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    gaps: list[float] = []
    line = BusyLine()
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now

    def measure() -> None:
        gaps.clear()
        ticks.start(10)

    def leave() -> None:
        for window in app.topLevelWidgets():
            if isinstance(window, Window):
                window.leave()

    ticks = QTimer(timerType=Qt.TimerType.PreciseTimer)
    ticks.timeout.connect(tick)
    QTimer.singleShot(1000, measure)
    QTimer.singleShot(int(1000 * (1 + FOR_S)), leave)
    open_window(desk(line, signed_in=("Anna", Path("tracker.toml"), None)))
    gaps = sorted(gaps[1:])
    found = {"worst": gaps[-1], "p99": gaps[int(len(gaps) * 0.99)], "median": gaps[len(gaps) // 2]}
    told = {name: round(value, 1) for name, value in found.items()}
    print(json.dumps({"gap_ms": told, "ticks": len(gaps), "events": line.told}))


if __name__ == "__main__":
    main()
