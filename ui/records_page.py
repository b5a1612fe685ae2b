"""The Records page: units are found while one types, one's life is shown, what is shown is exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QDate, QEvent, QObject, QStandardPaths, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from station.model import Reading, Trouble
from station.model.finding import Choices, Cursor, Page, Query
from station.model.life import Life
from station.scans import USUAL, Act, UnitLabel, meaning, without_symbology
from ui import languages, records_words
from ui.latest import Latest
from ui.records_parts import RecordsParts
from ui.searches import Searches

PAUSE_MS = 120
"""Looked for once the fingers rest for so long."""
BESIDE = 1100
"""From this width on, in pixels, a unit's life stands beside the list and not in its place."""
SHEET, JSON = "sheet", "json"
_ENDS = {SHEET: "csv", JSON: "jsonl"}


class RecordsPage(QWidget):
    """`unit_wanted` carries the number of a unit that is to be opened at the bench.

    `parts` are its controls. Only the answer to the last question is shown, and what is exported
    is what was asked for when that answer came.
    """

    unit_wanted = Signal(int)

    def __init__(
        self, searches: Searches, reading: Reading = USUAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.searches, self._reading = searches, reading
        self.shown = Query()
        self._after: Cursor | None = None
        self._opened = False
        self.parts = RecordsParts(self)
        self._found, self._next, self._lives = Latest(self), Latest(self), Latest(self)
        self._offered, self._written = Latest(self), Latest(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self._wire()
        languages.follow(self, self._say)
        self.setFocusProxy(self.parts.field)

    @property
    def wants_badge(self) -> bool:
        """No badge is asked for here."""
        return False

    def answers(self) -> None:
        """No dialog here is answered by scanner."""
        return

    def obeys(self, _slot: int | None) -> Mapping[Act, Callable[[], object]]:
        """Nothing here is done by scanner."""
        return {}

    def tell(self, why: str) -> None:
        """Say why a code did nothing."""
        self.parts.say(why, wrong=True)

    def hear(self, text: str) -> None:
        """Look for the unit whose label was scanned."""
        self._pause.stop()
        told = meaning(text, self._reading)
        names = told.names if isinstance(told, UnitLabel) else (without_symbology(text),)
        self.parts.field.setText(told.name if isinstance(told, UnitLabel) else names[0])
        query = self.parts.filters.query("")
        self._ask(lambda: self.searches.first_found(query, names))

    @Slot()
    def search(self) -> None:
        """Look for what is typed and chosen now."""
        self._pause.stop()
        query = self.parts.filters.query(self.parts.field.text())
        self._ask(lambda: (query, self.searches.find(query)))

    @Slot()
    def refresh(self) -> None:
        """Look again, and offer what has come to the record since."""
        self._offered.ask(self.searches.choices)
        self.search()

    def _ask(self, question: Callable[[], tuple[Query, Page]]) -> None:
        self._next.forget()
        self._found.ask(question)
        if not self.parts.table.found.units:
            self.parts.say(records_words.looking())

    def _wire(self) -> None:
        parts = self.parts
        parts.field.textEdited.connect(self._typed)
        parts.field.returnPressed.connect(self._enter)
        parts.field.installEventFilter(self)
        parts.filter_button.toggled.connect(parts.filters.setVisible)
        parts.filters.changed.connect(self._filtered)
        parts.table.found.more_wanted.connect(self._ask_more)
        parts.table.selectionModel().selectionChanged.connect(self._show_chosen)
        parts.table.opened.connect(self._open)
        parts.table.clicked.connect(self._tapped)
        parts.back_button.clicked.connect(self._close)
        parts.bench_button.clicked.connect(self._to_bench)
        parts.sheet_button.clicked.connect(lambda: self._choose_file(SHEET))
        parts.json_button.clicked.connect(lambda: self._choose_file(JSON))
        for latest, answered in (
            (self._found, self._show_found),
            (self._next, self._show_next),
            (self._lives, self._show_life),
            (self._offered, self._offer),
            (self._written, self._tell_written),
        ):
            latest.answered.connect(answered)
            failed = self._tell_not_written if latest is self._written else self._show_trouble
            latest.failed.connect(failed)

    @Slot()
    def _typed(self) -> None:
        self._pause.start()

    @Slot()
    def _filtered(self) -> None:
        self._say()
        self.search()

    @Slot()
    def _enter(self) -> None:
        """Look at once; with an answer there already, its first unit is meant."""
        table, typed = self.parts.table, self.parts.field.text()
        if self._pause.isActive() or self.shown.text != typed:
            self.search()
        elif table.found.units:
            table.choose(0)
            table.setFocus()

    @Slot(object)
    def _show_found(self, answer: tuple[Query, Page]) -> None:
        query, page = answer
        self._next.forget()  # a page of the search before this one belongs to no list any more
        again = query == self.shown
        chosen = self.parts.table.chosen() if again else None
        self.shown, self._after = query, page.after
        if query.text and self.parts.field.text() != query.text and not self._pause.isActive():
            self.parts.field.setText(query.text)
        self.parts.show_found(page, asked=bool(query.text or query.filtered))
        units = page.units
        same = [n for n, unit in enumerate(units) if chosen and unit.unit == chosen.unit]
        if same or (query.text and len(units) == 1):
            self.parts.table.choose(same[0] if same else 0)
        elif not units or not again:
            self._lives.forget()
            self.parts.show_life(None)
            self._close()

    @Slot()
    def _ask_more(self) -> None:
        query, after = self.shown, self._after
        self._next.ask(lambda: self.searches.find(query, after))

    @Slot(object)
    def _show_next(self, page: Page) -> None:
        self._after = page.after
        self.parts.add_found(page)

    @Slot()
    def _show_chosen(self) -> None:
        chosen = self.parts.table.chosen()
        unit = chosen.unit if chosen else None
        if unit is None:
            self._lives.forget()
            self.parts.show_life(None, nameless=chosen is not None)
        else:
            self._lives.ask(lambda: self.searches.life(unit))

    @Slot(object)
    def _show_life(self, life: Life | None) -> None:
        self.parts.show_life(life)

    @Slot(object)
    def _offer(self, choices: Choices) -> None:
        self.parts.filters.offer(choices)

    @Slot(object)
    def _show_trouble(self, trouble: Trouble) -> None:
        self.parts.say(records_words.unreadable(trouble.code), wrong=True)

    @Slot(object)
    def _tell_not_written(self, trouble: Trouble) -> None:
        self.parts.lock(writing=False)
        self.parts.say(records_words.not_written(trouble.code), wrong=True)

    @Slot()
    def _tapped(self) -> None:
        """Open what was touched, where there is no room for it beside the list."""
        chosen = self.parts.table.chosen()
        if not self.parts.beside and chosen is not None and chosen.unit is not None:
            self._open(chosen.unit)

    @Slot(int)
    def _open(self, _unit: int) -> None:
        self._opened = True
        self._fit()
        self.parts.unit.timeline.setFocus()

    @Slot()
    def _close(self) -> None:
        was, self._opened = self._opened, False
        self._fit()
        if was:
            self.parts.table.setFocus()

    @Slot()
    def _to_bench(self) -> None:
        if self.parts.unit.life is not None:
            self.unit_wanted.emit(self.parts.unit.life.unit)

    def _choose_file(self, form: str) -> None:
        places = QStandardPaths.StandardLocation
        folder = QStandardPaths.writableLocation(places.DocumentsLocation)
        name = f"units-{QDate.currentDate().toString(Qt.DateFormat.ISODate)}.{_ENDS[form]}"
        kinds = {SHEET: records_words.sheet_files(), JSON: records_words.json_files()}
        dialog = QFileDialog(self, records_words.export_title(), str(Path(folder) / name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kinds[form]} (*.{_ENDS[form]})")
        dialog.setDefaultSuffix(_ENDS[form])
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.export(Path(path), form))
        dialog.open()

    def export(self, path: Path, form: str) -> None:
        """Write all that the search on the screen finds to the file at `path`, not only its first page.

        `form` is SHEET or JSON.
        """
        query = self.shown
        self.parts.lock(writing=True)
        self.parts.say(records_words.writing())
        self._written.ask(lambda: (self.searches.export(path, form, query), path.name))

    @Slot(object)
    def _tell_written(self, written: tuple[int, str]) -> None:
        self.parts.lock(writing=False)
        self.parts.say(records_words.written(*written))

    def _say(self) -> None:
        self.setAccessibleName(records_words.title())
        self.parts.tell()

    def _fit(self) -> None:
        self.parts.fit(beside=self.width() >= BESIDE, opened=self._opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened and not self.parts.beside:
            self._close()
        elif event.text().isprintable() and event.text():
            self.parts.field.setFocus()
            self.parts.field.insert(event.text())
            self._typed()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down go from the field to the list."""
        if (
            watched is self.parts.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and self.parts.table.found.units
        ):
            self.parts.table.choose(0)
            self.parts.table.setFocus()
            return True
        return super().eventFilter(watched, event)
