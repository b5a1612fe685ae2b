"""Paints a board on the air: its signal as bars, the end of its label, its name and a word."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from station.model import Nearby
from ui import labels, lettering, nearness, theme

BARS_WIDE, BARS_TALL = 34.0, 30.0
DIGITS_WIDE = 104.0


@dataclass(frozen=True, slots=True)
class Inks:
    """What a row is written with: `quiet` for what matters less, `trough` for a bar that is off."""

    text: QColor
    quiet: QColor
    trough: QColor

    @classmethod
    def of(cls, colours: theme.Colours, *, chosen: bool = False) -> Inks:
        if chosen:
            faint = QColor(colours.accent.ink)
            faint.setAlphaF(0.35)
            return cls(colours.accent.ink, colours.accent.ink, faint)
        return cls(colours.text, colours.quiet, colours.trough)


def told(board: Nearby) -> str:
    """Return what is read aloud of a board."""
    near = labels.how_near(nearness.bars(board.rssi_dbm))
    return labels.nearby_told(nearness.last_digits(board.label), board.name, near)


def paint_row(painter: QPainter, box: QRectF, board: Nearby, inks: Inks) -> None:
    """Paint `board` across a list: all of its label below its name, and how near it is."""
    near = labels.how_near(nearness.bars(board.rssi_dbm))
    digits, word = theme.font(theme.TITLE, theme.BOLD), theme.font(theme.BODY, theme.BOLD)
    name, small = theme.font(theme.BODY), theme.font(theme.CAPTION)
    _bars(painter, box, board, inks)
    middle = box.adjusted(BARS_WIDE + 2 * theme.GRID, 0, 0, 0)
    _centred(painter, middle, _digits(board), digits, inks.text)
    near_wide = lettering.advance(near, word)
    right = QRectF(box.right() - near_wide, box.top(), near_wide, box.height())
    _centred(painter, right, near, word, inks.text)
    text = middle.adjusted(DIGITS_WIDE, 0, -near_wide - 2 * theme.GRID, 0)
    tall = lettering.height(1, name) + lettering.height(1, small)
    text.setTop(text.top() + (text.height() - tall) / 2)
    line = lettering.elided(board.name, name, text.width())
    text.setTop(text.top() + lettering.write(painter, text, [line], name, inks.text))
    line = lettering.elided(board.label, small, text.width(), keep_end=True)
    lettering.write(painter, text, [line], small, inks.quiet)


def paint_chip(painter: QPainter, box: QRectF, board: Nearby, inks: Inks) -> None:
    """Paint `board` where there is little room: the end of its label large, its name below."""
    near = labels.how_near(nearness.bars(board.rssi_dbm))
    digits, small = theme.font(theme.TITLE, theme.BOLD), theme.font(theme.CAPTION)
    strong = theme.font(theme.CAPTION, theme.BOLD)
    _bars(painter, box, board, inks)
    text = box.adjusted(BARS_WIDE + theme.GRID + 4, 0, 0, 0)
    tall = lettering.height(1, digits) + lettering.height(1, small)
    text.setTop(text.top() + (text.height() - tall) / 2)
    line = lettering.elided(_digits(board), digits, text.width(), keep_end=True)
    beside = lettering.advance(line, digits) + theme.GRID
    word = text.adjusted(beside, 0, 0, 0)
    nears = lettering.wrapped(near, strong, word.width(), 2)
    if len(nears) == 1:
        word.setTop(word.top() + lettering.ascent(digits) - lettering.ascent(strong))
    text.setTop(text.top() + lettering.write(painter, text, [line], digits, inks.text))
    lettering.write(painter, word, nears, strong, inks.text)
    line = lettering.elided(board.name, small, text.width())
    lettering.write(painter, text, [line], small, inks.quiet)


def _digits(board: Nearby) -> str:
    return nearness.last_digits(board.label) or "–"


def _centred(painter: QPainter, box: QRectF, text: str, font: QFont, ink: QColor) -> None:
    drop = (box.height() - lettering.height(1, font)) / 2
    lettering.write(painter, box.adjusted(0, drop, 0, 0), [text], font, ink)


def _bars(painter: QPainter, box: QRectF, board: Nearby, inks: Inks) -> None:
    """Paint the bars at the left of `box`, each taller than the one before, and those off empty."""
    lit, gap = nearness.bars(board.rssi_dbm), 3.0
    wide = (BARS_WIDE - gap * (nearness.MOST_BARS - 1)) / nearness.MOST_BARS
    foot = box.center().y() + BARS_TALL / 2
    painter.setPen(Qt.PenStyle.NoPen)
    for n in range(nearness.MOST_BARS):
        tall = BARS_TALL * (n + 1) / nearness.MOST_BARS
        painter.setBrush(inks.text if n < lit else inks.trough)
        bar = QRectF(box.left() + n * (wide + gap), foot - tall, wide, tall)
        painter.drawRoundedRect(bar, 2, 2)
