"""The window: keys, selection, dialogs, closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.faults import KeyRefused, RecipeWrong, RecordInUse
from station.model import Event, Halted, Refused
from tests.ui import stories
from tests.ui.conftest import OpenDesk
from tests.ui.fakes import BROKEN, GOOD, FakeEngine
from ui import labels, words
from ui.ask import Ask
from ui.sign_in import SignIn
from ui.window import Window

Key = Qt.Key
ANNA = ("Anna", Path("tracker.toml"), None)
RUNNING = (*stories.line(3), *stories.begun("1", 1), *stories.begun("3", 2))
TROUBLED = (
    *stories.line(3),
    *stories.ended("1", 1, *stories.ENDS[0]),
    *stories.ended("2", 2, *stories.ENDS[1]),
)


def shown(qtbot: QtBot, window: Window, cards: int = 3) -> Window:
    qtbot.waitUntil(lambda: len(window.page.grid.cards) == cards)
    return window


def at_work(qtbot: QtBot, open_desk: OpenDesk, *events: Event) -> tuple[FakeEngine, Window]:
    fake = FakeEngine(events)
    window = shown(qtbot, open_desk(fake, signed_in=ANNA))
    qtbot.waitUntil(lambda: bool(fake.orders))
    # what a sign-in brings would take away what a test tells before it
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    fake.orders.clear()
    return fake, window


def dialog(qtbot: QtBot, window: Window, kind: type[Ask] | type[SignIn]) -> Ask | SignIn:
    def visible() -> list[Ask | SignIn]:
        return [found for found in window.findChildren(kind) if found.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def test_a_desk_with_an_operator_signs_in_with_no_dialog(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(1, signed_in=False))
    window = open_desk(fake, signed_in=ANNA)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    assert fake.orders == [("sign in", *ANNA)]
    assert window.findChildren(SignIn) == []


def test_f1_shows_the_keys_and_esc_hides_them(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *RUNNING)
    QTest.keyClick(window, Key.Key_F1)
    assert window.help.isVisible()
    QTest.keyClick(window, Key.Key_Escape)
    assert window.help.isHidden()
    assert window.findChildren(Ask) == []


def test_f2_signs_out_and_then_in(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *stories.line(3))
    QTest.keyClick(window, Key.Key_F2)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is None)
    assert fake.orders == [("sign out",)]
    QTest.keyClick(window, Key.Key_F2)
    dialog(qtbot, window, SignIn)


def test_f5_retries_the_only_slot_in_trouble(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: fake.orders == [("retry", "2")])


def test_f5_retries_the_selected_slot(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    QTest.keyClick(window, Key.Key_1)
    assert window.page.selected == "1"
    QTest.keyClick(window, Key.Key_F5)
    qtbot.waitUntil(lambda: fake.orders == [("retry", "1")])


def test_f5_with_nothing_to_retry_says_what_to_do(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *RUNNING)
    QTest.keyClick(window, Key.Key_F5)
    assert window.page.bottom.says == labels.nothing_to_retry()
    QTest.keyClick(window, Key.Key_3)
    QTest.keyClick(window, Key.Key_F5)
    assert window.page.bottom.says == labels.slot_busy(words.slot("3"))
    assert fake.orders == []


def test_arrows_and_digits_move_the_selection(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.busy(4))
    window = shown(qtbot, open_desk(fake, signed_in=ANNA), cards=4)
    walked = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Left):
        QTest.keyClick(window, key)
        walked.append(window.page.selected)
    assert walked == ["1", "2", "4", "3", "3"]
    QTest.keyClick(window, Key.Key_9)
    assert window.page.selected == "3"


def test_a_touch_selects_and_the_buttons_act_on_it(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    QTest.mouseClick(window.page.grid.cards[0], Qt.MouseButton.LeftButton)
    assert window.page.selected == "1"
    window.page.bottom.retry_wanted.emit()
    qtbot.waitUntil(lambda: fake.orders == [("retry", "1")])


def test_esc_asks_before_it_stops_the_selected_run(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *RUNNING)
    QTest.keyClick(window, Key.Key_3)
    QTest.keyClick(window, Key.Key_Escape)
    ask = dialog(qtbot, window, Ask)
    assert isinstance(ask, Ask)
    assert fake.orders == []
    QTest.mouseClick(ask.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: fake.orders == [("abort", "3")])


def test_esc_with_nothing_selected_stops_all_or_none(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *RUNNING)
    QTest.keyClick(window, Key.Key_Escape)
    QTest.keyClick(dialog(qtbot, window, Ask), Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChildren(Ask) == [])
    QTest.keyClick(window, Key.Key_Escape)
    ask = dialog(qtbot, window, Ask)
    assert isinstance(ask, Ask)
    assert fake.orders == []
    ask.yes.click()
    qtbot.waitUntil(lambda: fake.orders == [("abort", "1"), ("abort", "3")])


def test_esc_with_nothing_running_takes_the_selection_away(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window = at_work(qtbot, open_desk, *TROUBLED)
    QTest.keyClick(window, Key.Key_1)
    QTest.keyClick(window, Key.Key_Escape)
    assert window.page.selected is None
    assert window.findChildren(Ask) == []


def test_f11_fills_the_screen_and_back(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *TROUBLED)
    QTest.keyClick(window, Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Key.Key_F11)
    assert not window.isFullScreen()


def test_sign_in_by_keyboard_alone(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(1, signed_in=False))
    window = open_desk(fake)
    sign_in = dialog(qtbot, window, SignIn)
    assert isinstance(sign_in, SignIn)
    qtbot.waitUntil(lambda: sign_in.recipes.count() == 3)
    QTest.keyClicks(sign_in.name, "Li Wei")
    QTest.keyClicks(sign_in.quantity, "25")
    QTest.keyClick(sign_in, Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    assert fake.orders == [("sign in", "Li Wei", GOOD.path, 25)]
    qtbot.waitUntil(lambda: window.findChildren(SignIn) == [])


def test_sign_in_says_what_is_missing(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(1, signed_in=False))
    sign_in = dialog(qtbot, open_desk(fake), SignIn)
    assert isinstance(sign_in, SignIn)
    qtbot.waitUntil(lambda: sign_in.recipes.count() == 3)
    QTest.keyClick(sign_in, Key.Key_Return)
    assert sign_in.note.text == labels.name_missing()
    assert fake.orders == []


def test_a_broken_recipe_is_listed_with_its_trouble_and_cant_be_chosen(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake = FakeEngine(stories.line(1, signed_in=False))
    sign_in = dialog(qtbot, open_desk(fake, offers=lambda: (BROKEN,)), SignIn)
    assert isinstance(sign_in, SignIn)
    qtbot.waitUntil(lambda: sign_in.recipes.count() == 2)
    row = sign_in.recipes.item(0)
    assert "line 7" in row.text()
    assert not row.flags() & Qt.ItemFlag.ItemIsEnabled
    QTest.keyClicks(sign_in.name, "Li Wei")
    QTest.keyClick(sign_in, Key.Key_Return)
    assert fake.orders == []
    assert sign_in.note.text == labels.no_good_recipe()


def test_no_recipe_says_how_one_is_made(qtbot: QtBot, open_desk: OpenDesk) -> None:
    sign_in = dialog(qtbot, open_desk(FakeEngine(), offers=tuple), SignIn)
    assert isinstance(sign_in, SignIn)
    qtbot.waitUntil(lambda: "station recipe new" in sign_in.note.text)
    assert not sign_in.confirm_button.isEnabled()


def test_recipes_that_cant_be_read_are_told(qtbot: QtBot, open_desk: OpenDesk) -> None:
    def offers() -> tuple[()]:
        raise RecordInUse

    sign_in = dialog(qtbot, open_desk(FakeEngine(), offers=offers), SignIn)
    assert isinstance(sign_in, SignIn)
    qtbot.waitUntil(lambda: "RECORD-IN-USE" in sign_in.note.text)


def test_a_refused_sign_in_can_be_tried_again(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(1, signed_in=False), Refused(RecipeWrong().trouble))
    window = open_desk(fake)
    sign_in = dialog(qtbot, window, SignIn)
    assert isinstance(sign_in, SignIn)
    qtbot.waitUntil(lambda: sign_in.recipes.count() == 3)
    QTest.keyClicks(sign_in.name, "Li Wei")
    QTest.keyClick(sign_in, Key.Key_Return)
    qtbot.waitUntil(lambda: "RECIPE-WRONG" in sign_in.note.text)
    fake.reply = None
    QTest.keyClick(sign_in, Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)


def test_a_refused_command_is_said_in_the_bottom_line(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *stories.line(3))
    window.take([Refused(KeyRefused().trouble)])
    qtbot.waitUntil(lambda: "KEY-REFUSED" in window.page.bottom.says)


def test_a_halted_station_says_why(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *stories.line(3), Halted(KeyRefused().trouble))
    qtbot.waitUntil(window.page.banner.isVisible)
    assert "KEY-REFUSED" in window.page.banner.accessibleName()


def test_an_engine_that_ends_by_itself_is_told(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(3))
    fake.fails_with = RecordInUse()
    window = open_desk(fake, signed_in=ANNA)
    qtbot.waitUntil(lambda: window.page.bottom.says == labels.restart())
    qtbot.waitUntil(window.page.banner.isVisible)
    with qtbot.waitSignal(window.closed):
        window.close()


def test_closing_with_runs_under_way_asks_and_then_stops_the_engine(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window = at_work(qtbot, open_desk, *RUNNING)
    window.close()
    ask = dialog(qtbot, window, Ask)
    assert isinstance(ask, Ask)
    assert not fake.closed
    with qtbot.waitSignal(window.closed):
        ask.yes.click()
    assert fake.closed


def test_going_on_keeps_the_window_open(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *RUNNING)
    window.close()
    QTest.keyClick(dialog(qtbot, window, Ask), Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(Ask) == [])
    assert window.isVisible()
    assert not fake.closed


def test_closing_with_nothing_running_asks_nothing(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = at_work(qtbot, open_desk, *TROUBLED)
    with qtbot.waitSignal(window.closed):
        window.close()
    assert window.findChildren(Ask) == []


@pytest.mark.parametrize("key", [Key.Key_F12, Key.Key_0, Key.Key_A])
def test_other_keys_do_nothing(qtbot: QtBot, open_desk: OpenDesk, key: Qt.Key) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    before = window.page.bottom.says
    QTest.keyClick(window, key)
    QApplication.processEvents()
    assert (window.page.bottom.says, window.page.selected, fake.orders) == (before, None, [])
