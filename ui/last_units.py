"""The side list: the last units of the shift, newest on top."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import labels, languages, lettering, shapes, theme, words
from ui.screen import LastUnit
from ui.turns import Turns

ROW = 56
HEAD = 48


class LastUnits(QWidget):
    """Shows as many of the last units as there is room for."""

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self._turns = turns
        self._units: tuple[LastUnit, ...] = ()
        self.setFixedWidth(272)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        languages.follow(self, self._say)

    def show_units(self, units: tuple[LastUnit, ...]) -> None:
        if units == self._units:
            return
        self._units = units
        self._say()
        self._turns.paint(self)

    def _say(self) -> None:
        self.setAccessibleName(labels.last_units())
        told = (words.last_unit_told(unit.outcome, unit.unit, _below(unit)) for unit in self._units)
        self.setAccessibleDescription(". ".join(told) or labels.no_last_units())

    def minimumSizeHint(self) -> QSize:
        return QSize(272, HEAD + ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, 0, 1, self.height(), colours.edge)
        inner = QRectF(self.rect()).adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0)
        head = theme.font(theme.CAPTION, theme.BOLD)
        drop = (HEAD - lettering.height(1, head)) / 2
        line = lettering.elided(labels.last_units(), head, inner.width())
        lettering.write(painter, inner.adjusted(0, drop, 0, 0), [line], head, colours.quiet)
        body = inner.adjusted(0, HEAD, 0, 0)
        if not self._units:
            font = theme.font(theme.BODY)
            lines = lettering.wrapped(labels.no_last_units(), font, body.width(), 3)
            lettering.write(painter, body, lines, font, colours.quiet)
        for n, unit in enumerate(self._units[: int(body.height() // ROW)]):
            row = QRectF(body.left(), body.top() + n * ROW, body.width(), ROW)
            _row(painter, row, unit, colours)
        painter.end()


def _row(painter: QPainter, row: QRectF, unit: LastUnit, colours: theme.Colours) -> None:
    side = 28.0
    mark = QRectF(row.left(), row.center().y() - side / 2, side, side)
    shape, ink = shapes.VERDICTS[unit.outcome], colours.marked(unit.outcome)
    paper = colours.verdicts[unit.outcome].ink
    shapes.draw(painter, shape, mark, ink, paper)
    name, small = theme.font(theme.BODY, theme.BOLD), theme.font(theme.CAPTION)
    text = row.adjusted(side + theme.GRID + 4, 0, 0, 0)
    below = lettering.wrapped(_below(unit), small, text.width(), 2)
    both = lettering.height(1, name) + lettering.height(len(below), small)
    text.setTop(text.top() + (ROW - both) / 2)
    title = lettering.elided(unit.unit or "–", name, text.width(), keep_end=True)
    text.setTop(text.top() + lettering.write(painter, text, [title], name, colours.text))
    lettering.write(painter, text, below, small, colours.quiet)


def _below(unit: LastUnit) -> str:
    return words.last_unit_below(unit.slot, unit.code, unit.stage, late=unit.late)
