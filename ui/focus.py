"""The keyboard goes back to the window that a dialog stood over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid


def give_back(dialog: QDialog, over: QWidget) -> None:
    """Let `over` have the keyboard once `dialog` is closed.

    A window manager does so by itself; in a kiosk without one nobody does. Where another program
    has the keyboard by then, it keeps it.
    """

    def over_with() -> None:
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if active and isValid(over):
            over.window().activateWindow()

    dialog.finished.connect(over_with)
