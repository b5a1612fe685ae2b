"""Paints one card into a rectangle of any size: sizes follow the card, words never leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from station.model import Outcome
from ui import lettering, shapes, theme, verdict_face, words
from ui.screen import Card, Phase
from ui.shapes import Shape

RING = 4
"""The margin, in pixels, in which the ring of a selected card is drawn."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows: `says` is what happens, `do` what to do next, times are in seconds."""

    card: Card
    says: str
    do: str
    run_s: float = 0.0
    step_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels of one card: text sizes and padding that follow from how large it is."""

    pad: int
    small: float
    body: float
    title: float

    @classmethod
    def of(cls, box: QRectF) -> Sizes:
        side = min(box.width() / 1.25, box.height())
        pad = theme.GRID * (3 if side > 420 else 2 if side > 200 else 1)
        return cls(
            pad,
            small=_within(side * 0.048, 12, 20),
            body=_within(side * 0.056, 13, 25),
            title=_within(side * 0.085, 16, 46),
        )


_ROW_LEAST, _ROW_MOST = 1.35, 1.75
"""How tall a row of the list of steps is, in sizes of its letters."""

_FEWEST_STEPS = 3


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))


@dataclass(frozen=True, slots=True)
class Canvas:
    """What every part of a card paints with."""

    painter: QPainter
    face: Face
    sizes: Sizes
    colours: theme.Colours

    @property
    def pair(self) -> theme.Pair:
        outcome = self.face.card.outcome
        if outcome is not None:
            return self.colours.verdicts[outcome]
        return theme.Pair(self.colours.surface, self.colours.text)


def paint(
    painter: QPainter, outer: QRectF, face: Face, colours: theme.Colours, *, selected: bool
) -> None:
    """Paint the whole card; `outer` includes the margin of the ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = _box(outer)
    sizes = Sizes.of(box)
    canvas = Canvas(painter, face, sizes, colours)
    _frame(canvas, outer, selected=selected)
    inner = box.adjusted(sizes.pad, sizes.pad, -sizes.pad, -sizes.pad)
    inner.setTop(inner.top() + _header(canvas, inner) + sizes.pad / 2)
    match face.card.phase:
        case Phase.EMPTY | Phase.WAITING:
            _invite(canvas, inner)
        case Phase.RUNNING:
            _progress(canvas, inner)
            paint_strip(painter, outer, face, colours)
        case Phase.ENDED:
            told = verdict_face.Told(face.says, face.do, sizes.body, sizes.small)
            verdict_face.paint(painter, inner, face.card, told, canvas.pair)
        case _:
            assert_never(face.card.phase)


def strip(outer: QRectF) -> QRectF:
    """Return where the bar and the running seconds stand: all that changes while time goes by."""
    box = _box(outer)
    sizes = Sizes.of(box)
    tall = sizes.body * 1.5
    return QRectF(
        box.left() + sizes.pad, box.bottom() - sizes.pad - tall, box.width() - 2 * sizes.pad, tall
    )


