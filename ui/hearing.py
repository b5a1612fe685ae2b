"""Who a scanned code is for: the dialog that is open, or else the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog

from station.model import Reading
from station.scans import Act, Badge, Command, Unknown, WorkOrder, meaning, without_symbology
from ui import scan_words

Say = Callable[[str], None]


class Hears(Protocol):
    """A dialog that takes a code in the place of what would be typed."""

    def hear(self, text: str, /) -> None: ...
    def confirm(self) -> None: ...
    def reject(self) -> None: ...


@runtime_checkable
class HearsOrders(Hears, Protocol):
    """A dialog in which a work order can be chosen."""

    def hear_order(self, order: str, /) -> None: ...


class Hearing:
    """Sends codes on. `acts` is what the commands do while no dialog is open.

    `select` selects a slot by its number, if there is one; `say` says in the window why a code did nothing.
    """

    def __init__(
        self,
        reading: Reading,
        acts: Mapping[Act, Callable[[], None]],
        select: Callable[[int], bool],
        say: Say,
    ) -> None:
        self._reading = reading
        self._acts = acts
        self._select = select
        self._say = say

    def hear(self, text: str, ask: QDialog | None, dialog: Hears | None) -> None:
        """Send `text` to the question that is open, else to the dialog, else to the line."""
        told = meaning(text, self._reading)
        if isinstance(told, Command):
            self._obey(told, ask, dialog)
        elif dialog is not None and ask is None and not isinstance(told, WorkOrder):
            dialog.hear(told.badge if isinstance(told, Badge) else without_symbology(text))
        elif isinstance(told, WorkOrder) and isinstance(dialog, HearsOrders) and ask is None:
            dialog.hear_order(told.order)
        elif isinstance(told, Unknown):
            self._say(scan_words.unknown(told))
        else:
            self._say(scan_words.not_now(text))

    def _obey(self, command: Command, ask: QDialog | None, dialog: Hears | None) -> None:
        answers: Mapping[Act, Callable[[], object]] = self._acts
        number = command.slot
        if ask is not None:
            answers = {Act.YES: ask.accept, Act.NO: ask.reject}
        elif dialog is not None:
            answers = {Act.YES: dialog.confirm, Act.NO: dialog.reject}
        elif number is not None and self._select(number):
            return
        if act := answers.get(command.act):
            act()
        else:
            self._say(scan_words.not_now(scan_words.command(command)))
