"""What the Rework page says while no unit is open: one headline, and one next action."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from station.model import Right
from ui import case_words, icons, rework_words, theme
from ui.icons import Icon
from ui.paper import label, say
from ui.rework import Rework
from ui.rework_states import State

SIDE = 96

_ICONS = {
    State.STARTING: Icon.CLOCK,
    State.SIGNED_OUT: Icon.SIGN_IN,
    State.FORBIDDEN: Icon.LOCK,
    State.READING: Icon.CLOCK,
    State.UNKNOWN: Icon.SEARCH,
    State.SEVERAL: Icon.SEARCH,
}


class Mark(QWidget):
    """A large icon."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon.SCAN
        self.setFixedSize(SIDE, SIDE)

    def show_icon(self, icon: Icon) -> None:
        if icon is not self._icon:
            self._icon = icon
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        icons.draw(painter, self._icon, QRectF(self.rect()), colours.accent.ground)
        painter.end()


class Invitation(QWidget):
    """`adopt_wanted` is its button, where nobody knows what was scanned."""

    adopt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mark = Mark()
        self.title, self.does = label(theme.DISPLAY, bold=True), label(theme.STRONG, quiet=True)
        self.button = QPushButton()
        self.button.clicked.connect(self.adopt_wanted)
        theme.make_primary(self.button, primary=True)
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addStretch(1)
        column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignHCenter)
        for text in (self.title, self.does):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_page(self, page: Rework) -> None:
        """Show what to do while no unit is open."""
        says, does = rework_words.failed(page.trouble) if page.trouble else rework_words.empty(page)
        say(self.title, says)
        say(self.does, does)
        self.setAccessibleName(f"{says}. {does}")
        unknown = page.state is State.UNKNOWN and page.trouble is None
        self.mark.show_icon(Icon.WARNING if page.trouble else _ICONS.get(page.state, Icon.SCAN))
        self.button.setText(case_words.adopt_button())
        self.button.setAccessibleName(case_words.adopt_button())
        self.button.setVisible(unknown and page.may(Right.REWORK))
