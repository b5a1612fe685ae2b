"""Spreads the painting of one frame over several turns of Qt's loop."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

AT_ONCE = 2
"""Widgets painted in one turn. Between turns keys, touches and timers are heard; all of sixteen
cards painted in one go would keep them waiting for as long as the eye needs to see a jolt."""


class Turns(QObject):
    """Has widgets painted again soon, a few in each turn, in the order in which they asked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[QWidget, None] = {}
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._paint_some)

    def paint(self, widget: QWidget) -> None:
        """Have `widget` painted when its turn comes; asked for twice it is painted once."""
        self._waiting[widget] = None
        if not self._next.isActive():
            self._next.start()

    def forget(self, widget: QWidget) -> None:
        """Leave `widget` alone from now on: it is about to be deleted."""
        self._waiting.pop(widget, None)

    @Slot()
    def _paint_some(self) -> None:
        for widget in list(self._waiting)[:AT_ONCE]:
            del self._waiting[widget]
            widget.update()
        if self._waiting:
            self._next.start()
