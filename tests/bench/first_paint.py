"""The station's command with a stopwatch: `python -m tests.bench.first_paint demo ...`.

Prints `time.monotonic()` once the first window is painted and handed to the X server, and whether
something was on the screen then; leaves the window after that.
"""

from __future__ import annotations

import json
import os
import sys
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Stopwatch(QObject):
    """Sees every event until a window is painted."""

    def __init__(self, application: QApplication) -> None:
        """Begin; the application keeps it."""
        super().__init__(application)
        self._application = application
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self._application.removeEventFilter(self)
            # Next turn of the loop: by then all widgets are painted and the picture has left us.
            QTimer.singleShot(0, watched.window(), lambda: tell(watched.window()))
        return super().eventFilter(watched, event)


def tell(window: QWidget) -> None:
    painted_s = monotonic()
    seen = window.screen().grabWindow(window.winId()).toImage()
    points = [(x, y) for x in range(0, seen.width(), 16) for y in range(0, seen.height(), 16)]
    colours = len({seen.pixel(x, y) for x, y in points})
    sys.stdout.write(json.dumps({"painted_s": painted_s, "colours": colours}) + "\n")
    sys.stdout.flush()
    os._exit(0)  # what comes after is not measured


def main() -> None:
    application = QApplication(sys.argv[:1])
    Stopwatch(application)
    from station.cli import main as station

    station()


if __name__ == "__main__":
    main()
