"""One unit's whole life: who it is and how it stands, and all that befell it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from station.model.life import Life
from ui import languages, standing_words, theme
from ui.invitation import Invitation
from ui.timeline import Timeline
from ui.unit_head import UnitHead, numbers

BESIDE = 880
"""From this width on, in pixels, the head stands beside the timeline and not above it."""
HEAD_WIDE = 340
HEAD_SHARE = 0.42
"""How much of the height a head above the timeline may take; the rest of it is scrolled to."""
COPIED_MS = 2_000


class UnitPage(QWidget):
    """Paints frozen data. Empty, it says how a unit is found.

    `head`, `timeline` and `copy_button` are its parts.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.life: Life | None = None
        self.head, self.timeline = UnitHead(), Timeline()
        self.copy_button = QPushButton()
        self.empty = Invitation(standing_words.no_unit)
        self._side = QScrollArea()
        self._whole = QWidget()
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._whole)
        self._stack = QStackedLayout(self)
        self._again = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._again.timeout.connect(self._say)
        self.copy_button.clicked.connect(self.copy)
        self._lay_out()
        languages.follow(self, self._say)

    def show_life(self, life: Life | None) -> None:
        """Show a unit's life, or nothing and how a unit is found."""
        before, self.life = self.life, life
        self.head.show_life(life)
        self.timeline.show_life(life)
        self._stack.setCurrentWidget(self.empty if life is None else self._whole)
        if life is None or before is None or life.unit != before.unit:
            self._side.verticalScrollBar().setValue(0)
        self._fit()

    @Slot()
    def copy(self) -> None:
        """Put all the unit's numbers on the clipboard."""
        if self.life is not None:
            QGuiApplication.clipboard().setText(numbers(self.life))
            self.copy_button.setText(standing_words.copied())
            self._again.start()

    def _say(self) -> None:
        self.copy_button.setText(standing_words.copy_button())
        self.copy_button.setAccessibleName(standing_words.copy_button())

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 2 * theme.GRID)
        column.addWidget(self.head)
        row = QVBoxLayout()
        row.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        row.addWidget(self.copy_button)
        column.addLayout(row)
        column.addStretch(1)
        self._side.setWidget(inner)
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(theme.GRID)
        self._parts.addWidget(self._side)
        self._parts.addWidget(self.timeline, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() >= BESIDE
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        if beside:
            self._side.setFixedWidth(HEAD_WIDE)
            self._side.setMinimumHeight(0)
            self._side.setMaximumHeight(16_777_215)
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
            self._side.setFixedHeight(int(self.height() * HEAD_SHARE))
