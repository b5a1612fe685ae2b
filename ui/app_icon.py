"""The icon of the window in title bars and task bars: a board in its slot, passed.

The same picture as packaging/station.svg, which desktops show before the program runs; painted
here, because PySide6-Essentials reads no SVG as an icon without a plug-in that may be missing.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

SIZES = (16, 24, 32, 48, 64, 128, 256)
_SIDE = 128
"""The side of the drawing in its own units."""

_BOARD, _FOLD, _MODULE, _PIN = "#0b6e75", "#5fc4c9", "#dfe7e8", "#f0c24b"
_SLOT, _OPENING, _NAME = "#2b3440", "#11161c", "#6c7a89"
_PASS, _WHITE = "#1d8a3c", "#ffffff"


def made() -> QIcon:
    """Return the icon in every size that desktops ask for."""
    icon = QIcon()
    for px in SIZES:
        icon.addPixmap(_picture(px))
    return icon


def _picture(px: int) -> QPixmap:
    picture = QPixmap(px, px)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(px / _SIDE, px / _SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    _board(painter)
    _slot(painter)
    _verdict(painter)
    painter.end()
    return picture


def _board(painter: QPainter) -> None:
    board = QPainterPath(QPointF(34, 8))
    for x, y in ((80, 8), (98, 26), (98, 100), (28, 100), (28, 14)):
        board.lineTo(x, y)
    board.closeSubpath()
    painter.fillPath(board, QColor(_BOARD))
    fold = QPainterPath(QPointF(80, 8))
    for x, y in ((80, 26), (98, 26)):
        fold.lineTo(x, y)
    fold.closeSubpath()
    painter.fillPath(fold, QColor(_FOLD))
    _box(painter, QRectF(42, 26, 30, 26), 3, _MODULE)
    for n in range(4):
        for y in (16, 56):
            _box(painter, QRectF(42 + 8 * n, y, 4, 6), 0, _PIN)


def _slot(painter: QPainter) -> None:
    _box(painter, QRectF(6, 84, 116, 36), 6, _SLOT)
    _box(painter, QRectF(22, 84, 84, 8), 0, _OPENING)
    _box(painter, QRectF(18, 102, 34, 6), 3, _NAME)


def _verdict(painter: QPainter) -> None:
    middle = QPointF(90, 76)
    for radius, colour in ((31, _WHITE), (27, _PASS)):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(middle, radius, radius)
    check = QPen(QColor(_WHITE), 8)
    check.setCapStyle(Qt.PenCapStyle.RoundCap)
    check.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(check)
    painter.drawPolyline([QPointF(76, 77), QPointF(86, 87), QPointF(105, 66)])


def _box(painter: QPainter, box: QRectF, round_by: float, colour: str) -> None:
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(box, round_by, round_by)
