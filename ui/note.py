"""A sentence in a dialog that says how it goes; what went wrong stands on a ground of its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.model import Outcome
from ui import lettering, shapes, theme
from ui.shapes import Shape

LINES = 3
SIDE = 32.0


class Note(QWidget):
    """Keeps its height whatever it says, so that nothing moves under a finger."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._wrong = False
        tall = lettering.height(LINES, theme.font(theme.BODY, theme.MEDIUM))
        self.setFixedHeight(int(tall) + theme.GRID)

    @property
    def text(self) -> str:
        return self._text

    def say(self, text: str, *, wrong: bool) -> None:
        """Say `text`; `wrong` marks what went wrong, by shape and colour."""
        self._text, self._wrong = text, wrong
        self.setAccessibleName(text)
        self.update()

    def fit(self, wide: float) -> tuple[QFont, tuple[str, ...]]:
        """Return the lines that stand within `wide` pixels, in smaller letters where they must."""
        font = theme.font(theme.BODY, theme.MEDIUM)
        lines = lettering.wrapped(self._text, font, wide, LINES + 1)
        if len(lines) > LINES:
            font = theme.font(theme.CAPTION, theme.MEDIUM)
            lines = lettering.wrapped(self._text, font, wide, LINES + 1)
        return font, lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        box, ink = QRectF(self.rect()), colours.text
        if self._wrong:
            pair = colours.verdicts[Outcome.FAIL]
            painter.setPen(pair.ground)
            painter.setBrush(pair.ground)
            painter.drawRoundedRect(box, theme.GRID, theme.GRID)
            mark = QRectF(box.left() + theme.GRID + 4, box.center().y() - SIDE / 2, SIDE, SIDE)
            shapes.draw(painter, Shape.WARNING, mark, pair.ink, pair.ground)
            box.adjust(SIDE + 3 * theme.GRID, 0, -theme.GRID, 0)
            ink = pair.ink
        font, lines = self.fit(box.width())
        box.setTop((box.height() - lettering.height(len(lines), font)) / 2)
        lettering.write(painter, box, lines, font, ink)
        painter.end()
