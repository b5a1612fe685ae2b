"""A question that never blocks: it is opened, and calls back on yes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class Ask(QDialog):
    """Asks `question`; `accepted` is the answer yes. The safe answer is the one that Enter gives."""

    def __init__(self, parent: QWidget, question: tuple[str, str], *, yes: str, no: str) -> None:
        super().__init__(parent)
        title, explained = question
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        head, text = QLabel(title), QLabel(explained)
        head.setFont(theme.font(theme.TITLE, theme.BOLD))
        text.setFont(theme.font(theme.STRONG))
        for label in (head, text):
            label.setWordWrap(True)
        self.no, self.yes = QPushButton(no), QPushButton(yes)
        self.no.setDefault(True)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        theme.make_primary(self.no, primary=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        for button in (self.yes, self.no):
            button.setAccessibleName(button.text())
            button.setMinimumHeight(theme.TOUCH + theme.GRID)
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[4 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(head)
        column.addWidget(text)
        column.addSpacing(theme.GRID)
        column.addLayout(buttons)
        self.no.setFocus()
