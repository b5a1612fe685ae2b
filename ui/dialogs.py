"""The dialogs of the window: one that is filled in, and a question over it; none of them blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from station.desk import Desk
from station.model import NearbyHeard, Override, Trouble
from ui import desk_words, focus, labels
from ui.ask import Ask
from ui.pick import Pick
from ui.screen import Screen
from ui.second_person import SecondPerson
from ui.sign_in import SignIn, answer_of
from ui.teach import Teach
from ui.who import Who

Done = Callable[[Screen, Screen], bool]
"""Tells whether what a dialog asked for has been done, from what is shown before and now."""


class Filled(Protocol):
    """A dialog that is filled in, confirmed, and may be refused by the engine."""

    def hear(self, text: str, /) -> None: ...
    def confirm(self) -> None: ...
    def show_trouble(self, trouble: Trouble, /) -> None: ...
    def say_again(self, why: str, /) -> None: ...


class Dialogs(QObject):
    """Opens the dialogs over `over`, and tells them what the engine has answered.

    `opened` tells that there is one now.
    """

    opened = Signal()

    def __init__(self, over: QWidget, desk: Desk) -> None:
        super().__init__(over)
        self._over, self._desk = over, desk
        self._filled: SignIn | Pick | SecondPerson | Who | Teach | None = None
        self._done: Done | None = None
        self._ask: Ask | None = None

    @property
    def filled(self) -> SignIn | Pick | SecondPerson | Who | Teach | None:
        """The dialog that is filled in, if there is one."""
        return self._filled

    @property
    def question(self) -> Ask | None:
        """The question that is asked, if there is one."""
        return self._ask

    @property
    def sign_in(self) -> SignIn | None:
        """The sign-in, if it is open."""
        return self._filled if isinstance(self._filled, SignIn) else None

    def open_sign_in(self) -> SignIn:
        """Open the sign-in, or return the one that is open."""
        if self.sign_in is not None:
            return self.sign_in
        dialog = SignIn(self._over, lambda: answer_of(self._desk))
        # the same person may sign in again to the same: another shift, though it looks the same
        self._open(
            dialog, lambda before, now: now.shift is not None and now.shift is not before.shift
        )
        return dialog

    def open_pick(self, heard: NearbyHeard) -> Pick:
        """Open the choice of a board on the air."""
        dialog = Pick(self._over, heard)
        self._open(dialog, None)
        return dialog

    def open_second(self, what: Override, done: Done) -> SecondPerson:
        """Ask for a reason and a second person."""
        dialog = SecondPerson(self._over, what, self._desk.people)
        self._open(dialog, done)
        return dialog

    def open_who(self) -> Who:
        """Ask for somebody who may set the station up."""
        dialog = Who(self._over, desk_words.leave_question, desk_words.leave_yes, self._desk.people)
        self._open(dialog, lambda before, now: now.granted[0] != before.granted[0])
        return dialog

    def open_teach(self, screen: Screen) -> Teach:
        """Ask how many slots the fixture has, and how they stand."""
        wired = [card for card in screen.cards if not card.on_air]
        dialog = Teach(self._over, len(wired), screen.columns)
        self._open(dialog, lambda before, now: bool(now.teaching) and not before.teaching)
        return dialog

    def open_printing(self, printer: QPrinter) -> QDialog:
        """Open the system's own question of where and how to print."""
        dialog = QPrintDialog(printer, self._over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        dialog.show()
        return dialog

    def ask(self, question: tuple[str, str], *, yes: str) -> Ask:
        """Open a question, in the place of one that is open."""
        if self._ask is not None:
            self._ask.reject()
        self._ask = Ask(self._over, question, yes=yes, no=labels.go_on())
        self._ask.finished.connect(self._ask_over)
        focus.give_back(self._ask, self._over)
        self._ask.open()
        return self._ask

    def cannot(self, why: str) -> None:
        """Say in the dialog why nothing could be ordered; what was asked may be asked again."""
        if isinstance(self._filled, Pick):
            self._filled.say(why, wrong=True)
        elif self._filled is not None:
            self._filled.say_again(why)

    def tell(self, before: Screen, now: Screen) -> None:
        """Tell the dialog what has happened."""
        dialog = self._filled
        over = before.shift is not None and now.shift is None
        if over and dialog is not None and not isinstance(dialog, SignIn | Who):
            dialog.reject()  # whoever asked for it has gone: no badge may answer it now
            return
        refused = now.refused if now.refusals != before.refusals else None
        if isinstance(dialog, Pick):
            if now.nearby is not None and now.nearby != before.nearby:
                dialog.show_nearby(now.nearby)
            if now.taken != before.taken:
                dialog.taken()
        if dialog is None:
            return
        if self._done is not None and self._done(before, now):
            dialog.accept()
        elif refused is not None:
            dialog.show_trouble(refused)

    def _open(self, dialog: SignIn | Pick | SecondPerson | Who | Teach, done: Done | None) -> None:
        if self._filled is not None:
            self._filled.reject()
        self._filled, self._done = dialog, done
        dialog.finished.connect(lambda: self._over_with(dialog))
        focus.give_back(dialog, self._over)
        dialog.open()
        self.opened.emit()

    def _over_with(self, dialog: QDialog) -> None:
        if self._filled is dialog:
            self._filled, self._done = None, None

    @Slot()
    def _ask_over(self) -> None:
        self._ask = None
