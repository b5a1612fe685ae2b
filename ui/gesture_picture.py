"""The picture of what a hand does to a board: a wire from pin to pin, or a finger on a button.

Drawn in units of its own and scaled to its room. Beside the board stands its light, on and then
off: that is what the hand waits for.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from station.model import Gesture
from ui import lettering, theme

TALL = 112.0
BOARD = 150.0
WIDE, NARROW = 300.0, 206.0
"""The picture's width, in units, with its lights side by side and one above the other."""

LEAST_PX = 84.0
"""The height of a picture below which nobody knows a wire from a pin at two metres."""


def is_clear_in(room: QRectF) -> bool:
    """Say whether a picture in `room` can be made out."""
    return min(room.height(), room.width() * TALL / NARROW) >= LEAST_PX


def draw(painter: QPainter, room: QRectF, gesture: Gesture, colours: theme.Colours) -> None:
    """Draw `gesture` as large as `room` allows, in its middle."""
    side_by_side = min(room.width() / WIDE, room.height() / TALL)
    stacked = min(room.width() / NARROW, room.height() / TALL)
    is_wide = side_by_side * 1.12 >= stacked
    scale, wide = (side_by_side, WIDE) if is_wide else (stacked, NARROW)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(room.center() - QPointF(wide, TALL) * scale / 2)
    painter.scale(scale, scale)
    if gesture.button:
        _board(painter, colours)
        _button(painter, gesture.button, colours)
    else:
        _board(painter, colours)
        _wire(painter, gesture.pin, gesture.to, colours)
    _lights(painter, gesture.led, colours, is_wide=is_wide)
    painter.restore()


def _board(painter: QPainter, colours: theme.Colours) -> None:
    painter.setPen(QPen(colours.text, 2.5))
    painter.setBrush(colours.board.ground)
    painter.drawRoundedRect(QRectF(9, 3, BOARD - 12, 64), 6, 6)
    painter.setBrush(colours.edge)
    painter.drawRoundedRect(QRectF(2, 24, 20, 22), 3, 3)


