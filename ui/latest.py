"""Questions that follow each other faster than they are answered: only the last one counts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.bridge import Aside

KEPT = 32
"""Asides that are kept: one must not be taken apart on its own thread while that still ends."""


class Latest(QObject):
    """Asks on threads; `answered` and `failed` tell what came of the last question, and no other.

    `answered` carries the answer, `failed` a Trouble.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._asides: deque[Aside] = deque(maxlen=KEPT)

    def ask(self, question: Callable[[], object]) -> None:
        """Ask `question`; what was asked before is not told any more."""
        self._number += 1
        aside, told = Aside(question), _Told(self, self._number)
        queued = Qt.ConnectionType.QueuedConnection
        aside.answered.connect(told.answer, queued)
        aside.failed.connect(told.fail, queued)
        self._asides.append(aside)
        aside.ask()

    def forget(self) -> None:
        """Tell nothing of what was asked so far."""
        self._number += 1

    def is_last(self, number: int) -> bool:
        """Tell whether nothing was asked since the question of this number."""
        return number == self._number


class _Told(QObject):
    """Hears what came of one question."""

    def __init__(self, latest: Latest, number: int) -> None:
        super().__init__(latest)
        self._latest, self._number = latest, number

    @Slot(object)
    def answer(self, answer: object) -> None:
        self.deleteLater()
        if self._latest.is_last(self._number):
            self._latest.answered.emit(answer)

    @Slot(object)
    def fail(self, trouble: object) -> None:
        self.deleteLater()
        if self._latest.is_last(self._number):
            self._latest.failed.emit(trouble)
