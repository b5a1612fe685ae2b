"""Which board on the air is meant: its label is scanned or typed, or it is chosen from a list."""

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
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from station.model import Nearby, NearbyHeard, Trouble
from ui import labels, languages, nearby_row, nearness, theme, words
from ui.dialog_keys import DialogKeys
from ui.nearby_row import Inks
from ui.note import Note

WIDE = 640
ROW = 64
ROWS = 4.5
"""How many rows are seen at once: half a row says that there are more below."""
PATIENCE_MS = 3_000
"""How long a pick may go unanswered before it is said: that of a board at work changes nothing."""
MOST_LETTERS = 400
_BOARD, _SPOKEN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.AccessibleTextRole


class Row(QStyledItemDelegate):
    """Paints one board of a list, in the colours of the window `over`, which are not the list's own."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        board = index.data(_BOARD)
        if not isinstance(board, Nearby):
            return
        box, colours = QRectF(option.rect), theme.colours_of(self._over.palette())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(colours.accent.ground)
            painter.drawRoundedRect(box, theme.GRID - 2, theme.GRID - 2)
        inner = box.adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0)
        nearby_row.paint_row(painter, inner, board, Inks.of(colours, chosen=chosen))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW)


class Pick(QDialog):
    """`wanted` carries what names the board: what was scanned or typed, or a row's address.

    The field hears a scanner whatever has the focus. No row is chosen until somebody chooses one.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget, heard: NearbyHeard) -> None:
        super().__init__(parent)
        self._asked = False
        self._boards: tuple[Nearby, ...] = ()
        self._free = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDE)
        self.field = QLineEdit()
        self.field.setMaxLength(MOST_LETTERS)
        self.boards = QListWidget()
        self.title, self.empty, self.lanes = QLabel(), QLabel(), QLabel()
        self.field_label, self.boards_label = _caption(self.field), _caption(self.boards)
        self.note = Note()
        self.pick_button, self.cancel_button = QPushButton(), QPushButton()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._say_unanswered)
        self._lay_out()
        self._wire()
        self.show_nearby(heard)
        languages.follow(self, self._say)
        self.field.setFocus()

    def _say(self) -> None:
        self.setWindowTitle(labels.pick_title())
        self.title.setText(labels.pick_title())
        self.empty.setText(labels.none_heard())
        self.lanes.setText(labels.on_air(self._free)[1])
        for label, field, caption in (
            (self.field_label, self.field, labels.pick_field()),
            (self.boards_label, self.boards, labels.pick_list()),
        ):
            label.setText(caption)
            field.setAccessibleName(caption)
        for button, name in (
            (self.pick_button, labels.pick_yes()),
            (self.cancel_button, labels.cancel()),
        ):
            button.setText(name)
            button.setAccessibleName(name)
        for n, board in enumerate(self._boards):
            self.boards.item(n).setData(_SPOKEN, nearby_row.told(board))

    @Slot()
    def confirm(self) -> None:
        """Ask for the board that was chosen or named, or say what is missing."""
        text, chosen = self.field.text().strip(), self.boards.selectedItems()
        if chosen:
            self._ask_for_row(chosen[0])
        elif text:
            self._ask_for(text, text)
        else:
            self.say(labels.pick_missing())

    def hear(self, label: str) -> None:
        """Ask for the board with this label."""
        self.field.setText(label)
        self._typed()
        self.confirm()

    def show_nearby(self, heard: NearbyHeard) -> None:
        """Show who waits on the air; rows change places only where one is much louder."""
        before = tuple(board.address for board in self._boards)
        self._boards = nearness.ordered(before, heard.boards)
        if before == tuple(board.address for board in self._boards):
            for n, board in enumerate(self._boards):
                _fill(self.boards.item(n), board)
        else:
            self._rebuild()
        self.boards.setVisible(bool(self._boards))
        self.empty.setVisible(not self._boards)
        self._free = heard.free
        self.lanes.setText(labels.on_air(heard.free)[1])

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the pick was refused; the next scan overwrites this one."""
        self._asked = False
        told = f"{words.says(trouble)} {words.remedy(trouble)} ({trouble.code})"
        self.say(told, wrong=True)

    def taken(self) -> None:
        """Close if a board was asked for: one was given a lane."""
        if self._asked:
            self.accept()

    def say(self, told: str, *, wrong: bool = False) -> None:
        """Say `told`, and be ready for the next scan."""
        self._patience.stop()
        self.note.say(told, wrong=wrong)
        self.field.selectAll()
        self.field.setFocus()

    @Slot()
    def _say_unanswered(self) -> None:
        self.say(labels.pick_unanswered())

    def _ask_for(self, text: str, called: str) -> None:
        self._asked = True
        self.say(labels.picking(called))
        self._patience.start()
        self.wanted.emit(text)

    @Slot(QListWidgetItem)
    def _ask_for_row(self, item: QListWidgetItem) -> None:
        board = item.data(_BOARD)
        if isinstance(board, Nearby):
            self.field.clear()
            self._ask_for(board.address, board.label or board.name or board.address)

    def _rebuild(self) -> None:
        chosen = [item.data(_BOARD) for item in self.boards.selectedItems()]
        addresses = {board.address for board in chosen if isinstance(board, Nearby)}
        scrolled = self.boards.verticalScrollBar().value()
        self.boards.clear()
        for board in self._boards:
            item = QListWidgetItem()
            _fill(item, board)
            self.boards.addItem(item)
            if board.address in addresses:
                self.boards.setCurrentItem(item)
        self.boards.verticalScrollBar().setValue(scrolled)

    @Slot()
    def _typed(self) -> None:
        self.boards.setCurrentRow(-1)
        self.boards.clearSelection()

    def _step(self, step: int) -> None:
        if self._boards:
            at = self.boards.currentRow() if self.boards.selectedItems() else -1
            last = len(self._boards) - 1
            self.boards.setCurrentRow(max(0, min(last, at + step)))
            self.field.clear()

    def _wire(self) -> None:
        self.field.textEdited.connect(self._typed)
        DialogKeys(self, (self.field,), self.confirm, self._step)
        self.boards.itemClicked.connect(self._ask_for_row)
        self.pick_button.clicked.connect(self.confirm)
        self.cancel_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[4 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        self.title.setFont(theme.font(theme.DISPLAY, theme.BOLD))
        self.title.setWordWrap(True)
        column.addWidget(self.title)
        column.addWidget(self.field_label)
        column.addWidget(self.field)
        column.addWidget(self.note)
        above = QHBoxLayout()
        above.addWidget(self.boards_label, 1)
        above.addWidget(self.lanes)
        column.addLayout(above)
        column.addWidget(self.boards)
        column.addWidget(self.empty)
        column.addSpacing(theme.GRID)
        column.addLayout(self._buttons())
        self.lanes.setFont(theme.font(theme.BODY, theme.MEDIUM))
        self.empty.setFont(theme.font(theme.STRONG, theme.MEDIUM))
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for each in (self.boards, self.empty):
            each.setFixedHeight(int(ROWS * ROW))
        self.boards.setItemDelegate(Row(self))
        # The field keeps the focus: letters of a scan must not look for a row that begins with them.
        self.boards.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.boards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.boards.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        theme.make_primary(self.pick_button, primary=True)
        for button in (self.cancel_button, self.pick_button):
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setMinimumHeight(theme.TOUCH + theme.GRID)
            row.addWidget(button, 1)
        return row


def _fill(item: QListWidgetItem, board: Nearby) -> None:
    if item.data(_BOARD) != board:
        item.setData(_BOARD, board)
        item.setData(_SPOKEN, nearby_row.told(board))


def _caption(field: QWidget) -> QLabel:
    label = QLabel()
    label.setFont(theme.font(theme.BODY))
    label.setBuddy(field)
    label.setWordWrap(True)
    return label
