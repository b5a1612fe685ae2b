"""Signing in: by scanner alone, by keyboard alone, by finger; what is secret is soon let go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from station.desk import Offer
from station.faults import NotAllowed, PinMissing, PinWrong, RecipeWrong, RecordInUse
from station.model import OrderOffer, Person, Role
from station.record import Record
from tests.ui.fakes import BROKEN, GOOD, FakeEngine, desk
from ui import labels, languages, people_words, theme
from ui.garbage import GarbageCollector
from ui.pin_pad import DONE, ERASE
from ui.sign_in import Answer, SignIn, Wanted, answer_of

Key = Qt.Key
OTHER = Offer("Gateway two", Path("two.toml"))
OPEN = Answer(("Anna Kowalska", "Li Wei"), (BROKEN, GOOD, OTHER))
PEOPLE = (Person("Anna Kowalska", Role.OPERATOR), Person("Eva", Role.ENGINEER))
ORDERS = (OrderOffer("WO-1001", "tracker.toml", 500), OrderOffer("WO-1002", "two.toml", None))
NAMED = replace(OPEN, people=PEOPLE, orders=ORDERS)

OpenSignIn = Callable[..., tuple[SignIn, list[Wanted]]]


@pytest.fixture
def open_sign_in(qtbot: QtBot, light: None, garbage: GarbageCollector) -> OpenSignIn:
    """Open a dialog over a plain widget; what it wants is added to the list."""
    over = QWidget()
    qtbot.addWidget(over)
    over.show()

    def open_one(answer: Answer, *, wait: bool = True) -> tuple[SignIn, list[Wanted]]:
        dialog = SignIn(over, lambda: answer)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        wanted: list[Wanted] = []
        dialog.wanted.connect(wanted.append)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitExposed(dialog)
        if wait:
            qtbot.waitUntil(lambda: dialog.recipes.count() == rows(answer))
        return dialog, wanted

    return open_one


def rows(answer: Answer) -> int:
    return len(answer.offers) + len(answer.orders) + 1


def chosen(dialog: SignIn) -> str:
    work = dialog.recipes.chosen()
    return work.name if work else ""


def secret(wanted: Wanted) -> tuple[str, str, str]:
    pin, badge = wanted.who.pin, wanted.who.badge
    return (
        wanted.who.name,
        pin.get_secret_value() if pin else "",
        badge.get_secret_value() if badge else "",
    )


def touch(dialog: SignIn, field: QLineEdit) -> None:
    """Give a field the focus as a finger does; offscreen a click may not."""
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.setFocus(Qt.FocusReason.MouseFocusReason)


def test_a_badge_alone_signs_in_on_what_came_last(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(replace(NAMED, last=("WO-1002", "Gateway two")))
    dialog.hear("100200")
    (told,) = wanted
    assert (told.order, told.recipe, told.quantity) == ("WO-1002", None, None)
    assert secret(told) == ("", "", "100200")
    assert dialog.name.text() == "", "a badge is shown nowhere"
    dialog.hear("100200")
    assert len(wanted) == 1, "one at a time"


def test_an_order_and_a_badge_are_scanned_in_this_order(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(NAMED)
    dialog.hear_order("wo-1001")
    assert dialog.note.text == people_words.order_chosen("wo-1001")
    assert (chosen(dialog), wanted) == ("WO-1001", [])
    dialog.hear("100200")
    assert [told.order for told in wanted] == ["WO-1001"]


def test_what_is_scanned_before_the_recipes_are_there_is_kept(
    qtbot: QtBot, open_sign_in: OpenSignIn
) -> None:
    dialog, wanted = open_sign_in(NAMED, wait=False)
    dialog.hear_order("WO-1002")
    dialog.hear("100200")
    qtbot.waitUntil(lambda: len(wanted) == 1)
    assert (wanted[0].order, secret(wanted[0])) == ("WO-1002", ("", "", "100200"))


def test_on_an_open_station_a_badge_is_a_name_and_there_are_no_pins(
    qtbot: QtBot, open_sign_in: OpenSignIn
) -> None:
    dialog, wanted = open_sign_in(OPEN, wait=False)
    dialog.hear("1044")
    qtbot.waitUntil(lambda: len(wanted) == 1)
    assert secret(wanted[0]) == ("1044", "", "")
    assert dialog.who.strip.text == people_words.open_station()
    assert dialog.who.pin.isHidden()


def test_an_order_that_nobody_set_up_is_told_and_no_other_is_taken(
    open_sign_in: OpenSignIn,
) -> None:
    dialog, wanted = open_sign_in(NAMED)
    dialog.hear_order("WO-7")
    assert dialog.note.text == people_words.order_missing("WO-7")
    dialog.hear("100200")
    assert dialog.note.text == people_words.work_missing()
    assert wanted == []
    dialog.hear_order("WO-1002")
    assert [told.order for told in wanted] == ["WO-1002"], "the badge was kept"


def test_an_unknown_order_and_a_badge_before_the_answer_sign_nobody_in(
    qtbot: QtBot, open_sign_in: OpenSignIn
) -> None:
    dialog, wanted = open_sign_in(NAMED, wait=False)
    dialog.hear_order("WO-7")
    dialog.hear("100200")
    qtbot.waitUntil(lambda: dialog.note.text == people_words.order_missing("WO-7"))
    assert wanted == []


def test_a_name_and_a_pin_by_keyboard_alone(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(NAMED)
    assert dialog.focusWidget() is dialog.name
    QTest.keyClicks(dialog.name, "eva")
    QTest.keyClick(dialog.name, Key.Key_Return)
    assert dialog.note.text == people_words.pin_missing()
    assert dialog.focusWidget() is dialog.who.pin
    assert not dialog.shows_pad, "who types needs no keys on the screen"
    QTest.keyClicks(dialog.who.pin, "4711")
    QTest.keyClick(dialog.who.pin, Key.Key_Down)
    assert chosen(dialog) == "WO-1002"
    QTest.keyClick(dialog.who.pin, Key.Key_Return)
    assert [secret(told) for told in wanted] == [("eva", "4711", "")]
    assert wanted[0].order == "WO-1002"
    assert dialog.note.text == labels.signing_in()


def test_a_pin_by_finger_alone(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(NAMED)
    dialog.name.setText("Eva")
    touch(dialog, dialog.who.pin)
    assert dialog.shows_pad
    assert dialog.back.text() == people_words.back_to("WO-1001")
    for key in ("4", "7", "9", ERASE, "1", "1"):
        QTest.mouseClick(dialog.pad.keys[key], Qt.MouseButton.LeftButton)
    assert dialog.focusWidget() is dialog.who.pin, "the keys take no focus"
    QTest.mouseClick(dialog.pad.keys[DONE], Qt.MouseButton.LeftButton)
    assert [secret(told) for told in wanted] == [("Eva", "4711", "")]


def test_the_keys_make_room_for_the_recipes_again(open_sign_in: OpenSignIn) -> None:
    dialog, _ = open_sign_in(NAMED)
    touch(dialog, dialog.who.pin)
    QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert not dialog.shows_pad
    dialog.show_pad(there=True)
    lost = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason)
    dialog.who.eventFilter(dialog.who.pin, lost)
    assert not dialog.shows_pad


def test_a_finger_at_the_name_is_offered_all_names(open_sign_in: OpenSignIn) -> None:
    dialog, _ = open_sign_in(NAMED)
    QTest.mouseClick(dialog.name, Qt.MouseButton.LeftButton)
    popup = dialog.name.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    assert popup.model().rowCount() == 2
    popup.hide()


def test_a_badge_that_needs_its_pin_asks_for_it_and_keeps_the_badge(
    open_sign_in: OpenSignIn,
) -> None:
    dialog, wanted = open_sign_in(NAMED)
    dialog.hear("100200")
    dialog.show_trouble(PinMissing().trouble)
    assert dialog.shows_pad
    assert dialog.who.strip.text == people_words.badge_read()
    assert dialog.note.text == people_words.pin_missing()
    QTest.keyClicks(dialog.who.pin, "4711")
    QTest.keyClick(dialog.who.pin, Key.Key_Return)
    assert [secret(told) for told in wanted] == [("", "", "100200"), ("", "4711", "100200")]
    dialog.show_trouble(PinWrong().trouble)
    assert not dialog.who.has_badge, "it is scanned again"


def test_a_pin_is_nowhere_once_it_is_sent(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(NAMED)
    dialog.name.setText("Eva")
    QTest.keyClicks(dialog.who.pin, "4711")
    assert dialog.who.pin.displayText() != "4711"
    assert dialog.who.pin.echoMode() is QLineEdit.EchoMode.Password
    dialog.confirm()
    assert dialog.who.pin.text() == ""
    dialog.who.pin.undo()
    assert dialog.who.pin.text() == "", "nor can it be undone"
    assert "4711" not in repr(wanted)
    dialog.show_trouble(PinWrong().trouble)
    assert "PIN-WRONG" in dialog.note.text
    QTest.keyClicks(dialog.who.pin, "2580")
    dialog.reject()
    assert dialog.who.pin.text() == ""


def test_whoever_types_a_name_has_dropped_the_badge(open_sign_in: OpenSignIn) -> None:
    dialog, _ = open_sign_in(NAMED)
    dialog.hear("100200")
    dialog.show_trouble(PinMissing().trouble)
    QTest.keyClicks(dialog.name, "Eva")
    assert not dialog.who.has_badge
    assert dialog.who.strip.text == people_words.scan_badge()


def test_the_bench_is_chosen_by_hand_and_has_no_recipe(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(replace(NAMED, last=("bench", "")))
    assert chosen(dialog) == "WO-1001"
    QTest.keyClicks(dialog.quantity, "25")
    dialog.recipes.setCurrentRow(dialog.recipes.count() - 1)
    assert not dialog.quantity.isEnabled()
    dialog.hear("100200")
    assert wanted[0] == Wanted(wanted[0].who, None, None)


def test_who_may_not_work_is_told_of_the_bench(open_sign_in: OpenSignIn) -> None:
    dialog, _ = open_sign_in(NAMED)
    dialog.hear("100200")
    dialog.show_trouble(NotAllowed("work").trouble)
    assert dialog.note.text.endswith(people_words.bench_instead())
    dialog.recipes.setCurrentRow(dialog.recipes.count() - 1)
    dialog.hear("100200")
    dialog.show_trouble(NotAllowed("read").trouble)
    assert people_words.bench_instead() not in dialog.note.text


def test_an_order_knows_how_many_and_a_recipe_is_told(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(NAMED)
    assert not dialog.quantity.isEnabled()
    assert "500" in dialog.recipes.item(0).text()
    assert dialog.recipes.choose_recipe("Tracker")
    QTest.keyClicks(dialog.quantity, "25")
    dialog.hear("100200")
    assert (wanted[0].recipe, wanted[0].quantity, wanted[0].order) == (GOOD.path, 25, "")


def test_an_order_of_a_broken_recipe_cant_be_chosen(open_sign_in: OpenSignIn) -> None:
    orders = (OrderOffer("WO-9", "gateway.toml", 5), *ORDERS)
    dialog, _ = open_sign_in(replace(NAMED, orders=orders))
    assert "line 7" in dialog.recipes.item(0).text()
    assert chosen(dialog) == "WO-1001"
    dialog.hear_order("WO-9")
    assert chosen(dialog) == ""


@pytest.mark.parametrize(
    ("answer", "says"),
    [(Answer(), labels.no_recipes), (Answer(offers=(BROKEN,)), labels.no_good_recipe)],
)
def test_with_nothing_to_work_on_there_is_the_bench(
    open_sign_in: OpenSignIn, answer: Answer, says: Callable[[], str]
) -> None:
    dialog, wanted = open_sign_in(answer)
    assert dialog.note.text == says()
    assert not dialog.confirm_button.isEnabled()
    QTest.keyClicks(dialog.name, "Eva")
    QTest.keyClick(dialog.name, Key.Key_Return)
    assert (wanted, dialog.note.text) == ([], says())
    QTest.keyClick(dialog.name, Key.Key_Down)
    assert dialog.confirm_button.isEnabled()
    QTest.keyClick(dialog.name, Key.Key_Return)
    assert [(told.recipe, told.order) for told in wanted] == [(None, "")]


def test_what_cant_be_asked_is_asked_again(
    qtbot: QtBot, light: None, garbage: GarbageCollector
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    answers: list[Callable[[], Answer]] = [lambda: OPEN]

    def ask() -> Answer:
        if answers:
            answers.pop()
            raise RecordInUse
        return OPEN

    dialog = SignIn(over, ask)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    wanted: list[Wanted] = []
    dialog.wanted.connect(wanted.append)
    dialog.open()
    qtbot.waitUntil(lambda: "RECORD-IN-USE" in dialog.note.text)
    dialog.name.setText("Eva")
    dialog.confirm()
    qtbot.waitUntil(lambda: len(wanted) == 1)
    dialog.reject()


def test_enter_on_a_button_presses_that_button(open_sign_in: OpenSignIn) -> None:
    dialog, wanted = open_sign_in(OPEN)
    QTest.keyClicks(dialog.name, "Eva")
    dialog.cancel_button.setFocus()
    QTest.keyClick(dialog.cancel_button, Key.Key_Return)
    assert wanted == []
    assert not dialog.isVisible()


def test_a_letter_that_no_field_took_goes_into_the_name(open_sign_in: OpenSignIn) -> None:
    dialog, _ = open_sign_in(OPEN)
    dialog.confirm_button.setFocus()
    QTest.keyClicks(dialog, "E")
    QTest.keyClicks(dialog.name, "va")
    assert dialog.name.text() == "Eva"
    assert dialog.focusWidget() is dialog.name


def test_a_language_that_is_chosen_goes_with_the_sign_in(open_sign_in: OpenSignIn) -> None:
    before = languages.in_use().code
    dialog, wanted = open_sign_in(NAMED)
    try:
        dialog._speak("de")
        assert languages.in_use().code == "de"
        assert chosen(dialog) == "WO-1001", "what was chosen stays chosen"
        dialog.hear("100200")
    finally:
        languages.use(before)
    assert wanted[0].language == "de"


@pytest.mark.parametrize("answer", [OPEN, NAMED, Answer()])
def test_every_control_has_a_name_and_room_for_a_finger(
    open_sign_in: OpenSignIn, answer: Answer
) -> None:
    dialog, _ = open_sign_in(answer)
    dialog.show_pad(there=bool(answer.people))
    kinds = (QAbstractButton, QLineEdit, QListWidget)
    controls = [each for each in dialog.findChildren(QWidget) if isinstance(each, kinds)]
    seen = [each for each in controls if each.isVisible()]
    assert len(seen) >= 8
    for control in seen:
        assert control.accessibleName(), control
        assert min(control.width(), control.height()) >= theme.TOUCH, control
    assert all(
        label.text() and label.width() <= dialog.width()
        for label in dialog.findChildren(QLabel)
        if label.isVisible()
    )


@pytest.mark.parametrize("answer", [OPEN, NAMED])
def test_it_stands_within_the_smallest_window(open_sign_in: OpenSignIn, answer: Answer) -> None:
    long = "Maximilian-Alexander von Hohenstein-Wiedenbrück zu Oberammergau " * 3
    troubled = replace(BROKEN, trouble=RecipeWrong(long).trouble)
    offers = (replace(GOOD, name=long), troubled, *answer.offers)
    dialog, _ = open_sign_in(replace(answer, offers=offers, operators=(long,)))
    dialog.show_trouble(RecipeWrong(long).trouble)
    dialog.recipes.choose_recipe(long)
    for there in (True, False):
        dialog.show_pad(there=there)
        dialog.adjustSize()
        assert dialog.width() <= 800
        assert dialog.height() <= 560


def test_a_desk_is_asked_for_all_of_it(tmp_path: Path) -> None:
    told = desk(FakeEngine())
    told = replace(told, people=lambda: PEOPLE, orders=lambda: ORDERS, record=tmp_path / "r.db")
    answer = answer_of(told)
    assert answer == Answer(told.operators(), told.offers(), PEOPLE, ORDERS)


async def test_what_came_last_is_the_last_that_was_no_bench(record: Record) -> None:
    await record.begin_shift("Eva", "WO-1001", "Tracker", "d" * 64, 5)
    await record.begin_shift("Eva", "bench", "", "", None)
    told = replace(desk(FakeEngine()), record=record.path)
    assert answer_of(told).last == ("WO-1001", "Tracker")
