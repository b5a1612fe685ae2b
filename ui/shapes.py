"""The shapes of verdicts and lamps, drawn by hand so that colour is never all there is."""

from __future__ import annotations

import math
from enum import StrEnum
from functools import cache, lru_cache
from typing import assert_never

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from station.model import Lamp, Outcome


class Shape(StrEnum):
    CHECK = "check mark in a circle"
    CROSS = "cross in an octagon"
    WARNING = "exclamation mark in a triangle"
    HOURGLASS = "hourglass"
    QUESTION = "question mark in a diamond"
    HAND = "raised hand"
    RING = "ring"
    DOT = "ring with a dot"
    SOCKET = "socket"
    AIR = "waves that leave a dot"


VERDICTS = {
    Outcome.PASS: Shape.CHECK,
    Outcome.FAIL: Shape.CROSS,
    Outcome.ERROR: Shape.WARNING,
    Outcome.TIMEOUT: Shape.HOURGLASS,
    Outcome.ABORTED: Shape.HAND,
    Outcome.UNKNOWN: Shape.QUESTION,
}

LAMPS = {
    Lamp.OFF: Shape.RING,
    Lamp.GOOD: Shape.CHECK,
    Lamp.BUSY: Shape.HOURGLASS,
    Lamp.BAD: Shape.WARNING,
}


SMALL_PX = 48.0
"""Marks up to this side are painted once and kept as pictures; a card has a handful of them."""


def draw(painter: QPainter, shape: Shape, box: QRectF, ink: QColor, paper: QColor) -> None:
    """Draw `shape` as large as `box` allows, in `ink`, with what is inside it in `paper`."""
    side = min(box.width(), box.height())
    corner = box.center() - QPointF(side, side) / 2
    ratio = painter.device().devicePixelRatio()
    # Where a pixel of ours is not a whole number of the screen's, a picture would be blurred.
    if side > SMALL_PX or ratio != int(ratio):
        _draw_at(painter, shape, QRectF(corner, QSizeF(side, side)), ink, paper)
        return
    whole = QPointF(math.floor(corner.x()), math.floor(corner.y()))
    within = corner - whole
    look = (ink.rgba(), paper.rgba())
    picture = _picture(shape, side, (within.x(), within.y()), look, int(ratio))
    painter.drawImage(whole - QPointF(1, 1), picture)


@lru_cache(256)
def _picture(
    shape: Shape, side: float, within: tuple[float, float], look: tuple[int, int], ratio: int
) -> QImage:
    """Return `shape` with a margin of one pixel, drawn `within` a pixel as it stands on the screen."""
    wide = (math.ceil(side) + 3) * ratio
    image = QImage(wide, wide, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    ink, paper = map(QColor.fromRgba, look)
    box = QRectF(1 + within[0], 1 + within[1], side, side)
    _draw_at(painter, shape, box, ink, paper)
    painter.end()
    return image


def _draw_at(painter: QPainter, shape: Shape, box: QRectF, ink: QColor, paper: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 100, box.height() / 100)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    _draw_unit(painter, shape, ink, paper)
    painter.restore()


def _draw_unit(painter: QPainter, shape: Shape, ink: QColor, paper: QColor) -> None:
    match shape:
        case Shape.CHECK | Shape.CROSS | Shape.WARNING | Shape.QUESTION:
            painter.drawPath(_ground(shape))
            _glyph(painter, shape, paper)
        case Shape.HOURGLASS:
            _hourglass(painter, ink, paper)
        case Shape.HAND:
            _hand(painter, ink)
        case Shape.RING | Shape.DOT:
            painter.setPen(QPen(ink, 10))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(50, 50), 38, 38)
            if shape is Shape.DOT:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                painter.drawEllipse(QPointF(50, 50), 21, 21)
        case Shape.SOCKET:
            _socket(painter, ink)
        case Shape.AIR:
            _air(painter, ink)
        case _:
            assert_never(shape)


