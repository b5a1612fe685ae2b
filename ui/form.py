"""A dialog that asks for a few things, gives an order, and stays until the station has answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import case_words, labels, theme
from ui.bridge import Order
from ui.note import Note

PADDING = 3 * theme.GRID


class Form(QDialog):
    """`wanted` carries what is to be done, an `Order`; whoever carries it out accepts the form.

    Until then nothing that was typed is lost: a refusal is shown, and can be mended.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget, title: str, yes: str, *, wide: int) -> None:
        super().__init__(parent)
        self._asked = False
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(wide)
        head = QLabel(title)
        head.setFont(theme.font(theme.TITLE, theme.BOLD))
        head.setWordWrap(True)
        self.note = Note()
        self.yes, self.no = QPushButton(yes), QPushButton(labels.cancel())
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.GRID)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(theme.GRID)
        column.addWidget(head)
        column.addLayout(self.body)
        column.addWidget(self.note)
        column.addLayout(self._buttons())

    @property
    def is_asked(self) -> bool:
        """Whether an order was given, and nothing was heard of it yet."""
        return self._asked

    def ask_for(self, order: Order) -> None:
        """Give `order`, and wait."""
        self.wait()
        self.wanted.emit(order)

    def wait(self) -> None:
        """Wait for what comes of an order."""
        self._asked = True
        self.yes.setEnabled(False)
        self.note.say(case_words.sending(), wrong=False)

    def complain(self, what: str, field: QWidget) -> None:
        """Say what is missing, and go there."""
        self.note.say(what, wrong=True)
        field.setFocus()

    def say_again(self, why: str) -> None:
        """Say why it did not work, and let it be tried again."""
        self._asked = False
        self.yes.setEnabled(True)
        self.note.say(why, wrong=True)

    def confirm(self) -> None:
        """Give the order, or say what is missing."""
        raise NotImplementedError

    def hear(self, text: str) -> None:
        """Take what was scanned in the place of what would be typed."""
        raise NotImplementedError

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        theme.make_primary(self.yes, primary=True)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.reject)
        for button in (self.no, self.yes):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            button.setMinimumHeight(theme.TOUCH + theme.GRID)
            row.addWidget(button, 1)
        return row

    def _confirm(self) -> None:
        if not self._asked:
            self.confirm()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # a window is not made taller by itself for a title that takes two lines
        self.setMinimumHeight(self._column.totalHeightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focus = self.focusWidget()
            if isinstance(focus, QPushButton) and not event.modifiers():
                focus.click()
            else:
                self._confirm()
        else:
            super().keyPressEvent(event)


def captioned(body: QVBoxLayout, caption: str, field: QWidget) -> None:
    """Add `field` to `body` with its caption above it."""
    label = QLabel(caption)
    label.setFont(theme.font(theme.BODY))
    label.setBuddy(field)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    field.setAccessibleName(caption)
    body.addWidget(label)
    body.addWidget(field)
