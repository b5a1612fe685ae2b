"""The help: the keys, over everything else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui import help_words, labels, languages, lettering, theme

ROW = 48
HEAD = 120
"""How tall the panel is without its rows."""


class HelpOverlay(QWidget):
    """Covers its parent while it is shown; a click, F1 or Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._page = "line"
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        languages.follow(self, self._say)
        self.hide()

    def _say(self) -> None:
        self.setAccessibleName(labels.help_title())
        told = ". ".join(f"{key}: {does}" for key, does in help_words.of_page(self._page))
        self.setAccessibleDescription(told)

    def toggle(self, page: str = "line") -> None:
        """Show the keys of a page, or hide them."""
        self._page = page
        self._say()
        self.setGeometry(self._over.rect())
        if self.isHidden():
            self._before = self._over.focusWidget()
            self.show()
            self.raise_()
            self.setFocus()  # else the page below takes Esc for itself
        else:
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        before, self._before = self._before, None
        if before is not None and isValid(before):
            before.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        painter.fillRect(self.rect(), QColor(0, 0, 0, 150))
        keys = help_words.of_page(self._page)
        row_tall = min(ROW, (self.height() - 2 * theme.GRID - HEAD) / len(keys))
        wide, tall = min(760, self.width() - 64), row_tall * len(keys) + HEAD
        panel = QRectF((self.width() - wide) / 2, (self.height() - tall) / 2, wide, tall)
        painter.setPen(QPen(colours.edge, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(panel, theme.RADIUS, theme.RADIUS)
        inner = panel.adjusted(32, 28, -32, -28)
        title = theme.font(theme.TITLE, theme.BOLD)
        lettering.write(painter, inner, [labels.help_title()], title, colours.text)
        inner.setTop(inner.top() + 56)
        for n, (key, does) in enumerate(keys):
            row = QRectF(inner.left(), inner.top() + n * row_tall, inner.width(), row_tall)
            _row(painter, row, key, does, colours)
        painter.end()


def _row(painter: QPainter, row: QRectF, key: str, does: str, colours: theme.Colours) -> None:
    font, bold = theme.font(theme.STRONG), theme.font(theme.BODY, theme.BOLD)
    cap = row.adjusted(0, row.height() / 8, 128 - row.width(), -row.height() / 8)
    painter.setPen(QPen(colours.edge, 1))
    painter.setBrush(colours.window)
    painter.drawRoundedRect(cap, 6, 6)
    drop = (cap.height() - lettering.height(1, bold)) / 2
    inside = cap.adjusted(0, drop, 0, 0)
    lettering.write(painter, inside, [key], bold, colours.text, align=lettering.CENTRE)
    text = row.adjusted(cap.width() + 24, 0, 0, 0)
    lines = lettering.wrapped(does, font, text.width(), 2)
    if len(lines) > 1:
        font = theme.font(theme.BODY)
        lines = lettering.wrapped(does, font, text.width(), 2)
    text.setTop(text.top() + (row.height() - lettering.height(len(lines), font)) / 2)
    lettering.write(painter, text, lines, font, colours.text)
