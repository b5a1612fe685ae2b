"""The pages of the window, of which one is shown: the line, and what is beside it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from station.desk import Desk
from station.model import RIGHTS, Right
from ui.line_page import LinePage
from ui.navigation import Navigation
from ui.rework_page import ReworkPage
from ui.screen import Screen

LINE, REWORK, RECORDS = "line", "rework", "records"
_NEEDS = {REWORK: Right.REWORK, RECORDS: Right.READ}


class Beside(Protocol):
    """A page that hears what is scanned while it is shown."""

    @property
    def wants_badge(self) -> bool: ...
    def hear(self, text: str, /) -> None: ...


class Pages(QWidget):
    """`ordered` carries an `Order` of a page; `not_taken` tells that page that it could not be given.

    Pages beside the line are made when they are first shown.
    """

    ordered = Signal(object)

    def __init__(self, desk: Desk, line: LinePage) -> None:
        super().__init__()
        self._desk, self._line = desk, line
        self._screen = Screen()
        self._rework: ReworkPage | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Navigation()
        self.rail.page_wanted.connect(self.show_page)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        self.rail.show_pages((LINE,), LINE)

    @property
    def beside_line(self) -> Beside | None:
        """The page that is shown in the line's place, if there is one."""
        current = self._stack.currentWidget()
        return self._rework if current is self._rework else None

    def show_screen(self, screen: Screen) -> None:
        """Show what is known now; who signs in sees the line, or the bench where there is none."""
        before, self._screen = self._screen, screen
        allowed = self._allowed()
        if screen.shift != before.shift:
            at_bench = screen.shift is not None and not screen.shift.recipe
            self.show_page(REWORK if at_bench and REWORK in allowed else LINE)
        if self._rework is not None:
            self._rework.show_screen(screen)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Show a page, if whoever is signed in may see it; else the line."""
        page: QWidget = self._line
        if name == REWORK and name in self._allowed():
            page = self._made_rework()
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            page.setFocus()
        self._show_rail()

    def not_taken(self) -> None:
        """Tell the page beside the line that its order could not be given."""
        if self._rework is not None:
            self._rework.not_taken()

    def _show_rail(self) -> None:
        current = LINE if self.beside_line is None else REWORK
        self.rail.show_pages(self._allowed(), current)

    def _allowed(self) -> tuple[str, ...]:
        shift = self._screen.shift
        rights = RIGHTS[shift.role] if shift else frozenset[Right]()
        return (LINE, *(name for name, right in _NEEDS.items() if right in rights))

    def _made_rework(self) -> ReworkPage:
        if self._rework is None:
            self._rework = ReworkPage(self._desk)
            self._rework.ordered.connect(self.ordered)
            self._stack.addWidget(self._rework)
            self._rework.show_screen(self._screen)
        return self._rework
