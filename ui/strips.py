"""Strips across the window: the training mark and the banner of a halted station."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from station.model import Outcome, Trouble
from ui import languages, lettering, shapes, theme, words
from ui.shapes import Shape


class TrainingStrip(QWidget):
    """Says that nothing here is real, so loudly that nobody ships a simulated unit."""

    TALL = 36

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(self.TALL)
        languages.follow(self, self._say)

    def _say(self) -> None:
        self.setAccessibleName(words.training())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pair = theme.colours_of(self.palette()).training
        painter.fillRect(self.rect(), pair.ground)
        font = theme.font(theme.BODY + 2, theme.BOLD)
        line = lettering.elided(words.training(), font, self.width() - 4 * theme.GRID)
        wide = lettering.advance(line, font) + 4 * theme.GRID
        middle = self.width() / 2
        self._hatch(painter, pair, 0, middle - wide / 2)
        self._hatch(painter, pair, middle + wide / 2, self.width())
        drop = (self.TALL - lettering.height(1, font)) / 2
        box = QRectF(0, drop, self.width(), self.TALL)
        lettering.write(painter, box, [line], font, pair.ink, align=lettering.CENTRE)
        painter.end()

    def _hatch(self, painter: QPainter, pair: theme.Pair, left: float, right: float) -> None:
        painter.save()
        painter.setClipRect(QRectF(left, 0, right - left, self.TALL))
        painter.setPen(QPen(pair.ground.lighter(135), 0))
        painter.setBrush(pair.ground.lighter(135))
        lean, step = float(self.TALL), 32
        for x in range(int(left) // step * step - self.TALL, int(right) + step, step):
            corners = ((x, lean), (x + lean, 0.0), (x + lean + 12, 0.0), (x + 12, lean))
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        painter.restore()


class HaltBanner(QWidget):
    """Why the station can't work, and who does what about it; hidden while it can."""

    def __init__(self) -> None:
        super().__init__()
        self._trouble: Trouble | None = None
        self.hide()
        languages.follow(self, self._say)

    def show_trouble(self, trouble: Trouble | None) -> None:
        if trouble == self._trouble:
            return
        self._trouble = trouble
        self._say()
        self.setVisible(trouble is not None)
        self.update()

    def _say(self) -> None:
        if trouble := self._trouble:
            self.setAccessibleName(f"{words.says(trouble)} {words.remedy(trouble)} {trouble.code}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._trouble is None:
            return
        painter = QPainter(self)
        pair = theme.colours_of(self.palette()).verdicts[Outcome.ERROR]
        painter.fillRect(self.rect(), pair.ground)
        side = 56.0
        mark = QRectF(3 * theme.GRID, (self.height() - side) / 2, side, side)
        shapes.draw(painter, Shape.WARNING, mark, pair.ink, pair.ground)
        box = self._text_box()
        for line, font in zip(self._lines(), self._fonts(), strict=True):
            box.setTop(box.top() + lettering.write(painter, box, line, font, pair.ink))
        painter.end()

    def _text_box(self) -> QRectF:
        left = 3 * theme.GRID + 56 + 2 * theme.GRID
        return QRectF(left, 2 * theme.GRID, self.width() - left - 3 * theme.GRID, 0)

    def _fonts(self) -> tuple[QFont, ...]:
        return (
            theme.font(theme.TITLE, theme.BOLD),
            theme.font(theme.STRONG),
            theme.font(theme.CAPTION, theme.BOLD),
        )

    def _lines(self) -> tuple[tuple[str, ...], ...]:
        if self._trouble is None:
            return ((), (), ())
        texts = (words.says(self._trouble), words.remedy(self._trouble), self._trouble.code)
        wide = max(200.0, self._text_box().width())
        return tuple(
            lettering.wrapped(text, font, wide, 2)
            for text, font in zip(texts, self._fonts(), strict=True)
        )

    def _fit(self) -> None:
        tall = sum(
            lettering.height(len(lines), font)
            for lines, font in zip(self._lines(), self._fonts(), strict=True)
        )
        self.setFixedHeight(int(max(tall, 56) + 4 * theme.GRID))
