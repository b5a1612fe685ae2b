"""What was found, as a table that asks for more when its end is seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from station.model.finding import FoundUnit
from ui import languages, lettering, records_words, shapes, theme
from ui.records_words import Column
from ui.shapes import Shape

ROW = 56
MARK = 28.0
COLUMNS = tuple(Column)
LEAST = {
    Column.UNIT: 240, Column.RESULT: 145, Column.WHEN: 110, Column.WHAT: 165, Column.WHERE: 100,
    Column.WHO: 140,
}  # fmt: skip
"""How wide each column must be, in pixels; the last ones are left out where there is no room."""
UNIT = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FoundModel(QAbstractTableModel):
    """Holds what came so far; `more_wanted` asks for the next page, once for each."""

    more_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.units: tuple[FoundUnit, ...] = ()
        self.more = False
        self._asked = False

    def show_units(self, units: Sequence[FoundUnit], *, more: bool) -> None:
        """Show the first page of another search."""
        self.beginResetModel()
        self.units, self.more, self._asked = tuple(units), more, False
        self.endResetModel()

    def add(self, units: Sequence[FoundUnit], *, more: bool) -> None:
        """Show the next page below what is there."""
        self.more, self._asked = more, False
        if units:
            last = len(self.units) + len(units) - 1
            self.beginInsertRows(_ROOT, len(self.units), last)
            self.units = (*self.units, *units)
            self.endInsertRows()

    def say(self) -> None:
        """Tell all in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self.units:
            last = self.index(len(self.units) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.units)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        unit = self.units[index.row()]
        if role == UNIT:
            return unit
        lines = records_words.cell(unit, COLUMNS[index.column()])
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return "\n".join(line for line in lines if line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return records_words.row(unit) if not index.column() else ", ".join(filter(None, lines))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return records_words.column(COLUMNS[section])
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self.more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()


class FoundTable(QTableView):
    """`opened` carries the number of the unit whose row was entered; narrow, it leaves columns out."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundModel(self)
        self.setModel(self.found)
        self.setItemDelegate(FoundCell(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(1)
        self.doubleClicked.connect(self._open)
        languages.follow(self, self._say)

    def chosen(self) -> FoundUnit | None:
        """Return the unit whose row is chosen."""
        rows = self.selectionModel().selectedRows()
        return self.found.units[rows[0].row()] if rows else None

    def choose(self, row: int) -> None:
        """Choose a row, if there is one of this number."""
        if 0 <= row < len(self.found.units):
            self.selectRow(row)
            self.scrollTo(self.found.index(row, 0))

    def _say(self) -> None:
        self.setAccessibleName(records_words.found_list())
        self.found.say()

    def _open(self) -> None:
        unit = self.chosen()
        if unit is not None and unit.unit is not None:
            self.opened.emit(unit.unit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif event.text().isprintable() and event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()  # letters are for the search, and not for a row that begins so
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width()
        needs = tuple(accumulate(LEAST[each] for each in COLUMNS))
        fits = max(1, sum(need <= wide for need in needs))
        for n, each in enumerate(COLUMNS):
            self.setColumnHidden(n, n >= fits)
            if n < fits:
                self.setColumnWidth(n, wide * LEAST[each] // needs[fits - 1])


class FoundCell(QStyledItemDelegate):
    """Paints the two lines of a cell, and before a unit the mark of its last run."""

    def __init__(self, over: FoundTable) -> None:
        super().__init__(over)
        self._over = over

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        unit, which = index.data(UNIT), COLUMNS[index.column()]
        colours, box = theme.colours_of(self._over.palette()), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = colours.accent.ink if chosen else colours.text
        quiet = colours.accent.ink if chosen else colours.quiet
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, colours.accent.ground if chosen else colours.surface)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), colours.edge)
        text = box.adjusted(theme.GRID, 0, -theme.GRID, 0)
        if which is Column.UNIT:
            text.setLeft(text.left() + theme.GRID)
            _mark(painter, text, unit, colours, chosen=chosen)
            text.setLeft(text.left() + MARK + theme.GRID + 4)
        first, second = records_words.cell(unit, which)
        strong = theme.BOLD if which is Column.UNIT else theme.MEDIUM
        upper, lower = theme.font(theme.BODY, strong), theme.font(theme.CAPTION)
        both = lettering.height(1, upper) + (lettering.height(1, lower) if second else 0)
        text.setTop(text.top() + (box.height() - both) / 2)
        keep_end = which is Column.UNIT and unit.unit is not None
        line = lettering.elided(first, upper, text.width(), keep_end=keep_end)
        text.setTop(text.top() + lettering.write(painter, text, [line], upper, ink))
        line = lettering.elided(second, lower, text.width(), keep_end=keep_end)
        lettering.write(painter, text, [line], lower, quiet)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)


def _mark(
    painter: QPainter, box: QRectF, unit: FoundUnit, colours: theme.Colours, *, chosen: bool
) -> None:
    at = QRectF(box.left(), box.center().y() - MARK / 2, MARK, MARK)
    outcome = unit.run.outcome if unit.run else None
    ground = colours.accent.ground if chosen else colours.surface
    if outcome is None:
        ink = colours.accent.ink if chosen else colours.quiet
        shapes.draw(painter, Shape.RING, at, ink, ground)
        return
    pair = colours.verdicts[outcome]
    ink, paper = (colours.accent.ink, ground) if chosen else (colours.marked(outcome), pair.ink)
    shapes.draw(painter, shapes.VERDICTS[outcome], at, ink, paper)
