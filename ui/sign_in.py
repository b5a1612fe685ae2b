"""Sign-in: who, on what, and how many units. A scanner alone is enough, and so is a keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from station.desk import Desk, Offer
from station.faults import NotAllowed, RecordBroken
from station.model import Credentials, OrderOffer, Person, Trouble
from ui import labels, languages, people_words, theme
from ui.bridge import Aside
from ui.language_choice import LanguageChoice
from ui.who_dialog import Says, WhoDialog, nothing, told
from ui.who_panel import WhoPanel
from ui.work_list import WorkList

MOST_UNITS = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sign-in asks its desk for. `last` is the order and the recipe that came last."""

    operators: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    people: tuple[Person, ...] = ()
    orders: tuple[OrderOffer, ...] = ()
    last: tuple[str, str] = ("", "")


def answer_of(desk: Desk) -> Answer:
    """Ask a desk; slow, so on a thread of its own."""
    from station.record import questions  # takes longer to load than a window needs to stand

    try:
        with questions.reading(desk.record) as db:
            last = questions.last_work(db)
    except RecordBroken:
        last = ("", "")
    return Answer(desk.operators(), desk.offers(), desk.people(), desk.orders(), last)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants to sign in to what: an order, else a recipe, else the bench.

    `language` is the code of the one that was chosen here, empty for none.
    """

    who: Credentials
    recipe: Path | None
    quantity: int | None
    order: str = ""
    language: str = ""


class WorkPanel(QWidget):
    """What is worked on: a list, and how many units of a recipe."""

    def __init__(self) -> None:
        super().__init__()
        self.recipes = WorkList()
        self.quantity = QLineEdit()
        self.quantity.setValidator(QIntValidator(1, MOST_UNITS, self.quantity))
        self._list_label, self._quantity_label = QLabel(), QLabel()
        self.recipes.itemSelectionChanged.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for label, widget in (
            (self._list_label, self.recipes),
            (self._quantity_label, self.quantity),
        ):
            label.setFont(theme.font(theme.BODY))
            label.setBuddy(widget)
            column.addWidget(label)
            column.addWidget(widget, 1 if widget is self.recipes else 0)
        self.recipes.setMinimumHeight(3 * theme.TOUCH)
        languages.follow(self, self._say)

    @property
    def wanted_units(self) -> int | None:
        """How many units of a recipe; an order knows its own."""
        chosen = self.recipes.chosen()
        if chosen is None or chosen.recipe is None or not self.quantity.hasAcceptableInput():
            return None
        return int(self.quantity.text())

    @Slot()
    def _fit(self) -> None:
        chosen = self.recipes.chosen()
        able = chosen is None or chosen.recipe is not None
        self.quantity.setEnabled(able)
        self.quantity.setPlaceholderText(labels.quantity_hint() if able else "")

    def _say(self) -> None:
        for label, widget, caption in (
            (self._list_label, self.recipes, people_words.work_list()),
            (self._quantity_label, self.quantity, labels.quantity_field()),
        ):
            label.setText(caption)
            widget.setAccessibleName(caption)
        self.recipes.say()
        self._fit()


class SignIn(WhoDialog):
    """`wanted` carries a `Wanted`. `ask` may be slow: the dialog stands while it is asked."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, ask: Callable[[], Answer]) -> None:
        self._asking = self._answered = self._eager = False
        self._order = self._language = ""
        self.work = WorkPanel()
        super().__init__(parent, WhoPanel(), self.work)
        choice = LanguageChoice()
        choice.chosen.connect(self._speak)
        self.top.addWidget(choice)
        self.tell(labels.looking_for_recipes)
        self.work.recipes.itemSelectionChanged.connect(self._able)
        self._able()
        self._aside = Aside(ask)
        self._aside.answered.connect(self._show_answer, Qt.ConnectionType.QueuedConnection)
        self._aside.failed.connect(self._show_failure, Qt.ConnectionType.QueuedConnection)
        self._ask()
        self.who.name.setFocus()

    @property
    def name(self) -> QLineEdit:
        return self.who.name

    @property
    def recipes(self) -> WorkList:
        return self.work.recipes

    @property
    def quantity(self) -> QLineEdit:
        return self.work.quantity

    def hear_order(self, order: str) -> None:
        """Choose the work order whose sheet was scanned; the badge may come before or after."""
        if not self._answered:
            self._order = order
        elif self.recipes.choose_order(order):
            self.tell(lambda: people_words.order_chosen(order))
            if self.who.has_badge:
                self.confirm()
        else:
            self._eager = False
            self.recipes.setCurrentRow(-1)  # a badge that follows must not sign in to another
            self.tell(lambda: people_words.order_missing(order), wrong=True)

    def step(self, step: int) -> None:
        self.recipes.step(step)

    def asks(self) -> tuple[str, str]:
        return labels.sign_in_title(), ""

    def beside_says(self) -> str:
        chosen = self.recipes.chosen()
        return chosen.name if chosen else people_words.work_list()

    def yes(self) -> str:
        return labels.sign_in_title()

    def lacks(self) -> tuple[Says, QWidget] | None:
        if not self._answered:
            self._eager = True
            self._ask()
            return labels.looking_for_recipes, self.who.name
        if self.recipes.chosen() is None:
            return self._empty() or people_words.work_missing, self.recipes
        return None

    def send(self, who: Credentials) -> None:
        chosen = self.recipes.chosen()
        if chosen is not None:
            self.tell(labels.signing_in)
            units = self.work.wanted_units
            self.wanted.emit(Wanted(who, chosen.recipe, units, chosen.order, self._language))

    @Slot(object)
    def show_trouble(self, trouble: Trouble) -> None:
        super().show_trouble(trouble)
        chosen = self.recipes.chosen()
        if trouble.code == NotAllowed.code and chosen is not None and not chosen.is_bench:
            self.show_pad(there=False)
            self.tell(lambda: f"{told(trouble)} {people_words.bench_instead()}", wrong=True)

    def _ask(self) -> None:
        if not self._asking:
            self._asking = True
            self._aside.ask()

    @Slot(object)
    def _show_failure(self, trouble: Trouble) -> None:
        self._asking = self._eager = False
        self.show_trouble(trouble)

    @Slot(object)
    def _show_answer(self, answer: Answer) -> None:
        self._answered = True
        names = tuple(each.name for each in answer.people) or answer.operators
        self.who.show_people(names, named=bool(answer.people))
        self.recipes.show_work(answer.orders, answer.offers)
        order, recipe = answer.last
        if not (self.recipes.choose_order(order) or self.recipes.choose_recipe(recipe)):
            self.recipes.choose_first()
        self.tell(self._empty() or nothing)
        if self._order:
            self.hear_order(self._order)
        if self._eager:
            self.confirm()

    def _empty(self) -> Says | None:
        """Return what to do where there is nothing to work on."""
        if len(self.recipes.usable()) > 1:
            return None
        return labels.no_good_recipe if self.recipes.count() > 1 else labels.no_recipes

    @Slot()
    def _able(self) -> None:
        self.confirm_button.setEnabled(self.recipes.chosen() is not None)

    @Slot(str)
    def _speak(self, code: str) -> None:
        self._language = code
        languages.use(code)