def paint_strip(painter: QPainter, outer: QRectF, face: Face, colours: theme.Colours) -> None:
    """Paint the bar, one piece a step, and the seconds since the run was first seen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = strip(outer)
    sizes = Sizes.of(_box(outer))
    font = theme.font(sizes.body, theme.MEDIUM)
    painter.fillRect(box.toAlignedRect(), colours.surface)
    seconds = words.seconds(face.run_s)
    wide = lettering.advance("000.0 s", font)
    write_box = QRectF(box.right() - wide, box.top(), wide, box.height())
    lettering.write(painter, write_box, [seconds], font, colours.text, align=lettering.RIGHT)
    tall = max(6.0, sizes.body * 0.5)
    bar = QRectF(
        box.left(), box.top() + (sizes.body * 1.2 - tall) / 2, box.width() - wide - theme.GRID, tall
    )
    _segments(painter, bar, face, colours)


def _box(outer: QRectF) -> QRectF:
    return outer.adjusted(RING + 1, RING + 1, -RING - 1, -RING - 1)


def _frame(canvas: Canvas, outer: QRectF, *, selected: bool) -> None:
    painter, colours, phase = canvas.painter, canvas.colours, canvas.face.card.phase
    empty = phase is Phase.EMPTY
    edge = QPen(colours.edge, 2, Qt.PenStyle.DashLine) if empty else QPen(colours.edge, 1)
    painter.setPen(Qt.PenStyle.NoPen if phase is Phase.ENDED else edge)
    painter.setBrush(Qt.BrushStyle.NoBrush if empty else canvas.pair.ground)
    painter.drawRoundedRect(_box(outer), theme.RADIUS, theme.RADIUS)
    if selected:
        painter.setPen(QPen(colours.accent.ground, RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = RING / 2
        ring = outer.adjusted(half, half, -half, -half)
        painter.drawRoundedRect(ring, theme.RADIUS + half, theme.RADIUS + half)


def _header(canvas: Canvas, box: QRectF) -> float:
    """Write the slot's name and, to its right, the unit's; return the height taken."""
    card, painter, pair = canvas.face.card, canvas.painter, canvas.pair
    bold = theme.font(canvas.sizes.title * 0.75, theme.BOLD)
    plain = theme.font(canvas.sizes.body)
    name_wide = box.width() * (0.6 if card.unit else 1)
    name = lettering.elided(words.slot(card.slot), bold, name_wide)
    ink = canvas.colours.quiet if card.phase is Phase.EMPTY else pair.ink
    taken = lettering.write(painter, box, [name], bold, ink)
    left = box.left() + lettering.advance(name, bold) + theme.GRID
    drop = lettering.ascent(bold) - lettering.ascent(plain)
    unit_box = QRectF(left, box.top() + drop, box.right() - left, taken)
    unit = lettering.elided(card.unit, plain, unit_box.width(), keep_end=True)
    lettering.write(painter, unit_box, [unit], plain, pair.ink, align=lettering.RIGHT)
    return taken


def _invite(canvas: Canvas, box: QRectF) -> None:
    """Paint a shape and one or two sentences in the middle."""
    face, painter, sizes = canvas.face, canvas.painter, canvas.sizes
    waiting = face.card.phase is Phase.WAITING
    ink = canvas.colours.text if waiting else canvas.colours.quiet
    strong, plain = theme.font(sizes.body * 1.1, theme.MEDIUM), theme.font(sizes.body)
    says = lettering.wrapped(face.says, strong, box.width(), 2)
    do = lettering.wrapped(face.do, plain, box.width(), 2)
    text_tall = lettering.height(len(says), strong) + lettering.height(len(do), plain)
    side = _within(min(box.width(), box.height() - text_tall) * 0.5, 0, 96)
    top = box.top() + max(0.0, (box.height() - text_tall - side - theme.GRID) / 2)
    if side >= 16:
        picture = QRectF(box.center().x() - side / 2, top, side, side)
        shape = Shape.QUESTION if waiting and not face.card.kind else Shape.SOCKET
        shapes.draw(painter, shape, picture, ink, canvas.colours.surface)
        top += side + theme.GRID
    text = QRectF(box.left(), top, box.width(), text_tall)
    text.setTop(top + lettering.write(painter, text, says, strong, ink, align=lettering.CENTRE))
    lettering.write(painter, text, do, plain, ink, align=lettering.CENTRE)


def _progress(canvas: Canvas, box: QRectF) -> None:
    """Paint the present step large, then the list of steps where there is room for it.

    What a person's hand is wanted for takes all the room: it must be read at two metres.
    """
    face, painter, sizes = canvas.face, canvas.painter, canvas.sizes
    room = QRectF(box.left(), box.top(), box.width(), box.height() - sizes.body * 1.8)
    small = theme.font(sizes.small)
    caption = " · ".join(part for part in (words.step_count(face.card), face.do) if part)
    captions = lettering.wrapped(caption, small, room.width(), 2)
    caption_tall = lettering.height(len(captions), small)
    spare = 0.0 if face.card.prompt else room.height() - caption_tall - sizes.title * 1.4
    steps, tall = _listed(canvas, spare)
    for n, name in enumerate(steps):
        top = room.bottom() - tall * (len(steps) - n)
        _step(canvas, QRectF(room.left(), top, room.width(), tall), name)
    room.setHeight(room.height() - tall * len(steps))
    title, lines = _step_title(face.says, room.width(), room.height() - caption_tall, sizes)
    text_tall = lettering.height(len(lines), title) + caption_tall
    room.setTop(room.top() + max(0.0, (room.height() - text_tall) / 2))
    taken = lettering.write(painter, room, lines, title, canvas.colours.text)
    room.setTop(room.top() + taken)
    lettering.write(painter, room, captions, small, canvas.colours.quiet)


def _step_title(text: str, wide: float, tall: float, sizes: Sizes) -> tuple[QFont, tuple[str, ...]]:
    """Set the present step or a prompt as large as it goes, on as few lines; else elided."""
    for share, most in ((1.5, 1), (1.25, 1), (1.25, 2), (1.0, 2), (1.0, 3), (0.8, 4)):
        font = theme.font(sizes.title * share, theme.BOLD)
        lines = lettering.wrapped(text, font, wide, most + 1)
        if len(lines) <= most and lettering.height(len(lines), font) <= tall:
            return font, lines
    font = theme.font(sizes.title, theme.BOLD)
    return font, lettering.wrapped(text, font, wide, 1)


def _listed(canvas: Canvas, spare: float) -> tuple[Sequence[str], float]:
    """Return the steps that have room, those round the present one, and how tall a row is."""
    card, body = canvas.face.card, canvas.sizes.body
    room_for = min(len(card.steps), int(spare / (body * _ROW_LEAST)))
    if room_for < _FEWEST_STEPS:
        return (), 0.0
    present = card.steps.index(card.step) if card.step in card.steps else 0
    first = max(0, min(present - room_for // 2, len(card.steps) - room_for))
    tall = min(body * _ROW_MOST, spare / room_for)
    return card.steps[first : first + room_for], tall


def _step(canvas: Canvas, row: QRectF, name: str) -> None:
    painter, colours = canvas.painter, canvas.colours
    done = canvas.face.card.step_done(name)
    present = name == canvas.face.card.step
    shape, ink = _mark(done.outcome if done else None, present=present, colours=colours)
    side = canvas.sizes.body * 1.15
    mark = QRectF(row.left(), row.top() + (row.height() - side) / 2, side, side)
    paper = colours.verdicts[done.outcome].ink if done else colours.surface
    shapes.draw(painter, shape, mark, ink, paper)
    font = theme.font(canvas.sizes.body, theme.BOLD if present else theme.REGULAR)
    text = row.adjusted(side + theme.GRID, (row.height() - lettering.height(1, font)) / 2, 0, 0)
    took = words.seconds(done.seconds) if done and not present else ""
    wide = text.width() - lettering.advance(took, font) - theme.GRID
    title = lettering.elided(words.step(name), font, wide)
    told = colours.text if done or present else colours.quiet
    lettering.write(painter, text, [title], font, told)
    lettering.write(painter, text, [took], font, colours.quiet, align=lettering.RIGHT)


def _mark(ended: Outcome | None, *, present: bool, colours: theme.Colours) -> tuple[Shape, QColor]:
    if present:
        return Shape.DOT, colours.accent.ground
    if ended is not None:
        return shapes.VERDICTS[ended], colours.marked(ended)
    return Shape.RING, colours.edge


def _segments(painter: QPainter, bar: QRectF, face: Face, colours: theme.Colours) -> None:
    """Paint one piece a step: full once it is done, filling while it goes on."""
    steps = face.card.steps or ("",)
    gap, round_px = 4.0, bar.height() / 2
    wide = (bar.width() - gap * (len(steps) - 1)) / len(steps)
    painter.setPen(Qt.PenStyle.NoPen)
    for n, name in enumerate(steps):
        piece = QRectF(bar.left() + n * (wide + gap), bar.top(), wide, bar.height())
        painter.setBrush(colours.edge)
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
    """Return how much of the time that the step may take is gone: never quite all of it."""
    allowed_s = face.card.within_s
    return _within(face.step_s / allowed_s, 0.02, 0.97) if allowed_s > 0 else 0.5
