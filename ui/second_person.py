"""What goes against the rule: a reason, and a second person who stands for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from station.model import Approval, Credentials, Override, Person
from ui import languages, people_words, theme
from ui.bridge import Aside
from ui.who_dialog import Says, WhoDialog
from ui.who_panel import WhoPanel

LONGEST_REASON = 200
_REASON = Qt.ItemDataRole.UserRole


class ReasonPanel(QWidget):
    """A list of usual reasons, and a field for any other; what is typed counts before the list."""

    def __init__(self, what: Override) -> None:
        super().__init__()
        self.reasons = QListWidget()
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_REASON)
        self._list_label, self._field_label = QLabel(), QLabel()
        for reason in people_words.REASONS[what]:
            item = QListWidgetItem()
            item.setData(_REASON, reason)
            self.reasons.addItem(item)
        self.reasons.setWordWrap(True)
        self.reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if what is Override.REPRINT:  # asked for by scanner alone, and nearly always for this
            self.reasons.setCurrentRow(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for label, widget in ((self._list_label, self.reasons), (self._field_label, self.field)):
            label.setFont(theme.font(theme.BODY))
            label.setBuddy(widget)
            column.addWidget(label)
            column.addWidget(widget, 1 if widget is self.reasons else 0)
        self.reasons.setMinimumHeight(3 * theme.TOUCH + 3 * theme.GRID)
        languages.follow(self, self._say)

    @property
    def reason(self) -> str:
        """What was typed, or else chosen: in English, as the record keeps it."""
        chosen = self.reasons.selectedItems()
        return self.field.text().strip() or (str(chosen[0].data(_REASON)) if chosen else "")

    def step(self, step: int) -> None:
        """Choose the next reason, or the one before."""
        at = self.reasons.currentRow() if self.reasons.selectedItems() else -1
        self.reasons.setCurrentRow(max(0, min(self.reasons.count() - 1, at + step)))

    def _say(self) -> None:
        for label, widget, caption in (
            (self._list_label, self.reasons, people_words.reason_list()),
            (self._field_label, self.field, people_words.reason_field()),
        ):
            label.setText(caption)
            widget.setAccessibleName(caption)
        for n in range(self.reasons.count()):
            item = self.reasons.item(n)
            item.setText(people_words.reason(str(item.data(_REASON))))


class SecondPerson(WhoDialog):
    """`approved` carries an `Approval` of `what`: the core checks it.

    `people` tells who was named; it may be slow. Without it a PIN is asked for when the core does.
    """

    approved = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        what: Override,
        people: Callable[[], tuple[Person, ...]] | None = None,
    ) -> None:
        self._what = what
        self.why = ReasonPanel(what)
        super().__init__(parent, WhoPanel(second=True), self.why, who_first=False)
        self._aside = Aside(people or tuple)
        self._aside.answered.connect(self._show_people, Qt.ConnectionType.QueuedConnection)
        if people is not None:
            self._aside.ask()
        self.why.field.setFocus()

    def fields(self) -> tuple[QLineEdit, ...]:
        return (self.why.field, self.who.name, self.who.pin)

    def step(self, step: int) -> None:
        self.why.step(step)

    def asks(self) -> tuple[str, str]:
        return people_words.second_question(self._what)

    def beside_says(self) -> str:
        return people_words.reason_list()

    def yes(self) -> str:
        return people_words.approve()

    def lacks(self) -> tuple[Says, QWidget] | None:
        if self.why.reason:
            return None
        says = people_words.now_the_reason if self.who.has_badge else people_words.reason_missing
        return says, self.why.field

    def send(self, who: Credentials) -> None:
        self.approved.emit(Approval(self.why.reason, who))

    @Slot(object)
    def _show_people(self, people: tuple[Person, ...]) -> None:
        self.who.show_people(tuple(each.name for each in people), named=bool(people))
