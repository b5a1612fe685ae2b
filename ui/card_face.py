"""Paints one card into a rectangle of any size: sizes follow the card, words never leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from station.model import Outcome
from ui import (
    card_head,
    card_strip,
    gesture_picture,
    lettering,
    scan_picture,
    shapes,
    step_words,
    theme,
    verdict_face,
    words,
)
from ui.card import Card, Phase
from ui.face import RING, Canvas, Face, Sizes, box_of, within
from ui.shapes import Shape

_ROW_LEAST, _ROW_MOST = 1.35, 1.75
"""How tall a row of the list of steps is, in sizes of its letters."""

_FEWEST_STEPS = 3

_TITLES = (
    *((1.5, 1), (1.25, 1), (1.25, 2), (1.0, 1), (1.0, 2), (1.0, 3)),
    *((0.8, 1), (0.8, 4), (0.55, 2)),
)
"""Shares of the title's size, and the lines that it may take: the first that has room is taken."""


def paint(
    painter: QPainter, outer: QRectF, face: Face, colours: theme.Colours, *, selected: bool
) -> None:
    """Paint the whole card; `outer` includes the margin of the ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = box_of(outer)
    sizes = Sizes.of(box)
    canvas = Canvas(painter, face, sizes, colours)
    _frame(canvas, outer, selected=selected)
    inner = box.adjusted(sizes.pad, sizes.pad, -sizes.pad, -sizes.pad)
    head = card_head.paint(canvas, inner, box)
    below = sizes.pad if card_head.is_wanted(face.card) else sizes.pad / 2
    inner.setTop(inner.top() + head + below)
    match face.card.phase:
        case Phase.EMPTY | Phase.WAITING:
            _invite(canvas, inner)
        case Phase.RUNNING:
            inner.setHeight(inner.height() - card_strip.height(sizes, face.card) - sizes.body * 0.3)
            if not _hand(canvas, inner, face.card):
                _progress(canvas, inner)
            card_strip.paint_strip(painter, outer, face, colours)
        case Phase.ENDED:
            told = verdict_face.Told(face.says, face.do, sizes.body, sizes.small)
            verdict_face.paint(painter, inner, face.card, told, canvas.pair)
        case _:
            assert_never(face.card.phase)


def _frame(canvas: Canvas, outer: QRectF, *, selected: bool) -> None:
    painter, colours, phase = canvas.painter, canvas.colours, canvas.face.card.phase
    empty = phase is Phase.EMPTY
    edge = QPen(colours.edge, 2, Qt.PenStyle.DashLine) if empty else QPen(colours.edge, 1)
    painter.setPen(Qt.PenStyle.NoPen if phase is Phase.ENDED else edge)
    painter.setBrush(Qt.BrushStyle.NoBrush if empty else canvas.pair.ground)
    painter.drawRoundedRect(box_of(outer), theme.RADIUS, theme.RADIUS)
    if selected:
        painter.setPen(QPen(colours.accent.ground, RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = RING / 2
        ring = outer.adjusted(half, half, -half, -half)
        painter.drawRoundedRect(ring, theme.RADIUS + half, theme.RADIUS + half)


def _invite(canvas: Canvas, box: QRectF) -> None:
    """Paint a shape and one or two sentences in the middle."""
    face, painter, sizes = canvas.face, canvas.painter, canvas.sizes
    waiting = face.card.phase is Phase.WAITING
    ink = canvas.colours.text if waiting else canvas.colours.quiet
    strong, plain = theme.font(sizes.body * 1.1, theme.MEDIUM), theme.font(sizes.body)
    says = lettering.wrapped(face.says, strong, box.width(), 2)
    do = lettering.wrapped(face.do, plain, box.width(), 2)
    text_tall = lettering.height(len(says), strong) + lettering.height(len(do), plain)
    side = within(min(box.width(), box.height() - text_tall) * 0.5, 0, 96)
    top = box.top() + max(0.0, (box.height() - text_tall - side - theme.GRID) / 2)
    if side >= 16:
        picture = QRectF(box.center().x() - side / 2, top, side, side)
        known = Shape.AIR if face.card.on_air else Shape.SOCKET
        shape = Shape.QUESTION if waiting and not face.card.kind else known
        shapes.draw(painter, shape, picture, ink, canvas.colours.surface)
        top += side + theme.GRID
    text = QRectF(box.left(), top, box.width(), text_tall)
    text.setTop(top + lettering.write(painter, text, says, strong, ink, align=lettering.CENTRE))
    lettering.write(painter, text, do, plain, ink, align=lettering.CENTRE)


def _hand(canvas: Canvas, box: QRectF, card: Card) -> bool:
    """Paint what a hand is wanted for; False, and nothing, when it is not or there is no room."""
    if wanted := card.gesture:
        note = " ".join(part for part in (step_words.note(wanted), canvas.face.do) if part)
        return _picture(
            canvas,
            box,
            note,
            gesture_picture.is_clear_in,
            lambda room: gesture_picture.draw(canvas.painter, room, wanted, canvas.colours),
        )
    if card.question:
        return _picture(
            canvas,
            box,
            canvas.face.do,
            scan_picture.is_clear_in,
            lambda room: scan_picture.draw(canvas.painter, room, canvas.colours),
        )
    return False


def _picture(
    canvas: Canvas,
    box: QRectF,
    note: str,
    is_clear_in: Callable[[QRectF], bool],
    draw: Callable[[QRectF], None],
) -> bool:
    """Draw a picture and say below what is to be done; False, and nothing, where there is no room."""
    face, sizes = canvas.face, canvas.sizes
    plain = theme.font(sizes.body)
    do = lettering.wrapped(note, plain, box.width(), 3)
    for share, most in ((1.1, 1), (0.95, 1), (0.8, 1), (0.8, 2), (0.65, 2), (0.65, 3)):
        font = theme.font(sizes.title * share, theme.BOLD)
        says = lettering.wrapped(face.says, font, box.width(), most + 1)
        below = lettering.height(len(says), font) + lettering.height(len(do), plain)
        room = QRectF(box.left(), box.top(), box.width(), box.height() - below - sizes.pad / 2)
        if len(says) <= most and is_clear_in(room):
            break
    else:
        return False
    draw(room)
    ink, text = canvas.colours.text, QRectF(box)
    text.setTop(room.bottom() + sizes.pad / 2)
    taken = lettering.write(canvas.painter, text, says, font, ink, align=lettering.CENTRE)
    text.setTop(text.top() + taken)
    lettering.write(canvas.painter, text, do, plain, ink, align=lettering.CENTRE)
    return True


def _progress(canvas: Canvas, box: QRectF) -> None:
    """Paint the present step large, then the list of steps where there is room for it.

    What a person's hand is wanted for takes all the room: it must be read at two metres.
    """
    face, painter, sizes = canvas.face, canvas.painter, canvas.sizes
    room = QRectF(box)
    small = theme.font(sizes.small)
    caption = " · ".join(part for part in (words.step_count(face.card), face.do) if part)
    captions = lettering.wrapped(caption, small, room.width(), 2)
    caption_tall = lettering.height(len(captions), small)
    waits = face.card.prompt or face.card.question
    spare = 0.0 if waits else room.height() - caption_tall - sizes.title * 1.4
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
    for share, most in _TITLES:
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
    title = lettering.elided(step_words.title(name), font, wide)
    told = colours.text if done or present else colours.quiet
    lettering.write(painter, text, [title], font, told)
    lettering.write(painter, text, [took], font, colours.quiet, align=lettering.RIGHT)


def _mark(ended: Outcome | None, *, present: bool, colours: theme.Colours) -> tuple[Shape, QColor]:
    if present:
        return Shape.DOT, colours.accent.ground
    if ended is not None:
        return shapes.VERDICTS[ended], colours.marked(ended)
    return Shape.RING, colours.edge
