"""What the window does around the line: questions, labels, orders, teaching, kiosk, pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from station.faults import LineBusy, NotAllowed, SamePerson
from station.model import (
    Answered,
    Asked,
    Asking,
    Event,
    LabelCame,
    Override,
    Question,
    Refused,
    Right,
    Role,
    RunEnded,
    ShiftBegan,
    Trouble,
)
from station.scans import Act, Command
from tests.ui import stories
from tests.ui.conftest import OpenDesk
from tests.ui.fakes import FakeEngine
from ui import ask_words, desk_words, people_words, words
from ui.rework_page import ReworkPage
from ui.second_person import SecondPerson
from ui.sign_in import SignIn
from ui.teach import Teach
from ui.who import Who
from ui.window import Window

Key = Qt.Key
ANNA = ("Anna", Path("tracker.toml"), None)
D = TypeVar("D", bound=QDialog)

MATCH = Question(Asking.MATCH, "350457990000001")
THERE = Question(Asking.LABEL_THERE, "350457990000003", by_word=True)
ASKING = (
    *stories.line(3),
    *stories.begun("3", 2),
    *stories.begun("1", 1),
    Asked("3", 2, THERE),
    Asked("1", 1, MATCH),
)


def at_work(
    qtbot: QtBot, open_desk: OpenDesk, *events: Event, **settings: bool
) -> tuple[FakeEngine, Window]:
    fake = FakeEngine(events)
    window = open_desk(fake, signed_in=ANNA, **settings)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    qtbot.waitUntil(lambda: bool(fake.orders))
    fake.orders.clear()
    return fake, window


def scan(window: Window, what: str | Command) -> None:
    window.scanner.scanned.emit(what if isinstance(what, str) else what.text)


def shown(qtbot: QtBot, window: Window, kind: type[D]) -> D:
    def visible() -> list[D]:
        return [each for each in window.findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def gone(qtbot: QtBot, window: Window, kind: type[QDialog]) -> None:
    qtbot.waitUntil(lambda: not [e for e in window.findChildren(kind) if e.isVisible()])


def test_a_scanned_label_answers_the_slot_that_asked_first(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window = at_work(qtbot, open_desk, *ASKING)
    qtbot.waitUntil(lambda: "slot 3" in window.page.bottom.says.lower())
    scan(window, "350457990000003")
    qtbot.waitUntil(lambda: fake.orders == [("answer", "3", "350457990000003")])
    window.take([Answered("3", 2)])
    qtbot.waitUntil(lambda: "slot 1" in window.page.bottom.says.lower())
    scan(window, "x1")  # nobody says here what a label is: the run does
    qtbot.waitUntil(lambda: fake.orders[-1] == ("answer", "1", "x1"))


def test_the_others_wait_until_the_first_is_answered(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *ASKING)
    qtbot.waitUntil(lambda: len(window.page.grid.cards) == 3)
    faces = {card.face.card.slot: card.face for card in window.page.grid.cards}
    assert (faces["3"].card.question, faces["1"].card.question) == (THERE, None)
    assert faces["1"].do == ask_words.another_first(words.slot("3"))


@pytest.mark.parametrize(
    ("key", "act", "yes"), [(Key.Key_N, Act.NO, False), (Key.Key_Y, Act.YES, True)]
)
def test_a_word_answers_by_key_and_by_scanner(
    qtbot: QtBot, open_desk: OpenDesk, key: Qt.Key, act: Act, yes: bool
) -> None:
    fake, window = at_work(qtbot, open_desk, *ASKING)
    QTest.keyClick(window, key)
    qtbot.waitUntil(lambda: fake.orders == [("answer", "3", yes)])
    window.take([Answered("3", 2), Asked("3", 2, replace(THERE, mistakes=1))])
    scan(window, Command(act))
    qtbot.waitUntil(lambda: fake.orders == [("answer", "3", yes)])
    window.take([Answered("1", 1)])
    scan(window, Command(act))
    qtbot.waitUntil(lambda: fake.orders == [("answer", "3", yes)] * 2)


def test_a_match_is_not_answered_by_a_word(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(
        qtbot, open_desk, *stories.line(1), *stories.begun("1", 1), Asked("1", 1, MATCH)
    )
    QTest.keyClick(window, Key.Key_Y)
    qtbot.wait(1)
    assert fake.orders == []


def test_orders_are_scanned_and_the_next_is_asked_for(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *stories.line(1))
    scan(window, "WO-1001")
    scan(window, Command(Act.NEXT_ORDER))
    qtbot.waitUntil(lambda: fake.orders == [("order", "WO-1001"), ("order", "")])


def test_a_badge_on_the_line_takes_the_shift_over(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *stories.line(1))
    scan(window, "BADGE 77")
    qtbot.waitUntil(lambda: bool(fake.orders))
    assert fake.orders[0][:2] == ("sign in", "77")
    gone(qtbot, window, SignIn)


def test_an_order_before_the_badge_is_chosen_in_the_sign_in(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    window = open_desk(FakeEngine(stories.line(1, signed_in=False)))
    shown(qtbot, window, SignIn).reject()
    gone(qtbot, window, SignIn)
    scan(window, "WO-1001")
    dialog = shown(qtbot, window, SignIn)
    qtbot.waitUntil(lambda: dialog.note.text == people_words.order_missing("WO-1001"))


def test_f9_takes_a_second_person_and_closes_when_the_label_came(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window = at_work(
        qtbot, open_desk, *stories.line(2), *stories.ended("2", 7, *stories.ENDS[0])
    )
    scan(window, Command(Act.SLOT, 2))
    scan(window, Command(Act.PRINT_AGAIN))
    second = shown(qtbot, window, SecondPerson)
    scan(window, "BADGE 9")
    qtbot.waitUntil(lambda: bool(fake.orders))
    assert fake.orders[0][:3] == ("print again", "2", None)
    window.take([Refused(SamePerson().trouble)])
    qtbot.waitUntil(second.confirm_button.isEnabled)
    window.take([LabelCame("2", "350457990000007", "000007-1", again=True)])
    gone(qtbot, window, SecondPerson)


def test_f9_without_a_printer_says_so(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *stories.line(2), labels=False)
    QTest.keyClick(window, Key.Key_F9)
    assert window.page.bottom.says == desk_words.no_printer()


def test_f9_without_a_unit_says_what_to_do(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *stories.line(2))
    QTest.keyClick(window, Key.Key_F9)
    assert window.page.bottom.says == desk_words.nothing_to_print()


def test_f8_skips_a_check_that_may_be_skipped_and_no_other(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    outcome, trouble = stories.ENDS[1]
    assert isinstance(trouble, Trouble)
    fake, window = at_work(
        qtbot, open_desk, *stories.line(1), *stories.ended("1", 1, outcome, trouble)
    )
    QTest.keyClick(window, Key.Key_F8)
    assert window.page.bottom.says == desk_words.nothing_to_skip()
    may = replace(trouble, skippable=True)
    window.take([*stories.ended("1", 2, outcome, may)])
    qtbot.waitUntil(lambda: window.page.screen_shown.card("1").run == 2)
    QTest.keyClick(window, Key.Key_F8)
    second = shown(qtbot, window, SecondPerson)
    second.why.field.setText("the customer waits")
    scan(window, "BADGE 9")
    qtbot.waitUntil(lambda: fake.orders == [("retry", "1", Override.SKIP)])
    window.take([*stories.begun("1", 3)])
    gone(qtbot, window, SecondPerson)


def test_slots_are_taught_by_an_engineer(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *stories.line(1))
    QTest.keyClick(window, Key.Key_F7)
    teach = shown(qtbot, window, Teach)
    teach.rows.setValue(2)
    teach.columns.setValue(3)
    QTest.keyClick(teach, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(fake.orders))
    assert fake.orders == [("teach", ("1", "2", "3", "4", "5", "6"), 3)]
    gone(qtbot, window, Teach)
    qtbot.waitUntil(lambda: window.page.bottom.says == words.teach("1"))
    QTest.keyClick(window, Key.Key_Escape)
    qtbot.waitUntil(lambda: fake.orders[-1] == ("end teaching",))


def test_a_line_at_work_is_not_taught_and_the_dialog_says_why(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window = at_work(qtbot, open_desk, *stories.line(1))
    fake.reply = Refused(LineBusy().trouble)
    QTest.keyClick(window, Key.Key_F7)
    teach = shown(qtbot, window, Teach)
    teach.confirm()
    qtbot.waitUntil(lambda: LineBusy.code in teach.note.text)
    assert teach.isVisible()


def test_an_operator_can_not_teach(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(1, signed_in=False))
    window = open_desk(fake, signed_in=ANNA)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    window.take([ShiftBegan("Otto", "Tracker", "", None, Role.OPERATOR)])
    qtbot.waitUntil(lambda: window.page.screen_shown.shift.operator == "Otto")  # type: ignore[union-attr]
    QTest.keyClick(window, Key.Key_F7)
    QTest.keyClick(window, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.findChildren(Teach) == []
    assert window.findChildren(ReworkPage) == []
    assert window.page.bottom.says == desk_words.not_for_you()


def test_a_kiosk_is_left_by_an_engineer_alone(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *stories.line(1), kiosk=True)
    fake.reply = Refused(NotAllowed().trouble)
    window.close()
    who = shown(qtbot, window, Who)
    scan(window, "BADGE 5")
    qtbot.waitUntil(lambda: fake.orders == [("grant", Right.SET_UP, "")] or bool(fake.orders))
    qtbot.waitUntil(who.confirm_button.isEnabled)
    assert window.isVisible()
    fake.reply = None
    who.hear("6")
    gone(qtbot, window, Who)
    with qtbot.waitSignal(window.closed):
        window.close()


def test_a_key_shows_the_bench_and_another_the_line_again(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window = at_work(qtbot, open_desk, *stories.line(1))
    QTest.keyClick(window, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(window.pages.beside_line, ReworkPage))
    QTest.keyClick(window, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.pages.beside_line is None)


def test_who_signs_in_to_the_bench_sees_it_at_once(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(1, signed_in=False))
    window = open_desk(fake, signed_in=ANNA)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    window.take([ShiftBegan("Tess", "", "", None, Role.TECHNICIAN)])
    qtbot.waitUntil(lambda: isinstance(window.pages.beside_line, ReworkPage))
    window.take([*stories.line(1), RunEnded("1", 1, stories.ENDS[0][0], "", None, 0.0)])
    qtbot.waitUntil(lambda: window.pages.beside_line is None)
