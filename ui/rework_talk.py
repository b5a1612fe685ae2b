"""What the Rework page asks of whoever stands before it, and what it orders of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from station.model import Approval, Override, Person, ReworkAction, ReworkOrder, Right, Trouble
from station.scans import Act
from ui import brought_words, case_words, focus, labels, rework_words, words
from ui.ask import Ask
from ui.bench import Bench
from ui.bridge import Order
from ui.form import Form
from ui.rework import Rework
from ui.rework_dialogs import Adopt, OpenCase, ShipAgain, WriteNote
from ui.screen import Screen
from ui.second_person import SecondPerson

People = Callable[[], tuple[Person, ...]]

Approved = Callable[[Approval], Order]
"""What is ordered once a second person stands for it."""


class Talk(QObject):
    """`ordered` carries an `Order`; `said` what went wrong in a sentence, or nothing any more."""

    ordered = Signal(object)
    said = Signal(str)

    def __init__(self, over: QWidget, bench: Bench, people: People) -> None:
        super().__init__(over)
        self._over, self._bench, self._people = over, bench, people
        self._form: Form | None = None
        self._second: SecondPerson | None = None
        self._ask: Ask | None = None
        self._last: ReworkOrder | None = None

    @property
    def page(self) -> Rework:
        return self._bench.page

    @property
    def form(self) -> Form | None:
        """The form that is open."""
        return self._form

    @property
    def second(self) -> SecondPerson | None:
        """The dialog that asks a second person."""
        return self._second

    @property
    def ask(self) -> Ask | None:
        """The question that is open, of which no is the safe answer."""
        return self._ask

    def answers(self) -> Mapping[Act, Callable[[], object]] | None:
        """Return what yes and no do to the dialog on top; None while none is open."""
        if self._ask is not None:
            return {Act.YES: self._ask.accept, Act.NO: self._ask.reject}
        if self._second is not None:
            return {Act.YES: self._second.confirm, Act.NO: self._second.reject}
        if self._form is not None:
            return {Act.YES: self._form.yes.click, Act.NO: self._form.reject}
        return None

    def dismiss(self) -> None:
        """Close every dialog without an order: whoever opened it is not signed in any more."""
        for dialog in (self._ask, self._second, self._form):
            if dialog is not None:
                dialog.reject()

    def case(self) -> None:
        """Open a case, or end it: whichever comes next."""
        life = self.page.life
        if life is None or self._is_barred() or self.page.is_scrapped:
            return
        if self.page.case is not None:
            if not self.page.is_running:
                self._open(ShipAgain(self._over, life, self.page.codes))
            return
        form = OpenCase(
            self._over, (life.unit, life.serial), self.page.codes, case_words.case_told(self.page)
        )
        form.is_beyond = self.page.is_beyond
        form.second_wanted.connect(self._beyond)
        self._open(form)

    def note(self) -> None:
        """Write a note."""
        if self.page.life is not None and not self._is_barred():
            self._open(WriteNote(self._over, (self.page.life.unit, self.page.life.serial)))

    def adopt(self) -> None:
        """Take what nobody knows into the record."""
        if not self._is_barred():
            self._open(Adopt(self._over, self.page.asked, self.page.kinds))

    def do(self, action: ReworkAction) -> None:
        """Carry an action out; one that takes something away is asked for twice."""
        order = self.page.order_for(action)
        if order is None or self.page.life is None:
            return
        if not action.erases:
            self.carry_out(order)
            return
        title = brought_words.story(action.title)
        question = rework_words.erase_question(title, case_words.short(self.page.life.serial))
        ask = Ask(self._over, question, yes=rework_words.do_it(), no=rework_words.keep())
        ask.accepted.connect(lambda: self.carry_out(order))
        self._question(ask)

    def carry_out(self, order: ReworkOrder) -> None:
        """Order an action."""
        self.said.emit("")
        self._last = order
        if self.page.life is not None:
            self._bench.change(lambda page: page.ordering(order))
        self.ordered.emit(lambda commands: commands.rework(order))

    def again(self) -> None:
        """Carry the last action out once more."""
        order = self.page.ordered
        if order is not None and self.page.is_ended:
            if order.again:
                self.anew()
            else:
                self.carry_out(order)

    def anew(self) -> None:
        """Do anew what was done already: a second person must approve."""
        order = self.page.ordered or self._last
        if order is None or self._is_barred():
            return

        def approved(approval: Approval) -> Order:
            anew = replace(order, again=True, approval=approval)
            self._last = anew
            self._bench.change(lambda page: page.ordering(anew))
            return lambda commands: commands.rework(anew)

        self._ask_second(Override.AGAIN, approved)

    def scrap(self) -> None:
        """Take the unit out for good: a second person must approve."""
        life = self.page.life
        if life is not None and not self.page.is_scrapped and not self._is_barred():
            unit = life.unit
            self._ask_second(
                Override.SCRAP, lambda approval: lambda commands: commands.scrap(unit, approval)
            )

    def reprint(self) -> None:
        """Print the unit's label again: a second person must approve."""
        page = self.page
        if page.life is None or not page.labels or not page.life.labels or self._is_barred():
            return
        unit, slot = page.life.unit, page.seat.slot if page.seat else ""
        self._ask_second(
            Override.REPRINT,
            lambda approval: lambda commands: commands.print_again(slot, unit, approval),
        )

    def stop(self) -> None:
        """Ask whether to stop what is being done to the unit."""
        seat = self.page.seat
        if seat is None or not self.page.is_running:
            return
        slot, run = seat.slot, seat.card.run

        def stop_it() -> None:
            if self.page.screen.card(slot).run == run:  # else it is over, and this another one
                self.ordered.emit(lambda commands: commands.abort(slot))

        question = labels.stop_question((words.slot(slot),))
        ask = Ask(self._over, question, yes=labels.stop_yes(), no=labels.go_on())
        ask.accepted.connect(stop_it)
        self._question(ask)

    def answer(self, slot: str, text: str) -> None:
        """Answer what the run in `slot` asks with what was scanned."""
        self.ordered.emit(lambda commands: commands.answer(slot, text=text))

    def heard(self, before: Screen, now: Screen) -> None:
        """Tell the dialog that waits what came of its order."""
        if now.refusals != before.refusals:
            self._refused(now.refused)
        elif now.amended[0] != before.amended[0]:
            amended, adopts = now.amended[1], isinstance(self._form, Adopt)
            self._done()
            if adopts and amended is not None and amended.what == "adopted":
                self._bench.open(amended.unit)
        elif now.label is not before.label or self._has_begun(before, now):
            self._done()

    def not_taken(self) -> None:
        """Say that the engine can take no order now."""
        self._show_trouble(None, labels.not_started())

    def _has_begun(self, before: Screen, now: Screen) -> bool:
        slot = self._last.slot if self._last else ""
        return bool(slot) and now.card(slot).run not in {before.card(slot).run, None}

    def _is_barred(self) -> bool:
        return not self.page.may(Right.REWORK)

    def _open(self, form: Form) -> None:
        if self._form is not None:
            self._form.reject()
        self.said.emit("")
        self._form = form
        form.wanted.connect(self.ordered)
        form.finished.connect(self._form_over)
        focus.give_back(form, self._over)
        form.open()

    def _question(self, ask: Ask) -> None:
        if self._ask is not None:
            self._ask.reject()
        self._ask = ask
        ask.finished.connect(self._ask_over)
        focus.give_back(ask, self._over)
        ask.open()

    def _ask_second(self, what: Override, approved: Approved) -> None:
        if self._second is not None:
            self._second.reject()
        self.said.emit("")
        second = self._second = SecondPerson(self._form or self._over, what, self._people)
        second.approved.connect(lambda approval: self._approved(approved(approval)))
        second.finished.connect(self._second_over)
        focus.give_back(second, self._form or self._over)
        second.open()

    def _approved(self, order: Order) -> None:
        if self._form is not None:
            self._form.wait()
        self.ordered.emit(order)

    @Slot(object)
    def _beyond(self, approved: Approved) -> None:
        self._ask_second(Override.BEYOND, approved)

    def _refused(self, trouble: Trouble | None) -> None:
        code = trouble.code if trouble else ""
        if isinstance(self._form, OpenCase) and self._second is None and code == "REWORK-LIMIT":
            self._form.ask_second()
        elif code == "SECOND-NEEDED" and self._second is None and self._last is not None:
            self.anew()
        else:
            self._show_trouble(trouble, rework_words.refused())

    def _show_trouble(self, trouble: Trouble | None, otherwise: str) -> None:
        told = rework_words.trouble(trouble) if trouble else otherwise
        if self._second is not None and trouble is not None:
            self._second.show_trouble(trouble)
        elif self._form is not None and self._form.is_asked:
            self._form.say_again(told)
        else:
            self.said.emit(told)

    def _done(self) -> None:
        if self._form is not None and self._form.is_asked:
            self._form.accept()
        if self._second is not None and self._second.is_sent:
            self._second.accept()

    @Slot()
    def _form_over(self) -> None:
        self._form = None

    @Slot()
    def _second_over(self) -> None:
        self._second = None
        if self._form is not None and self._form.is_asked:
            self._form.say_again(case_words.beyond())

    @Slot()
    def _ask_over(self) -> None:
        self._ask = None
