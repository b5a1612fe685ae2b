"""What befell a unit, newest first: a row for each moment, and a run's steps below its row."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from station.model.life import Life, Moment, RunTold, StepTold
from ui import languages, moment_row, theme, unit_words

TOLD = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class Timeline(QTreeView):
    """Arrows choose a moment; Right and Left, Return, Space or a touch show and hide its steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._life: Life | None = None
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(MomentRow(self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._toggle)
        languages.follow(self, self._say)

    def show_life(self, life: Life | None) -> None:
        """Show what befell a unit; what was open of the same unit stays open."""
        before = self._life
        if life == before:
            return
        same = life is not None and before is not None and life.unit == before.unit
        opened = self._opened() if same else set()
        self._life = life
        self._fill(opened)
        if not same:
            self.scrollToTop()

    def _say(self) -> None:
        self.setAccessibleName(unit_words.timeline())
        self._fill(self._opened())

    def _fill(self, opened: set[int]) -> None:
        self._rows.clear()
        for moment in self._life.timeline() if self._life else ():
            row = _item(moment, unit_words.spoken(moment))
            self._rows.appendRow(row)
            if isinstance(moment.told, RunTold):
                for step in moment.told.steps:
                    row.appendRow(_item(step, unit_words.step_spoken(step)))
                self.setExpanded(row.index(), moment.told.run in opened)

    def _opened(self) -> set[int]:
        rows = (self._rows.item(n) for n in range(self._rows.rowCount()))
        told = [(row.data(TOLD), row.index()) for row in rows]
        return {
            moment.told.run
            for moment, index in told
            if isinstance(moment.told, RunTold) and self.isExpanded(index)
        }

    @Slot(QModelIndex)
    def _toggle(self, index: QModelIndex) -> None:
        if self._rows.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # rows are as tall as their words at this width


class MomentRow(QStyledItemDelegate):
    """Paints one moment or one step, in the colours of the tree's own palette."""

    def __init__(self, over: Timeline) -> None:
        super().__init__(over)
        self._over = over

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        told, box = index.data(TOLD), QRectF(option.rect)
        colours = theme.colours_of(self._over.palette())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inks = moment_row.Inks.of(colours, chosen=chosen)
        moment_row.ground(painter, box, inks)
        if isinstance(told, Moment):
            last = index.row() == self._over.model().rowCount() - 1
            shown = isinstance(index, QModelIndex) and self._over.isExpanded(index)
            moment_row.paint_moment(painter, box, told, inks, shown=shown, last=last)
        elif isinstance(told, StepTold):
            moment_row.paint_step(painter, box, told, inks)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        told, wide = index.data(TOLD), self._over.viewport().width()
        if isinstance(told, StepTold):
            return QSize(0, moment_row.step_height(told, wide))
        return QSize(0, moment_row.moment_height(told, wide))


def _item(told: Moment | StepTold, spoken: str) -> QStandardItem:
    item = QStandardItem()
    item.setData(told, TOLD)
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    return item
