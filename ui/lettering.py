"""Text that wraps and then elides, so that no word is ever cut by an edge."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

LEFT = Qt.AlignmentFlag.AlignLeft
CENTRE = Qt.AlignmentFlag.AlignHCenter
RIGHT = Qt.AlignmentFlag.AlignRight


def wrapped(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Break `text` into at most `most` lines of `width` pixels; the last one ends in an ellipsis."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    lines = [text[a:b].strip() for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]
    if len(lines) <= most:
        return lines
    rest = text[starts[most - 1] :]
    return [*lines[: most - 1], elided(rest, font, width)]


def elided(text: str, font: QFont, width: float, *, keep_end: bool = False) -> str:
    """Shorten `text` to `width` pixels; `keep_end` keeps the digits that tell units apart."""
    mode = Qt.TextElideMode.ElideLeft if keep_end else Qt.TextElideMode.ElideRight
    return QFontMetricsF(font).elidedText(text, mode, width)


def height(lines: int, font: QFont) -> float:
    return lines * QFontMetricsF(font).lineSpacing()


def write(
    painter: QPainter,
    box: QRectF,
    lines: list[str],
    font: QFont,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Write `lines` from the top of `box` down and return the height that they took."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    y = box.top() + metrics.ascent()
    for line in lines:
        spare = box.width() - metrics.horizontalAdvance(line)
        shift = {LEFT: 0.0, CENTRE: spare / 2, RIGHT: spare}[align]
        painter.drawText(QPointF(box.left() + shift, y), line)
        y += metrics.lineSpacing()
    return len(lines) * metrics.lineSpacing()


def advance(text: str, font: QFont) -> float:
    """Return the width of `text` in pixels."""
    return QFontMetricsF(font).horizontalAdvance(text)


def ascent(font: QFont) -> float:
    return QFontMetricsF(font).ascent()
