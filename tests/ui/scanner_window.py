"""A real window with a field, a button and a scanner: `python -m tests.ui.scanner_window REPORT`.

Writes to the file REPORT, a line each, what was scanned, what stands in the field, and clicks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from station.model import Wedge
from ui.scanner import Scanner


def main() -> int:
    app = QApplication(sys.argv[:1])
    report = Path(sys.argv[1])

    def say(what: str, text: str) -> None:
        with report.open("a", encoding="utf-8") as file:
            file.write(f"{what} {text}\n")

    window = QWidget()
    window.setWindowTitle("scanner")
    field, button = QLineEdit(), QPushButton("press")
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(button)
    field.textChanged.connect(lambda text: say("field", text))
    field.returnPressed.connect(button.setFocus)
    button.clicked.connect(lambda: say("click", ""))
    # Wide, so that a busy machine that holds xdotool up for a moment does not make a hand of it.
    scanner = Scanner(Wedge(gap_ms=150), window)
    scanner.scanned.connect(lambda text: say("scan", text))
    scanner.listen()
    window.show()
    field.setFocus()
    say("ready", "")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
