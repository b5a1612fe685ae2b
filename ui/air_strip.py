"""The boards on the air, in a strip across the page: who is near, and how many lanes are free."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from station.model import Nearby, NearbyHeard
from ui import labels, languages, lettering, nearby_row, nearness, shapes, theme
from ui.nearby_row import Inks
from ui.shapes import Shape

TALL = 80
HEAD_WIDE, MOST_HEAD_WIDE = 184, 320
CHIP_WIDE = 224
MORE_WIDE = 64


class AirStrip(QWidget):
    """Shows who waits on the air; hidden on a line of cables alone. `pick_wanted` is its button."""

    pick_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heard: NearbyHeard | None = None
        self._boards: tuple[Nearby, ...] = ()
        self.setFixedHeight(TALL)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.button = QPushButton()
        self.button.setMinimumHeight(theme.TOUCH)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.pick_wanted)
        theme.make_primary(self.button, primary=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        row.addStretch(1)
        row.addWidget(self.button)
        self.hide()
        languages.follow(self, self._say)

    @property
    def boards(self) -> tuple[Nearby, ...]:
        """The boards in the order in which they stand there."""
        return self._boards

    def show_nearby(self, heard: NearbyHeard | None) -> None:
        """Show who was heard; boards change places only where one is much louder."""
        if heard == self._heard:
            return
        self._heard = heard
        self.setVisible(heard is not None)
        if heard is None:
            self._boards = ()
            return
        before = tuple(board.address for board in self._boards)
        self._boards = nearness.ordered(before, heard.boards)
        self._say()
        self.update()

    def _say(self) -> None:
        self.button.setText(labels.pick_button())
        self.button.setAccessibleName(labels.pick_button())
        if self._heard is not None:
            self.setAccessibleName(". ".join(labels.on_air(self._heard.free)))
        told = ". ".join(nearby_row.told(board) for board in self._boards)
        self.setAccessibleDescription(told or labels.none_heard())

    def minimumSizeHint(self) -> QSize:
        return QSize(HEAD_WIDE + CHIP_WIDE, TALL)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pick_wanted.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        painter.fillRect(self.rect(), colours.surface)
        painter.fillRect(0, 0, self.width(), 1, colours.edge)
        if self._heard is not None:
            free = self.button.geometry().left() - 2 * theme.GRID
            box = QRectF(2 * theme.GRID, 1, free - 2 * theme.GRID, TALL - 1)
            box.setLeft(box.left() + self._head(painter, box, self._heard.free, colours))
            if self._boards:
                self._chips(painter, box, colours)
            else:
                self._nobody(painter, box, colours)
        painter.end()

    def _head(self, painter: QPainter, box: QRectF, lanes: int, colours: theme.Colours) -> float:
        """Write what the strip is, and how many more there is room for; return the width taken."""
        title, below = labels.on_air(lanes)
        bold, small = theme.font(theme.BODY, theme.BOLD), theme.font(theme.CAPTION)
        side = 36.0
        mark = QRectF(box.left(), box.center().y() - side / 2, side, side)
        shapes.draw(painter, Shape.AIR, mark, colours.text, colours.surface)
        wide = max(lettering.advance(title, bold), lettering.advance(below, small))
        wide = max(HEAD_WIDE, min(MOST_HEAD_WIDE, wide + side + 2 * theme.GRID + 1))
        text = QRectF(box.left() + side + theme.GRID, 0, wide - side - 2 * theme.GRID, TALL)
        tall = lettering.height(1, bold) + lettering.height(1, small)
        text.setTop((TALL - tall) / 2)
        line = lettering.elided(title, bold, text.width())
        text.setTop(text.top() + lettering.write(painter, text, [line], bold, colours.text))
        line = lettering.elided(below, small, text.width())
        lettering.write(painter, text, [line], small, colours.quiet)
        return wide

    def _nobody(self, painter: QPainter, box: QRectF, colours: theme.Colours) -> None:
        font = theme.font(theme.STRONG, theme.MEDIUM)
        lines = lettering.wrapped(labels.none_heard(), font, box.width(), 2)
        box.setTop((TALL - lettering.height(len(lines), font)) / 2)
        lettering.write(painter, box, lines, font, colours.text)

    def _chips(self, painter: QPainter, box: QRectF, colours: theme.Colours) -> None:
        room = int(box.width() // CHIP_WIDE)
        if room < len(self._boards):
            room = int((box.width() - MORE_WIDE) // CHIP_WIDE)
        inks = Inks.of(colours)
        for n, board in enumerate(self._boards[:room]):
            chip = QRectF(box.left() + n * CHIP_WIDE, 0, CHIP_WIDE - 2 * theme.GRID, TALL)
            nearby_row.paint_chip(painter, chip, board, inks)
        if more := len(self._boards[room:]):
            font = theme.font(theme.STRONG, theme.BOLD)
            rest = QRectF(box.left() + room * CHIP_WIDE, 0, MORE_WIDE, TALL)
            rest.setTop((TALL - lettering.height(1, font)) / 2)
            lettering.write(painter, rest, [f"+{more}"], font, colours.quiet)
