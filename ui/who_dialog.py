"""A dialog that is told who somebody is: how it is laid out, confirmed, refused and let go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.faults import PinMissing
from station.model import Credentials, Trouble
from ui import labels, languages, people_words, theme, words
from ui.dialog_keys import DialogKeys
from ui.note import Note
from ui.pin_pad import PinPad
from ui.who_panel import WhoPanel

WIDE = 776
"""Within the smallest window, which is 800 pixels wide."""

Says = Callable[[], str]


def nothing() -> str:
    """Say nothing."""
    return ""


class WhoDialog(QDialog):
    """Who somebody is, and `beside` it what they want; keys for a PIN take the place of that.

    What is shown is let go of when the dialog closes, and a PIN as soon as it is read.
    """

    def __init__(
        self, parent: QWidget, who: WhoPanel, beside: QWidget, *, who_first: bool = True
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDE)
        self.who, self.beside = who, beside
        self.title, self.explained = QLabel(), QLabel()
        self.note = Note()
        self.confirm_button, self.cancel_button = QPushButton(), QPushButton()
        self.pad, self.back = PinPad(), QPushButton()
        self._sides = QStackedWidget()
        self._sent = False
        self._tells: tuple[Says, bool] = (nothing, False)
        self.top = QHBoxLayout()
        self._lay_out(who_first=who_first)
        who.pad_wanted.connect(lambda there: self.show_pad(there=there))
        self.pad.typed.connect(who.type_digit)
        self.pad.erased.connect(who.erase_digit)
        self.pad.done.connect(self.confirm)
        self.back.clicked.connect(lambda: self.show_pad(there=False))
        # While names are being offered the completer's popup swallows Enter after the field saw it.
        who.name.returnPressed.connect(self.confirm)
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button.clicked.connect(self.reject)
        DialogKeys(self, self.fields(), self.confirm, self.step)
        languages.follow(self, self.say)

    # what each dialog says and does of its own

    def fields(self) -> tuple[QLineEdit, ...]:
        """Return the fields in which one types."""
        return (self.who.name, self.who.pin)

    def step(self, step: int) -> None:
        """Choose the next row, or the one before."""

    def asks(self) -> tuple[str, str]:
        """Return what is asked, and what it means."""
        raise NotImplementedError

    def beside_says(self) -> str:
        """Return in a few words what stands beside, for the way back to it."""
        return ""

    def yes(self) -> str:
        """Return what the button says that confirms."""
        raise NotImplementedError

    def lacks(self) -> tuple[Says, QWidget] | None:
        """Return what is missing, and where it is filled in."""
        return None

    def send(self, who: Credentials) -> None:
        """Tell the window that somebody confirms."""
        raise NotImplementedError

    # what they share

    @Slot()
    def confirm(self) -> None:
        """Go on with what is filled in, or say what is missing."""
        if self._sent:
            return
        field = self.who.lacks()
        lacking = self.lacks()
        if field is self.who.pin:
            self.tell(people_words.pin_missing)
            field.setFocus()
        elif field is not None:
            self.tell(labels.name_missing)
            field.setFocus()
        elif lacking:
            self.tell(lacking[0])
            self.show_pad(there=False)
            lacking[1].setFocus()
        else:
            self._sent = True
            self.confirm_button.setEnabled(False)
            self.tell(people_words.checking)
            self.send(self.who.take())

    def hear(self, badge: str) -> None:
        """Go on as whoever has this badge."""
        if not self._sent:
            self.who.hear(badge)
            self.confirm()

    @Slot(object)
    def show_trouble(self, trouble: Trouble) -> None:
        """Say why it did not work, and let it be tried again."""
        self._again()
        self.who.settle(trouble)
        if trouble.code == PinMissing.code:
            self.tell(people_words.pin_missing)
        else:
            self.tell(lambda: told(trouble), wrong=True)

    def say_again(self, why: str) -> None:
        """Say `why` it can't be done now, and let it be tried again."""
        self._again()
        self.who.settle(None)
        self.tell(lambda: why)

    def tell(self, says: Says, *, wrong: bool = False) -> None:
        """Say how it goes; `wrong` marks what went wrong."""
        self._tells = (says, wrong)
        self.note.say(says(), wrong=wrong)

    def say(self) -> None:
        """Say everything anew: the language may have changed."""
        title, explained = self.asks()
        self.setWindowTitle(title)
        self.title.setText(title)
        self.explained.setText(explained)
        self.explained.setVisible(bool(explained))
        back = people_words.back_to(self.beside_says())
        for button, name in (
            (self.confirm_button, self.yes()),
            (self.cancel_button, labels.cancel()),
            (self.back, back),
        ):
            button.setText(name)
            button.setAccessibleName(name)
        self.note.say(self._tells[0](), wrong=self._tells[1])

    def done(self, result: int) -> None:
        self.who.forget()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.adjustSize()

    @property
    def is_sent(self) -> bool:
        """Whether somebody has confirmed, and nothing was heard of it yet."""
        return self._sent

    @property
    def shows_pad(self) -> bool:
        """Whether the keys for a PIN are there."""
        return self._sides.currentWidget() is not self.beside

    def _again(self) -> None:
        self._sent = False
        self.confirm_button.setEnabled(True)

    def show_pad(self, *, there: bool) -> None:
        """Show the keys for a PIN, or what they take the place of."""
        self.say()
        self.back.setVisible(bool(self.beside_says()))
        self._sides.setCurrentIndex(1 if there else 0)

    def _lay_out(self, *, who_first: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        self.title.setFont(theme.font(theme.TITLE, theme.BOLD))
        self.explained.setFont(theme.font(theme.BODY))
        for label in (self.title, self.explained):
            label.setWordWrap(True)
        self.top.addWidget(self.title, 1)
        column.addLayout(self.top)
        column.addWidget(self.explained)
        column.addSpacing(theme.GRID)
        column.addLayout(self._columns(who_first=who_first), 1)
        column.addWidget(self.note)
        column.addLayout(self._buttons())

    def _columns(self, *, who_first: bool) -> QHBoxLayout:
        page = QWidget()
        keys = QVBoxLayout(page)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(theme.GRID)
        keys.addWidget(self.back)
        keys.addWidget(self.pad)
        keys.addStretch(1)
        self.back.setAutoDefault(False)
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sides.addWidget(self.beside)
        self._sides.addWidget(page)
        columns = QHBoxLayout()
        columns.setSpacing(3 * theme.GRID)
        for each in (self.who, self._sides) if who_first else (self._sides, self.who):
            columns.addWidget(each, 1)
        return columns

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        theme.make_primary(self.confirm_button, primary=True)
        for button in (self.cancel_button, self.confirm_button):
            button.setAutoDefault(False)
            button.setMinimumHeight(theme.TOUCH + theme.GRID)
            row.addWidget(button, 1)
        return row


def told(trouble: Trouble) -> str:
    """Say a trouble in full: what it is, what to do, its code and its detail."""
    code = f"{trouble.code}: {trouble.detail}" if trouble.detail else trouble.code
    return f"{words.says(trouble)} {words.remedy(trouble)} ({code})"
