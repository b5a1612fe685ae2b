"""The search of the Rework page: a field, and below it the units that fit what was typed so far."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from station.model.finding import FoundUnit
from ui import figures, languages, lettering, rework_words, shapes, theme
from ui.shapes import Shape

PAUSE_MS = 120
"""Looked for once the fingers rest for so long."""
ROW = 56
MOST_ROWS = 7
MOST_LETTERS = 400
_HIT = Qt.ItemDataRole.UserRole


class FindField(QLineEdit):
    """`typed` tells what was typed, after a pause; `entered` what Enter was pressed on.

    `chosen` carries a hit that was chosen from the list, which lies over the page `over`.
    """

    typed = Signal(str)
    entered = Signal(str)
    chosen = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setMaxLength(MOST_LETTERS)
        self.list = QListWidget(over)
        self.list.setItemDelegate(HitRow(over))
        # The field keeps the focus: letters of a scan must not look for a row that begins with them.
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textEdited.connect(self._edited)
        self.list.itemClicked.connect(self._choose)
        languages.follow(self, self._say)

    @property
    def hits(self) -> tuple[FoundUnit, ...]:
        """What the list shows."""
        return tuple(self.list.item(n).data(_HIT) for n in range(self.list.count()))

    def show_hits(self, hits: tuple[FoundUnit, ...]) -> None:
        """Show what was found; nothing is chosen until somebody chooses."""
        self.list.clear()
        for hit in hits:
            row = QListWidgetItem()
            row.setData(_HIT, hit)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.serial}, {hit.model}")
            self.list.addItem(row)
        self.list.setCurrentRow(-1)
        self.list.setVisible(bool(hits))
        self.place()

    def put_away(self) -> None:
        """Hide the list, and ask nothing more."""
        self._pause.stop()
        self.show_hits(())

    def place(self) -> None:
        """Lay the list under the field, as wide as it is and no taller than the page."""
        corner = self.mapTo(self._over, self.rect().bottomLeft())
        rows = min(MOST_ROWS, self.list.count()) * ROW + 2 * theme.GRID
        room = max(ROW, self._over.height() - corner.y() - 2 * theme.GRID)
        self.list.setGeometry(corner.x(), corner.y() + 4, self.width(), min(rows, room))
        self.list.raise_()

    @Slot()
    def _edited(self) -> None:
        if self.text().strip():
            self._pause.start()
        else:
            self.put_away()

    @Slot()
    def _tell(self) -> None:
        self.typed.emit(self.text().strip())

    @Slot(QListWidgetItem)
    def _choose(self, row: QListWidgetItem) -> None:
        hit = row.data(_HIT)
        self.put_away()
        if isinstance(hit, FoundUnit):
            self.chosen.emit(hit)

    def _say(self) -> None:
        self.setPlaceholderText(rework_words.find_hint())
        self.setAccessibleName(rework_words.find_field())
        self.setAccessibleDescription(rework_words.find_hint())
        self.list.setAccessibleName(rework_words.found_list())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self.list.count():
            at = self.list.currentRow() + step
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, at)))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and (self.text() or self.list.isVisible()):
            self.clear()
            self.put_away()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        chosen = self.list.selectedItems()
        if chosen:
            self._choose(chosen[0])
        elif text := self.text().strip():
            self.put_away()
            self.entered.emit(text)


class HitRow(QStyledItemDelegate):
    """Paints a unit that was found, in the colours of the window `over`."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit = index.data(_HIT)
        if not isinstance(hit, FoundUnit):
            return
        colours, box = theme.colours_of(self._over.palette()), QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent.ground)
            painter.drawRoundedRect(box, theme.GRID - 2, theme.GRID - 2)
        paint_hit(painter, box.adjusted(12, 0, -12, 0), hit, colours, is_chosen=is_chosen)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW)


def paint_hit(
    painter: QPainter, box: QRectF, hit: FoundUnit, colours: theme.Colours, *, is_chosen: bool
) -> None:
    """Paint the mark of its last run, its serial number, what it is, and when it was seen last."""
    ink = colours.accent.ink if is_chosen else colours.text
    quiet = colours.accent.ink if is_chosen else colours.quiet
    ground = colours.accent.ground if is_chosen else colours.surface
    outcome = hit.run.outcome if hit.run else None
    shape = shapes.VERDICTS[outcome] if outcome else Shape.RING
    mark = ink if is_chosen or outcome is None else colours.marked(outcome)
    side = 24.0
    shapes.draw(
        painter, shape, QRectF(box.left(), box.center().y() - side / 2, side, side), mark, ground
    )
    strong, small = theme.font(theme.BODY, theme.BOLD), theme.font(theme.CAPTION)
    when = figures.day(hit.last_seen)
    when_wide = lettering.advance(when, small) + theme.GRID
    text = box.adjusted(side + 12, 0, -when_wide, 0)
    tall = lettering.height(1, strong) + lettering.height(1, small)
    text.setTop(box.center().y() - tall / 2)
    serial = lettering.elided(hit.serial, strong, text.width(), keep_end=True)
    taken = lettering.write(painter, text, [serial], strong, ink)
    when_box = QRectF(box.left(), text.top() + 2, box.width(), taken)
    lettering.write(painter, when_box, [when], small, quiet, align=lettering.RIGHT)
    below = " · ".join(part for part in (hit.model or hit.kind, *hit.matched[1:]) if part)
    text.setTop(text.top() + taken)
    line = lettering.elided(below, small, text.width() + when_wide)
    lettering.write(painter, text, [line], small, quiet)
