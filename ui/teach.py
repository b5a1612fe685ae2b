"""How the fixture looks, before its slots are taught by plugging one board in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from station.model import Trouble
from ui import desk_words, labels, languages, theme, words
from ui.note import Note

MOST = 16
"""A fixture is at most so wide and so tall, and has so many slots in all."""


class Teach(QDialog):
    """`wanted` carries the names of the slots, in order, and how many stand side by side."""

    wanted = Signal(tuple, int)

    def __init__(self, parent: QWidget, slots: int, columns: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        across = columns or min(max(slots, 1), 4)
        self.rows, self.columns = QSpinBox(), QSpinBox()
        self.columns.setValue(across)
        for field, value in ((self.rows, -(-max(slots, 1) // across)), (self.columns, across)):
            field.setRange(1, MOST)
            field.setValue(value)
            field.setMinimumHeight(theme.TOUCH)
            field.valueChanged.connect(self._fit)
        self._title, self._means = QLabel(), QLabel()
        self._captions = (QLabel(), QLabel())
        self.note = Note()
        self.confirm_button, self.cancel_button = QPushButton(), QPushButton()
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setAutoDefault(False)
        self.confirm_button.setDefault(True)
        self._lay_out()
        languages.follow(self, self._say)
        self._fit()

    @Slot()
    def confirm(self) -> None:
        """Begin to teach."""
        names = tuple(str(n + 1) for n in range(self.rows.value() * self.columns.value()))
        self.wanted.emit(names, self.columns.value())

    def hear(self, text: str) -> None:
        """Nothing here is scanned."""

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why it can't be."""
        self.say_again(f"{words.says(trouble)} {words.remedy(trouble)} ({trouble.code})")

    def say_again(self, why: str) -> None:
        """Say why it can't be now."""
        self.note.say(why, wrong=True)

    @Slot()
    def _fit(self) -> None:
        self.rows.setMaximum(max(1, MOST // self.columns.value()))

    def _say(self) -> None:
        self.setWindowTitle(desk_words.teach_title())
        self._title.setText(desk_words.teach_title())
        self._means.setText(desk_words.teach_means())
        for label, field, caption in zip(
            self._captions,
            (self.rows, self.columns),
            (desk_words.rows_field(), desk_words.columns_field()),
            strict=True,
        ):
            label.setText(caption)
            field.setAccessibleName(caption)
        for button, name in (
            (self.confirm_button, desk_words.teach_yes()),
            (self.cancel_button, labels.cancel()),
        ):
            button.setText(name)
            button.setAccessibleName(name)

    def _lay_out(self) -> None:
        self.setFixedWidth(560)
        self._title.setFont(theme.font(theme.TITLE, theme.BOLD))
        for label in (self._means, *self._captions):
            label.setFont(theme.font(theme.STRONG))
            label.setWordWrap(True)
        fields = QFormLayout()
        fields.setHorizontalSpacing(3 * theme.GRID)
        for label, field in zip(self._captions, (self.rows, self.columns), strict=True):
            fields.addRow(label, field)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        theme.make_primary(self.confirm_button, primary=True)
        for button in (self.cancel_button, self.confirm_button):
            button.setMinimumHeight(theme.TOUCH + theme.GRID)
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[4 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        for each in (self._title, self._means):
            column.addWidget(each)
        column.addLayout(fields)
        column.addWidget(self.note)
        column.addLayout(buttons)
        self.rows.setFocus()
