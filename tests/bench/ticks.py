"""A busy window with a stopwatch: `python -m tests.bench.ticks FOLDER SLOTS SECONDS [RECIPE HAND_S]`.

Prints the gaps between the ticks of a 10 ms timer on the GUI thread, how many runs have ended in
that time, and the share of one core that the process has used. Without RECIPE the line is the demonstration's: boards and cloud share the interpreter
with the window. With one, boards on USB are retried HAND_S seconds after they have passed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic, process_time

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from station.demo import Demo
from station.desk import Commands, Desk, Post
from station.model import Event, RunEnded
from tests.bench.windowed import line_desk, overheard
from ui.app import open_window

TICK_MS = 10


class Ticks(QObject):
    """Begins when a first run has ended, so that the start of the line is not measured."""

    def __init__(self, lasting_s: float) -> None:
        super().__init__()
        self._lasting_s = lasting_s
        self._began_s = self._last_s = self._cpu_s = 0.0
        self._gaps_s: list[float] = []
        self._ended = 0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def hear(self, event: Event) -> None:
        """Count the ends of runs; called on the engine's thread."""
        self._ended += isinstance(event, RunEnded)

    def _tick(self) -> None:
        now_s = monotonic()
        if self._began_s:
            self._gaps_s.append(now_s - self._last_s)
        elif self._ended:
            self._began_s, self._ended, self._cpu_s = now_s, 0, process_time()
        self._last_s = now_s
        if self._began_s and now_s - self._began_s >= self._lasting_s:
            self._tell()

    def _tell(self) -> None:
        share = (process_time() - self._cpu_s) / (monotonic() - self._began_s)
        told = {"gaps_s": self._gaps_s, "ended": self._ended, "share": share}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        os._exit(0)  # what comes after is not measured


def restless(desk: Desk, hand_s: float) -> Desk:
    """Return `desk` with another run on each unit, `hand_s` seconds after its run has ended."""

    async def again(commands: Commands, slot: str) -> None:
        await asyncio.sleep(hand_s)
        await commands.retry(slot)

    async def serve(post: Post, give: Callable[[Commands], None]) -> None:
        orders: list[Commands] = []
        retries: set[asyncio.Task[None]] = set()

        def told(event: Event) -> None:
            post(event)
            if isinstance(event, RunEnded):
                retry = asyncio.ensure_future(again(orders[0], event.slot))
                retries.add(retry)
                retry.add_done_callback(retries.discard)

        def take(commands: Commands) -> None:
            orders.append(commands)
            give(commands)

        await desk.serve(told, take)

    return replace(desk, serve=serve)


def main(
    folder: Path, slots: int, lasting_s: float, recipe: Path | None = None, hand_s: float = 0.0
) -> int:
    application = QApplication(sys.argv[:1])
    ticks = Ticks(lasting_s)
    if recipe is None:
        desk = Demo(folder, slots, units=None, seed=1, hurried=True, clean=True).desk()
    else:
        desk = restless(line_desk(folder, recipe), hand_s)
    status = open_window(overheard(desk, ticks.hear))
    application.quit()
    return status


if __name__ == "__main__":
    told = sys.argv[4:]
    line = (Path(told[0]), float(told[1])) if told else ()
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), *line))
