"""Every icon with its name, on one sheet, for the pictures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import icons, lettering, theme
from ui.icons import Icon

ACROSS = 9
WIDE, TALL = 152, 112


class IconSheet(QWidget):
    """Paints all icons large, and small beside."""

    def sizeHint(self) -> QSize:
        return QSize(ACROSS * WIDE, -(-len(Icon) // ACROSS) * TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        font = theme.font(theme.CAPTION)
        for n, which in enumerate(Icon):
            row, column = divmod(n, ACROSS)
            x, y = column * WIDE, row * TALL
            icons.draw(painter, which, QRectF(x + 32, y + 16, 48, 48), colours.text)
            icons.draw(painter, which, QRectF(x + 96, y + 30, 20, 20), colours.quiet)
            box = QRectF(x, y + 74, WIDE, 20)
            lettering.write(painter, box, [which], font, colours.quiet, align=lettering.CENTRE)
        painter.end()
