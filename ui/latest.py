"""Questions that follow each other faster than they are answered: only the last one counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.bridge import Aside


class Latest(QObject):
    """Asks on threads; `answered` and `failed` tell what came of the last question, and no other.

    `answered` carries the answer, `failed` a Trouble.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: Aside | None = None

    def ask(self, question: Callable[[], object]) -> None:
        """Ask `question`; what was asked before is not told any more."""
        aside = self._asked = Aside(question)
        aside.answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        aside.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        aside.ask()

    def forget(self) -> None:
        """Tell nothing of what was asked so far."""
        self._asked = None

    @Slot(object)
    def _answer(self, answer: object) -> None:
        if self.sender() is self._asked:
            self.answered.emit(answer)

    @Slot(object)
    def _fail(self, trouble: object) -> None:
        if self.sender() is self._asked:
            self.failed.emit(trouble)
