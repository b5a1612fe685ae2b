"""The window: its pages, its keys, and who hears what is scanned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.desk import Desk
from station.faults import ScanSpoilt
from station.model import Credentials, Event, Refused, Right, Scanned
from station.scans import Act
from ui import labels, languages
from ui.bridge import EngineThread, Order
from ui.dialogs import Dialogs
from ui.hearing import Hearing
from ui.help_overlay import HelpOverlay
from ui.line_acts import LineActs
from ui.line_page import LinePage
from ui.pages import Pages
from ui.scanner import Scanner
from ui.screen import Screen
from ui.sign_in import Wanted
from ui.sounds import Sounds

FRAME_MS = 33
"""Screens are painted no faster than this, whatever the events do: nobody reads faster."""
CLOSE_WITHIN_MS = 5_000
STIR_EVERY_MS = 10_000
"""How often the engine is told that somebody is there, at most."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Window(QWidget):
    """`painted` tells once that the window stands; `closed` that it may be left for good.

    `signed_in` tells that a shift has begun.
    """

    painted = Signal()
    signed_in = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, engine: EngineThread) -> None:
        super().__init__()
        self._desk = desk
        self._engine = engine
        self._screen = Screen()
        self._seen = False
        self._closing = False
        self._freed = not desk.kiosk
        self.resize(1280, 800)
        self._usual = self.geometry()
        self.setMinimumSize(800, 560)
        self.page = LinePage(desk.station, training=desk.training)
        self.pages = Pages(desk, self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.help = HelpOverlay(self)
        self.dialogs = Dialogs(self, desk)
        self.line = LineActs(desk, self.page, self.dialogs, self._give, lambda: self._screen)
        self.sounds = Sounds(desk.loudness, self)
        self._shown = QElapsedTimer()
        self._stirred = QElapsedTimer()
        self._frame = QTimer(self, singleShot=True)
        self._frame.timeout.connect(self._show)
        self._patience = QTimer(self, singleShot=True, interval=CLOSE_WITHIN_MS)
        self._patience.timeout.connect(self.closed)
        self.scanner = Scanner(desk.wedge, self)
        self._hearing = Hearing(desk.reading, self._acts(), self.page, self.line)
        self._wire()
        languages.follow(self, self._say)
        self.page.setFocus()

    def _acts(self) -> dict[Act, Callable[[], None]]:
        line = self.line
        return {
            Act.RETRY: line.retry,
            Act.STOP: line.stop,
            Act.PRINT_AGAIN: line.print_again,
            Act.NEXT_ORDER: line.next_order,
            Act.YES: line.say_yes,
            Act.NO: line.say_no,
            Act.SIGN_OUT: line.sign_out,
        }

    def _wire(self) -> None:
        bottom = self.page.bottom
        bottom.help_wanted.connect(self._help)
        bottom.sign_wanted.connect(self.line.sign_in_or_out)
        bottom.retry_wanted.connect(self.line.retry)
        bottom.stop_wanted.connect(self.stop_runs)
        self.page.air.pick_wanted.connect(self.line.pick)
        self.pages.ordered.connect(self._order_of_page)
        self.scanner.scanned.connect(self._hear)
        self.scanner.spoilt.connect(lambda: self.take([Refused(ScanSpoilt().trouble)]))
        self.scanner.touched.connect(self._stir)
        self.scanner.listen()
        self._engine.ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)
        self._engine.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def _say(self) -> None:
        self.setWindowTitle(labels.window_title(self._desk.station))

    @Slot(list)
    def take(self, events: list[Event]) -> None:
        """Fold a batch of events; the screen is painted once for all that came within a frame."""
        for event in events:
            told = event
            if isinstance(event, Scanned):
                beside = self.pages.beside_line
                told = Scanned(self._hearing.shown(event.text, self.dialogs, beside))
            self._screen = self._screen.after(told)
            if isinstance(event, Scanned):
                self._show()  # else the next frame would take away what is said of the code
                self._stir()
                self._hearing.hear(event.text, self.dialogs, self.pages.beside_line)
        if not self._frame.isActive():
            shown_ms = self._shown.elapsed() if self._shown.isValid() else FRAME_MS
            self._frame.start(max(0, FRAME_MS - shown_ms))

    @Slot(str)
    def _hear(self, text: str) -> None:
        self.take([Scanned(text)])

    @Slot()
    def _show(self) -> None:
        self._shown.start()
        before, now = self.page.screen_shown, self._screen
        if before is not now:
            self.page.show_hint("")
        if now.shift is not None and now.shift is not before.shift:
            chosen, theirs = self.line.language, now.shift.language
            languages.use(languages.chosen_at_sign_in(chosen, theirs, self._desk.language))
        self.page.show_screen(now)
        self.pages.show_screen(now)
        self.sounds.after(before, now)
        if before.shift is None and now.shift is not None:
            self.signed_in.emit()
        if now.granted[0] != before.granted[0]:
            self._freed = True
            self._leave_full_screen()
        self.dialogs.tell(before, now)

    def _give(self, order: Order) -> bool:
        return self._engine.order(order)

    @Slot(object)
    def _order_of_page(self, order: Order) -> None:
        if not self._give(order):
            self.pages.not_taken()

    @Slot()
    def _on_ready(self) -> None:
        if self._desk.sign_in is not None:
            name, recipe, quantity = self._desk.sign_in
            self.line.sign_in(Wanted(Credentials(name), recipe, quantity))
        elif self._screen.shift is None:
            self.line.open_sign_in()

    @Slot()
    def _on_ended(self) -> None:
        if self._closing:
            self._patience.stop()
            self.closed.emit()
        else:
            self.page.show_notice(labels.restart())

    @Slot()
    def _help(self) -> None:
        self.help.toggle(self.pages.shown)

    def stop_runs(self) -> None:
        """Esc: close what is open; else ask whether to stop what runs."""
        if not self.help.isHidden():
            self.help.hide()
        else:
            self.line.stop()

    def leave(self) -> None:
        """Stop the engine without asking; `closed` follows within five seconds."""
        if self._closing:
            return
        self._closing = True
        self.page.show_notice(labels.closing())
        if not self._engine.alive():
            self.closed.emit()
            return
        self._patience.start()
        self._engine.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        if self._engine.alive() and not self._closing and not self._freed:
            self._ask_to_leave()
            return
        runs = len(self._screen.running()) if self._engine.alive() else 0
        if self._closing or not runs:
            self.leave()
            return
        ask = self.dialogs.ask(labels.close_question(runs), yes=labels.close_yes())
        ask.accepted.connect(self.leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and key not in _ARROWS:
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        on_line = self.pages.beside_line is None
        if (act := self._keys(control=control).get(key)) or (
            on_line and (act := self._line_keys().get(key))
        ):
            act()
        elif on_line and key in _ARROWS:
            self.page.move_selection(*_ARROWS[key])
        elif control and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            # the scanner's ear holds such keys back for a moment, and then no shortcut sees them
            self.pages.show_place(key - Qt.Key.Key_1)
        elif on_line and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.page.select_number(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _keys(self, *, control: bool) -> dict[Qt.Key, Callable[[], None]]:
        keys: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_F1: self._help,
            Qt.Key.Key_F2: self.line.sign_in_or_out,
            Qt.Key.Key_Escape: self.stop_runs,
            Qt.Key.Key_F11: self._full_screen,
        }
        return keys | ({Qt.Key.Key_P: self.line.print_sheet} if control else {})

    def _line_keys(self) -> dict[Qt.Key, Callable[[], None]]:
        line = self.line
        return {
            Qt.Key.Key_F5: line.retry,
            Qt.Key.Key_F6: line.pick,
            Qt.Key.Key_F7: line.teach,
            Qt.Key.Key_F8: line.skip,
            Qt.Key.Key_F9: line.print_again,
            Qt.Key.Key_Y: line.say_yes,
            Qt.Key.Key_N: line.say_no,
        }

    def _full_screen(self) -> None:
        if not self.isFullScreen():
            self.fill_screen()
        elif self._freed:
            self._leave_full_screen()
        else:
            self._ask_to_leave()

    def _ask_to_leave(self) -> None:
        if self.dialogs.filled is None:
            who = self.dialogs.open_who()
            who.shown.connect(self._ask_for_leave)

    @Slot(object)
    def _ask_for_leave(self, who: Credentials) -> None:
        if not self._give(lambda commands: commands.grant(Right.SET_UP, who)):
            self.dialogs.cannot(labels.not_started())

    def fill_screen(self) -> None:
        """Take the whole screen, also where no window manager would give it."""
        self._freed = not self._desk.kiosk
        self._usual = self.geometry()
        self.setGeometry(self.screen().geometry())
        self.showFullScreen()

    def _leave_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
            self.setGeometry(self._usual)

    def _stir(self) -> None:
        if self._screen.shift is None:
            return
        if not self._stirred.isValid() or self._stirred.elapsed() >= STIR_EVERY_MS:
            self._stirred.start()
            self._give(lambda commands: commands.stir())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.help.setGeometry(self.rect())