@cache
def _ground(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    if shape is Shape.CHECK:
        path.addEllipse(QPointF(50, 50), 47, 47)
    elif shape is Shape.CROSS:
        path.addPolygon(_polygon(8, 49, turned=math.pi / 8))
    elif shape is Shape.WARNING:
        path.addPath(_rounded([(50, 8), (96, 90), (4, 90)], 9))
    else:
        path.addPath(_rounded([(50, 1), (99, 50), (50, 99), (1, 50)], 7))
    path.closeSubpath()
    return path


def _polygon(corners: int, radius: float, turned: float) -> QPolygonF:
    turn = 2 * math.pi / corners
    return QPolygonF(
        [
            QPointF(
                50 + radius * math.cos(turned + turn * n), 50 + radius * math.sin(turned + turn * n)
            )
            for n in range(corners)
        ]
    )


def _rounded(corners: list[tuple[float, float]], radius: float) -> QPainterPath:
    path = QPainterPath()
    points = [QPointF(x, y) for x, y in corners]
    for n, here in enumerate(points):
        before, after = points[n - 1], points[(n + 1) % len(points)]
        begin, end = _towards(here, before, radius), _towards(here, after, radius)
        if path.elementCount():
            path.lineTo(begin)
        else:
            path.moveTo(begin)
        path.quadTo(here, end)
    path.closeSubpath()
    return path


def _towards(start: QPointF, goal: QPointF, distance: float) -> QPointF:
    return QLineF(start, goal).pointAt(distance / QLineF(start, goal).length())


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(
        colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _glyph(painter: QPainter, shape: Shape, paper: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(paper, 11))
    if shape is Shape.CHECK:
        painter.drawPolyline([QPointF(28, 52), QPointF(44, 68), QPointF(73, 34)])
    elif shape is Shape.CROSS:
        painter.drawLine(QPointF(34, 34), QPointF(66, 66))
        painter.drawLine(QPointF(66, 34), QPointF(34, 66))
    elif shape is Shape.WARNING:
        painter.drawLine(QPointF(50, 37), QPointF(50, 60))
        _spot(painter, paper, 50, 76)
    else:
        curve = QPainterPath(QPointF(37, 39))
        curve.cubicTo(QPointF(38, 22), QPointF(63, 22), QPointF(63, 39))
        curve.cubicTo(QPointF(63, 49), QPointF(50, 50), QPointF(50, 60))
        painter.setPen(_pen(paper, 9.5))
        painter.drawPath(curve)
        _spot(painter, paper, 50, 76)


def _spot(painter: QPainter, colour: QColor, x: float, y: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(x, y), 6.5, 6.5)


def _hourglass(painter: QPainter, ink: QColor, paper: QColor) -> None:
    glass = QPainterPath(QPointF(24, 14))
    glass.lineTo(76, 14)
    glass.cubicTo(QPointF(76, 38), QPointF(58, 42), QPointF(58, 50))
    glass.cubicTo(QPointF(58, 58), QPointF(76, 62), QPointF(76, 86))
    glass.lineTo(24, 86)
    glass.cubicTo(QPointF(24, 62), QPointF(42, 58), QPointF(42, 50))
    glass.cubicTo(QPointF(42, 42), QPointF(24, 38), QPointF(24, 14))
    painter.drawPath(glass)
    painter.setPen(_pen(ink, 10))
    painter.drawLine(QPointF(18, 9), QPointF(82, 9))
    painter.drawLine(QPointF(18, 91), QPointF(82, 91))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paper)
    painter.drawPath(_rounded([(34, 22), (66, 22), (50, 42)], 3))
    painter.drawPath(_rounded([(50, 60), (63, 79), (37, 79)], 3))


def _hand(painter: QPainter, ink: QColor) -> None:
    painter.setPen(_pen(ink, 11.5))
    for x, top in ((34, 24), (48, 14), (62, 19), (76, 32)):
        painter.drawLine(QPointF(x, top), QPointF(x, 58))
    painter.drawLine(QPointF(18, 52), QPointF(34, 70))
    painter.setPen(Qt.PenStyle.NoPen)
    palm = QPainterPath(QPointF(28.2, 46))
    palm.lineTo(81.7, 46)
    palm.lineTo(81.7, 64)
    palm.cubicTo(QPointF(81.7, 84), QPointF(70, 95), QPointF(55, 95))
    palm.cubicTo(QPointF(40, 95), QPointF(32, 84), QPointF(24, 68))
    palm.closeSubpath()
    painter.drawPath(palm)


def _socket(painter: QPainter, ink: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, 5))
    painter.drawRoundedRect(QRectF(30, 8, 40, 44), 6, 6)
    painter.drawLine(QPointF(42, 23), QPointF(42, 33))
    painter.drawLine(QPointF(58, 23), QPointF(58, 33))
    painter.drawRoundedRect(QRectF(18, 52, 64, 40), 10, 10)


def _air(painter: QPainter, ink: QColor) -> None:
    painter.drawEllipse(QPointF(50, 50), 11, 11)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, 8))
    for radius in (25, 42):
        around = QRectF(50 - radius, 50 - radius, 2 * radius, 2 * radius)
        for middle in (0, 180):
            painter.drawArc(around, (middle - 50) * 16, 100 * 16)