def _wire(painter: QPainter, pin: str, to: str, colours: theme.Colours) -> None:
    """Draw the row of pins, two of them with their names, and a wire that joins these."""
    at_100 = theme.font(100, theme.BOLD)
    wide, to_wide = lettering.advance(pin, at_100), lettering.advance(to, at_100)
    share = min(30 / lettering.height(1, at_100), 102 / (wide + to_wide))
    ends = (max(42, 28 + share * wide / 2), min(116, 141 - share * to_wide / 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.board.ink)
    for n in range(8):
        painter.drawRect(QRectF(27 + n * 15, 57, 6, 6))
    for x, name in zip(ends, (pin, to), strict=True):
        _write(painter, QPointF(x, 29), name, share, colours.board.ink)
    wire = QPainterPath(QPointF(ends[0], 61))
    wire.cubicTo(QPointF(ends[0], 120), QPointF(ends[1], 120), QPointF(ends[1], 61))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((colours.text, 11.0), (colours.accent.ground, 7.0)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(wire)
    painter.setPen(QPen(colours.text, 2))
    painter.setBrush(colours.accent.ground)
    for x in ends:
        painter.drawRoundedRect(QRectF(x - 8, 52, 16, 16), 3, 3)


def _button(painter: QPainter, name: str, colours: theme.Colours) -> None:
    """Draw a named button, and a hand with a finger on it."""
    _name(painter, QRectF(26, 5, BOARD - 34, 22), name, colours.board.ink)
    middle = QPointF(84, 47)
    painter.setPen(QPen(colours.text, 2))
    painter.setBrush(colours.board.ink)
    painter.drawRoundedRect(QRectF(middle.x() - 19, middle.y() - 15, 38, 30), 4, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.accent.ground)
    painter.drawEllipse(middle, 12, 12)
    painter.setPen(QPen(colours.surface, 3))
    painter.setBrush(colours.text)
    painter.drawPath(_hand(middle))


def _hand(tip: QPointF) -> QPainterPath:
    """Return a fist whose first finger points up, with its tip at `tip`."""
    x, y = tip.x(), tip.y()
    hand = QPainterPath()
    hand.addRoundedRect(QRectF(x - 8, y - 3, 16, 58), 8, 8)
    for n, top in enumerate((27.0, 30.0, 34.0)):
        knuckle = QPainterPath()
        knuckle.addRoundedRect(QRectF(x + 5 + n * 11, y + top, 16, 30), 7, 7)
        hand = hand.united(knuckle)
    palm, thumb = QPainterPath(), QPainterPath()
    palm.addRoundedRect(QRectF(x - 8, y + 38, 52, 25), 9, 9)
    corners = ((x - 4, y + 40), (x - 17, y + 27), (x - 24, y + 34), (x - 6, y + 58), (x, y + 62))
    thumb.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    thumb.closeSubpath()
    return hand.united(palm).united(thumb)


def _lights(painter: QPainter, name: str, colours: theme.Colours, *, is_wide: bool) -> None:
    """Draw the light on, an arrow, the light off, and its name."""
    if is_wide:
        on, off, radius = QPointF(184, 40), QPointF(270, 40), 19.0
        title, arrow = QRectF(BOARD + 4, 76, WIDE - BOARD - 4, 26), QPointF(227, 40)
    else:
        on, off, radius = QPointF(180, 38), QPointF(180, 94), 12.0
        title, arrow = QRectF(BOARD + 2, 0, NARROW - BOARD - 2, 16), QPointF(180, 69)
    _name(painter, title, name, colours.text)
    _light(painter, on, radius, colours.light, colours)
    _rays(painter, on, radius, colours)
    _light(painter, off, radius, colours.surface, colours)
    painter.save()
    painter.translate(arrow)
    painter.rotate(0 if is_wide else 90)
    length = 11.0 if is_wide else 6.0
    painter.setPen(QPen(colours.text, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(-length, 0), QPointF(length, 0))
    painter.drawPolyline([QPointF(length - 6, -6), QPointF(length, 0), QPointF(length - 6, 6)])
    painter.restore()


def _light(
    painter: QPainter, middle: QPointF, radius: float, fill: QColor, colours: theme.Colours
) -> None:
    painter.setPen(QPen(colours.text, 3.5))
    painter.setBrush(fill)
    painter.drawEllipse(middle, radius * 0.7, radius * 0.7)


def _rays(painter: QPainter, middle: QPointF, radius: float, colours: theme.Colours) -> None:
    painter.save()
    painter.translate(middle)
    painter.setPen(QPen(colours.text, 3.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for _ in range(8):
        painter.drawLine(QPointF(radius * 1.05, 0), QPointF(radius * 1.4, 0))
        painter.rotate(45)
    painter.restore()


def _name(painter: QPainter, box: QRectF, text: str, ink: QColor) -> None:
    """Write `text` in the middle of `box`, as large as it goes."""
    at_100 = theme.font(100, theme.BOLD)
    tall, wide = lettering.height(1, at_100), lettering.advance(text, at_100)
    _write(painter, box.center(), text, min(box.height() / tall, box.width() / wide), ink)


def _write(painter: QPainter, middle: QPointF, text: str, share: float, ink: QColor) -> None:
    """Write `text` round `middle`, in `share` of letters of a hundred units."""
    at_100 = theme.font(100, theme.BOLD)
    painter.save()
    painter.translate(middle)
    painter.scale(share, share)
    painter.setFont(at_100)
    painter.setPen(ink)
    wide, tall = lettering.advance(text, at_100), lettering.height(1, at_100)
    painter.drawText(QPointF(-wide / 2, lettering.ascent(at_100) - tall / 2), text)
    painter.restore()
