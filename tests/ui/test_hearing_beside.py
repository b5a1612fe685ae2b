"""A scanned code on the pages beside the line: their dialogs are answered, the line is let be."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.model import LabelCame, Role, ShiftEnded
from station.scans import Act, Command
from tests.ui import rework_fakes as bench
from tests.ui import stories
from tests.ui.conftest import OpenDesk
from tests.ui.fakes import FakeEngine
from ui import scan_words
from ui.ask import Ask
from ui.rework_dialogs import WriteNote
from ui.rework_page import ReworkPage
from ui.second_person import SecondPerson
from ui.sign_in import SignIn
from ui.teach import Teach
from ui.window import Window

ANNA = ("Anna", Path("tracker.toml"), None)
TROUBLED = (*stories.line(2), *stories.ended("2", 2, *stories.ENDS[1]))


def at_bench(qtbot: QtBot, open_desk: OpenDesk) -> tuple[FakeEngine, Window, ReworkPage]:
    """Open a unit on the Rework page, while a unit of the line waits to be retried."""
    fake = FakeEngine()
    window = open_desk(fake)
    qtbot.waitUntil(lambda: window.dialogs.filled is not None)
    window.take([*TROUBLED, *bench.line(2, Role.TECHNICIAN), *bench.seated_in("1")])
    window.dialogs.filled.reject()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: isinstance(window.pages.beside_line, ReworkPage))
    page = window.pages.beside_line
    assert isinstance(page, ReworkPage)
    page.bench.change(lambda now: now.opening(bench.NEW.unit).opened(bench.NEW))
    fake.orders.clear()
    return fake, window, page


def scan(window: Window, what: str | Act, slot: int | None = None) -> None:
    text = Command(what, slot).text if isinstance(what, Act) else what
    window.scanner.scanned.emit(text)


def test_a_question_of_the_bench_is_answered_by_scanner(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window, page = at_bench(qtbot, open_desk)
    answers: list[bool] = []
    for act in (Act.NO, Act.YES):
        ask = Ask(window, ("?", ""), yes="y", no="n")
        ask.finished.connect(lambda result: answers.append(bool(result)))
        page.talk._question(ask)
        scan(window, "350457990000003")
        assert page.talk.ask is ask, "no unit is looked for under a question"
        assert page.page.life is bench.NEW
        scan(window, act)
        assert page.talk.ask is None
    assert answers == [False, True]


def test_a_form_of_the_bench_is_confirmed_once_and_let_go_by_scanner(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window, page = at_bench(qtbot, open_desk)
    page.talk.note()
    form = page.talk.form
    assert isinstance(form, WriteNote)
    scan(window, "WO-1001")
    scan(window, "BADGE 1044")
    assert window.dialogs.filled is None, "nobody is signed in under a form"
    assert form.text.toPlainText() == "WO-1001"
    scan(window, Act.YES)
    scan(window, Act.YES)
    qtbot.waitUntil(lambda: len(fake.orders) > 0)
    assert fake.orders == [("note", bench.NEW.unit, "WO-1001")]
    scan(window, Act.NO)
    assert page.talk.form is None


def test_commands_on_the_bench_do_nothing_to_the_line_that_nobody_sees(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window, page = at_bench(qtbot, open_desk)
    scan(window, Act.RETRY)
    scan(window, Act.NEXT_ORDER)
    assert scan_words.not_now("Next work order") in page.note.text
    scan(window, Act.SLOT, 2)
    assert window.page.selected is None
    scan(window, Act.SIGN_OUT)
    qtbot.waitUntil(lambda: fake.orders == [("sign out",)])


def test_what_asks_for_a_badge_on_the_bench_never_shows_it(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window, page = at_bench(qtbot, open_desk)
    page.talk.scrap()
    scan(window, "4711-without-a-pattern")
    assert window.page.screen_shown.scanned == scan_words.badge()


def test_whoever_signs_out_leaves_no_dialog_to_whoever_comes_next(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window, page = at_bench(qtbot, open_desk)
    page.talk.note()
    page.talk.scrap()
    assert None not in (page.talk.form, page.talk.second)
    window.take([ShiftEnded()])
    qtbot.waitUntil(lambda: window.pages.beside_line is None)
    assert (page.talk.form, page.talk.second) == (None, None)
    qtbot.waitUntil(lambda: window.findChildren(SecondPerson) == [])


def test_a_label_of_another_slot_closes_no_dialog_that_waits_for_a_second_person(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window, page = at_bench(qtbot, open_desk)
    page.talk.scrap()
    second = page.talk.second
    window.take([LabelCame("2", "350457990000002", "job-1", again=False)])
    qtbot.waitUntil(lambda: page.page.screen.label is not None)
    assert page.talk.second is second is not None


def is_shown(window: Window, label: LabelCame) -> bool:
    return window.page.screen_shown.label is label


def test_on_the_line_only_the_label_that_was_asked_for_closes_the_dialog(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    window = open_desk(FakeEngine(TROUBLED), signed_in=ANNA)
    qtbot.waitUntil(lambda: len(window.page.grid.cards) == 2)
    window.take([LabelCame("2", "x", "job-1", again=False)])
    qtbot.waitUntil(lambda: window.page.screen_shown.label is not None)
    window.line.print_again()
    assert isinstance(window.dialogs.filled, SecondPerson)
    for other in (LabelCame("1", "y", "job-2", again=True), LabelCame("2", "x", "j", again=False)):
        window.take([other])
        qtbot.waitUntil(partial(is_shown, window, other))
        assert isinstance(window.dialogs.filled, SecondPerson)
    window.take([LabelCame("2", "x", "job-3", again=True)])
    qtbot.waitUntil(lambda: window.dialogs.filled is None)


def test_whoever_signs_out_leaves_no_dialog_on_the_line_but_the_sign_in(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    window = open_desk(FakeEngine(TROUBLED), signed_in=ANNA)
    qtbot.waitUntil(lambda: len(window.page.grid.cards) == 2)
    window.dialogs.open_teach(window.page.screen_shown)
    window.take([ShiftEnded()])
    qtbot.waitUntil(lambda: window.dialogs.filled is None)
    qtbot.waitUntil(lambda: window.findChildren(Teach) == [])
    window.line.open_sign_in()
    window.take([ShiftEnded()])
    assert isinstance(window.dialogs.filled, SignIn)


def test_help_over_a_page_takes_esc_and_gives_the_focus_back(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window, page = at_bench(qtbot, open_desk)
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_F1)
    assert not window.help.isHidden()
    assert window.focusWidget() is window.help
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.help.isHidden()
    assert page.page.life is bench.NEW, "the unit below stays open"
    assert window.focusWidget() is page.field


def test_no_other_run_is_stopped_than_the_one_that_was_asked_about(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake = FakeEngine((*stories.line(2), *stories.begun("1", 1), *stories.begun("2", 2)))
    window = open_desk(fake, signed_in=ANNA)
    qtbot.waitUntil(lambda: len(window.page.screen_shown.running()) == 2)
    fake.orders.clear()
    scan(window, Act.STOP)
    qtbot.waitUntil(lambda: window.dialogs.question is not None)
    window.take([*stories.ended("1", 1, *stories.ENDS[0]), *stories.begun("1", 3)])
    scan(window, Act.YES)
    qtbot.waitUntil(lambda: fake.orders == [("abort", "2")])


def test_on_the_bench_too(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window, page = at_bench(qtbot, open_desk)
    steps = ("identify", "work")
    window.take([*bench.began("1", 7, steps)])
    qtbot.waitUntil(lambda: page.page.is_running)
    scan(window, Act.STOP)
    window.take([*bench.began("1", 8, steps)])
    qtbot.waitUntil(lambda: page.page.screen.card("1").run == 8)
    scan(window, Act.YES)
    page.talk.note()
    scan(window, "after")
    scan(window, Act.YES)
    qtbot.waitUntil(lambda: fake.orders == [("note", bench.NEW.unit, "after")])
    scan(window, Act.NO)
    scan(window, Act.STOP)
    scan(window, Act.YES)
    qtbot.waitUntil(lambda: fake.orders[1:] == [("abort", "1")])


def test_who_closes_a_dialog_has_the_keyboard_in_the_window_again(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window, page = at_bench(qtbot, open_desk)
    page.talk.note()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page.talk.form)
    scan(window, Act.NO)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
