"""The Rework page: a unit is found by anything, its whole life shown, and what it needs is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from station.desk import Desk
from station.model import ReworkAction
from station.model.finding import FoundUnit
from station.scans import Act, Badge, Meaning, UnitLabel, Unknown, meaning, without_symbology
from ui import languages, rework_words, scan_words, theme
from ui.archive import Archive, RecordArchive
from ui.bench import Bench
from ui.card import Phase
from ui.find_field import FindField
from ui.note import Note
from ui.rework import Rework
from ui.rework_empty import Invitation
from ui.rework_side import Side
from ui.rework_states import State
from ui.rework_talk import Talk
from ui.screen import Screen
from ui.seat_chips import SeatChips
from ui.strips import HaltBanner
from ui.unit_page import UnitPage

TICK_MS = 100
PADDING = 2 * theme.GRID
SIDE_SHARE, SIDE_LEAST, SIDE_MOST = 0.36, 312, 440


class ReworkPage(QWidget):
    """`ordered` carries what the engine is to do, an `Order`; `not_taken` answers that it can't."""

    ordered = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, archive: Archive | None = None
    ) -> None:
        super().__init__(parent)
        # any product may come back, whatever the line's labels look like
        self._reading = replace(desk.reading, unit="")
        self.bench = Bench(desk, archive or RecordArchive(desk.record), self)
        self.talk = Talk(self, self.bench, desk.people)
        self.banner, self.note = HaltBanner(), Note()
        self.chips, self.empty = SeatChips(), Invitation()
        self.life, self.side = UnitPage(), Side()
        self._open = QWidget()
        self._body = QStackedLayout()
        self._lay_out()
        self.field = FindField(self)
        self._above.addWidget(self.field)
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._shown = self.bench.page
        self._newest = self.bench.page.screen
        self._done: ReworkAction | None = None
        self._wire()
        languages.follow(self, self._show)
        self.setFocusProxy(self.field)

    @property
    def page(self) -> Rework:
        """What is shown."""
        return self.bench.page

    def show_screen(self, screen: Screen) -> None:
        """Show what is known of the line; a page that is hidden waits until it is shown."""
        self._newest = screen
        if self.isVisible():
            before = self.page.screen
            self.bench.show_screen(screen)
            self.talk.heard(before, screen)

    def open_unit(self, unit: int) -> None:
        """Open the unit that has this number in the record."""
        self.bench.open(unit)

    def hear(self, text: str) -> None:
        """Take what was scanned: for the dialog that is open, for a run that asks, else a unit."""
        page, told, bare = self.page, meaning(text, self._reading), without_symbology(text)
        if self.talk.ask is not None:
            return  # another unit must not be opened under a question about this one
        if self.talk.second is not None:
            self.talk.second.hear(told.badge if isinstance(told, Badge) else bare)
        elif self.talk.form is not None:
            self.talk.form.hear(bare)
        elif page.seat is not None and page.seat.card.question is not None:
            self.talk.answer(page.screen.asks[0], text)  # one question at a time, for all slots
        elif page.can_look:
            self._look_for(text, told)

    @property
    def wants_badge(self) -> bool:
        """Whether a second person is asked for."""
        return self.talk.second is not None

    def answers(self) -> Mapping[Act, Callable[[], object]] | None:
        """Return what command barcodes do to the dialog that is open."""
        return self.talk.answers()

    def obeys(self, slot: int | None) -> Mapping[Act, Callable[[], object]]:
        """Return what command barcodes do here; `slot` is the number in one that names a slot."""
        acts: dict[Act, Callable[[], object]] = {
            Act.RETRY: self.talk.again,
            Act.STOP: self.talk.stop,
            Act.PRINT_AGAIN: self.talk.reprint,
        }
        cards = self.page.screen.cards
        if slot is not None and slot <= len(cards):
            acts[Act.SLOT] = lambda: self._slot_chosen(cards[slot - 1].slot)
        return acts

    def tell(self, why: str) -> None:
        """Say why a code did nothing."""
        self._say(why)

    def dismiss(self) -> None:
        """Close what is open over the page: whoever opened it is not signed in any more."""
        self.talk.dismiss()

    def not_taken(self) -> None:
        """Say that the engine could not take the last order."""
        self.talk.not_taken()

    def _look_for(self, text: str, told: Meaning) -> None:
        if isinstance(told, Unknown):
            self._say(scan_words.unknown(told))
            return
        if not isinstance(told, UnitLabel):
            shown = scan_words.badge() if isinstance(told, Badge) else text
            self._say(scan_words.not_now(shown))
            return
        self._say("")
        self.field.put_away()
        self.field.setText(told.name)
        self.bench.look_for(told.name, told.names)

    @Slot(str)
    def _entered(self, text: str) -> None:
        if self.page.can_look:
            self._say("")
            self.bench.look_for(text, (text,))

    @Slot(object)
    def _chosen(self, unit: FoundUnit) -> None:
        if unit.unit is not None:
            self._say("")
            self.bench.open(unit.unit)

    @Slot(str)
    def _slot_chosen(self, slot: str) -> None:
        page, card = self.page, self.page.screen.card(slot)
        if not page.can_look:
            return
        self._say("")
        if card.unit:
            self.bench.look_for(card.unit, (card.unit,))
        elif card in page.unread:
            self.bench.change(lambda page: page.choosing(slot))
        elif (order := page.first_look(card)) is not None:
            self.bench.change(lambda page: page.awaiting(slot))
            self.ordered.emit(lambda commands: commands.rework(order))
        elif card.phase is not Phase.RUNNING:
            self._say(rework_words.cannot_read(slot))

    @Slot()
    def _show(self) -> None:
        before, page = self._shown, self.page
        self._shown = page
        is_open = page.state is State.OPEN
        self.banner.show_trouble(page.screen.halted)
        seat = page.seat if is_open else None
        self.chips.show_cards(page.seated if page.can_look else (), seat.slot if seat else "")
        self.field.setEnabled(page.can_look)
        self.empty.show_page(page)
        if is_open:
            if page.life is not self.life.life:
                self.life.show_life(page.life)
            self.side.show_page(page)
        self._body.setCurrentWidget(self._open if is_open else self.empty)
        if is_open and page.trouble is not None and page.trouble is not before.trouble:
            self._say(rework_words.trouble(page.trouble))
        if page.is_running is not self._ticks.isActive():
            (self._ticks.start if page.is_running else self._ticks.stop)()
        self._move_focus(before, page)

    def _move_focus(self, before: Rework, page: Rework) -> None:
        """Put the focus where the next thing is done, whenever something was done."""
        if before.state is not page.state and page.can_look and page.state is not State.OPEN:
            (self.empty.button if page.state is State.UNKNOWN else self.field).setFocus()
            return
        if page.state is not State.OPEN or page.life is None:
            return
        opened = before.life is None or before.life.unit != page.life.unit
        ended = before.is_running and not page.is_running
        moved = before.life is not None and bool(before.case) is not bool(page.case)
        if opened:
            self.field.clear()
            self.side.verticalScrollBar().setValue(0)
        came = (before.seat is None) is not (page.seat is None)
        if moved and page.is_ended:
            self.bench.change(Rework.put_away)
        if opened or ended or moved or came:
            self.side.focus_next(self._done if ended else None)
        elif page.is_running and not before.is_running:
            self.side.seat.card.setFocus()

    @Slot(object)
    def _do(self, action: ReworkAction) -> None:
        self._done = action
        self.talk.do(action)

    @Slot(str)
    def _say(self, what: str) -> None:
        self.note.say(what, wrong=bool(what))
        self.note.setVisible(bool(what))

    @Slot()
    def _tick(self) -> None:
        self.side.seat.tick(monotonic())

    def _escape(self) -> bool:
        """Take back one thing; say whether there was one."""
        page = self.page
        if self.note.isVisible():
            self._say("")
        elif page.is_running:
            self.talk.stop()
        elif page.is_ended:
            self.bench.change(Rework.put_away)
        elif page.state in {State.OPEN, State.UNKNOWN, State.SEVERAL, State.READING}:
            self.bench.close()
            self.field.clear()
            self.field.put_away()
        else:
            return False
        return True

    def _wire(self) -> None:
        bench, talk, side = self.bench, self.talk, self.side
        bench.changed.connect(self._show)
        bench.hits.connect(self.field.show_hits)
        self.field.typed.connect(bench.fits)
        self.field.entered.connect(self._entered)
        self.field.chosen.connect(self._chosen)
        self.chips.chosen.connect(self._slot_chosen)
        self.empty.adopt_wanted.connect(talk.adopt)
        side.action_wanted.connect(self._do)
        side.scrap_wanted.connect(talk.scrap)
        side.print_wanted.connect(talk.reprint)
        side.case.case_wanted.connect(talk.case)
        side.note_wanted.connect(talk.note)
        side.seat.stop_wanted.connect(talk.stop)
        side.seat.again_wanted.connect(talk.again)
        side.seat.anew_wanted.connect(talk.anew)
        side.seat.seen.connect(lambda: bench.change(Rework.put_away))
        talk.ordered.connect(self.ordered)
        talk.said.connect(self._say)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._open)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(PADDING)
        row.addWidget(self.life, 1)
        row.addWidget(self.side)
        self._body.addWidget(self.empty)
        self._body.addWidget(self._open)
        self._above = QVBoxLayout()
        column = QVBoxLayout()
        column.setContentsMargins(PADDING, PADDING, PADDING, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(self._above)
        column.addWidget(self.chips)
        column.addWidget(self.note)
        column.addLayout(self._body, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.banner)
        outer.addLayout(column, 1)
        self.note.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_F4: self.talk.case,
            Qt.Key.Key_F5: self.talk.again,
            Qt.Key.Key_F10: self.talk.note,
            Qt.Key.Key_F9: self.talk.reprint,
        }
        key = Qt.Key(event.key())
        if key in acts and not event.isAutoRepeat():
            acts[key]()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.field.setFocus()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._press()
        elif self._is_typed(event):
            self.field.setFocus()
            self.field.keyPressEvent(event)
        elif key != Qt.Key.Key_Escape or not self._escape():
            super().keyPressEvent(event)

    def _is_typed(self, event: QKeyEvent) -> bool:
        """Say whether it is the beginning of a number, wherever the focus is; no answer to a run."""
        text, shift = event.text(), Qt.KeyboardModifier.ShiftModifier
        plain = not event.modifiers() & ~(shift | Qt.KeyboardModifier.KeypadModifier)
        free = self.page.can_look and not self.page.screen.asks
        return free and plain and text.isprintable() and bool(text.strip())

    def _press(self) -> None:
        """Press the button that has the focus: outside of dialogs Qt leaves that to the space bar."""
        button = self.focusWidget()
        if isinstance(button, QPushButton):
            button.click()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.bench.show_screen(self._newest)  # what was refused meanwhile was not this page's

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = int(self.width() * SIDE_SHARE)
        self.side.setFixedWidth(max(SIDE_LEAST, min(SIDE_MOST, wide)))
        self.field.place()
