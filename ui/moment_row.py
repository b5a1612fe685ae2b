"""Paints one moment of a unit's life, and one step of a run, into a row as tall as its words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from station.model import Outcome
from station.model.life import Moment, RunTold, StepTold, What
from ui import figures, icons, lettering, shapes, theme, unit_words
from ui.icons import Icon
from ui.shapes import Shape

PAD = 2 * theme.GRID
MARK = 28.0
LEFT = PAD + MARK + PAD
"""Where the words begin: right of the mark and of the line that joins all marks."""
LINES = 3
"""How many lines a sentence below a headline may fill; what is longer is cut with an ellipsis."""
STEP_MARK = 18.0

_ICONS = {
    What.RUN: Icon.RETRY,
    What.CLAIMED: Icon.CLOUD,
    What.RELEASED: Icon.UNCLAIM,
    What.LABEL: Icon.LABEL,
    What.NOTE: Icon.NOTE,
    What.OPENED: Icon.REWORK,
    What.CLOSED: Icon.CHECK,
    What.OVERRIDE: Icon.PERSONS,
    What.SERIAL: Icon.BADGE,
    What.ERASED: Icon.ERASE,
    What.QUEUED: Icon.QUEUE,
    What.ADOPTED: Icon.ADOPT,
    What.SCRAPPED: Icon.SCRAP,
}


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a row, which are others when it is chosen."""

    colours: theme.Colours
    ground: QColor
    strong: QColor
    quiet: QColor
    chosen: bool

    @classmethod
    def of(cls, colours: theme.Colours, *, chosen: bool) -> Inks:
        """Return the inks of a row in `colours`."""
        if chosen:
            accent = colours.accent
            return cls(colours, accent.ground, accent.ink, accent.ink, chosen)
        return cls(colours, colours.surface, colours.text, colours.quiet, chosen)


def ground(painter: QPainter, box: QRectF, inks: Inks) -> None:
    """Fill a chosen row."""
    if inks.chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.ground)
        inner = box.adjusted(theme.GRID / 2, 1, -theme.GRID / 2, -1)
        painter.drawRoundedRect(inner, theme.GRID - 2, theme.GRID - 2)


def moment_height(moment: Moment, wide: float) -> int:
    """Return how tall the row of a moment is, in pixels, when it is `wide` pixels wide."""
    lines = len(_lines(moment, wide)) + bool(_steps(moment))
    title = lettering.height(1, theme.font(theme.BODY, theme.BOLD))
    tall = title + lettering.height(lines, theme.font(theme.CAPTION))
    return max(theme.TOUCH, int(tall) + PAD)


def step_height(step: StepTold, wide: float) -> int:
    """Return how tall the row of a step is, in pixels, when it is `wide` pixels wide."""
    lines = 1 + len(_step_lines(step, wide))
    return int(lettering.height(lines, theme.font(theme.CAPTION))) + theme.GRID


def paint_moment(
    painter: QPainter, box: QRectF, moment: Moment, inks: Inks, *, shown: bool, last: bool
) -> None:
    """Paint a moment; `shown` tells that its steps stand below, `last` that nothing is older."""
    mark = QRectF(box.left() + PAD, box.top() + theme.GRID, MARK, MARK)
    _thread(painter, box, mark, inks, last=last and not shown)
    _mark(painter, mark, moment, inks)
    words = box.adjusted(LEFT, theme.GRID, -PAD, 0)
    bold, small = theme.font(theme.BODY, theme.BOLD), theme.font(theme.CAPTION)
    when = figures.moment(moment.at)
    room = words.width() - lettering.advance(when, small) - PAD
    title = lettering.elided(unit_words.title(moment), bold, room)
    baseline = lettering.ascent(bold) - lettering.ascent(small)
    right = words.adjusted(0, baseline, 0, 0)
    lettering.write(painter, right, [when], small, inks.quiet, align=lettering.RIGHT)
    words.setTop(words.top() + lettering.write(painter, words, [title], bold, inks.strong))
    lines = _lines(moment, box.width())
    words.setTop(words.top() + lettering.write(painter, words, lines, small, inks.quiet))
    if count := _steps(moment):
        link = inks.strong if inks.chosen else inks.colours.accent.ground
        told = f"{'▾' if shown else '▸'} {unit_words.steps(count, shown=shown)}"
        lettering.write(painter, words, [told], theme.font(theme.CAPTION, theme.BOLD), link)


def paint_step(painter: QPainter, box: QRectF, step: StepTold, inks: Inks) -> None:
    """Paint a step: its verdict as a shape, its name, what it took, and what was wrong."""
    mark = QRectF(box.left() + LEFT, box.top() + theme.GRID / 2, STEP_MARK, STEP_MARK)
    _thread(painter, box, QRectF(box.left() + PAD, box.bottom(), MARK, 0), inks, last=False)
    _verdict(painter, mark, step.outcome, inks)
    small, strong = theme.font(theme.CAPTION), theme.font(theme.CAPTION, theme.MEDIUM)
    words = box.adjusted(LEFT + STEP_MARK + theme.GRID, theme.GRID / 2, -PAD, 0)
    took = unit_words.step_time(step)
    room = words.width() - lettering.advance(took, small) - PAD
    title = lettering.elided(unit_words.step_title(step), strong, room)
    lettering.write(painter, words, [took], small, inks.quiet, align=lettering.RIGHT)
    words.setTop(words.top() + lettering.write(painter, words, [title], strong, inks.strong))
    lettering.write(painter, words, _step_lines(step, box.width()), small, inks.quiet)


def _lines(moment: Moment, wide: float) -> tuple[str, ...]:
    small, room = theme.font(theme.CAPTION), max(1.0, wide - LEFT - PAD)
    return tuple(
        line
        for told in unit_words.below(moment)
        for line in lettering.wrapped(told, small, room, LINES)
    )


def _step_lines(step: StepTold, wide: float) -> tuple[str, ...]:
    told = unit_words.step_below(step)
    room = max(1.0, wide - LEFT - STEP_MARK - theme.GRID - PAD)
    return lettering.wrapped(told, theme.font(theme.CAPTION), room, LINES) if told else ()


def _steps(moment: Moment) -> int:
    return len(moment.told.steps) if isinstance(moment.told, RunTold) else 0


def _thread(painter: QPainter, box: QRectF, mark: QRectF, inks: Inks, *, last: bool) -> None:
    """Draw the line that joins the marks: from this one down to the next."""
    if last:
        return
    x = mark.center().x()
    painter.setPen(QPen(inks.colours.edge, 2))
    begin = mark.bottom() if mark.height() else box.top()
    painter.drawLine(QPointF(x, begin + 2), QPointF(x, box.bottom()))


def _mark(painter: QPainter, box: QRectF, moment: Moment, inks: Inks) -> None:
    if isinstance(moment.told, RunTold):
        _verdict(painter, box, moment.told.outcome, inks)
        return
    ink = inks.strong if inks.chosen else inks.quiet
    icons.draw(painter, _ICONS[moment.what], box.adjusted(3, 3, -3, -3), ink)


def _verdict(painter: QPainter, box: QRectF, outcome: Outcome | None, inks: Inks) -> None:
    if outcome is None:
        shapes.draw(painter, Shape.RING, box, inks.quiet, inks.ground)
        return
    pair = inks.colours.verdicts[outcome]
    ink, paper = (inks.strong, inks.ground) if inks.chosen else (pair.ground, pair.ink)
    shapes.draw(painter, shapes.VERDICTS[outcome], box, ink, paper)
