"""The Rework page by keyboard and scanner: from "what is this?" to "shipped again"."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from station.desk import Commands
from station.faults import (
    CloudUnreachable,
    PinWrong,
    ReworkLimit,
    SecondNeeded,
    SlotBusy,
)
from station.model import Amended, Asked, Asking, Event, Halted, Outcome, Question, Role, RunEnded
from station.model.life import Life
from tests.ui import lives, stories
from tests.ui import rework_fakes as bench
from ui import case_words, languages, rework_words, theme
from ui.bridge import Order
from ui.garbage import GarbageCollector
from ui.rework_dialogs import Adopt, OpenCase, ShipAgain, WriteNote
from ui.rework_page import ReworkPage
from ui.rework_states import Bar, State
from ui.screen import Screen

Key = Qt.Key


class Stage:
    """A page on a bench, whose orders are carried out a moment later, as an engine would."""

    def __init__(self, qtbot: QtBot, *known: Life, role: Role = Role.TECHNICIAN) -> None:
        self.qtbot = qtbot
        self.archive = bench.MemoryArchive(*known)
        self.engine = bench.BenchEngine(self.archive)
        self.page = ReworkPage(bench.desk(self.engine), archive=self.archive)
        self.screen = Screen()
        self.page.ordered.connect(self._order)
        self.page.resize(1280, 720)
        self.page.show()
        qtbot.addWidget(self.page)
        self.tell(*bench.line(role=role))
        qtbot.waitUntil(lambda: self.page.page.actions is not None)

    def tell(self, *events: Event) -> None:
        self.screen = stories.told(events, self.screen)
        self.page.show_screen(self.screen)

    def press(self, *keys: Key | str) -> None:
        """Press keys where the focus is, or type a text."""
        for key in keys:
            at = self.focus()
            if isinstance(key, str):
                QTest.keyClicks(at, key)
            else:
                QTest.keyClick(at, key)

    def focus(self) -> QWidget:
        """Return who has the focus: the window on top, as offscreen windows are never active."""
        second, form, ask = self.page.talk.second, self.page.talk.form, self.page.talk.ask
        top = ask or second or form or self.page
        inner: QWidget | None = top.focusWidget()
        return top if inner is None else inner

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true)

    def scan(self, text: str) -> None:
        self.page.hear(text)

    def opens(self, life: Life) -> None:
        self.until(
            lambda: self.page.page.life is not None and self.page.page.life.unit == life.unit
        )

    def title(self) -> str:
        focus = self.focus()
        return focus.accessibleName()

    def said(self) -> list[object]:
        return [order[0] for order in self.engine.orders]

    def _order(self, order: Order) -> None:
        QTimer.singleShot(0, self.page, lambda: self._carry_out(order))

    def _carry_out(self, order: Order) -> None:
        commands: Commands = self.engine
        asyncio.run(order(commands))
        told, self.engine.told = self.engine.told, []
        self.tell(*told)


@pytest.fixture
def stage(qtbot: QtBot, light: None, garbage: GarbageCollector) -> Callable[..., Stage]:
    return lambda *known, role=Role.TECHNICIAN: Stage(qtbot, *known, role=role)


MakeStage = Callable[..., Stage]


def test_the_whole_way_of_a_unit_that_came_back_by_scanner_and_keyboard(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.tell(bench.seated("2"))
    at.scan(bench.NEW.ids[1][1])
    at.opens(bench.NEW)
    assert at.title() == case_words.open_case(), "the one thing that comes next has the focus"
    at.press(Key.Key_Return)
    assert isinstance(at.page.talk.form, OpenCase)
    at.press("r2", Key.Key_Return, "f10", Key.Key_Return)
    at.until(lambda: at.page.page.case is not None)
    assert at.page.talk.form is None
    case = at.page.page.case
    assert case is not None
    assert (case.reason, case.fault) == ("R2", "F10")

    _choose(at, "Erase credentials and network")
    at.press(Key.Key_Return)
    assert at.page.talk.ask is not None, "what can't be put back is asked for twice"
    at.press(Key.Key_Left, Key.Key_Return)
    at.until(lambda: at.page.page.is_ended)
    for title in ("Flash again", "Provision again"):
        _choose(at, title)
        at.press(Key.Key_Return)
        at.until(lambda t=title: _is_done(at, t))

    at.press(Key.Key_F4)
    assert isinstance(at.page.talk.form, ShipAgain)
    at.press("a1", Key.Key_Return, "a2", Key.Key_Return, "a3", Key.Key_Return, Key.Key_Return)
    at.until(lambda: at.page.page.case is None)
    closed = at.archive.lives[bench.NEW.unit].cases[-1]
    assert closed.actions == ("A1", "A2", "A3")
    assert at.said() == ["open case", "rework", "rework", "rework", "close case"]
    keys = [order[1].key for order in at.engine.orders if order[0] == "rework"]
    assert keys == ["erase", "reflash", ""]


def _choose(at: Stage, title: str) -> None:
    """Go down the list with the arrow key until an action has the focus."""
    at.page.side.doable.focus_first()
    for _ in range(12):
        if at.title() == title:
            return
        at.press(Key.Key_Down)
    pytest.fail(f"no arrow leads to {title}")


def _is_done(at: Stage, title: str) -> bool:
    order = at.page.page.ordered
    meant = next(action.key for action in bench.ACTIONS if action.title == title)
    return order is not None and order.key == meant and at.page.page.is_ended


def test_what_is_typed_is_found_while_one_types(stage: MakeStage) -> None:
    at = stage(bench.NEW, replace(lives.LONG, unit=8, serial="SN-77", ids=()))
    at.press("3550")
    at.until(lambda: bool(at.page.field.hits))
    assert not at.page.field.list.isHidden()
    at.press(Key.Key_Down, Key.Key_Return)
    at.opens(bench.NEW)
    assert at.page.field.list.isHidden()
    assert at.page.field.text() == ""


def test_a_number_is_typed_wherever_the_focus_is(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    assert at.title() == case_words.open_case()
    at.press("4")
    assert at.page.field.text() == "4"
    assert at.focus() is at.page.field
    at.press("2", Key.Key_Escape)
    assert at.page.field.text() == ""
    assert at.page.page.state is State.OPEN, "what was typed goes first"


def test_a_scan_finds_by_any_number_and_what_several_fit_is_chosen(stage: MakeStage) -> None:
    other = replace(bench.NEW, unit=8, serial="355025930000999")
    at = stage(bench.NEW, other)
    at.scan("35502593")
    at.until(lambda: at.page.page.state is State.SEVERAL)
    assert len(at.page.field.hits) == 2
    at.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    at.opens(other)


def test_a_badge_is_not_shown_to_whoever_stands_by(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan("BADGE-8C41F0")
    assert at.page.note.isVisible()
    assert "8C41F0" not in at.page.note.text
    assert at.archive.asked == []


def test_what_nobody_knows_is_taken_into_the_record(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan("SN-4711-UNHEARD")
    at.until(lambda: at.page.page.state is State.UNKNOWN)
    assert at.title() == case_words.adopt_button()
    at.press(Key.Key_Return)
    form = at.page.talk.form
    assert isinstance(form, Adopt)
    assert form.serial.text() == "SN-4711-UNHEARD"
    at.press("nrf", Key.Key_Return)
    assert form.focusWidget() is form.reason, "what is empty comes next"
    at.press(Key.Key_Return)
    assert form.note.text == case_words.adopt_missing()
    at.press("an old one without a record", Key.Key_Return)
    at.until(lambda: at.page.page.life is not None)
    life = at.page.page.life
    assert life is not None
    assert (life.unit, life.kind, life.serial) == (99, "nrf91", "SN-4711-UNHEARD")


def test_scrapping_takes_a_second_person_and_is_final(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    _button(at, rework_words.scrap()).click()
    second = at.page.talk.second
    assert second is not None
    at.engine.refuses.append(PinWrong().trouble)
    _approve(at)
    at.until(lambda: bool(at.engine.orders) and "PIN" in second.note.text)
    assert at.page.talk.second is second, "what was refused can be tried again"
    _approve(at)
    at.until(lambda: at.page.page.is_scrapped)
    assert at.page.talk.second is None
    assert _titles(at) == {rework_words.note_button()}
    at.press(Key.Key_F4)
    assert at.page.talk.form is None


def _approve(at: Stage) -> None:
    second = at.page.talk.second
    assert second is not None
    second.why.field.setText("water inside")
    second.who.name.setText("Jürgen Weiß")
    second.who.pin.setText("2468")
    second.confirm()


def _titles(at: Stage) -> set[str]:
    lists = (at.page.side.doable, at.page.side.own, at.page.side.grave)
    shown = (button for each in lists for button in each.buttons if button.isVisible())
    return {button.entry.title for button in shown}


def _button(at: Stage, title: str) -> QAbstractButton:
    lists = (at.page.side.doable, at.page.side.own, at.page.side.grave)
    found = [b for each in lists for b in each.buttons if b.entry.title == title]
    assert len(found) == 1
    return found[0]


def test_beyond_the_limit_an_engineer_approves_of_the_case(stage: MakeStage) -> None:
    at = stage(bench.THRICE)
    at.scan(bench.THRICE.serial)
    at.opens(bench.THRICE)
    at.press(Key.Key_F4, "r1", Key.Key_Return, Key.Key_Return)
    assert at.engine.orders == []
    _approve(at)
    at.until(lambda: at.page.page.case is not None)
    assert at.engine.orders == [("open case", 7, "R1", "", "water inside")]
    assert (at.page.talk.form, at.page.talk.second) == (None, None)


def test_a_limit_that_only_the_record_knew_of_asks_for_the_engineer_too(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    at.engine.refuses.append(ReworkLimit("3 times, of 3").trouble)
    at.press(Key.Key_F4, "r1", Key.Key_Return, Key.Key_Return)
    at.until(lambda: at.page.talk.second is not None)
    _approve(at)
    at.until(lambda: at.page.page.case is not None)
    assert len(at.engine.orders) == 2


def test_what_was_done_is_done_anew_with_a_second_person(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.tell(bench.seated("2"))
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    at.engine.refuses.append(SecondNeeded("provision again").trouble)
    _button(at, "Provision again").click()
    at.until(lambda: at.page.talk.second is not None)
    _approve(at)
    at.until(lambda: at.page.page.is_ended)
    orders = [order[1] for order in at.engine.orders]
    assert [order.again for order in orders] == [False, True]  # type: ignore[attr-defined]
    assert at.page.talk.second is None
    at.press(Key.Key_F5)
    assert at.page.talk.second is not None, "each time anew takes a second person"


def test_a_label_is_printed_again_with_a_second_person(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    at.press(Key.Key_F9)
    _approve(at)
    at.until(lambda: at.page.talk.second is None)
    assert at.engine.orders == [("print again", "", bench.ON_BENCH.unit, "water inside")]


def test_a_note_is_written_with_ctrl_and_enter(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    at.press(Key.Key_F10)
    form = at.page.talk.form
    assert isinstance(form, WriteNote)
    at.press("J3 was bent", Key.Key_Return, "straightened")
    QTest.keyClick(form.text, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at.until(lambda: at.page.talk.form is None)
    assert at.engine.orders == [("note", 7, "J3 was bent\nstraightened")]
    at.until(lambda: at.page.life.life is not None and bool(at.page.life.life.notes))


def test_what_is_missing_is_said_and_nothing_is_ordered(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    at.press(Key.Key_F4)
    form = at.page.talk.form
    assert isinstance(form, OpenCase)
    at.press("zzz", Key.Key_Return)
    assert form.note.text == case_words.no_code()
    form.confirm()
    assert form.note.text == case_words.reason_missing()
    assert at.engine.orders == []


def test_codes_are_scanned_into_the_forms(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    at.press(Key.Key_F4)
    at.scan("R3")
    at.scan("F20")
    at.press(Key.Key_Tab)
    form = at.page.talk.form
    assert isinstance(form, OpenCase)
    form.confirm()
    at.until(lambda: at.page.page.case is not None)
    at.press(Key.Key_F4)
    at.scan("A4")
    assert at.page.talk.form is not None
    at.page.talk.form.confirm()
    at.until(lambda: at.page.page.case is None)
    assert at.engine.orders == [("open case", 7, "R3", "F20"), ("close case", 7, ("A4",))]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OPERATOR])
def test_who_may_not_rework_is_offered_nothing(stage: MakeStage, role: Role) -> None:
    at = stage(bench.ON_BENCH, role=role)
    at.tell(bench.seated("2"))
    at.scan(bench.ON_BENCH.serial)
    if role is Role.OPERATOR:
        assert at.page.page.state is State.FORBIDDEN
        assert not at.page.field.isEnabled()
        assert at.archive.asked == []
        return
    at.opens(bench.ON_BENCH)
    assert _titles(at) == set()
    for key in (Key.Key_F4, Key.Key_F10, Key.Key_F9):
        at.press(key)
        assert (at.page.talk.form, at.page.talk.second) == (None, None)
    assert at.page.side.doable.empty_says == rework_words.barred(Bar.READ_ONLY)


def test_stopping_is_asked_for(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.tell(bench.seated("2"))
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    at.engine.stops_at_step = True
    _button(at, "Flash again").click()
    at.until(at.page.side.seat.stop_button.isVisible)
    assert at.page.side.seat.card.isVisible()
    assert _titles(at) <= {rework_words.note_button(), rework_words.reprint(), rework_words.scrap()}
    at.press(Key.Key_Escape)
    assert at.page.talk.ask is not None
    at.page.talk.ask.accept()
    at.until(lambda: at.page.page.is_ended)
    assert at.said() == ["rework", "abort"]
    at.press(Key.Key_Escape)
    assert not at.page.page.is_ended, "the verdict is put away"
    at.press(Key.Key_Escape)
    assert at.page.page.state is State.EMPTY, "the unit is put aside"


def test_what_comes_next_has_the_focus_as_soon_as_an_action_has_ended(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.tell(bench.seated("2"))
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    at.engine.stops_at_step = True
    _button(at, "Provision again").click()
    at.until(at.page.side.seat.card.isVisible)
    assert at.focus() is at.page.side.seat.card
    ended = RunEnded("2", 101, Outcome.PASS, bench.ON_BENCH.serial, None, 2.0)
    at.tell(ended)
    assert at.title() == "Flash again", "no event of the window system comes between"


def test_a_refusal_is_said_and_taken_away(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.tell(bench.seated("2"))
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    at.engine.refuses.append(SlotBusy().trouble)
    _button(at, "Flash again").click()
    at.until(lambda: "SLOT-BUSY" in at.page.note.text)
    assert not at.page.page.is_running
    at.press(Key.Key_Escape)
    assert not at.page.note.isVisible()


def test_an_engine_that_takes_no_order_leaves_the_form_as_it_was(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    at.page.ordered.disconnect()
    at.press(Key.Key_F4, "r1", Key.Key_Return, Key.Key_Return)
    form = at.page.talk.form
    assert isinstance(form, OpenCase)
    at.page.not_taken()
    assert not form.is_asked
    assert form.reason.value == "R1"


def test_a_board_that_is_read_opens_its_unit(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.tell(bench.seated("3"))
    (chip,) = at.page.chips.chips
    chip.click()
    at.opens(bench.NEW)
    order = at.engine.orders[0][1]
    assert (order.slot, order.key, order.unit) == ("3", bench.READ, None)  # type: ignore[attr-defined]


def test_a_chip_says_in_which_slot_the_unit_sits(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.tell(bench.seated("2"), bench.seated("4"))
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    assert not _button(at, "Flash again").isEnabled()
    at.page.chips.chips[1].click()
    assert _button(at, "Flash again").isEnabled()
    _button(at, "Flash again").click()
    at.until(lambda: bool(at.engine.orders))
    assert at.engine.orders[0][1].slot == "4"  # type: ignore[attr-defined]


def test_the_life_is_read_again_when_something_was_added_to_it(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    noted = replace(bench.NEW, notes=lives.FULL.notes)
    at.archive.lives[7] = noted
    at.tell(Amended(7, bench.NEW.serial, "noted"))
    at.until(lambda: at.page.life.life == noted)


def test_a_record_that_cannot_be_read_is_told(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.archive.broken = True
    at.scan(bench.NEW.serial)
    at.until(lambda: at.page.page.trouble is not None)
    assert "RECORD-BROKEN" in at.page.empty.does.text()


def test_a_record_that_breaks_later_is_told_over_what_was_read(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    at.archive.broken = True
    at.tell(Amended(7, bench.NEW.serial, "noted"))
    at.until(lambda: "RECORD-BROKEN" in at.page.note.text)
    assert at.page.page.state is State.OPEN


def test_a_halted_station_says_so_and_still_takes_notes(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.tell(bench.seated("2"), Halted(CloudUnreachable().trouble))
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    assert at.page.banner.isVisible()
    assert not _button(at, "Flash again").isEnabled()
    assert _button(at, rework_words.note_button()).isEnabled()


@pytest.mark.parametrize("size", [(800, 440), (1024, 620), (1920, 960)])
@pytest.mark.parametrize(
    "life", [bench.NEW, bench.ON_BENCH, lives.LONG], ids=("new", "full", "long")
)
def test_controls_have_names_and_room(stage: MakeStage, life: Life, size: tuple[int, int]) -> None:
    at = stage(life)
    at.page.resize(*size)
    at.tell(bench.seated("2"))
    at.page.open_unit(life.unit)
    at.opens(life)
    QApplication.processEvents()
    controls = _controls(at.page)
    assert len(controls) >= 8
    for control in controls:
        assert control.accessibleName(), control
        assert control.height() >= theme.TOUCH or not isinstance(control, QAbstractButton), control
    view = at.page.side.viewport()
    for button in (at.page.side.case.button, *at.page.side.doable.buttons):
        left = button.mapTo(view, button.rect().topLeft()).x()
        assert left >= 0
        assert left + button.width() <= view.width(), "nothing is cut at the side"


def _controls(over: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QListView)
    return [w for kind in kinds for w in over.findChildren(kind) if w.isVisible() and not _inner(w)]


def _inner(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_")


def test_forms_have_names_too(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    talk, ships = at.page.talk, bench.ON_BENCH
    for opens in (talk.case, talk.note, talk.adopt, talk.case):
        opens()
        at.page.bench.change(lambda state: replace(state, life=ships))
        form = at.page.talk.form
        assert form is not None
        assert all(control.accessibleName() for control in _controls(form))
        assert form.height() <= 560


def test_a_title_of_two_lines_takes_no_room_from_what_is_below(stage: MakeStage) -> None:
    long = replace(bench.ON_BENCH, serial="W" * 22)
    at = stage(long)
    at.page.open_unit(long.unit)
    at.opens(long)
    at.press(Key.Key_F4)
    form = at.page.talk.form
    assert isinstance(form, ShipAgain)
    codes = form.done_codes
    assert codes.height() >= codes.list.geometry().bottom()
    assert form.note.geometry().top() >= codes.geometry().bottom()


def test_the_page_speaks_another_language_at_once(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.scan(bench.NEW.serial)
    at.opens(bench.NEW)
    before = at.page.side.case.button.text()
    try:
        languages.use("zh_CN")
        known = case_words.open_case()
        at.until(lambda: at.page.side.case.button.text().startswith(known))
        assert known == "Open a case" or at.page.side.case.button.text() != before
    finally:
        languages.use("en")


def test_who_lets_go_of_the_second_person_has_the_form_back(stage: MakeStage) -> None:
    at = stage(bench.THRICE)
    at.scan(bench.THRICE.serial)
    at.opens(bench.THRICE)
    at.press(Key.Key_F4, "r1", Key.Key_Return, Key.Key_Return)
    at.engine.refuses.append(PinWrong().trouble)
    _approve(at)
    second, form = at.page.talk.second, at.page.talk.form
    assert second is not None
    assert form is not None
    at.until(lambda: "PIN" in second.note.text)
    second.reject()
    assert not form.is_asked
    assert form.isVisible()


def test_a_long_serial_number_keeps_its_end_in_a_headline() -> None:
    assert case_words.short("355025930000421") == "355025930000421"
    short = case_words.short(lives.LONG.serial)
    assert len(short) == case_words.MOST_LETTERS
    assert short.endswith("ABCDEF")


def test_a_page_that_is_hidden_reads_nothing_until_it_is_shown(stage: MakeStage) -> None:
    at = stage(bench.NEW)
    at.page.hide()
    asked = len(at.archive.asked)
    at.tell(bench.seated("2"), *bench.ended("2", 9, ("identify", "claim")))
    assert len(at.archive.asked) == asked
    at.page.show()
    at.opens(bench.NEW)


def test_a_scan_answers_what_a_run_asks(stage: MakeStage) -> None:
    at = stage(bench.ON_BENCH)
    at.tell(bench.seated("2"))
    at.scan(bench.ON_BENCH.serial)
    at.opens(bench.ON_BENCH)
    serial = bench.ON_BENCH.serial
    question = Question(Asking.SCAN_BACK, serial)
    at.tell(*bench.began("2", 9, ("identify", "label"), bench.ON_BENCH), Asked("2", 9, question))
    at.scan("]C1" + serial)
    at.until(lambda: at.engine.orders == [("answer", "2", "]C1" + serial)])
