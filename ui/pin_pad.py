"""Keys for a PIN that a gloved finger hits; they never take the focus from the field they fill."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui import languages, people_words, theme

KEY = 56
"""The least height of a key in pixels."""
ERASE, DONE = "⌫", "✓"
_ROWS = ("123", "456", "789", f"{ERASE}0{DONE}")


class PinPad(QWidget):
    """`typed` carries a digit; `erased` and `done` are the other two keys."""

    typed = Signal(str)
    erased = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GRID)
        for row, signs in enumerate(_ROWS):
            for column, sign in enumerate(signs):
                grid.addWidget(self._key(sign), row, column)
        theme.make_primary(self.keys[DONE], primary=True)
        languages.follow(self, self._say)

    def _key(self, sign: str) -> QPushButton:
        key = QPushButton(sign)
        key.setFont(theme.font(theme.TITLE, theme.BOLD))
        key.setStyleSheet(f"font-size: {theme.TITLE}px;")
        key.setMinimumSize(KEY, KEY)
        key.setAutoDefault(False)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setAccessibleName(sign)
        if sign == ERASE:
            key.clicked.connect(self.erased)
        elif sign == DONE:
            key.clicked.connect(self.done)
        else:
            key.clicked.connect(lambda: self.typed.emit(sign))
        self.keys[sign] = key
        return key

    def _say(self) -> None:
        self.keys[ERASE].setAccessibleName(people_words.pad_erase())
        self.keys[DONE].setAccessibleName(people_words.pad_done())
