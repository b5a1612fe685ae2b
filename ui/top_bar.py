"""The top bar: who works on what, how the day goes, and the lamps."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station.model import LampTurned, Outcome
from ui import labels, languages, lettering, shapes, theme, words
from ui.screen import Screen

TALL = 72
ROOMY_FROM = 1200
LEAST = 88
"""Pixels below which no value is squeezed."""
_LEAVES_BELOW = {"station": 900, "first_pass": 760}
"""What the bar does without when it is narrower than so many pixels."""
MARK = 20
BAR = 4.0
_MARKS = {"good": Outcome.PASS, "bad": Outcome.FAIL}


class Fact(QWidget):
    """A caption with a value below it; elides what has no room.

    `mark` is a verdict whose shape stands before the value, where there is room. `show_share` adds
    a bar below.
    """

    def __init__(self, *, stretches: bool, mark: Outcome | None = None) -> None:
        super().__init__()
        self._caption = ""
        self._value = ""
        self._px = theme.STRONG
        self._mark = mark
        self._share: float | None = None
        wide = QSizePolicy.Policy.Expanding if stretches else QSizePolicy.Policy.Preferred
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    def show_caption(self, caption: str) -> None:
        self._caption = caption
        self.setAccessibleName(caption)
        self.updateGeometry()
        self.update()

    def show_value(self, value: str) -> None:
        if value == self._value:
            return
        grows = len(value) != len(self._value)
        self._value = value
        self.setAccessibleDescription(value)
        self.setToolTip(value)
        if grows:
            self.updateGeometry()
        self.update()

    def show_share(self, share: float | None) -> None:
        """Show how much of a whole is done, from 0 to 1; None takes the bar away."""
        if share != self._share:
            self._share = share
            self.update()

    def set_dense(self, *, dense: bool) -> None:
        self._px = theme.BODY if dense else theme.STRONG
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        caption, value = self._fonts()
        beside = lettering.advance(self._value, value) + self._mark_wide()
        wide = max(lettering.advance(self._caption, caption), beside)
        return QSize(int(wide) + 2, TALL - 2 * theme.GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), LEAST), TALL - 2 * theme.GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        caption, value = self._fonts()
        box = QRectF(self.rect())
        above = lettering.wrapped(self._caption, caption, box.width(), 2)
        both = lettering.height(len(above), caption) + lettering.height(1, value)
        box.setTop((box.height() - both) / 2)
        box.setTop(box.top() + lettering.write(painter, box, above, caption, colours.quiet))
        if wide := self._mark_wide():
            self._paint_mark(painter, box, lettering.height(1, value), colours)
            box.setLeft(box.left() + wide)
        line = lettering.elided(self._value, value, box.width())
        lettering.write(painter, box, [line], value, colours.text)
        if self._share is not None:
            self._paint_bar(painter, self._share, colours)
        painter.end()

    def _mark_wide(self) -> int:
        return MARK + theme.GRID - 2 if self._mark and self._px == theme.STRONG else 0

    def _paint_mark(
        self, painter: QPainter, box: QRectF, tall: float, colours: theme.Colours
    ) -> None:
        if self._mark is None:
            return
        mark = QRectF(box.left(), box.top() + (tall - MARK) / 2, MARK, MARK)
        none = self._value.strip("0") == ""
        ink = colours.quiet if none else colours.marked(self._mark)
        paper = colours.surface if none else colours.verdicts[self._mark].ink
        shapes.draw(painter, shapes.VERDICTS[self._mark], mark, ink, paper)

    def _paint_bar(self, painter: QPainter, share: float, colours: theme.Colours) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(0, self.height() - BAR, self.width(), BAR)
        painter.setBrush(colours.trough)
        painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        if share > 0:
            bar.setWidth(max(BAR, bar.width() * min(1.0, share)))
            painter.setBrush(colours.accent.ground)
            painter.drawRoundedRect(bar, BAR / 2, BAR / 2)

    def _fonts(self) -> tuple[QFont, QFont]:
        return theme.font(theme.CAPTION), theme.font(self._px, theme.BOLD)


class LampView(QWidget):
    """One lamp: its name and, before it, a shape that tells its state without its colour."""

    SIDE = 20

    def __init__(self, lamp: LampTurned) -> None:
        super().__init__()
        self._lamp = lamp
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        languages.follow(self, self._tell)

    def show_lamp(self, lamp: LampTurned) -> None:
        if lamp == self._lamp:
            return
        self._lamp = lamp
        self._tell()
        self.update()

    def _tell(self) -> None:
        lamp = self._lamp
        told = words.lamp_told(lamp.name, lamp.lamp, lamp.trouble)
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wide = lettering.advance(words.lamp(self._lamp.name), theme.font(theme.BODY))
        return QSize(int(wide) + self.SIDE + theme.GRID + 2, theme.TOUCH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        middle = self.height() / 2
        mark = QRectF(0, middle - self.SIDE / 2, self.SIDE, self.SIDE)
        ink = colours.lamps[self._lamp.lamp]
        shapes.draw(painter, shapes.LAMPS[self._lamp.lamp], mark, ink, colours.surface)
        font = theme.font(theme.BODY)
        left = self.SIDE + theme.GRID
        tall = lettering.height(1, font)
        box = QRectF(left, middle - tall / 2, self.width() - left, tall)
        name = lettering.elided(words.lamp(self._lamp.name), font, box.width())
        lettering.write(painter, box, [name], font, colours.text)
        painter.end()


class TopBar(QWidget):
    """Shows a screen's shift, counts and lamps."""

    def __init__(self, station: str) -> None:
        super().__init__()
        self.setFixedHeight(TALL)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        stretches = {"station": 0, "operator": 3, "order": 4}
        self._facts = {
            name: Fact(stretches=name in {"operator", "order"}, mark=_MARKS.get(name))
            for name in labels.facts()
        }
        for name, fact in self._facts.items():
            self._row.addWidget(fact, stretches.get(name, 0))
        self._lamps: dict[str, LampView] = {}
        self._facts["station"].show_value(station)
        self._screen = Screen()
        languages.follow(self, self._say)

    def _say(self) -> None:
        for name, caption in labels.facts().items():
            self._facts[name].show_caption(caption)
        self.show_screen(self._screen)

    def show_screen(self, screen: Screen) -> None:
        self._screen = screen
        shift, tally = screen.shift, screen.tally
        for name, value in {
            "operator": shift.operator if shift else words.nobody(),
            "order": _order(screen),
            "count": words.order_count(
                tally.order_passed, tally.order_quantity or (shift.quantity if shift else None)
            ),
            "good": str(tally.passed),
            "bad": str(tally.failed),
            "first_pass": words.first_pass(tally.units, tally.first_pass),
        }.items():
            self._facts[name].show_value(value)
        self._facts["count"].show_share(_share(screen))
        self._facts["queue"].setVisible(screen.queue is not None)
        if queue := screen.queue:
            self._facts["queue"].show_value(words.queue(queue.waiting, _age_s(queue.oldest)))
        for lamp in screen.lamps:
            self._show_lamp(lamp)

    def _show_lamp(self, lamp: LampTurned) -> None:
        if lamp.name not in self._lamps:
            self._lamps[lamp.name] = LampView(lamp)
            self._row.addWidget(self._lamps[lamp.name])
        self._lamps[lamp.name].show_lamp(lamp)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        dense = self.width() < ROOMY_FROM
        self._row.setSpacing((2 if dense else 4) * theme.GRID)
        for name, fact in self._facts.items():
            fact.set_dense(dense=dense)
            if name in _LEAVES_BELOW:
                fact.setVisible(self.width() >= _LEAVES_BELOW[name])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.edge)
        painter.end()


def _order(screen: Screen) -> str:
    if screen.shift is None:
        return "–"
    parts = dict.fromkeys(part for part in (screen.shift.order, screen.shift.recipe) if part)
    return " · ".join(parts)


def _share(screen: Screen) -> float | None:
    """Return how much of the work order is done; None where nobody said how many it wants."""
    wanted = screen.tally.order_quantity or (screen.shift.quantity if screen.shift else None)
    return screen.tally.order_passed / wanted if wanted else None


def _age_s(since: str) -> float:
    if not since:
        return 0.0
    return (datetime.now(UTC) - datetime.fromisoformat(since)).total_seconds()
