"""Somebody else than the operator shows who they are, for one thing: to leave the kiosk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from station.model import Credentials, Person
from ui import theme
from ui.bridge import Aside
from ui.who_dialog import WhoDialog
from ui.who_panel import WhoPanel

Question = Callable[[], tuple[str, str]]


class Who(WhoDialog):
    """Asks `question`, in the language of the moment; `shown` carries somebody's `Credentials`.

    `yes` is what the button says; `people` as for `SecondPerson`.
    """

    shown = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        question: Question,
        yes: Callable[[], str],
        people: Callable[[], tuple[Person, ...]] | None = None,
    ) -> None:
        self._question, self._yes = question, yes
        self._means = QLabel()
        self._means.setFont(theme.font(theme.STRONG))
        self._means.setWordWrap(True)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._means)
        column.addStretch(1)
        super().__init__(parent, WhoPanel(), beside)
        self._aside = Aside(people or tuple)
        self._aside.answered.connect(self._show_people, Qt.ConnectionType.QueuedConnection)
        if people is not None:
            self._aside.ask()
        self.who.name.setFocus()

    def asks(self) -> tuple[str, str]:
        title, means = self._question()
        self._means.setText(means)
        return title, ""

    def yes(self) -> str:
        return self._yes()

    def send(self, who: Credentials) -> None:
        self.shown.emit(who)

    @Slot(object)
    def _show_people(self, people: tuple[Person, ...]) -> None:
        self.who.show_people(tuple(each.name for each in people), named=bool(people))
