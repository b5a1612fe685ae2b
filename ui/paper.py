"""A rounded sheet on which the parts of a page stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme


class Paper(QWidget):
    """A column on a ground of its own; `alarming` edges it in the colour of what wants attention."""

    def __init__(self) -> None:
        super().__init__()
        self._is_alarming = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[2 * theme.GRID] * 4)
        self.column.setSpacing(theme.GRID)

    def alarm(self, *, alarming: bool) -> None:
        """Let the sheet call for attention, or not."""
        if alarming is not self._is_alarming:
            self._is_alarming = alarming
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        wide = 2.0 if self._is_alarming else 1.0
        painter.setPen(QPen(colours.light if self._is_alarming else colours.edge, wide))
        painter.setBrush(colours.surface)
        half = wide / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        painter.end()


def label(px: int, *, bold: bool = False, quiet: bool = False) -> QLabel:
    """Return a label that wraps its words; `quiet` ones matter less."""
    made = QLabel()
    made.setFont(theme.font(px, theme.BOLD if bold else theme.REGULAR))
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if quiet:
        made.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return made


def say(to: QLabel, text: str) -> None:
    """Let `to` say `text`, and be gone when there is nothing to say."""
    to.setText(text)
    to.setVisible(bool(text))
