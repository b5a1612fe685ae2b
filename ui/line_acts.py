"""What can be done on the Line page, by key, by button and by command barcode."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from station.desk import Commands, Desk
from station.model import RIGHTS, Approval, Override, Question, Right
from station.scans import Act, Command
from ui import command_sheet, desk_words, labels, scan_words, words
from ui.bridge import Order
from ui.card import Card
from ui.dialogs import Dialogs
from ui.line_page import LinePage
from ui.screen import Screen
from ui.sign_in import SignIn, Wanted

Give = Callable[[Order], bool]
"""Gives the engine an order; False when it can take none now."""


Answered = tuple[int | None, Question | None]
"""A run, and what it asked."""


class LineActs(QObject):
    """Gives the engine the orders of the Line page `page`, with `dialogs` where it takes one.

    `screen` tells what is shown at this moment.
    """

    def __init__(
        self,
        desk: Desk,
        page: LinePage,
        dialogs: Dialogs,
        give: Give,
        screen: Callable[[], Screen],
    ) -> None:
        super().__init__(dialogs)
        self._desk, self._page = desk, page
        self._dialogs, self._give, self._screen = dialogs, give, screen
        self._answers: frozenset[Answered] = frozenset()
        self.language = ""
        """The code of the language that was chosen at the last sign-in, empty for none."""

    def may(self, right: Right) -> bool:
        """Tell whether whoever is signed in has a right; the core asks again."""
        shift = self._screen().shift
        return shift is not None and right in RIGHTS[shift.role]

    @Slot()
    def sign_in_or_out(self) -> None:
        """F2: open the sign-in, or end the shift."""
        if self._screen().shift is not None:
            self._order(lambda commands: commands.sign_out())
        else:
            self.open_sign_in()

    def sign_out(self) -> None:
        """End the shift, if there is one."""
        if self._screen().shift is not None:
            self.sign_in_or_out()

    def open_sign_in(self) -> SignIn:
        """Open the sign-in, or return the one that is open."""
        there = self._dialogs.sign_in
        dialog = there or self._dialogs.open_sign_in()
        if there is None:
            dialog.wanted.connect(self.sign_in)
        return dialog

    @Slot(object)
    def sign_in(self, wanted: Wanted) -> None:
        """Sign somebody in."""
        told = (wanted.who, wanted.recipe, wanted.quantity, wanted.order)
        self.language = wanted.language
        self._order(lambda commands: commands.sign_in(*told))

    def hear_badge(self, badge: str) -> None:
        """Sign in whoever has this badge, in the place of whoever is signed in."""
        self.open_sign_in().hear(badge)

    def hear_order(self, order: str) -> None:
        """Go on with a work order whose sheet was scanned; before a shift it is chosen for it."""
        if self._screen().shift is None:
            self.open_sign_in().hear_order(order)
        else:
            self._order(lambda commands: commands.take_order(order))

    def next_order(self) -> None:
        """Go on with the next work order."""
        self._order(lambda commands: commands.take_order(""))

    def hear_label(self, text: str) -> bool:
        """Answer the question that was asked first with what was scanned; False when none was."""
        card = self._asked()
        if card is not None:
            self._answer(card, lambda commands: commands.answer(card.slot, text=text))
        return card is not None

    def say_yes(self) -> None:
        """Answer the question that was asked first."""
        self._say(yes=True)

    def say_no(self) -> None:
        """Answer the question that was asked first."""
        self._say(yes=False)

    @Slot()
    def retry(self) -> None:
        """F5: begin another run on the slot that is meant."""
        selected = self._page.selected
        slot = self._screen().to_retry(selected)
        if slot is None:
            busy = labels.slot_busy(words.slot(selected)) if selected else labels.nothing_to_retry()
            self._page.show_hint(busy)
        else:
            self._order(lambda commands: commands.retry(slot))

    def skip(self) -> None:
        """F8: let a unit off a check that it failed, with a second person's word."""
        screen = self._screen()
        slot = screen.to_retry(self._page.selected)
        card = screen.card(slot) if slot else None
        if slot is None or card is None or not (card.trouble and card.trouble.skippable):
            self._page.show_hint(desk_words.nothing_to_skip())
            return
        run = card.run

        def order(approval: Approval) -> Order:
            return lambda commands: commands.retry(slot, Override.SKIP, approval)

        self._approved(Override.SKIP, order, lambda _, now: now.card(slot).run != run)

    def print_again(self) -> None:
        """F9: print the label of the unit in the slot that is meant once more."""
        screen = self._screen()
        slot = screen.to_print(self._page.selected)
        if not self._desk.labels:
            self._page.show_hint(desk_words.no_printer())
        elif screen.shift is None:
            self._page.show_hint(desk_words.not_for_you())
        elif slot is None:
            self._page.show_hint(desk_words.nothing_to_print())
        else:

            def order(approval: Approval) -> Order:
                return lambda commands: commands.print_again(slot, None, approval)

            def done(was: Screen, now: Screen) -> bool:
                label = now.label  # others are printed at the same time
                new = label is not None and label is not was.label
                return new and label is not None and label.again and label.slot == slot

            self._approved(Override.REPRINT, order, done)

    @Slot()
    def pick(self) -> None:
        """F6: ask which board on the air is meant."""
        nearby = self._screen().nearby
        if nearby is None:
            self._page.show_hint(labels.no_air())
        elif self._dialogs.filled is None:
            dialog = self._dialogs.open_pick(nearby)
            dialog.wanted.connect(lambda text: self._order(lambda commands: commands.pick(text)))

    def teach(self) -> None:
        """F7: learn anew where the slots are, or end that."""
        if self._screen().teaching:
            self._order(lambda commands: commands.end_teaching())
        elif not self.may(Right.SET_UP):
            self._page.show_hint(desk_words.not_for_you())
        else:
            dialog = self._dialogs.open_teach(self._screen())
            dialog.wanted.connect(self._teach)

    def print_sheet(self) -> None:
        """Ctrl+P: print the sheet of command barcodes."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        slots = len(self._screen().cards)

        def print_it() -> None:
            command_sheet.print_on(printer, slots)
            self._page.show_hint(desk_words.sheet_printed())

        self._dialogs.open_printing(printer).accepted.connect(print_it)

    @Slot()
    def stop(self) -> None:
        """Ask whether to stop what runs; Esc where nothing does takes the selection away."""
        screen = self._screen()
        if screen.teaching:
            self._order(lambda commands: commands.end_teaching())
            return
        slots = screen.to_abort(self._page.selected)
        if not slots:
            self._page.select(None)
            self._page.setFocus()
            return
        names = tuple(words.slot(slot) for slot in slots)
        ask = self._dialogs.ask(labels.stop_question(names), yes=labels.stop_yes())
        runs = {slot: screen.card(slot).run for slot in slots}
        ask.accepted.connect(lambda: self._stop(runs))

    def _stop(self, runs: dict[str, int | None]) -> None:
        now = self._screen()  # what was asked about may be over, and another unit be in its place
        slots = [slot for slot, run in runs.items() if now.card(slot).run == run]

        async def abort(commands: Commands) -> None:
            for slot in slots:
                await commands.abort(slot)

        self._order(abort)

    @Slot(tuple, int)
    def _teach(self, slots: tuple[str, ...], columns: int) -> None:
        self._order(lambda commands: commands.teach(slots, columns))

    def _approved(
        self,
        what: Override,
        order: Callable[[Approval], Order],
        done: Callable[[Screen, Screen], bool],
    ) -> None:
        dialog = self._dialogs.open_second(what, done)
        dialog.approved.connect(lambda approval: self._order(order(approval)))

    def _asked(self) -> Card | None:
        """Return the card whose question comes first, but for those that are answered just now."""
        screen = self._screen()
        cards = (screen.card(slot) for slot in screen.asks)
        return next((card for card in cards if _answered(card) not in self._answers), None)

    def _answer(self, card: Card, order: Order) -> None:
        screen = self._screen()
        still = {_answered(screen.card(slot)) for slot in screen.asks}
        self._answers = (self._answers & still) | {_answered(card)}
        self._order(order)

    def _say(self, *, yes: bool) -> None:
        card = self._asked()
        if card is not None and card.question is not None and card.question.by_word:
            self._answer(card, lambda commands: commands.answer(card.slot, yes=yes))
        else:
            said = scan_words.command(Command(Act.YES if yes else Act.NO))
            self._page.show_hint(scan_words.not_now(said))

    def _order(self, order: Order) -> None:
        if not self._give(order):
            self._page.show_hint(labels.not_started())
            self._dialogs.cannot(labels.not_started())


def _answered(card: Card) -> Answered:
    return card.run, card.question
