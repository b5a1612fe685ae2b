"""The window: keys and dialogs in, orders to the engine out."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.desk import Commands, Desk
from station.faults import ScanSpoilt
from station.model import Credentials, Event, Refused, Scanned
from station.scans import Act
from ui import labels, words
from ui.ask import Ask
from ui.bridge import EngineThread
from ui.hearing import Hearing
from ui.help_overlay import HelpOverlay
from ui.line_page import LinePage
from ui.pick import Pick
from ui.scanner import Scanner
from ui.screen import Screen
from ui.sign_in import SignIn, Wanted, answer_of

FRAME_MS = 33
"""Screens are painted no faster than this, whatever the events do: nobody reads faster."""
CLOSE_WITHIN_MS = 5_000

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
        self._sign_in: SignIn | None = None
        self._ask: Ask | None = None
        self._pick: Pick | None = None
        self.setWindowTitle(labels.window_title(desk.station))
        self.resize(1280, 800)
        self.setMinimumSize(800, 560)
        self.page = LinePage(desk.station, training=desk.training)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.help = HelpOverlay(self)
        self._shown = QElapsedTimer()
        self._frame = QTimer(self, singleShot=True)
        self._frame.timeout.connect(self._show)
        self._patience = QTimer(self, singleShot=True, interval=CLOSE_WITHIN_MS)
        self._patience.timeout.connect(self.closed)
        self.scanner = Scanner(desk.wedge, self)
        self._hearing = Hearing(
            desk.reading,
            {Act.RETRY: self.retry, Act.STOP: self.stop_runs, Act.SIGN_OUT: self._sign_out},
            self.page.select_number,
            self.page.show_hint,
        )
        self._wire()
        self.page.setFocus()

    def _wire(self) -> None:
        bottom = self.page.bottom
        bottom.help_wanted.connect(self.help.toggle)
        bottom.sign_wanted.connect(self.sign_in_or_out)
        bottom.retry_wanted.connect(self.retry)
        bottom.stop_wanted.connect(self.stop_runs)
        self.page.air.pick_wanted.connect(self.pick)
        self.scanner.scanned.connect(self._hear)
        self.scanner.spoilt.connect(lambda: self.take([Refused(ScanSpoilt().trouble)]))
        self.scanner.listen()
        self._engine.ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)
        self._engine.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @Slot(list)
    def take(self, events: list[Event]) -> None:
        """Fold a batch of events; the screen is painted once for all that came within a frame."""
        for event in events:
            self._screen = self._screen.after(event)
            if isinstance(event, Scanned):
                self._show()  # else the next frame would take away what is said of the code
                self._hearing.hear(event.text, self._ask, self._sign_in or self._pick)
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
        self.page.show_screen(now)
        if before.shift is None and now.shift is not None:
            self.signed_in.emit()
        self._tell_dialogs(before, now)

    def _tell_dialogs(self, before: Screen, now: Screen) -> None:
        refused = now.refused if now.refusals != before.refusals else None
        if self._sign_in is not None:
            if now.shift is not None:
                self._sign_in.accept()
            elif refused is not None:
                self._sign_in.show_trouble(refused)
        if self._pick is not None:
            if now.nearby is not None and now.nearby != before.nearby:
                self._pick.show_nearby(now.nearby)
            if refused is not None:
                self._pick.show_trouble(refused)
            if now.taken != before.taken:
                self._pick.taken()

    @Slot()
    def _on_ready(self) -> None:
        if self._desk.sign_in is not None:
            name, recipe, quantity = self._desk.sign_in
            self._order_sign_in(Wanted(Credentials(name), recipe, quantity))
        elif self._screen.shift is None and self._sign_in is None:
            self.sign_in_or_out()

    @Slot()
    def _on_ended(self) -> None:
        if self._closing:
            self._patience.stop()
            self.closed.emit()
        else:
            self.page.show_notice(labels.restart())

    def _sign_out(self) -> None:
        if self._screen.shift is not None:
            self.sign_in_or_out()

    def sign_in_or_out(self) -> None:
        """F2: open the sign-in, or end the shift."""
        if self._screen.shift is not None:
            if not self._engine.order(lambda commands: commands.sign_out()):
                self.page.show_hint(labels.not_started())
        elif self._sign_in is None:
            self._sign_in = SignIn(self, lambda: answer_of(self._desk))
            self._sign_in.wanted.connect(self._order_sign_in)
            self._sign_in.finished.connect(self._sign_in_over)
            self._sign_in.open()

    @Slot(object)
    def _order_sign_in(self, wanted: Wanted) -> None:
        told = (wanted.who, wanted.recipe, wanted.quantity, wanted.order)
        if not self._engine.order(lambda commands: commands.sign_in(*told)):
            self.page.show_hint(labels.not_started())
            if self._sign_in is not None:
                self._sign_in.say_again(labels.not_started())

    @Slot()
    def _sign_in_over(self) -> None:
        self._sign_in = None

    def pick(self) -> None:
        """F6: ask which board on the air is meant."""
        if self._screen.nearby is None:
            self.page.show_hint(labels.no_air())
        elif self._pick is None:
            self._pick = Pick(self, self._screen.nearby)
            self._pick.wanted.connect(self._order_pick)
            self._pick.finished.connect(self._pick_over)
            self._pick.open()

    @Slot(str)
    def _order_pick(self, text: str) -> None:
        if not self._engine.order(lambda commands: commands.pick(text)) and self._pick is not None:
            self._pick.say(labels.not_started(), wrong=True)

    @Slot()
    def _pick_over(self) -> None:
        self._pick = None

    def retry(self) -> None:
        """F5: begin another run on the slot that is meant."""
        slot = self._screen.to_retry(self.page.selected)
        if slot is None:
            selected = self.page.selected
            busy = labels.slot_busy(words.slot(selected)) if selected else labels.nothing_to_retry()
            self.page.show_hint(busy)
        elif not self._engine.order(lambda commands: commands.retry(slot)):
            self.page.show_hint(labels.not_started())

    def stop_runs(self) -> None:
        """Esc: close what is open; else ask whether to stop what runs."""
        if not self.help.isHidden():
            self.help.hide()
            return
        slots = self._screen.to_abort(self.page.selected)
        if not slots:
            self.page.select(None)
            self.page.setFocus()
            return
        names = tuple(words.slot(slot) for slot in slots)
        ask = self._open(
            Ask(self, labels.stop_question(names), yes=labels.stop_yes(), no=labels.go_on())
        )
        ask.accepted.connect(lambda: self._stop(slots))

    def _stop(self, slots: tuple[str, ...]) -> None:
        async def abort(commands: Commands) -> None:
            for slot in slots:
                await commands.abort(slot)

        self._engine.order(abort)

    def _open(self, ask: Ask) -> Ask:
        if self._ask is not None:
            self._ask.reject()
        self._ask = ask
        ask.finished.connect(self._ask_over)
        ask.open()
        return ask

    @Slot()
    def _ask_over(self) -> None:
        self._ask = None

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
        runs = len(self._screen.running()) if self._engine.alive() else 0
        if self._closing or not runs:
            self.leave()
            return
        question = labels.close_question(runs)
        ask = self._open(Ask(self, question, yes=labels.close_yes(), no=labels.go_on()))
        ask.accepted.connect(self.leave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and key not in _ARROWS:
            return
        acts = {
            Qt.Key.Key_F1: self.help.toggle,
            Qt.Key.Key_F2: self.sign_in_or_out,
            Qt.Key.Key_F5: self.retry,
            Qt.Key.Key_F6: self.pick,
            Qt.Key.Key_Escape: self.stop_runs,
            Qt.Key.Key_F11: self._full_screen,
        }
        if key in acts:
            acts[key]()
        elif key in _ARROWS:
            self.page.move_selection(*_ARROWS[key])
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.page.select_number(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _full_screen(self) -> None:
        (self.showNormal if self.isFullScreen() else self.showFullScreen)()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.help.setGeometry(self.rect())
