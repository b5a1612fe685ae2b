"""Text that wraps and then elides, so that no word is ever cut by an edge.

What was measured once is remembered: a busy line paints the same few hundred words over and over,
and laying them out anew took most of a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

LEFT = Qt.AlignmentFlag.AlignLeft
CENTRE = Qt.AlignmentFlag.AlignHCenter
RIGHT = Qt.AlignmentFlag.AlignRight

LARGE = 64
"""Pixels of letters that Qt paints as shapes, and no longer thickens where there is no bold face."""
REMEMBERED = 2048
"""Texts of which each measure is remembered: more than sixteen cards and their bars show."""


class Shortened(str):
    """A line that lost letters to its room; `whole` is the text as it was."""

    __slots__ = ("whole",)

    whole: str

    @classmethod
    def of(cls, line: str, whole: str) -> Shortened:
        made = cls(line)
        made.whole = whole
        return made


@dataclass(slots=True)
class Watch:
    """What was written meanwhile, line by line, and the texts that were not seen whole.

    `short` are those of them that stand in the row of a list: whoever wants all of it opens the row.
    """

    lines: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)


_watch: Watch | None = None


@contextmanager
def watching() -> Iterator[Watch]:
    """Note what is painted, for tests: what was shortened, or left its widget, is told as cut."""
    global _watch  # noqa: PLW0603 painting asks for it a thousand times a second, and mostly in vain
    before, _watch = _watch, Watch()
    try:
        yield _watch
    finally:
        _watch = before


@lru_cache(REMEMBERED)
def wrapped(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
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
    ends = (*starts[1:], len(text))
    lines = tuple(text[a:b].strip() for a, b in zip(starts, ends, strict=True))
    if len(lines) <= most:
        return lines
    rest = text[starts[most - 1] :]
    last = elided(rest, font, width)
    return (*lines[: most - 1], Shortened.of(last, text) if isinstance(last, Shortened) else last)


@lru_cache(REMEMBERED)
def elided(text: str, font: QFont, width: float, *, keep_end: bool = False) -> str:
    """Shorten `text` to `width` pixels; `keep_end` keeps the digits that tell units apart."""
    mode = Qt.TextElideMode.ElideLeft if keep_end else Qt.TextElideMode.ElideRight
    line = QFontMetricsF(font).elidedText(text, mode, width)
    return line if line == text else Shortened.of(line, text)


def height(lines: int, font: QFont) -> float:
    return lines * _rise_and_pitch(font)[1]


def write(
    painter: QPainter,
    box: QRectF,
    lines: Sequence[str],
    font: QFont,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Write `lines` from the top of `box` down and return the height that they took."""
    rise, pitch = _rise_and_pitch(font)
    painter.setFont(font)
    painter.setPen(colour)
    y = box.top() + rise
    for line in lines:
        left = box.left() + _shift(line, font, box.width(), align)
        painter.drawText(QPointF(left, y), line)
        if _is_thin(line, font):
            _thicken(painter, QPointF(left, y), line, font, colour)
        if _watch is not None:
            _note(_watch, painter, QRectF(left, y - rise, advance(line, font), pitch), line)
        y += pitch
    return len(lines) * pitch


def _is_thin(line: str, font: QFont) -> bool:
    """Say whether a bold line comes out thin: Qt thickens no letters as large as these by itself."""
    return font.pixelSize() >= LARGE and font.bold() and not line.isascii() and _lacks_bold(font)


@lru_cache(256)
def _lacks_bold(font: QFont) -> bool:
    """Say whether the typeface for Chinese that is named last has no bold face of its own."""
    family = font.families()[-1]
    styles = QFontDatabase.styles(family)
    is_chinese = QFontDatabase.WritingSystem.SimplifiedChinese in QFontDatabase.writingSystems(
        family
    )
    return is_chinese and not any(QFontDatabase.bold(family, style) for style in styles)


def _thicken(painter: QPainter, at: QPointF, line: str, font: QFont, colour: QColor) -> None:
    path = QPainterPath()
    path.addText(at, font, line)
    painter.strokePath(path, QPen(colour, font.pixelSize() * 0.035))


def _note(watch: Watch, painter: QPainter, place: QRectF, line: str) -> None:
    watch.lines.append(line)
    there = painter.worldTransform().mapRect(place).adjusted(1, 1, -1, -1)
    device = painter.device()
    listed = isinstance(device, QWidget) and isinstance(device.parent(), QAbstractItemView)
    if isinstance(line, Shortened):
        (watch.short if listed else watch.cut).append(line.whole)
    elif line and not listed and not QRectF(painter.window()).contains(there):
        watch.cut.append(line)


@lru_cache(REMEMBERED)
def advance(text: str, font: QFont) -> float:
    """Return the width of `text` in pixels."""
    return QFontMetricsF(font).horizontalAdvance(text)


def ascent(font: QFont) -> float:
    return _rise_and_pitch(font)[0]


def _shift(line: str, font: QFont, width: float, align: Qt.AlignmentFlag) -> float:
    if align is LEFT:
        return 0.0
    spare = width - advance(line, font)
    return spare / 2 if align is CENTRE else spare


@lru_cache(256)
def _rise_and_pitch(font: QFont) -> tuple[float, float]:
    """Return how far a line stands above its base line, and how far apart two base lines are."""
    metrics = QFontMetricsF(font)
    return metrics.ascent(), metrics.lineSpacing()
