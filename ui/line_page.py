"""The Line page: top bar, a card for each slot, the last units and the bottom line."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import languages, theme, words
from ui.air_strip import AirStrip
from ui.bottom_bar import BottomBar
from ui.card_grid import CardGrid
from ui.last_units import LastUnits
from ui.screen import Screen
from ui.strips import HaltBanner, TrainingStrip
from ui.top_bar import TopBar
from ui.turns import Turns

TICK_MS = 100
SIDE_FROM = 1100
"""The window's width, in pixels, from which on the side list has room."""


class LinePage(QWidget):
    """Paints a screen; knows nothing of the engine."""

    def __init__(self, station: str, *, training: bool) -> None:
        super().__init__()
        self._screen = Screen()
        self._selected: str | None = None
        self._hint = ""
        self._notice = ""
        self.top = TopBar(station)
        self.banner = HaltBanner()
        turns = Turns(self)
        self.grid = CardGrid(turns)
        self.side = LastUnits(turns)
        self.air = AirStrip()
        self.bottom = BottomBar()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out([TrainingStrip()] if training else [])
        self.grid.chosen.connect(self.select)
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MS)
        self._ticks.timeout.connect(self._tick)
        languages.follow(self, self._say)

    def _say(self) -> None:
        self._hint = ""
        self.show_screen(self._screen)

    @property
    def screen_shown(self) -> Screen:
        return self._screen

    @property
    def selected(self) -> str | None:
        """The selected slot; None when there is none or it is gone."""
        known = any(card.slot == self._selected for card in self._screen.cards)
        return self._selected if known else None

    def show_screen(self, screen: Screen) -> None:
        """Show `screen`; whatever is as it was is not painted again."""
        self._screen = screen
        self.top.show_screen(screen)
        self.banner.show_trouble(screen.halted)
        self.grid.show_screen(screen, monotonic())
        self.grid.select(screen.teaching or self.selected)
        self.side.show_units(screen.last)
        self.air.show_nearby(screen.nearby)
        self._show_bottom()
        if bool(screen.running()) != self._ticks.isActive():
            (self._ticks.start if screen.running() else self._ticks.stop)()

    def select(self, slot: str | None) -> None:
        """Select `slot`, or nothing."""
        self._selected = slot
        self.grid.select(slot)
        self.show_hint("")

    def show_hint(self, hint: str) -> None:
        """Answer a key that could do nothing; the next event or key takes the answer away."""
        self._hint = hint
        self._show_bottom()

    def show_notice(self, notice: str) -> None:
        """Say `notice` in the bottom line from now on, whatever happens."""
        self._notice = notice
        self._show_bottom()

    def move_selection(self, right: int, down: int) -> None:
        slot = self.grid.neighbour(self.selected, right, down)
        if slot is not None:
            self.grid.focus(slot)
            self.select(slot)

    def select_number(self, number: int) -> bool:
        """Select the slot at `number`, counted from 1 in the order of the fixture, if there is one."""
        if not 1 <= number <= len(self._screen.cards):
            return False
        slot = self._screen.cards[number - 1].slot
        self.grid.focus(slot)
        self.select(slot)
        return True

    def _show_bottom(self) -> None:
        screen = self._screen
        self.bottom.show_state(
            self._notice or self._hint or _refused(screen) or words.awaits(screen, self.selected),
            signed_in=screen.shift is not None,
            can_retry=screen.to_retry(self.selected) is not None,
            can_stop=bool(screen.to_abort(self.selected)),
        )
        self.bottom.show_scan(screen.scanned)

    def _tick(self) -> None:
        self.grid.tick(monotonic())

    def _lay_out(self, strips: list[TrainingStrip]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for strip in (*strips, self.top, self.banner):
            column.addWidget(strip)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        padded = QVBoxLayout()
        padded.setContentsMargins(*[theme.GRID + theme.GRID // 2] * 4)
        padded.addWidget(self.grid)
        middle.addLayout(padded, 1)
        middle.addWidget(self.side)
        column.addLayout(middle, 1)
        column.addWidget(self.air)
        column.addWidget(self.bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= SIDE_FROM)


def _refused(screen: Screen) -> str:
    if screen.refused is None:
        return ""
    return f"{words.says(screen.refused)} {words.remedy(screen.refused)} ({screen.refused.code})"
