"""The pages of the window, of which one is shown: the line, and what is beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from station.desk import Desk
from station.model import RIGHTS, Right
from ui.line_page import LinePage
from ui.navigation import Navigation
from ui.screen import Screen

if TYPE_CHECKING:  # most windows never show them, and each takes a while to load
    from ui.records_page import RecordsPage
    from ui.rework_page import ReworkPage

LINE, REWORK, RECORDS = "line", "rework", "records"
_NEEDS = {REWORK: Right.REWORK, RECORDS: Right.READ}


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
        self._records: RecordsPage | None = None
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
    def beside_line(self) -> ReworkPage | RecordsPage | None:
        """The page that is shown in the line's place, if there is one."""
        current = self._stack.currentWidget()
        return next((page for page in (self._rework, self._records) if page is current), None)

    def show_screen(self, screen: Screen) -> None:
        """Show what is known now; who signs in sees the line, or the bench where there is none."""
        before, self._screen = self._screen, screen
        allowed = self._allowed()
        if _who(screen) != _who(before) and self._rework is not None:
            self._rework.dismiss()
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
        elif name == RECORDS and name in self._allowed():
            page = self._made_records()
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            page.setFocus()
        self._show_rail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.fit(self.width())

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        # The line last: a page that was never made is None too.
        return {self._rework: REWORK, self._records: RECORDS, None: LINE}[self.beside_line]

    def show_place(self, place: int) -> None:
        """Show the page that stands at `place` in the rail, counted from 0, if there is one."""
        allowed = self._allowed()
        if place < len(allowed):
            self.show_page(allowed[place])

    def not_taken(self) -> None:
        """Tell the page beside the line that its order could not be given."""
        if self._rework is not None:
            self._rework.not_taken()

    def _show_rail(self) -> None:
        self.rail.show_pages(self._allowed(), self.shown)

    def _allowed(self) -> tuple[str, ...]:
        shift = self._screen.shift
        rights = RIGHTS[shift.role] if shift else frozenset[Right]()
        return (LINE, *(name for name, right in _NEEDS.items() if right in rights))

    @Slot(int)
    def _open_at_bench(self, unit: int) -> None:
        if REWORK in self._allowed():
            self.show_page(REWORK)
            self._made_rework().open_unit(unit)

    def _made_records(self) -> RecordsPage:
        if self._records is None:
            from ui.records_page import RecordsPage
            from ui.searches import Searches

            reading = replace(self._desk.reading, unit="")
            self._records = RecordsPage(Searches(self._desk.record), reading)
            self._records.unit_wanted.connect(self._open_at_bench)
            self._stack.addWidget(self._records)
        return self._records

    def _made_rework(self) -> ReworkPage:
        if self._rework is None:
            from ui.rework_page import ReworkPage

            self._rework = ReworkPage(self._desk)
            self._rework.ordered.connect(self.ordered)
            self._stack.addWidget(self._rework)
            self._rework.show_screen(self._screen)
        return self._rework


def _who(screen: Screen) -> str:
    return screen.shift.operator if screen.shift else ""
