"""The head of a unit's page: who it is, how it stands, and all its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.model import Outcome
from station.model.life import Life
from ui import languages, lettering, shapes, standing_words, theme
from ui.shapes import Shape

PAD = 2 * theme.GRID
MARK = 20.0
LINES = 8
"""How many lines one of its sentences may fill: none is cut but what is no sentence."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    font: QFont
    quiet: bool = False
    mark: bool | None = None
    """True for what wants attention, False for what does not, None for no sentence of its standing."""
    above: int = 0
    """Room above it, in pixels."""


class UnitHead(QWidget):
    """Paints frozen data; as tall as its words are at its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._life: Life | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        languages.follow(self, self._say)

    def show_life(self, life: Life | None) -> None:
        self._life = life
        self._say()

    def _say(self) -> None:
        told = standing_words.unit_told(self._life) if self._life else ""
        self.setAccessibleName(told)
        self._fit()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, wide: int) -> int:
        return self._paint(None, QRectF(0, 0, wide, 0))

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRectF(self.rect()))
        painter.end()

    def _paint(self, painter: QPainter | None, box: QRectF) -> int:
        """Write all lines into `box`, or only measure them; return how tall they are with margins."""
        colours = theme.colours_of(self.palette())
        top = box.top() + PAD
        for line in _told(self._life) if self._life else ():
            indent = 0.0 if line.mark is None else MARK + theme.GRID
            room = max(1.0, box.width() - 2 * PAD - indent)
            lines = lettering.wrapped(line.text, line.font, room, LINES)
            top += line.above
            tall = lettering.height(len(lines), line.font)
            if painter is not None:
                ink = colours.quiet if line.quiet else colours.text
                at = QRectF(box.left() + PAD + indent, top, room, tall)
                lettering.write(painter, at, lines, line.font, ink)
                if line.mark is not None:
                    _mark(
                        painter, QRectF(box.left() + PAD, top, MARK, MARK), colours, grave=line.mark
                    )
            top += tall
        return int(top + PAD)


def _told(life: Life) -> tuple[_Line, ...]:
    body, strong = theme.font(theme.BODY), theme.font(theme.BODY, theme.MEDIUM)
    small, head = theme.font(theme.CAPTION), theme.font(theme.CAPTION, theme.BOLD)
    grid = theme.GRID
    return (
        _Line(life.serial or "–", theme.font(theme.TITLE, theme.BOLD)),
        _Line(standing_words.product(life), body),
        _Line(standing_words.seen(life), small, quiet=True, above=grid // 2),
        *(
            _Line(said, body, mark=grave, above=grid)
            for said, grave in standing_words.standing(life)
        ),
        _Line(standing_words.numbers(), head, quiet=True, above=PAD),
        *(
            line
            for name, value in life.ids
            for line in (
                _Line(standing_words.id_name(name), small, quiet=True, above=grid // 2),
                _Line(value, strong),
            )
        ),
    )


def _mark(painter: QPainter, box: QRectF, colours: theme.Colours, *, grave: bool) -> None:
    if grave:
        pair = colours.verdicts[Outcome.UNKNOWN]
        shapes.draw(painter, Shape.WARNING, box, pair.ground, pair.ink)
    else:
        shapes.draw(painter, Shape.DOT, box.adjusted(3, 3, -3, -3), colours.quiet, colours.surface)


def numbers(life: Life) -> str:
    """Return all that the unit is called, a line each, for the clipboard."""
    return "\n".join(f"{name}\t{value}" for name, value in (("serial", life.serial), *life.ids))
