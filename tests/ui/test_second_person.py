"""A second person: a reason, and a badge or a name and PIN; and somebody who only shows who they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from station.faults import PinMissing, SamePerson
from station.model import Approval, Credentials, Override, Person, Role
from ui import labels, languages, people_words, theme
from ui.garbage import GarbageCollector
from ui.pin_pad import DONE
from ui.second_person import SecondPerson
from ui.who import Who
from ui.who_dialog import WhoDialog

Key = Qt.Key
PEOPLE = (Person("Anna Kowalska", Role.OPERATOR), Person("Eva", Role.ENGINEER))
OpenDialog = Callable[[Callable[[QWidget], WhoDialog]], WhoDialog]


@pytest.fixture
def opened(qtbot: QtBot, light: None, garbage: GarbageCollector) -> OpenDialog:
    """Open a dialog over a plain widget."""
    over = QWidget()
    qtbot.addWidget(over)
    over.show()

    def open_one(make: Callable[[QWidget], WhoDialog]) -> WhoDialog:
        dialog = make(over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitExposed(dialog)
        return dialog

    return open_one


def second(
    opened: OpenDialog, qtbot: QtBot, what: Override, people: tuple[Person, ...] = PEOPLE
) -> tuple[SecondPerson, list[Approval]]:
    dialog = opened(lambda over: SecondPerson(over, what, lambda: people))
    assert isinstance(dialog, SecondPerson)
    qtbot.waitUntil(lambda: dialog.who.name.completer() is not None)
    approvals: list[Approval] = []
    dialog.approved.connect(approvals.append)
    return dialog, approvals


def told(approval: Approval) -> tuple[str, str, str, str]:
    return (approval.reason, *shown(approval.second))


def shown(who: Credentials) -> tuple[str, str, str]:
    return (
        who.name,
        who.pin.get_secret_value() if who.pin else "",
        who.badge.get_secret_value() if who.badge else "",
    )


def leave(over: QWidget) -> Who:
    return Who(over, lambda: ("Leave?", "An engineer may."), lambda: "Leave", lambda: PEOPLE)


def test_by_keyboard_alone(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, approvals = second(opened, qtbot, Override.SKIP)
    assert dialog.focusWidget() is dialog.why.field
    QTest.keyClick(dialog.why.field, Key.Key_Down)
    QTest.keyClick(dialog.why.field, Key.Key_Down)
    QTest.keyClick(dialog.why.field, Key.Key_Return)
    assert dialog.focusWidget() is dialog.who.name
    QTest.keyClicks(dialog.who.name, "Eva")
    QTest.keyClick(dialog.who.name, Key.Key_Return)
    QTest.keyClicks(dialog.who.pin, "4711")
    QTest.keyClick(dialog.who.pin, Key.Key_Return)
    reason = people_words.REASONS[Override.SKIP][1]
    assert [told(each) for each in approvals] == [(reason, "Eva", "4711", "")]
    assert "4711" not in repr(approvals)


def test_a_label_is_printed_again_by_scanner_alone(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, approvals = second(opened, qtbot, Override.REPRINT)
    dialog.hear("B-300400")
    reason = people_words.REASONS[Override.REPRINT][0]
    assert [told(each) for each in approvals] == [(reason, "", "", "B-300400")]


def test_a_badge_waits_for_its_reason(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, approvals = second(opened, qtbot, Override.SCRAP)
    dialog.hear("B-300400")
    assert approvals == []
    assert dialog.note.text == people_words.now_the_reason()
    assert dialog.who.strip.text == people_words.badge_read()
    QTest.keyClicks(dialog.why.field, "  run over by a truck ")
    QTest.keyClick(dialog.why.field, Key.Key_Return)
    assert [told(each) for each in approvals] == [("run over by a truck", "", "", "B-300400")]


def test_what_is_missing_is_said_in_its_place(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, approvals = second(opened, qtbot, Override.AGAIN)
    dialog.confirm()
    assert dialog.note.text == labels.name_missing()
    dialog.who.name.setText("Eva")
    dialog.confirm()
    assert dialog.note.text == people_words.pin_missing()
    dialog.who.pin.setText("4711")
    dialog.confirm()
    assert dialog.note.text == people_words.reason_missing()
    assert dialog.focusWidget() is dialog.why.field
    assert approvals == []


def test_what_is_typed_counts_before_what_is_chosen(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, _ = second(opened, qtbot, Override.BEYOND)
    assert dialog.why.reason == ""
    dialog.why.step(1)
    assert dialog.why.reason == people_words.REASONS[Override.BEYOND][0]
    dialog.why.field.setText("the customer insists")
    assert dialog.why.reason == "the customer insists"


def test_a_refusal_is_said_and_another_person_is_asked(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, approvals = second(opened, qtbot, Override.REPRINT)
    dialog.hear("B-100200")
    assert not dialog.confirm_button.isEnabled()
    dialog.show_trouble(SamePerson("reprint").trouble)
    assert "SAME-PERSON: reprint" in dialog.note.text
    assert not dialog.who.has_badge
    dialog.hear("B-300400")
    assert [told(each)[3] for each in approvals] == ["B-100200", "B-300400"]


def test_a_badge_with_a_pin_is_sent_by_finger(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, approvals = second(opened, qtbot, Override.REPRINT)
    dialog.hear("B-300400")
    dialog.show_trouble(PinMissing().trouble)
    assert dialog.shows_pad
    for key in ("2", "5", "8", "0", DONE):
        QTest.mouseClick(dialog.pad.keys[key], Qt.MouseButton.LeftButton)
    assert told(approvals[-1])[2:] == ("2580", "B-300400")
    dialog.say_again("not now")
    assert dialog.note.text == "not now"
    assert not dialog.who.has_badge


def test_while_nobody_was_named_another_name_is_enough(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog, approvals = second(opened, qtbot, Override.REPRINT, ())
    assert dialog.who.pin.isHidden()
    QTest.keyClicks(dialog.who.name, "Bob")
    dialog.confirm()
    assert [shown(each.second) for each in approvals] == [("Bob", "", "")]


def test_without_a_list_of_people_the_core_asks_for_the_pin(opened: OpenDialog) -> None:
    dialog = opened(lambda over: SecondPerson(over, Override.REPRINT))
    assert isinstance(dialog, SecondPerson)
    approvals: list[Approval] = []
    dialog.approved.connect(approvals.append)
    dialog.who.name.setText("Bob")
    dialog.confirm()
    assert [shown(each.second) for each in approvals] == [("Bob", "", "")]


def test_a_reason_is_shown_in_another_language_and_kept_in_english(
    opened: OpenDialog, qtbot: QtBot
) -> None:
    dialog, approvals = second(opened, qtbot, Override.REPRINT)
    before = languages.in_use().code
    try:
        languages.use("de")
        dialog.hear("B-300400")
    finally:
        languages.use(before)
    assert told(approvals[0])[0] == people_words.REASONS[Override.REPRINT][0]


@pytest.mark.parametrize("what", Override)
def test_every_override_has_its_question_and_reasons(what: Override) -> None:
    title, means = people_words.second_question(what)
    assert title.endswith("?")
    assert means.endswith(".")
    assert len(people_words.REASONS[what]) >= 2


def test_who_shows_who_they_are(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened(leave)
    assert isinstance(dialog, Who)
    seen: list[Credentials] = []
    dialog.shown.connect(seen.append)
    dialog.hear("B-100200")
    dialog.show_trouble(PinMissing().trouble)
    assert dialog.back.isHidden(), "there is nothing to go back to"
    dialog.reject()
    assert not dialog.who.has_badge
    assert [shown(each) for each in seen] == [("", "", "B-100200")]


@pytest.mark.parametrize(
    "make", [leave, *(lambda over, what=what: SecondPerson(over, what) for what in Override)]
)
def test_every_control_has_a_name_and_room_for_a_finger(
    opened: OpenDialog, make: Callable[[QWidget], WhoDialog]
) -> None:
    dialog = opened(make)
    for there in (True, False):
        dialog.show_pad(there=there)
        kinds = (QAbstractButton, QLineEdit, QListWidget)
        controls = [each for each in dialog.findChildren(QWidget) if isinstance(each, kinds)]
        seen = [each for each in controls if each.isVisible()]
        assert len(seen) >= 4
        for control in seen:
            assert control.accessibleName(), control
            assert min(control.width(), control.height()) >= theme.TOUCH, control
        dialog.adjustSize()
        assert dialog.width() <= 800
        assert dialog.height() <= 560
