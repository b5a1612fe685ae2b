"""Who a scanned code is for: the dialog that is open, the page that is shown, or else the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog

from station.model import Reading
from station.scans import (
    Act,
    Badge,
    Command,
    Meaning,
    UnitLabel,
    Unknown,
    WorkOrder,
    meaning,
    without_symbology,
)
from ui import scan_words
from ui.who_dialog import WhoDialog


class Hears(Protocol):
    """A dialog that takes a code in the place of what would be typed."""

    def hear(self, text: str, /) -> None: ...
    def confirm(self) -> None: ...
    def reject(self) -> None: ...


@runtime_checkable
class HearsOrders(Hears, Protocol):
    """A dialog in which a work order can be chosen."""

    def hear_order(self, order: str, /) -> None: ...


class Open(Protocol):
    """The dialogs that may be open: a question, and one that is filled in."""

    @property
    def question(self) -> QDialog | None: ...
    @property
    def filled(self) -> Hears | None: ...


Answers = Mapping[Act, Callable[[], object]]


class Page(Protocol):
    """A page beside the line; `wants_badge` while it asks for somebody.

    `answers` is what commands do to its dialog, None while none is open, and `obeys` what they do
    to the page itself, the number of a slot being told; `tell` says why a code did nothing.
    """

    @property
    def wants_badge(self) -> bool: ...
    def hear(self, text: str, /) -> None: ...
    def answers(self) -> Answers | None: ...
    def obeys(self, slot: int | None, /) -> Answers: ...
    def tell(self, why: str, /) -> None: ...


_EVERYWHERE = (Act.YES, Act.NO, Act.SIGN_OUT)
"""What does the same on every page: a run that asks is answered, and a shift is ended."""


class LineShown(Protocol):
    """The line's page: where a slot is selected, and it is said why a code did nothing."""

    def select_number(self, number: int, /) -> bool: ...
    def show_hint(self, hint: str, /) -> None: ...


class LineHears(Protocol):
    """What the line does with codes that are no commands."""

    def hear_badge(self, badge: str, /) -> None: ...
    def hear_order(self, order: str, /) -> None: ...
    def hear_label(self, text: str, /) -> bool: ...


class Hearing:
    """Sends codes on. `acts` is what the commands do while no dialog is open."""

    def __init__(
        self,
        reading: Reading,
        acts: Mapping[Act, Callable[[], None]],
        page: LineShown,
        line: LineHears,
    ) -> None:
        self._reading = reading
        self._acts = acts
        self._page, self._line = page, line

    def shown(self, text: str, dialogs: Open, beside: Page | None) -> str:
        """Return a code as all may read it: nothing of a badge, and of a label what names a unit."""
        told = meaning(text, self._reading)
        asks = isinstance(dialogs.filled, WhoDialog) or (beside is not None and beside.wants_badge)
        asks_who = asks and dialogs.question is None
        match told:
            case Command():
                return scan_words.command(told)
            case WorkOrder(order):
                return scan_words.shown(order)
            case _ if asks_who or isinstance(told, Badge):
                return scan_words.badge()
            case UnitLabel():
                return scan_words.named(told.names[0])
            case _:
                return scan_words.named(text)

    def hear(self, text: str, dialogs: Open, beside: Page | None) -> None:
        """Send `text` to the question that is open, else to the dialog, the page, or the line."""
        told = meaning(text, self._reading)
        if isinstance(told, Command):
            self._obey(told, dialogs, beside)
        elif dialogs.question is not None:
            self._page.show_hint(scan_words.not_now(self.shown(text, dialogs, beside)))
        elif dialogs.filled is not None:
            _hear_in(dialogs.filled, told, text)
        elif beside is not None and beside.answers() is not None:
            _hear_over(beside, told, text)
        elif isinstance(told, Badge):
            self._line.hear_badge(told.badge)
        elif isinstance(told, WorkOrder):
            self._line.hear_order(told.order)
        elif beside is not None:
            beside.hear(text)
        elif not self._line.hear_label(text):
            says = scan_words.unknown(told) if isinstance(told, Unknown) else None
            self._page.show_hint(says or scan_words.not_now(self.shown(text, dialogs, beside)))

    def _obey(self, command: Command, dialogs: Open, beside: Page | None) -> None:
        tell = self._page.show_hint
        answers: Answers = self._acts
        number = command.slot
        if dialogs.question is not None:
            answers = {Act.YES: dialogs.question.accept, Act.NO: dialogs.question.reject}
        elif dialogs.filled is not None:
            answers = {Act.YES: dialogs.filled.confirm, Act.NO: dialogs.filled.reject}
        elif beside is not None:
            tell = beside.tell
            there = beside.answers()
            answers = self._obeyed(beside, number) if there is None else there
        elif number is not None and self._page.select_number(number):
            return
        if act := answers.get(command.act):
            act()
        else:
            tell(scan_words.not_now(scan_words.command(command)))

    def _obeyed(self, beside: Page, number: int | None) -> Answers:
        """Return what commands do on a page: never anything to the line, which nobody sees."""
        return {act: self._acts[act] for act in _EVERYWHERE} | dict(beside.obeys(number))


def _hear_in(dialog: Hears, told: Meaning, text: str) -> None:
    if isinstance(dialog, HearsOrders) and isinstance(told, WorkOrder):
        dialog.hear_order(told.order)
    else:
        dialog.hear(told.badge if isinstance(told, Badge) else without_symbology(text))


def _hear_over(page: Page, told: Meaning, text: str) -> None:
    """Send `text` to the dialog that is open over `page`: a badge only where somebody is asked for."""
    if isinstance(told, Badge) and not page.wants_badge:
        page.tell(scan_words.not_now(scan_words.badge()))
    else:
        page.hear(text)
