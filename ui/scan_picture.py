"""The picture of a label that is to be scanned: its bars, and the light of a scanner on them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from station.model import Outcome
from ui import theme

WIDE, TALL = 220.0, 112.0
LEAST_PX = 72.0
"""The height of the picture below which nobody knows bars from a grey patch at two metres."""

_BARS = (3, 2, 1, 4, 1, 3, 2, 2, 5, 1, 2, 3, 1, 4, 2)
"""Widths of bars and gaps in turn, in modules: a likeness, no code."""


def is_clear_in(room: QRectF) -> bool:
    """Say whether the picture in `room` can be made out."""
    return min(room.height(), room.width() * TALL / WIDE) >= LEAST_PX


def draw(painter: QPainter, room: QRectF, colours: theme.Colours) -> None:
    """Draw the picture as large as `room` allows, in its middle."""
    scale = min(room.width() / WIDE, room.height() / TALL)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(room.center() - QPointF(WIDE, TALL) * scale / 2)
    painter.scale(scale, scale)
    _label(painter, colours)
    _scanner(painter, colours)
    painter.restore()


def _label(painter: QPainter, colours: theme.Colours) -> None:
    painter.setPen(QPen(colours.text, 2.5))
    painter.setBrush(colours.surface)
    painter.drawRoundedRect(QRectF(4, 14, 112, 84), 6, 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.text)
    module, left = 92 / sum(_BARS), 14.0
    for n, modules in enumerate(_BARS):
        if n % 2 == 0:
            painter.drawRect(QRectF(left, 26, module * modules, 46))
        left += module * modules
    painter.drawRoundedRect(QRectF(14, 80, 56, 6), 2, 2)


def _scanner(painter: QPainter, colours: theme.Colours) -> None:
    beam = colours.marked(Outcome.FAIL)
    painter.setBrush(beam)
    painter.setOpacity(0.35)
    painter.drawPolygon(QPolygonF([QPointF(168, 46), QPointF(110, 24), QPointF(110, 74)]))
    painter.setOpacity(1.0)
    painter.setPen(QPen(beam, 3))
    painter.drawLine(QPointF(10, 49), QPointF(110, 49))
    painter.setPen(QPen(colours.text, 2.5))
    painter.setBrush(colours.accent.ground)
    painter.drawRoundedRect(QRectF(166, 32, 48, 28), 8, 8)
    handle = QPolygonF([QPointF(186, 60), QPointF(206, 60), QPointF(212, 104), QPointF(194, 104)])
    painter.drawPolygon(handle)
