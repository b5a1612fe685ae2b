"""Events from a thread to Qt's: `python -m tests.bench.crossing COUNT`; prints the seconds taken.

Once only counted on arrival, once folded into what the screen shows.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot

from station.model import Event
from tests.ui import stories
from ui.bridge import EventBridge
from ui.screen import Screen

SLOTS = 8


class Far(QObject):
    """The far end: keeps the screen that results, and leaves when all have come."""

    def __init__(self, count: int, fold: Callable[[Screen, Event], Screen]) -> None:
        super().__init__()
        self._left = count
        self._fold = fold
        self._screen = Screen()

    @Slot(list)
    def take(self, events: list[Event]) -> None:
        for event in events:
            self._screen = self._fold(self._screen, event)
        self._left -= len(events)
        if self._left == 0:
            QCoreApplication.exit(0)


def story(count: int) -> list[Event]:
    """Tell of runs on eight slots, `count` events of it."""
    told = list(stories.line(SLOTS))
    run = 0
    while len(told) < count:
        run += 1
        slot = str(1 + run % SLOTS)
        told += (*stories.begun(slot, run), *stories.ended(slot, run, *stories.ENDS[0]))
    return told[:count]


def cross(events: list[Event], fold: Callable[[Screen, Event], Screen]) -> float:
    bridge, far = EventBridge(), Far(len(events), fold)
    bridge.arrived.connect(far.take, Qt.ConnectionType.QueuedConnection)

    def post_all() -> None:
        for event in events:
            bridge.post(event)

    began_s = monotonic()
    threading.Thread(target=post_all).start()
    QCoreApplication.exec()
    return monotonic() - began_s


def main(count: int) -> None:
    application = QCoreApplication(sys.argv[:1])
    events = story(count)
    told = {
        "across_s": cross(events, lambda screen, _event: screen),
        "folded_s": cross(events, Screen.after),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    application.quit()


if __name__ == "__main__":
    main(int(sys.argv[1]))
