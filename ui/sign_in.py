"""Sign-in: a name, a recipe, and how many units. Keyboard alone is enough; Enter confirms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QIntValidator, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from station.desk import Offer
from station.model import Outcome, Trouble
from ui import labels, lettering, shapes, theme, words
from ui.bridge import Aside
from ui.shapes import Shape

Answer = tuple[tuple[str, ...], tuple[Offer, ...]]
"""The operators who have worked here, and the recipes."""

MOST_UNITS = 1_000_000
MOST_LIST_TALL = 320
WIDE = 600
_OFFER = Qt.ItemDataRole.UserRole


class SignIn(QDialog):
    """`wanted` carries the operator, the recipe's path and the quantity or None.

    `ask` may be slow: it is asked on a thread of its own while the dialog already stands.
    """

    wanted = Signal(str, object, object)

    def __init__(self, parent: QWidget, ask: Callable[[], Answer]) -> None:
        super().__init__(parent)
        self._sent = False
        self._answered = False
        self._eager = False
        self._asked: tuple[QWidget, ...] = ()
        self.setWindowTitle(labels.sign_in_title())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDE)
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.recipes = QListWidget()
        self.quantity = QLineEdit()
        self.quantity.setValidator(QIntValidator(1, MOST_UNITS, self.quantity))
        self.quantity.setPlaceholderText(labels.quantity_hint())
        self.note = QLabel(labels.looking_for_recipes())
        self.note.setWordWrap(True)
        self.note.setFont(theme.font(theme.BODY, theme.MEDIUM))
        self.confirm_button = QPushButton(labels.sign_in_title())
        self.cancel_button = QPushButton(labels.cancel())
        self._lay_out()
        self._aside = Aside(ask)
        self._aside.answered.connect(self._show_answer, Qt.ConnectionType.QueuedConnection)
        self._aside.failed.connect(self.show_trouble, Qt.ConnectionType.QueuedConnection)
        self._aside.ask()

    @Slot()
    def confirm(self) -> None:
        """Sign in with what is filled in, or say what is missing."""
        name, chosen = self.name.text().strip(), self._chosen()
        if self._sent:
            return
        if not name:
            self.note.setText(labels.name_missing())
            self.name.setFocus()
        elif not self._answered:
            self._eager = True
        elif chosen is None:
            if self._usable():
                self.note.setText(labels.recipe_missing())
            self.recipes.setFocus()
        else:
            self._send(name, chosen.path)

    def hear(self, badge: str) -> None:
        """Sign in whoever has this badge."""
        self.name.setText(badge)
        self.confirm()

    @Slot(object)
    def show_trouble(self, trouble: Trouble) -> None:
        """Say why it did not work, and let it be tried again."""
        self.say_again(f"{words.says(trouble)} {words.remedy(trouble)} ({trouble.code})")

    def say_again(self, why: str) -> None:
        """Say `why` it can't be done now, and let it be tried again."""
        self._sent = False
        self.note.setText(why)
        self.confirm_button.setEnabled(True)

    def _send(self, name: str, path: Path) -> None:
        quantity = int(self.quantity.text()) if self.quantity.hasAcceptableInput() else None
        self._sent = True
        self.note.setText(labels.signing_in())
        self.confirm_button.setEnabled(False)
        self.wanted.emit(name, path, quantity)

    @Slot(object)
    def _show_answer(self, answer: Answer) -> None:
        operators, offers = answer
        self._answered = True
        self._complete(operators)
        self.recipes.clear()
        warning = _warning(theme.colours_of(self.palette()))
        for offer in offers:
            self.recipes.addItem(_row(offer, warning))
        usable = self._usable()
        if usable:
            self.recipes.setCurrentItem(usable[0])
        self._fit(known=bool(offers))
        empty = labels.no_good_recipe() if offers else labels.no_recipes()
        self.note.setText("" if usable else empty)
        self.confirm_button.setEnabled(bool(usable))
        self.adjustSize()
        if self._eager:
            self.confirm()

    def _fit(self, *, known: bool) -> None:
        """Give the list the height of its rows; with no recipe there is nothing to fill in."""
        for widget in self._asked:
            widget.setVisible(known)
        rows = sum(self.recipes.item(n).sizeHint().height() for n in range(self.recipes.count()))
        self.recipes.setFixedHeight(max(theme.TOUCH, min(MOST_LIST_TALL, rows + 2 * theme.GRID)))

    def _complete(self, operators: tuple[str, ...]) -> None:
        completer = QCompleter(list(operators), self.name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if popup := completer.popup():
            popup.setAccessibleName(labels.name_field())
        self.name.setCompleter(completer)

    def _usable(self) -> list[QListWidgetItem]:
        items = [self.recipes.item(row) for row in range(self.recipes.count())]
        return [item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled]

    def _chosen(self) -> Offer | None:
        chosen = self.recipes.selectedItems()
        offer = chosen[0].data(_OFFER) if chosen else None
        return offer if isinstance(offer, Offer) and offer.trouble is None else None

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[4 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        title = QLabel(labels.sign_in_title())
        title.setFont(theme.font(theme.DISPLAY, theme.BOLD))
        column.addWidget(title)
        for caption, field in (
            (labels.name_field(), self.name),
            (labels.recipe_list(), self.recipes),
            (labels.quantity_field(), self.quantity),
        ):
            label = QLabel(caption)
            label.setFont(theme.font(theme.BODY))
            label.setBuddy(field)
            field.setAccessibleName(caption)
            column.addSpacing(theme.GRID)
            column.addWidget(label)
            column.addWidget(field)
            self._asked += (label, field)
        column.addSpacing(theme.GRID)
        column.addWidget(self.note)
        column.addLayout(self._buttons())
        self.recipes.setFixedHeight(3 * theme.TOUCH)
        self.recipes.setIconSize(QSize(24, 24))
        self.recipes.setWordWrap(True)
        self.recipes.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.recipes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recipes.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.name.installEventFilter(self)
        # While names are being offered the completer's popup swallows Enter after the field saw it.
        self.name.returnPressed.connect(self.confirm)
        self.name.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        self.confirm_button.setEnabled(False)
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button.clicked.connect(self.reject)
        theme.make_primary(self.confirm_button, primary=True)
        for button in (self.cancel_button, self.confirm_button):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            button.setMinimumHeight(theme.TOUCH + theme.GRID)
            row.addWidget(button, 1)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows choose a recipe while the name is being typed."""
        if watched is self.name and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.type() == QEvent.Type.KeyPress:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        usable = self._usable()
        if usable:
            at = usable.index(self.recipes.currentItem()) if self._chosen() else -step
            self.recipes.setCurrentItem(usable[max(0, min(len(usable) - 1, at + step))])


def _row(offer: Offer, warning: QIcon) -> QListWidgetItem:
    item = QListWidgetItem(offer.name)
    lines = 1
    if offer.trouble is not None:
        why = f"{words.says(offer.trouble)} {offer.trouble.detail}"
        item.setText(f"{offer.name}\n{why}")
        item.setIcon(warning)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled & ~Qt.ItemFlag.ItemIsSelectable)
        lines += len(lettering.wrapped(why, theme.font(theme.BODY), WIDE - 20 * theme.GRID, 9))
    text_tall = lettering.height(lines, theme.font(theme.BODY))
    item.setSizeHint(QSize(0, max(theme.TOUCH, int(text_tall) + 3 * theme.GRID)))
    item.setData(_OFFER, offer)
    item.setToolTip(str(offer.path))
    return item


def _warning(colours: theme.Colours) -> QIcon:
    """Draw the mark of a recipe that can't be used; the list must not make it paler still."""
    pixmap = QPixmap(48, 48)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    pair = colours.verdicts[Outcome.ERROR]
    shapes.draw(painter, Shape.WARNING, QRectF(pixmap.rect()), pair.ground, pair.ink)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icon
