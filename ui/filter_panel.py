"""The filters of the Records page: what the runs must be of which units are shown."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from station.model import Outcome
from station.model.finding import Choices, Query, midnight, midnight_after
from ui import icons, languages, records_words, theme, unit_words, words
from ui.icons import Icon
from ui.records_words import When

CELL = 250
"""How wide a filter is at least, in pixels."""
NAMED = ("outcome", "recipe", "order", "operator", "slot", "station", "procedure", "code")


class FilterPanel(QWidget):
    """`changed` tells that a filter was set to something else, by hand or by `clear`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self.named = {name: QComboBox() for name in NAMED}
        self.when = QComboBox()
        self.since, self.until = QDateEdit(), QDateEdit()
        self.clear_button = QPushButton()
        self._labels = {name: QLabel() for name in (*NAMED, "when", "since", "until")}
        self._cells = {name: self._cell(name) for name in self._labels}
        self._grid = QGridLayout(self)
        self._columns = 0
        self._lay_out()
        self._wire()
        languages.follow(self, self._say)

    @property
    def count(self) -> int:
        """How many filters are set."""
        named = sum(bool(field.currentData()) for field in self.named.values())
        return named + (self._chosen_when() is not When.EVER)

    def offer(self, choices: Choices) -> None:
        """Offer what the record has; what is chosen stays chosen."""
        self._choices = choices
        self._fill()

    def query(self, text: str) -> Query:
        """Return what is looked for, by `text` and by all filters."""
        told = {name: str(field.currentData() or "") for name, field in self.named.items()}
        outcome = told.pop("outcome")
        since, until = self._days()
        return Query(
            text=text,
            outcome=Outcome(outcome) if outcome else None,
            since=midnight(since) if since else "",
            until=midnight_after(until) if until else "",
            **told,
        )

    @Slot()
    def clear(self) -> None:
        """Let all through."""
        for field in (*self.named.values(), self.when):
            field.blockSignals(True)
            field.setCurrentIndex(0)
            field.blockSignals(False)
        self._changed()

    def _days(self) -> tuple[date | None, date | None]:
        today = date.today()  # noqa: DTZ011 - the day at this place
        days: tuple[date | None, date | None] = (None, None)
        match self._chosen_when():
            case When.TODAY:
                days = (today, None)
            case When.YESTERDAY:
                days = (today - timedelta(days=1), today - timedelta(days=1))
            case When.WEEK:
                days = (today - timedelta(days=6), None)
            case When.MONTH:
                days = (today - timedelta(days=29), None)
            case When.DAYS:
                days = (_day(self.since.date()), _day(self.until.date()))
            case _:
                pass
        return days

    def _chosen_when(self) -> When:
        return When(self.when.currentData() or When.EVER)

    @Slot()
    def _changed(self) -> None:
        between = self._chosen_when() is When.DAYS
        for name in ("since", "until"):
            self._cells[name].setVisible(between)
        self.clear_button.setEnabled(bool(self.count))
        self.changed.emit()

    def _wire(self) -> None:
        for field in (*self.named.values(), self.when):
            field.activated.connect(self._changed)
        for day in (self.since, self.until):
            day.setCalendarPopup(True)
            day.setDate(QDate.currentDate())
            day.dateChanged.connect(self._changed)
        self.clear_button.clicked.connect(self.clear)
        icons.put(self.clear_button, Icon.CLOSE)

    def _cell(self, name: str) -> QWidget:
        field = {"when": self.when, "since": self.since, "until": self.until}.get(name)
        meant = field or self.named[name]
        if isinstance(meant, QComboBox):
            meant.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            meant.setMinimumContentsLength(6)
        label = self._labels[name]
        label.setFont(theme.font(theme.CAPTION))
        label.setBuddy(meant)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(label)
        column.addWidget(meant)
        return cell

    def _lay_out(self) -> None:
        # as small as the list that they filter: names of recipes and orders are long
        self.setStyleSheet(f"QComboBox, QDateEdit {{ font-size: {theme.BODY}px; }}")
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.GRID)
        for name in ("since", "until"):
            self._cells[name].hide()
        self._arrange(4)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        parts = [*self._cells.values(), self.clear_button]
        for n, part in enumerate(parts):
            self._grid.addWidget(part, n // columns, n % columns)
        for n in range(len(parts)):
            self._grid.setColumnStretch(n, 1 if n < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(2, min(6, self.width() // CELL)))

    def _say(self) -> None:
        for name, said in records_words.captions().items():
            self._labels[name].setText(said)
            buddy = self._labels[name].buddy()
            if buddy is not None:
                buddy.setAccessibleName(said)
        self.clear_button.setText(records_words.clear())
        self.clear_button.setAccessibleName(records_words.clear())
        self.clear_button.setEnabled(bool(self.count))
        self._fill()

    def _fill(self) -> None:
        there = self._choices
        offered: dict[str, list[tuple[str, str]]] = {
            "outcome": [(words.outcome(each), each.value) for each in Outcome],
            "recipe": [(name, name) for name in there.recipes],
            "order": [(name, name) for name in there.orders],
            "operator": [(name, name) for name in there.operators],
            "slot": [(words.slot(name), name) for name in there.slots],
            "station": [(name, name) for name in there.stations],
            "procedure": [(unit_words.procedure(name), name) for name in there.procedures],
            "code": [(name, name) for name in there.codes],
        }
        for name, field in self.named.items():
            _refill(field, [(records_words.any_of_them(), ""), *offered[name]])
        _refill(self.when, [(records_words.when(each), each.value) for each in When])


def _refill(field: QComboBox, offered: list[tuple[str, str]]) -> None:
    before = field.currentData()
    field.blockSignals(True)
    field.clear()
    for said, value in offered:
        field.addItem(said, value)
    if before and field.findData(before) < 0:
        field.addItem(str(before), before)
    field.setCurrentIndex(max(0, field.findData(before)) if before else 0)
    field.blockSignals(False)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
