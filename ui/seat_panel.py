"""Where the unit sits, and what is being done to it there: steps, bytes, prompts and the verdict."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from station.model import Outcome
from ui import brought_words, rework_words, theme, words
from ui.card import Phase
from ui.paper import Paper, label, say
from ui.rework import Rework
from ui.slot_card import SlotCard

RUNNING_TALL, ENDED_TALL = 340, 232


class SeatPanel(QWidget):
    """A sentence while the unit is at rest, a card while something is done to it and after that.

    `stop_wanted`, `again_wanted`, `anew_wanted` and `seen` are its buttons.
    """

    stop_wanted = Signal()
    again_wanted = Signal()
    anew_wanted = Signal()
    seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.card = SlotCard("")
        self.title = label(theme.STRONG, bold=True)
        self._paper = Paper()
        self.sentence = label(theme.BODY)
        self._paper.column.addWidget(self.sentence)
        self.stop_button, self.seen_button = QPushButton(), QPushButton()
        self.again_button, self.anew_button = QPushButton(), QPushButton()
        for button, told in (
            (self.stop_button, self.stop_wanted),
            (self.seen_button, self.seen),
            (self.again_button, self.again_wanted),
            (self.anew_button, self.anew_wanted),
        ):
            button.clicked.connect(told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.title)
        column.addWidget(self._paper)
        column.addWidget(self.card)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(theme.GRID)
        self._buttons.addWidget(self.stop_button, 0, 0, 1, 2)
        self._buttons.addWidget(self.seen_button, 0, 0)
        self._buttons.addWidget(self.again_button, 0, 1)
        self._buttons.addWidget(self.anew_button, 1, 0, 1, 2)
        column.addLayout(self._buttons)

    def show_page(self, page: Rework) -> None:
        """Show what is being done to the unit that is open, or where it sits."""
        seat = page.seat
        running = seat is not None and seat.card.phase is Phase.RUNNING
        ended = page.is_ended and not running
        self.card.setVisible(running or ended)
        self._paper.setVisible(not running and not ended)
        is_shown = running or ended or page.is_ordered
        say(self.title, brought_words.story(page.doing.title) if page.doing and is_shown else "")
        ordered = rework_words.ordered() if page.is_ordered else rework_words.seat_told(page)
        self.sentence.setText(ordered)
        if seat is not None and (running or ended):
            self.card.setFixedHeight(RUNNING_TALL if running else ENDED_TALL)
            self.card.setAccessibleName(words.slot(seat.slot))
            if self.card.show_card(seat.card, _told(page), monotonic()):
                self.card.update()
        self._show_buttons(page, running=running, ended=ended)

    def tick(self, now_s: float) -> None:
        """Let the seconds and the bar of a run go on."""
        self.card.tick(now_s)

    def _show_buttons(self, page: Rework, *, running: bool, ended: bool) -> None:
        first = page.ordered is not None and not page.ordered.key and not page.ordered.again
        for button, name, shown, key in (
            (self.stop_button, rework_words.stop(), running, "Esc"),
            (self.seen_button, rework_words.put_away(), ended, ""),
            (self.again_button, rework_words.again(), ended, "F5"),
            (self.anew_button, rework_words.anew(), ended and first, ""),
        ):
            button.setText(f"{name}  {key}".strip())
            button.setAccessibleName(name)
            button.setVisible(shown)


def _told(page: Rework) -> tuple[str, str]:
    """Return what happens and what to do next; a unit that passed stays where it is."""
    seat = page.seat
    if seat is None or seat.card.outcome is Outcome.PASS:
        return "", ""
    return words.card_says(seat.card, page.screen)
