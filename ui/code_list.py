"""A list of the factory's codes: typed, or chosen with the arrows; one of them or several."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from station.model import RepairCode
from ui import brought_words, case_words, theme

ROW = theme.TOUCH
ROWS = 4.5
"""How many rows are seen at once: half a row says that there are more below."""
MOST_LETTERS = 200
_CODE = Qt.ItemDataRole.UserRole


class CodeList(QWidget):
    """A field, and the codes that fit what is typed in it; where there are none, a text of one's own.

    `many` lets several be ticked: Enter ticks, and on an empty field it is `settled`. `settled`
    tells that Enter was pressed on what is wanted, so that the next field can follow; `unfit` that
    it was pressed on what is no code of the list.
    """

    settled = Signal()
    unfit = Signal()

    def __init__(
        self,
        caption: str,
        codes: tuple[RepairCode, ...],
        *,
        many: bool = False,
        rows: float = ROWS,
    ) -> None:
        super().__init__()
        self._codes, self._many, self._most = codes, many, rows
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setMaxLength(MOST_LETTERS)
        hint = case_words.code_hint() if codes else case_words.text_hint()
        self.field.setPlaceholderText(hint)
        for widget in (self.field, self.list):
            widget.setAccessibleName(caption)
        for code in codes:
            self.list.addItem(self._row(code))
        self._lay_out(caption)
        self.setFocusProxy(self.field)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._typed)
        self.list.itemClicked.connect(self._click)

    @property
    def value(self) -> str:
        """The code that is chosen, else the text where there is no list; empty when none is."""
        return self.values[0] if self.values else ""

    @property
    def values(self) -> tuple[str, ...]:
        """The codes that are ticked or chosen, in the order of the list."""
        if not self._codes:
            text = self.field.text().strip()
            return (text,) if text else ()
        if self._many:
            return tuple(_code(row) for row in self._rows() if _is_ticked(row))
        return tuple(_code(row) for row in self.list.selectedItems())

    def type(self, text: str) -> None:
        """Take `text` as if it had been typed: a code that was scanned, say."""
        self.field.setText(text)
        self._typed(text)

    @Slot(str)
    def _typed(self, text: str) -> None:
        wanted = text.strip().casefold()
        rows = [row for row in self._rows() if wanted in _text(row)]
        for row in self._rows():
            row.setHidden(bool(rows) and row not in rows)
        exact = next((row for row in rows if _code(row).casefold() == wanted), None)
        self._choose(exact or (rows[0] if wanted and len(rows) == 1 else None))

    def _choose(self, row: QListWidgetItem | None) -> None:
        if row is None:
            self.list.setCurrentRow(-1)
            self.list.clearSelection()
        else:
            self.list.setCurrentItem(row)
            self.list.scrollToItem(row)

    def _step(self, step: int) -> None:
        rows = [row for row in self._rows() if not row.isHidden()]
        chosen = self.list.selectedItems()
        at = rows.index(chosen[0]) + step if chosen and chosen[0] in rows else min(step, 0)
        if rows:
            self._choose(rows[max(0, min(len(rows) - 1, at))])

    def _enter(self) -> None:
        chosen = self.list.selectedItems()
        if self._many and chosen:
            self._tick(chosen[0])
        elif not self._codes or chosen or not self.field.text().strip():
            self.settled.emit()
        else:
            self.unfit.emit()

    @Slot(QListWidgetItem)
    def _click(self, row: QListWidgetItem) -> None:
        self._choose(row)
        if self._many:
            self._tick(row)
        self.field.setFocus()

    def _tick(self, row: QListWidgetItem) -> None:
        checked, clear = Qt.CheckState.Checked, Qt.CheckState.Unchecked
        row.setCheckState(clear if _is_ticked(row) else checked)
        self.field.clear()
        self._typed("")

    def _rows(self) -> list[QListWidgetItem]:
        return [self.list.item(n) for n in range(self.list.count())]

    def _row(self, code: RepairCode) -> QListWidgetItem:
        says = brought_words.listed(code)
        row = QListWidgetItem(f"{code.code}   {says}".rstrip())
        row.setData(_CODE, code.code)
        row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{code.code}, {says}")
        row.setToolTip(says)
        row.setSizeHint(QSize(0, ROW))
        if self._many:
            row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Unchecked)
        return row

    def _lay_out(self, caption: str) -> None:
        label = QLabel(caption)
        label.setFont(theme.font(theme.BODY))
        label.setBuddy(self.field)
        label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for widget in (label, self.field, self.list):
            column.addWidget(widget)
        column.addStretch(1)
        self.list.setVisible(bool(self._codes))
        self.list.setFixedHeight(int(min(self._most, len(self._codes)) * ROW) + theme.GRID + 2)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows choose a code while the field has the focus, and Enter go on."""
        if watched is self.field and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
            enters = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers()
            if event.type() == QEvent.Type.KeyPress and (step is not None or enters):
                self._enter() if step is None else self._step(step)
                return True
        return super().eventFilter(watched, event)


def _code(row: QListWidgetItem) -> str:
    return str(row.data(_CODE))


def _text(row: QListWidgetItem) -> str:
    return row.text().casefold()


def _is_ticked(row: QListWidgetItem) -> bool:
    return row.checkState() is Qt.CheckState.Checked
