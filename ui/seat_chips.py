"""The boards that sit in the slots, as buttons in a row: who is where, and what is being done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from ui import languages, lettering, rework_words, shapes, step_words, theme, words
from ui.card import Card, Phase
from ui.shapes import Shape

TALL = 60
WIDE, NARROW = 200, 152
"""The width of a chip: as much as there is room for, within these."""
SIDE = 28.0


class Chip(QPushButton):
    """The board in one slot; `chosen` carries the slot's name."""

    chosen = Signal(str)

    def __init__(self, slot: str) -> None:
        super().__init__()
        self._card = Card(slot)
        self._is_open = False
        self.setFixedHeight(TALL)
        self.setMinimumWidth(NARROW)
        self.setMaximumWidth(WIDE)
        self.clicked.connect(lambda: self.chosen.emit(slot))

    def show_card(self, card: Card, *, is_open: bool) -> None:
        """Show the board; `is_open` marks the one whose unit the page shows."""
        if (card, is_open) == (self._card, self._is_open):
            return
        self._card, self._is_open = card, is_open
        self.say()
        self.update()

    def say(self) -> None:
        """Tell those who do not see what the chip shows."""
        card = self._card
        self.setAccessibleName(rework_words.chip(card.slot, card.unit, card.kind))
        self.setAccessibleDescription(_state(card))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # its sheet gives a button a palette of its own
        colours, card = theme.colours_of(QApplication.palette()), self._card
        box = QRectF(self.rect()).adjusted(12, 0, -12, 0)
        if self._is_open:
            painter.fillRect(12, TALL - 4, self.width() - 24, 3, colours.accent.ground)
        mark = QRectF(box.left(), box.center().y() - SIDE / 2, SIDE, SIDE)
        shape, ink = Shape.SOCKET, colours.quiet
        if card.phase is Phase.RUNNING:
            shape, ink = Shape.HOURGLASS, colours.accent.ground
        elif card.outcome is not None:
            shape, ink = shapes.VERDICTS[card.outcome], colours.marked(card.outcome)
        shapes.draw(painter, shape, mark, ink, colours.surface)
        self._write(painter, box.adjusted(SIDE + 12, 0, 0, 0), colours)
        painter.end()

    def _write(self, painter: QPainter, text: QRectF, colours: theme.Colours) -> None:
        card = self._card
        bold, small = theme.font(theme.BODY, theme.BOLD), theme.font(theme.CAPTION)
        if lettering.advance(words.slot(card.slot), bold) > text.width():
            bold = theme.font(theme.CAPTION, theme.BOLD)
        tall = lettering.height(1, bold) + lettering.height(1, small)
        text.setTop(text.center().y() - tall / 2)
        name = lettering.elided(words.slot(card.slot), bold, text.width())
        text.setTop(text.top() + lettering.write(painter, text, [name], bold, colours.text))
        line = lettering.elided(_state(card), small, text.width(), keep_end=not _is_busy(card))
        lettering.write(painter, text, [line], small, colours.quiet)


class SeatChips(QScrollArea):
    """`chosen` carries the slot whose board was asked for; nothing is shown where no board sits."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chips: dict[str, Chip] = {}
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GRID)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        languages.follow(self, self._say)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The chips in their order."""
        return tuple(self._chips.values())

    def show_cards(self, cards: tuple[Card, ...], open_slot: str) -> None:
        """Show a chip for each of `cards`; `open_slot` is where the unit sits that is open."""
        for slot in [slot for slot in self._chips if slot not in {card.slot for card in cards}]:
            chip = self._chips.pop(slot)
            chip.hide()
            chip.deleteLater()
        for n, card in enumerate(cards):
            if card.slot not in self._chips:
                chip = self._chips[card.slot] = Chip(card.slot)
                chip.chosen.connect(self.chosen)
            if self._row.indexOf(self._chips[card.slot]) != n:
                self._row.insertWidget(n, self._chips[card.slot], 1)
            self._chips[card.slot].show_card(card, is_open=card.slot == open_slot)
        self.setVisible(bool(cards))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Have room for a bar to scroll with, where not all chips have room."""
        wide = len(self._chips) * (NARROW + theme.GRID) - theme.GRID
        self.setFixedHeight(TALL + (2 * theme.GRID if wide > self.width() else 0))

    def sizeHint(self) -> QSize:
        return QSize(WIDE, TALL)

    def _say(self) -> None:
        self.setAccessibleName(rework_words.seats_caption())
        for chip in self._chips.values():
            chip.say()


def _is_busy(card: Card) -> bool:
    return card.phase is Phase.RUNNING


def _state(card: Card) -> str:
    if _is_busy(card):
        return step_words.title(card.step) if card.step else words.starting()
    return card.unit or (rework_words.not_read() if card.kind else rework_words.unknown_board())
