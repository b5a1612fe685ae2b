"""The foot of a running card: the bar, the seconds and the bytes. All that time changes is here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from station.model import Outcome
from ui import lettering, step_words, theme, words
from ui.card import Card
from ui.face import Face, Sizes, box_of, within


def strip(outer: QRectF, card: Card) -> QRectF:
    """Return where the bar, the running seconds and the bytes stand: all that changes with time."""
    box = box_of(outer)
    sizes = Sizes.of(box)
    tall = height(sizes, card)
    return QRectF(
        box.left() + sizes.pad, box.bottom() - sizes.pad - tall, box.width() - 2 * sizes.pad, tall
    )


def height(sizes: Sizes, card: Card) -> float:
    """Return the height of the strip: that of the bar, and of a line where bytes are told."""
    return sizes.body * (3.1 if _tells_bytes(card) else 1.5)


def paint_strip(painter: QPainter, outer: QRectF, face: Face, colours: theme.Colours) -> None:
    """Paint the bar, one piece a step, and the seconds since the run was first seen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = strip(outer, face.card)
    sizes = Sizes.of(box_of(outer))
    font = theme.font(sizes.body, theme.MEDIUM)
    painter.fillRect(box.toAlignedRect(), colours.surface)
    if _tells_bytes(face.card):
        bold = theme.font(sizes.body, theme.BOLD)
        told = step_words.flashing(*face.card.advanced, face.left_s)
        lettering.write(painter, box, [_longest(told, bold, box.width())], bold, colours.text)
        box.setTop(box.top() + sizes.body * 1.6)
    seconds = words.seconds(face.run_s)
    wide = lettering.advance("000.0 s", font)
    write_box = QRectF(box.right() - wide, box.top(), wide, box.height())
    lettering.write(painter, write_box, [seconds], font, colours.text, align=lettering.RIGHT)
    tall = max(6.0, sizes.body * 0.5)
    bar = QRectF(
        box.left(), box.top() + (sizes.body * 1.2 - tall) / 2, box.width() - wide - theme.GRID, tall
    )
    _segments(painter, bar, face, colours)


def _tells_bytes(card: Card) -> bool:
    return card.advanced[1] > 0


def _longest(wordings: Sequence[str], font: QFont, wide: float) -> str:
    """Return the longest wording that has room; the last one, elided, when none has."""
    fits = (text for text in wordings if lettering.advance(text, font) <= wide)
    return next(fits, lettering.elided(wordings[-1], font, wide))


def _segments(painter: QPainter, bar: QRectF, face: Face, colours: theme.Colours) -> None:
    """Paint one piece a step: full once it is done, filling while it goes on."""
    steps = face.card.steps or ("",)
    gap, round_px = 4.0, bar.height() / 2
    wide = (bar.width() - gap * (len(steps) - 1)) / len(steps)
    painter.setPen(Qt.PenStyle.NoPen)
    for n, name in enumerate(steps):
        piece = QRectF(bar.left() + n * (wide + gap), bar.top(), wide, bar.height())
        painter.setBrush(colours.trough)
        painter.drawRoundedRect(piece, round_px, round_px)
        share, ink = _filled(face, name, colours)
        if share > 0:
            piece.setWidth(max(bar.height(), wide * share))
            painter.setBrush(ink)
            painter.drawRoundedRect(piece, round_px, round_px)


def _filled(face: Face, name: str, colours: theme.Colours) -> tuple[float, QColor]:
    if name and name == face.card.step:
        return _share(face), colours.accent.ground
    done = face.card.step_done(name)
    if done is None:
        return 0.0, colours.edge
    good = done.outcome is Outcome.PASS
    return 1.0, colours.accent.ground if good else colours.marked(done.outcome)


def _share(face: Face) -> float:
    """Return how much of the bytes has come, or else of the time that the step may take is gone.

    Never quite all of it: what is left of the step is not known to be nothing.
    """
    done, total = face.card.advanced
    if total > 0:
        return within(done / total, 0.02, 0.97)
    allowed_s = face.card.within_s
    return within(face.step_s / allowed_s, 0.02, 0.97) if allowed_s > 0 else 0.5
