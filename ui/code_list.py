"""A list of the factory's codes: typed, or chosen with the arrows; one of them or several."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
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
from ui import brought_words, case_words, icons, theme
from ui.icons import Icon

ROW = theme.TOUCH
ROWS = 4.5
"""How many rows are seen at once: half a row says that there are more below."""
MOST_LETTERS = 200
TICK = 24
_CODE = Qt.ItemDataRole.UserRole
_TICKED = Qt.ItemDataRole.UserRole + 1


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
            typed = self.list.selectedItems() if self.field.text().strip() else []
            return tuple(_code(row) for row in self._rows() if _is_ticked(row) or row in typed)
        return tuple(_code(row) for row in self.list.selectedItems())

    def take(self, text: str) -> None:
        """Take `text`, a code that was scanned, as if it had been typed, and ticked."""
        self.field.setText(text)
        self._typed(text)
        chosen = self.list.selectedItems()
        if self._many and chosen and not _is_ticked(chosen[0]):
            self._tick(chosen[0])

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
        row.setData(_TICKED, not _is_ticked(row))
        self._show_tick(row)
        self.field.clear()
        self._typed("")

    def _show_tick(self, row: QListWidgetItem) -> None:
        """Mark what is ticked by an icon: a box of the style would be too small to be seen."""
        colours = theme.colours_of(self.palette())
        which = Icon.CHECK if _is_ticked(row) else Icon.PLUS
        icon = QIcon(icons.picture(which, colours.accent.ground, TICK))
        icon.addPixmap(icons.picture(which, colours.accent.ink, TICK), QIcon.Mode.Selected)
        row.setIcon(icon)
        told = case_words.ticked(row.text()) if _is_ticked(row) else row.text()
        row.setData(Qt.ItemDataRole.AccessibleTextRole, told)

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
            self._show_tick(row)
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
        self.list.setIconSize(QSize(TICK, TICK))
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
    return bool(row.data(_TICKED))
