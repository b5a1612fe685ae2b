"""A badge, drawn, and the words beside it: what a dialog asks whoever stands before it to scan."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import lettering, theme
from ui.theme import Pair

TALL, TALL_TO_READ = 80, 112
"""The height where a badge is drawn, and where there are only words, and more of them."""
CARD = (44.0, 58.0)


class BadgeStrip(QWidget):
    """Says what `says` returns; marked where a badge was read, quiet where none is asked for."""

    def __init__(self, says: Callable[[], str]) -> None:
        super().__init__()
        self._says = says
        self._asks = True
        self.setFixedHeight(TALL)

    def show_text(self, says: Callable[[], str], *, asks: bool) -> None:
        """Say another thing; `asks` where a scan is waited for."""
        self._says, self._asks = says, asks
        self.setFixedHeight(TALL if asks else TALL_TO_READ)
        self.say()

    def say(self) -> None:
        """Say it anew: the language may have changed."""
        self.setAccessibleName(self._says())
        self.update()

    @property
    def text(self) -> str:
        return self._says()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        pair = colours.accent if self._asks else Pair(colours.surface, colours.text)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen if self._asks else colours.edge)
        painter.setBrush(pair.ground)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if self._asks:
            _draw_badge(painter, QPointF(box.left() + 4 * theme.GRID + 6, box.center().y()), pair)
            box.adjust(CARD[0] + 5 * theme.GRID, 0, -theme.GRID, 0)
        else:
            box.adjust(2 * theme.GRID, 0, -2 * theme.GRID, 0)
        font, lines = self._fitted(box.width())
        box.setTop(box.center().y() - lettering.height(len(lines), font) / 2)
        lettering.write(painter, box, lines, font, pair.ink)
        painter.end()

    def _fitted(self, wide: float) -> tuple[QFont, tuple[str, ...]]:
        """Return the text in the largest letters in which it fits."""
        sizes = (theme.TITLE, theme.STRONG, theme.BODY) if self._asks else (theme.BODY,)
        for px in sizes:
            font = theme.font(px, theme.BOLD if self._asks else theme.MEDIUM)
            lines = lettering.wrapped(self._says(), font, wide, 9)
            if lettering.height(len(lines), font) <= self.height() - theme.GRID:
                return font, lines
        font = theme.font(theme.CAPTION, theme.MEDIUM)
        most = int((self.height() - theme.GRID) / lettering.height(1, font))
        return font, lettering.wrapped(self._says(), font, wide, most)


def _draw_badge(painter: QPainter, centre: QPointF, pair: Pair) -> None:
    """Draw a card on a clip with a face on it, in `pair`'s ink."""
    card = QRectF(0, 0, *CARD)
    card.moveCenter(centre)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pair.ink)
    painter.drawRoundedRect(card, 6, 6)
    painter.setBrush(pair.ground)
    slot = QRectF(0, 0, 14, 4)
    slot.moveCenter(QPointF(centre.x(), card.top() + 7))
    painter.drawRoundedRect(slot, 2, 2)
    painter.drawEllipse(QPointF(centre.x(), centre.y() - 6), 7.5, 7.5)
    painter.drawChord(QRectF(centre.x() - 14, centre.y() + 5, 28, 28), 0, 180 * 16)
    painter.drawRoundedRect(QRectF(card.left() + 9, card.bottom() - 7, 26, 3), 1.5, 1.5)
