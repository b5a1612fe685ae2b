"""Paints a verdict: shape, word and colour as large as the card allows, then why and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui import lettering, shapes, theme, words
from ui.card import Card

SHAPE_BESIDE, SHAPE_ABOVE = 1.25, 2.1
"""The shape's side, in heights of the word, beside it and above it."""
GAP_BESIDE = 0.32
LINE = 1.18
MOST_PX = 260.0


@dataclass(frozen=True, slots=True)
class Told:
    """The sentence, the remedy, and the pixels of their type."""

    says: str
    do: str
    body: float
    small: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a word is set: its lines, its pixels, and whether the shape stands above it."""

    lines: tuple[str, ...]
    px: float
    above: bool


def paint(painter: QPainter, box: QRectF, card: Card, told: Told, pair: theme.Pair) -> None:
    """Paint the verdict of `card` into `box`, which is filled already."""
    foot = _foot(painter, box, card, told, pair)
    above = QRectF(box.left(), box.top(), box.width(), box.height() - foot)
    if told.says:
        above.setHeight(above.height() - _text(painter, above, told, pair))
    _word(painter, above, card, pair)


def fit(word: str, width: float, height: float) -> Fit:
    """Set `word` as large as `width` and `height` allow, broken at its spaces where that helps."""
    best = Fit((word,), 1.0, above=False)
    for lines in _breaks(word):
        wide = max(_wide_at_100(line) for line in lines) / 100
        tall = LINE * len(lines)
        beside = min(width / (SHAPE_BESIDE + GAP_BESIDE + wide), height / max(SHAPE_BESIDE, tall))
        above = min(width / max(wide, SHAPE_ABOVE), height / (SHAPE_ABOVE + tall))
        for px, is_above in ((beside, False), (above * 1.1, True)):
            if px > best.px:
                best = Fit(lines, px, above=is_above)
    return Fit(best.lines, best.px / 1.1 if best.above else best.px, best.above)


def _breaks(word: str) -> list[tuple[str, ...]]:
    parts = word.split()
    cuts = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
    return [(word,), *cuts]


@lru_cache(maxsize=256)
def _wide_at_100(line: str) -> float:
    return lettering.advance(line, theme.font(100, theme.BOLD))


def _word(painter: QPainter, room: QRectF, card: Card, pair: theme.Pair) -> None:
    if card.outcome is None:
        return
    found = fit(words.verdict(card), room.width() * 0.94, room.height() * 0.92)
    px = min(found.px, MOST_PX)
    font = theme.font(px, theme.BOLD)
    lines = list(found.lines)
    side = px * (SHAPE_ABOVE if found.above else SHAPE_BESIDE)
    wide = max(lettering.advance(line, font) for line in lines)
    tall = px * LINE * len(lines)
    centre = room.center()
    if found.above:
        top = centre.y() - (side + tall) / 2
        mark = QRectF(centre.x() - side / 2, top, side, side)
        text = QRectF(room.left(), top + side, room.width(), tall)
        align = lettering.CENTRE
    else:
        left = centre.x() - (side + px * GAP_BESIDE + wide) / 2
        mark = QRectF(left, centre.y() - side / 2, side, side)
        text = QRectF(mark.right() + px * GAP_BESIDE, centre.y() - tall / 2, wide, tall)
        align = lettering.LEFT
    shapes.draw(painter, shapes.VERDICTS[card.outcome], mark, pair.ink, pair.ground)
    lettering.write(painter, text, lines, font, pair.ink, align=align)


def _text(painter: QPainter, box: QRectF, told: Told, pair: theme.Pair) -> float:
    """Write why and what to do at the bottom of `box`; return the height taken, half of it at most."""
    strong, plain = theme.font(told.body, theme.BOLD), theme.font(told.body)
    line = lettering.height(1, plain)
    most = int(box.height() * 0.5 // line)
    says = lettering.wrapped(told.says, strong, box.width(), min(2, most)) if most else ()
    left = most - len(says)
    do = lettering.wrapped(told.do, plain, box.width(), min(3, left)) if left else ()
    tall = lettering.height(len(says), strong) + lettering.height(len(do), plain)
    text = QRectF(box.left(), box.bottom() - tall, box.width(), tall)
    text.setTop(text.top() + lettering.write(painter, text, says, strong, pair.ink))
    lettering.write(painter, text, do, plain, pair.ink)
    return tall


def _foot(painter: QPainter, box: QRectF, card: Card, told: Told, pair: theme.Pair) -> float:
    """Write the code, or else what to do, and the seconds on the last line; return its height."""
    code_font, font = theme.font(told.small, theme.BOLD), theme.font(told.small)
    tall = lettering.height(1, code_font)
    line = QRectF(box.left(), box.bottom() - tall, box.width(), tall)
    seconds = words.seconds(card.seconds)
    wide = line.width() - lettering.advance(seconds, font) - theme.GRID
    left = card.trouble.code if card.trouble else told.do if not told.says else ""
    left = lettering.elided(left, code_font, wide)
    lettering.write(painter, line, [left], code_font, pair.ink)
    lettering.write(painter, line, [seconds], font, pair.ink, align=lettering.RIGHT)
    return tall + theme.GRID / 2
