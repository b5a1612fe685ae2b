"""Opens the window first and loads the engine behind it."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from station.desk import Desk
from ui import app_icon, languages, theme
from ui.bridge import EngineThread, EventBridge, asking
from ui.garbage import GarbageCollector
from ui.window import Window

COULD_NOT_WORK = 3
"""The exit status of a station that could not work (the contract of commands)."""
UNSEEN_MS = 500
"""A window that is not painted by then (minimised, or behind another) must not wait for ever."""


def open_window(desk: Desk) -> int:
    """Show the window, run `desk`'s engine behind it until it is closed; return the exit status."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("station")
    app.setWindowIcon(app_icon.made())
    app.setDesktopFileName("station")  # Wayland shows the icon of packaging/station.desktop
    app.setQuitOnLastWindowClosed(False)
    theme.dress(app, desk.theme)
    languages.use(desk.language)
    garbage = GarbageCollector()
    bridge = EventBridge()
    engine = EngineThread(desk.serve, bridge.post)
    window = Window(desk, engine)
    bridge.arrived.connect(window.take, Qt.ConnectionType.QueuedConnection)
    # All that a shift needs is loaded then, and stays. To look through it for garbage each time
    # would stop both threads for 70 ms (measured), longer than all painting of a busy line.
    window.signed_in.connect(gc.freeze, Qt.ConnectionType.SingleShotConnection)
    window.painted.connect(engine.start)
    QTimer.singleShot(UNSEEN_MS, engine, engine.start)
    # Not `quit`: since Qt 6 it asks every window to close first, and ours says "not yet" to that.
    window.closed.connect(lambda: app.exit(0))
    (window.fill_screen if desk.kiosk else window.show)()
    with _interrupts(window):
        app.exec()
    # Else another thread could find garbage, and take the window apart while the process ends.
    if engine.stop(within_s=1.0) and not asking():
        garbage.stop()
    window.hide()
    return COULD_NOT_WORK if engine.failed else 0


@contextmanager
def _interrupts(window: Window) -> Iterator[None]:
    """Let Ctrl-C and a polite kill close the window, though Qt's loop runs no Python handler.

    Python writes a byte to the wake-up descriptor from its C handler; Qt watches the other end.
    """
    here, there = socket.socketpair()
    for end in (here, there):
        end.setblocking(False)
    notifier = QSocketNotifier(here.fileno(), QSocketNotifier.Type.Read, window)

    def woken() -> None:
        with suppress(BlockingIOError):
            here.recv(64)
        window.leave()

    notifier.activated.connect(woken)
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: None) for number in signals}
    waked = signal.set_wakeup_fd(there.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(waked)
        for number, handler in before.items():
            signal.signal(number, handler)
        here.close()
        there.close()
