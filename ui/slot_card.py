"""The card of one slot: a widget that repaints only when what it shows has changed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import card_face, theme, words
from ui.card_face import Face
from ui.screen import Card, Phase


class SlotCard(QWidget):
    """`chosen` tells that this slot was selected, by key, tab or touch."""

    chosen = Signal(str)

    def __init__(self, slot: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = Face(Card(slot), "", "")
        self._selected = False
        self._run_began_s = 0.0
        self._step_began_s = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(theme.TOUCH * 2, theme.TOUCH * 2)
        # So that whatever lies behind the card is not painted along with it each time.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(words.slot(slot))

    @property
    def face(self) -> Face:
        """What the card shows now."""
        return self._face

    def show_card(self, card: Card, told: tuple[str, str], now_s: float) -> bool:
        """Show `card` and the two sentences `told`; say whether it must be painted (`update`).

        `now_s` is the monotonic moment. A run or step that was not there the last time began now,
        give or take the milliseconds an event needs to reach the screen; `tick` goes on from there.
        """
        old = self._face
        if card == old.card and told == (old.says, old.do):
            return False
        if card.run != old.card.run:
            self._run_began_s = self._step_began_s = now_s
        if card.step != old.card.step:
            self._step_began_s = now_s
        self._face = Face(
            card, *told, run_s=now_s - self._run_began_s, step_s=now_s - self._step_began_s
        )
        spoken = (words.verdict(card), card.unit, *told, card.trouble.code if card.trouble else "")
        self.setAccessibleDescription(". ".join(part for part in spoken if part))
        return True

    def tick(self, now_s: float) -> None:
        """Let the seconds and the bar of a run go on: a few pixels, not the card."""
        if self._face.card.phase is not Phase.RUNNING:
            return
        face = self._face
        self._face = Face(
            face.card,
            face.says,
            face.do,
            run_s=now_s - self._run_began_s,
            step_s=now_s - self._step_began_s,
        )
        self.update(card_face.strip(QRectF(self.rect())).toAlignedRect())

    def select(self, *, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        outer = QRectF(self.rect())
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        strip = card_face.strip(outer).toAlignedRect()
        if self._face.card.phase is Phase.RUNNING and strip.contains(event.rect()):
            card_face.paint_strip(painter, outer, self._face, colours)
        else:
            painter.fillRect(self.rect(), colours.window)
            card_face.paint(painter, outer, self._face, colours, selected=self._selected)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.chosen.emit(self._face.card.slot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(self._face.card.slot)
        event.accept()
