"""The controls of the Records page and where they stand; what they do is the page's affair."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.model.finding import Page
from station.model.life import Life
from ui import icons, records_words, theme
from ui.filter_panel import FilterPanel
from ui.found_table import FoundTable
from ui.icons import Icon
from ui.invitation import Invitation
from ui.note import Note
from ui.unit_page import UnitPage

MOST_LETTERS = 400
PAD = 2 * theme.GRID
SHORT = 900
"""Below this width, in pixels, the buttons beside the search say no more than they must."""

SHEET, JSON = "CSV", "JSON"
"""Names of formats: the same in all languages."""


class RecordsParts:
    """`field` and the filters ask, `table` shows what was found and `unit` a unit's life."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self.beside, self._opened = True, False
        self.field = QLineEdit()
        self.field.setMaxLength(MOST_LETTERS)
        self.field.setClearButtonEnabled(True)
        self.filter_button, self.sheet_button = QPushButton(), QPushButton()
        self.json_button, self.back_button = QPushButton(), QPushButton()
        self.bench_button = QPushButton()
        self.filters, self.table, self.unit = FilterPanel(), FoundTable(), UnitPage()
        self.count, self.note = QLabel(), Note()
        self.empty = Invitation(lambda: records_words.nothing(asked=False), Icon.RECORDS)
        self.list, self.side = QStackedWidget(), QWidget()
        self._dress()
        self._lay_out()

    def say(self, told: str, *, wrong: bool = False) -> None:
        """Say `told` above the list; what went wrong stands on a ground of its own."""
        self.count.setText("" if wrong else told)
        self.count.setVisible(not wrong)
        self.note.setVisible(wrong)
        self.note.say(told if wrong else "", wrong=wrong)

    def show_found(self, page: Page, *, asked: bool) -> None:
        """Show the first page of a search; `asked` tells that something was asked for."""
        self.say("")
        self.table.found.show_units(page.units, more=page.after is not None)
        self.table.scrollToTop()
        self.empty.tell(lambda: records_words.nothing(asked=asked))
        self.list.setCurrentWidget(self.table if page.units else self.empty)
        self.lock(writing=False)
        self.fit(beside=self.beside, opened=self._opened)

    def add_found(self, page: Page) -> None:
        """Show the next page of a search."""
        self.table.found.add(page.units, more=page.after is not None)
        self._count()

    def show_life(self, life: Life | None, *, nameless: bool = False) -> None:
        """Show a unit's life, or why there is none: nothing is chosen, or it never said its name."""
        told = records_words.no_life if nameless else records_words.choose_one
        self.unit.empty.tell(told)
        self.unit.show_life(life)
        self.bench_button.setVisible(life is not None)

    def lock(self, *, writing: bool) -> None:
        """Let nothing be exported while a file is written, or while there is nothing."""
        for button in (self.sheet_button, self.json_button):
            button.setEnabled(bool(self.table.found.units) and not writing)

    def fit(self, *, beside: bool, opened: bool) -> None:
        """Show list and unit side by side, or that one of them that is looked at."""
        self.beside, self._opened = beside, opened
        self.list.setVisible(beside or not opened)
        self.side.setVisible(opened or (beside and bool(self.table.found.units)))
        self.back_button.setVisible(not beside)
        self.tell()

    def tell(self) -> None:
        """Say all captions in the language of the window, short ones where there is little room."""
        self.field.setPlaceholderText(records_words.field_hint())
        self.field.setAccessibleName(records_words.field())
        short = self._page.width() < SHORT
        for button, said in (
            (self.filter_button, records_words.filters(self.filters.count)),
            (self.sheet_button, records_words.export_sheet()),
            (self.json_button, records_words.export_json()),
            (self.back_button, records_words.back()),
            (self.bench_button, records_words.to_bench()),
        ):
            button.setText(said)
            button.setAccessibleName(said)
        if short:  # what the icon says is left out; a format is called the same in all languages
            self.sheet_button.setText(SHEET)
            self.json_button.setText(JSON)
        self._count()

    def _count(self) -> None:
        found = self.table.found
        if found.units and not self.note.isVisible():
            self.say(records_words.shown(len(found.units), more=found.more))
        elif not found.units:
            self.count.setText("")

    def _dress(self) -> None:
        self.filter_button.setCheckable(True)
        theme.make_plain(self.filter_button)
        for button, icon in (
            (self.filter_button, Icon.FILTER),
            (self.sheet_button, Icon.EXPORT),
            (self.json_button, Icon.EXPORT),
            (self.back_button, Icon.LEFT),
            (self.bench_button, Icon.REWORK),
        ):
            icons.put(button, icon)
        self.filters.hide()
        self.note.hide()
        self.count.setFont(theme.font(theme.CAPTION, theme.MEDIUM))
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.show_life(None)
        self.lock(writing=False)

    def _lay_out(self) -> None:
        self.list.addWidget(self.empty)
        self.list.addWidget(self.table)
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 0, 0)
        above = QHBoxLayout()
        above.setSpacing(theme.GRID)
        above.addWidget(self.back_button)
        above.addStretch(1)
        above.addWidget(self.bench_button)
        side.addLayout(above)
        side.addWidget(self.unit, 1)
        top = QHBoxLayout()
        top.setSpacing(theme.GRID)
        top.addWidget(self.field, 1)
        for button in (self.filter_button, self.sheet_button, self.json_button):
            top.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(PAD)
        body.addWidget(self.list, 5)
        body.addWidget(self.side, 4)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(PAD, PAD, PAD, PAD)
        column.setSpacing(theme.GRID)
        column.addLayout(top)
        column.addWidget(self.filters)
        column.addWidget(self.count)
        column.addWidget(self.note)
        column.addLayout(body, 1)
