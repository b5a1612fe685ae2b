"""The card of one slot: a widget that repaints only when what it shows has changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import card_face, card_strip, languages, pace, theme, words
from ui.card import Card, Phase
from ui.face import Face
from ui.pace import Pace


class SlotCard(QWidget):
    """`chosen` tells that this slot was selected, by key, tab or touch."""

    chosen = Signal(str)

    def __init__(self, slot: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = Face(Card(slot), "", "")
        self._selected = False
        self._run_began_s = 0.0
        self._step_began_s = 0.0
        self._pace: Pace | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(theme.TOUCH * 2, theme.TOUCH * 2)
        # So that whatever lies behind the card is not painted along with it each time.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        languages.follow(self, self._say)

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
        if (card.run, card.step) != (old.card.run, old.card.step):
            self._pace = None
        if self._pace is None or card.advanced != old.card.advanced:
            self._pace = pace.after(self._pace, card.advanced, now_s)
        self._face = self._as_of(now_s, card, *told)
        if _only_bytes_came(old.card, card) and told == (old.says, old.do):
            self._update_strip()
            return False
        self._say()
        return True

    def _say(self) -> None:
        face, card = self._face, self._face.card
        code = card.trouble.code if card.trouble else ""
        spoken = (words.verdict(card), card.unit, face.says, face.do, code)
        self.setAccessibleName(words.slot(card.slot))
        self.setAccessibleDescription(". ".join(part for part in spoken if part))

    def tick(self, now_s: float) -> None:
        """Let the seconds, the bytes and the bar of a run go on: a few pixels, not the card."""
        if self._face.card.phase is not Phase.RUNNING:
            return
        if self._pace is not None:
            self._pace = self._pace.at(now_s)
        self._face = self._as_of(now_s, self._face.card, self._face.says, self._face.do)
        self._update_strip()

    def _as_of(self, now_s: float, card: Card, says: str, do: str) -> Face:
        return Face(
            card,
            says,
            do,
            run_s=now_s - self._run_began_s,
            step_s=now_s - self._step_began_s,
            left_s=self._pace.left_s(now_s) if self._pace else None,
        )

    def _update_strip(self) -> None:
        self.update(self._strip())

    def _strip(self) -> QRect:
        return card_strip.strip(QRectF(self.rect()), self._face.card).toAlignedRect()

    def select(self, *, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        outer = QRectF(self.rect())
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        if self._face.card.phase is Phase.RUNNING and self._strip().contains(event.rect()):
            card_strip.paint_strip(painter, outer, self._face, colours)
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


def _only_bytes_came(old: Card, new: Card) -> bool:
    """Say whether a step has moved more of the bytes of which it had told: nothing else changed."""
    told = old.advanced[1] > 0 and new.advanced[1] > 0
    return told and replace(old, advanced=new.advanced) == new
