"""Hears a scanner that types like a keyboard, whatever has the focus.

Keys come from the window system to a window first, and are looked at there. What a program makes
(an on-screen keyboard, a test) comes to a widget, and what an input method has put together comes
as no key: both are let be. While an input method composes, it has the keys of a scanner too;
nothing here can take them from it. A scanner on a serial port is free of that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from station.model import Layout, Wedge
from ui import us_keys
from ui.wedge import Kind, Listener, Stroke, Taken

_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_HANDS = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
    QEvent.Type.Close,
}
"""What must not overtake keys that a hand has typed before."""

_ENDS = {Qt.Key.Key_Return: Kind.ENTER, Qt.Key.Key_Enter: Kind.ENTER, Qt.Key.Key_Tab: Kind.TAB}
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_Mod = Qt.KeyboardModifier
_HARMLESS = _Mod.ShiftModifier | _Mod.KeypadModifier | _Mod.GroupSwitchModifier
_ALT_GR = _Mod.ControlModifier | _Mod.AltModifier
"""As which Windows tells the right Alt key."""


@dataclass(frozen=True, slots=True)
class _Origin:
    window: QWindow
    event: QKeyEvent


class Scanner(QObject):
    """`scanned` carries a whole code, without the scanner's prefix and end.

    `spoilt` tells that a code was too long to be one, or that keys of it are missing. A shortcut on a plain letter would be heard
    before any of this: the window has none.
    """

    scanned = Signal(str)
    spoilt = Signal()
    touched = Signal()

    def __init__(self, how: Wedge, over: QWidget, patience: QTimer | None = None) -> None:
        """Hear while the window `over` is shown, in it and in all others.

        `patience` is the timer that ends the waiting for a next key; tests give their own.
        """
        super().__init__(over)
        self._over = over
        self._how = how
        self._listener = Listener(how)
        self._replaying = False
        self._patience = patience or QTimer(self)
        self._patience.setSingleShot(True)
        # Within a gap of some ms the coarse timer's 5 % are nothing, but not the 1 s of others.
        self._patience.setTimerType(Qt.TimerType.PreciseTimer)
        self._patience.timeout.connect(self._look_again)
        self._once_more = QTimer(self, singleShot=True, interval=0)
        self._once_more.timeout.connect(self._give_up)

    def listen(self) -> None:
        """Begin to hear the application's keys."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what a scanner could have typed."""
        kind = event.type()
        if kind in _HANDS or kind is QEvent.Type.KeyPress:
            self.touched.emit()
        if kind in _KEYS:
            if isinstance(event, QKeyEvent) and isinstance(watched, QWindow):
                hears = self._over.isVisible() and not self._replaying
                return hears and self._take(watched, event)
        elif kind in _HANDS and self._listener.holds and not self._replaying:
            self._let_go(self._listener.give_up())
        return False

    def _take(self, window: QWindow, event: QKeyEvent) -> bool:
        self._once_more.stop()
        taken = self._listener.take(self._stroke(window, event))
        if self._listener.holds:
            self._patience.start(self._how.gap_ms)
        else:
            self._patience.stop()
        self._let_go(taken.go_on)
        self._tell(taken)
        return not taken.passes

    def _tell(self, taken: Taken) -> None:
        if taken.scan is not None:
            self.scanned.emit(taken.scan)
        if taken.spoilt:
            self.spoilt.emit()

    def _look_again(self) -> None:
        """Let the keys that wait in the system's queue come first: we may be late ourselves."""
        self._once_more.start()

    def _give_up(self) -> None:
        self._let_go(self._listener.give_up())

    def _let_go(self, strokes: Iterable[Stroke]) -> None:
        for stroke in strokes:
            origin = stroke.origin
            if isinstance(origin, _Origin) and isValid(origin.window):
                before, self._replaying = self._replaying, True
                try:
                    QCoreApplication.sendEvent(origin.window, origin.event)
                finally:
                    self._replaying = before

    def _stroke(self, window: QWindow, event: QKeyEvent) -> Stroke:
        kind, letters = what_it_is(event, self._how.layout)
        code = event.nativeScanCode()
        # Shift may come up before the letter does, which then is another key to Qt (1 for !); macOS
        # gives every key the scan code 1.
        key = code if code > 1 else event.nativeVirtualKey() if code else int(event.key())
        return Stroke(
            key=key,
            at_ms=event.timestamp(),
            pressed=event.type() is QEvent.Type.KeyPress,
            kind=kind,
            letters=letters,
            repeats=event.isAutoRepeat(),
            origin=_Origin(window, event.clone()),
        )


def what_it_is(event: QKeyEvent, layout: Layout, platform: str = sys.platform) -> tuple[Kind, str]:
    """Return what a key could be to a scanner, and what it writes."""
    key, held = Qt.Key(event.key()), event.modifiers()
    if key in _MODIFIERS:
        return Kind.MODIFIER, ""
    with_others = held & ~_HARMLESS
    if key in _ENDS:
        plain = not with_others and not held & _Mod.ShiftModifier
        return (_ENDS[key], "") if plain else (Kind.OTHER, "")
    letters = event.text()
    if layout is Layout.US:
        letters = _by_place(event, platform) or letters
    if not letters:
        return Kind.OTHER, ""
    if letters in {"\r", "\n"} and not with_others:  # X11's own key for a line feed
        return Kind.ENTER, ""
    if all(letter < " " for letter in letters):
        # macOS: Qt's Meta is its Ctrl
        ctrls = (_Mod.ControlModifier, _Mod.MetaModifier)
        return (Kind.CONTROL, letters) if with_others in ctrls else (Kind.OTHER, "")
    writes = not with_others or with_others == _ALT_GR
    if platform == "darwin":  # its Option key is for writing
        writes = writes or with_others == _Mod.AltModifier
    printable = all(letter >= " " and letter != "\x7f" for letter in letters)
    return (Kind.TEXT, letters) if writes and printable else (Kind.OTHER, "")


def _by_place(event: QKeyEvent, platform: str) -> str:
    plain = us_keys.code_of(platform, event.nativeScanCode(), event.nativeVirtualKey())
    if not plain:
        return ""
    held = event.modifiers()
    ctrl = held & (_Mod.MetaModifier if platform == "darwin" else _Mod.ControlModifier)
    return us_keys.letter(plain, shift=bool(held & _Mod.ShiftModifier), ctrl=bool(ctrl))
