"""The head of a card: the slot, the unit, and a band across it where somebody is wanted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath

from ui import icons, lettering, shapes, theme, words
from ui.card import Card, Phase
from ui.face import Canvas
from ui.icons import Icon
from ui.shapes import Shape

_NAME = 0.75
"""The size of the slot's name, as a share of the title's."""
_MARK = 1.15
"""The side of the mark before it, as a share of the name's size."""


def is_wanted(card: Card) -> bool:
    """Say whether a person must do something before the run goes on."""
    return card.phase is Phase.RUNNING and bool(card.prompt or card.question)


def paint(canvas: Canvas, box: QRectF, frame: QRectF) -> float:
    """Paint the head at the top of `box`, the band within `frame`; return the height taken."""
    card = canvas.face.card
    bold = theme.font(canvas.sizes.title * _NAME, theme.BOLD)
    tall = lettering.height(1, bold)
    left, ink = box.left(), _ink(canvas)
    if is_wanted(card):
        ink = canvas.colours.accent.ink
        _band(canvas, frame, box.top() + tall + canvas.sizes.pad / 2)
        side = canvas.sizes.title * _NAME * _MARK
        _mark(canvas, QRectF(left, box.top() + (tall - side) / 2, side, side), ink)
        left += side + theme.GRID
    name_wide = (box.right() - left) * (0.6 if card.unit else 1)
    name = lettering.elided(words.slot(card.slot), bold, name_wide)
    text = QRectF(left, box.top(), box.right() - left, tall)
    lettering.write(canvas.painter, text, [name], bold, ink)
    text.setLeft(left + lettering.advance(name, bold) + theme.GRID)
    _unit(canvas, text, lettering.ascent(bold), ink)
    return tall


def _ink(canvas: Canvas) -> QColor:
    empty = canvas.face.card.phase is Phase.EMPTY
    return canvas.colours.quiet if empty else canvas.pair.ink


def _unit(canvas: Canvas, box: QRectF, ascent: float, ink: QColor) -> None:
    plain = theme.font(canvas.sizes.body)
    unit = lettering.elided(canvas.face.card.unit, plain, box.width(), keep_end=True)
    box = box.adjusted(0, ascent - lettering.ascent(plain), 0, 0)
    lettering.write(canvas.painter, box, [unit], plain, ink, align=lettering.RIGHT)


def _band(canvas: Canvas, frame: QRectF, bottom: float) -> None:
    """Fill the card from its top to `bottom`."""
    whole, above = QPainterPath(), QPainterPath()
    whole.addRoundedRect(frame, theme.RADIUS, theme.RADIUS)
    above.addRect(QRectF(frame.left(), frame.top(), frame.width(), bottom - frame.top()))
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(canvas.colours.accent.ground)
    canvas.painter.drawPath(whole.intersected(above))


def _mark(canvas: Canvas, box: QRectF, ink: QColor) -> None:
    if canvas.face.card.question:
        icons.draw(canvas.painter, Icon.SCAN, box, ink)
    else:
        shapes.draw(canvas.painter, Shape.HAND, box, ink, canvas.colours.accent.ground)
