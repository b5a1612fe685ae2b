"""The cards of the line: in the fixture's columns, or in as many as let them be largest."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import labels, lettering, shapes, theme, words
from ui.screen import Screen
from ui.shapes import Shape
from ui.slot_card import SlotCard
from ui.turns import Turns

ASPECT = 1.3
"""A card's width over its height at which a verdict and its sentence fill it best."""


def columns(count: int, width: float, height: float) -> int:
    """Return in how many columns `count` cards are largest within `width` and `height` pixels."""

    def largeness(across: int) -> float:
        down = math.ceil(count / across)
        spare = across * down - count
        return min(width / across / ASPECT, height / down) * (1 - 0.04 * spare)

    return max(range(1, max(count, 1) + 1), key=largeness)


class CardGrid(QWidget):
    """Shows a screen's cards; `chosen` carries the name of the slot that was selected."""

    chosen = Signal(str)

    def __init__(self, turns: Turns) -> None:
        super().__init__()
        self._cards: list[SlotCard] = []
        self._turns = turns
        self._across = 1
        self._fixed = 0
        self._ready = False
        self.setMinimumSize(320, 240)

    @property
    def cards(self) -> tuple[SlotCard, ...]:
        return tuple(self._cards)

    def show_screen(self, screen: Screen, now_s: float) -> None:
        """Show the cards of `screen`; `now_s` is the monotonic moment."""
        names = [card.slot for card in screen.cards]
        if names != [card.face.card.slot for card in self._cards] or screen.columns != self._fixed:
            self._fixed = screen.columns
            self._rebuild(names)
        if screen.ready != self._ready:
            self._ready = screen.ready
            self.update()
        for widget, card in zip(self._cards, screen.cards, strict=True):
            shown = replace(card, question=None) if screen.waits_its_turn(card) else card
            if widget.show_card(shown, words.card_says(card, screen), now_s):
                self._turns.paint(widget)

    def select(self, slot: str | None) -> None:
        for card in self._cards:
            card.select(selected=card.face.card.slot == slot)

    def focus(self, slot: str) -> None:
        for card in self._cards:
            if card.face.card.slot == slot:
                card.setFocus()

    def tick(self, now_s: float) -> None:
        for card in self._cards:
            card.tick(now_s)

    def neighbour(self, slot: str | None, right: int, down: int) -> str | None:
        """Return the slot that lies `right` and `down` of `slot`; the first when none is selected."""
        names = [card.face.card.slot for card in self._cards]
        if not names:
            return None
        if slot not in names:
            return names[0]
        row, column = divmod(names.index(slot), self._across)
        at = (row + down) * self._across + column + right
        within = 0 <= column + right < self._across and 0 <= at < len(names)
        return names[at] if within else slot

    def _rebuild(self, names: list[str]) -> None:
        kept = {card.face.card.slot: card for card in self._cards}
        for name, card in kept.items():
            if name not in names:
                self._turns.forget(card)
                card.hide()
                card.deleteLater()
        self._cards = [kept.get(name) or self._made(name) for name in names]
        self._place()
        self.update()

    def _made(self, name: str) -> SlotCard:
        card = SlotCard(name, self)
        card.chosen.connect(self.chosen)
        card.show()
        return card

    def _place(self) -> None:
        count = len(self._cards)
        if not count:
            return
        gap = theme.GRID // 2
        self._across = min(self._fixed, count) or columns(count, self.width(), self.height())
        down = math.ceil(count / self._across)
        for n, card in enumerate(self._cards):
            row, column = divmod(n, self._across)
            left, right = ((column + i) * (self.width() + gap) // self._across for i in (0, 1))
            top, bottom = ((row + i) * (self.height() + gap) // down for i in (0, 1))
            card.setGeometry(QRect(left, top, right - left - gap, bottom - top - gap))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._cards:
            return
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        title, hint = labels.no_slots(ready=self._ready)
        big, plain = theme.font(theme.DISPLAY, theme.BOLD), theme.font(theme.STRONG)
        box = QRectF(self.rect()).adjusted(40, 0, -40, 0)
        side = 96.0
        top = box.center().y() - 110
        mark = QRectF(box.center().x() - side / 2, top, side, side)
        shape = Shape.SOCKET if self._ready else Shape.HOURGLASS
        shapes.draw(painter, shape, mark, colours.quiet, colours.window)
        box.setTop(mark.bottom() + 24)
        lines = lettering.wrapped(title, big, box.width(), 2)
        taken = lettering.write(painter, box, lines, big, colours.text, align=lettering.CENTRE)
        box.setTop(box.top() + taken + theme.GRID)
        lines = lettering.wrapped(hint, plain, box.width(), 3)
        lettering.write(painter, box, lines, plain, colours.quiet, align=lettering.CENTRE)
        painter.end()
