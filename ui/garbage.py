"""Garbage is collected on the window's thread alone.

Python looks for garbage on whichever thread happens to allocate. Let that be the engine's, and it
takes the widgets of a closed dialog apart while the window paints: a segmentation fault.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageCollector(QObject):
    """From now on, and until `stop`, collects garbage on the thread that made this, once a second."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        gc.disable()
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds, if one is."""
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if most and count > most
        ]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Collect once more, and leave the rest to Python again."""
        self._timer.stop()
        gc.collect()
        gc.enable()
