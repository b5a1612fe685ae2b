"""Windows without a display, unless there is one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakeEngine, desk
from ui import languages, theme
from ui.bridge import EngineThread, EventBridge
from ui.garbage import GarbageCollector
from ui.window import Window

OpenDesk = Callable[..., Window]
Speak = Callable[[str], languages.Language]

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform says so of window managers' affairs, and there is no cure for it.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support ")


@pytest.fixture
def light(qapp: QApplication) -> Iterator[None]:
    """Dress the application in the light theme, and undress it for whoever comes next."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    theme.dress(qapp, "light")
    yield
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[Speak]:
    """Return what lets the application speak the language with a code; English afterwards."""
    locale = QLocale()
    yield languages.use
    languages.use("en")
    QLocale.setDefault(locale)


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[GarbageCollector]:
    """Collect garbage as the application does: an engine's thread must not take widgets apart."""
    collector = GarbageCollector()
    yield collector
    collector.stop()


@pytest.fixture
def open_desk(qtbot: QtBot, light: None, garbage: GarbageCollector) -> Iterator[OpenDesk]:
    """Open a window on a fake engine, wait until it serves, and end the engine afterwards."""
    engines: list[EngineThread] = []
    bridges: list[EventBridge] = []

    def open_one(fake: FakeEngine, **settings: Any) -> Window:
        bridge = EventBridge()
        engine = EngineThread(fake.serve, bridge.post)
        engines.append(engine)
        window = Window(desk(fake, **settings), engine)
        bridges.append(bridge)
        qtbot.addWidget(window)
        bridge.arrived.connect(window.take, Qt.ConnectionType.QueuedConnection)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        with qtbot.waitSignal(engine.ready):
            engine.start()
        return window

    yield open_one
    assert all(engine.stop(within_s=10) for engine in engines)
