"""Picking a board on the air: by its label, by its row, and never by luck."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from station.faults import LanesFull, NoneNear
from station.model import Event, Nearby, NearbyHeard, Refused
from tests.ui import stories
from tests.ui.conftest import OpenDesk
from tests.ui.fakes import FakeEngine
from ui import labels, lettering, nearby_row, theme, words
from ui.nearby_row import Inks
from ui.note import Note
from ui.pick import Pick
from ui.window import Window

Key = Qt.Key


@pytest.fixture
def open_pick(qtbot: QtBot, light: None) -> Callable[[NearbyHeard], Pick]:
    """Open a dialog over a plain widget."""

    over = QWidget()
    qtbot.addWidget(over)
    over.show()

    def open_one(heard: NearbyHeard) -> Pick:
        pick = Pick(over, heard)
        pick.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        pick.open()
        qtbot.waitExposed(pick)
        return pick

    return open_one


OpenPick = Callable[[NearbyHeard], Pick]


def asked(pick: Pick) -> list[str]:
    """Return a list to which each pick is added that the dialog asks for."""
    texts: list[str] = []
    pick.wanted.connect(texts.append)
    return texts


def digits(pick: Pick) -> list[str]:
    role = Qt.ItemDataRole.UserRole
    return [pick.boards.item(n).data(role).label[-5:] for n in range(pick.boards.count())]


def test_a_scan_names_a_board(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(3, 2))
    texts = asked(pick)
    assert pick.focusWidget() is pick.field
    QTest.keyClicks(pick.field, " F412FA650121 ")
    QTest.keyClick(pick.field, Key.Key_Return)
    assert texts == ["F412FA650121"]
    assert pick.isVisible()
    assert pick.note.text == labels.picking("F412FA650121")
    QTest.keyClicks(pick.field, "0242")
    assert pick.field.text() == "0242", "the next scan takes the place of the last"


def test_nothing_is_picked_by_luck(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(1, 2))
    texts = asked(pick)
    QTest.keyClick(pick.field, Key.Key_Return)
    assert texts == []
    assert pick.note.text == labels.pick_missing()


def test_arrows_choose_a_row_and_enter_picks_it(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(3, 2))
    texts = asked(pick)
    QTest.keyClicks(pick.field, "04")
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(pick.field, key)
    assert texts == [stories.label(1)]


def test_what_is_typed_after_a_choice_counts(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(3, 2))
    texts = asked(pick)
    QTest.keyClick(pick.field, Key.Key_Down)
    QTest.keyClicks(pick.field, "0242")
    assert pick.boards.selectedItems() == []
    QTest.keyClick(pick.field, Key.Key_Return)
    assert texts == ["0242"]


def test_a_touch_picks_its_row(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(16, 2))
    texts = asked(pick)
    place = pick.boards.visualItemRect(pick.boards.item(2))
    assert place.height() >= theme.TOUCH
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(pick.boards.viewport(), button, pos=place.center())
    assert texts == [stories.label(2)]


def test_a_scan_is_heard_while_a_button_has_the_focus(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(3, 2))
    texts = asked(pick)
    pick.cancel_button.setFocus()
    for key in (Key.Key_0, Key.Key_2, Key.Key_4, Key.Key_2, Key.Key_Return):
        QTest.keyClick(pick.focusWidget(), key)
    assert texts == ["0242"]


def test_rows_stay_where_they_are_while_levels_waver(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(3, 2))
    before = digits(pick)
    pick.boards.setCurrentRow(1)
    item = pick.boards.item(0)
    told = stories.nearby(3, 2).boards
    wavering = [Nearby(b.address, b.name, b.label, -51 + n) for n, b in enumerate(told)]
    pick.show_nearby(NearbyHeard(tuple(wavering), 2))
    assert digits(pick) == before
    assert pick.boards.item(0) is item
    assert item.data(Qt.ItemDataRole.UserRole).rssi_dbm == -51


def test_a_board_that_is_much_louder_comes_first_and_the_choice_stays(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(3, 2))
    pick.boards.setCurrentRow(1)
    held = Nearby(stories.label(9), "", stories.label(9), -30)
    pick.show_nearby(NearbyHeard((held, *stories.nearby(3, 2).boards), 2))
    assert digits(pick)[0] == held.label[-5:]
    assert pick.boards.currentRow() == 2
    texts = asked(pick)
    QTest.keyClick(pick.field, Key.Key_Return)
    assert texts == [stories.label(1)]


def test_a_chosen_board_that_leaves_is_not_replaced(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(3, 2))
    texts = asked(pick)
    pick.boards.setCurrentRow(0)
    pick.show_nearby(NearbyHeard(stories.nearby(3, 2).boards[1:], 2))
    QTest.keyClick(pick.field, Key.Key_Return)
    assert texts == []


def test_an_empty_list_teaches(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(0, 0))
    assert pick.empty.isVisible()
    assert pick.empty.text() == labels.none_heard()
    assert not pick.boards.isVisible()
    assert pick.lanes.text() == labels.on_air(0)[1]
    pick.show_nearby(stories.nearby(1, 1))
    assert pick.boards.isVisible()
    assert not pick.empty.isVisible()


def test_a_pick_without_an_answer_says_so(qtbot: QtBot, open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(1, 1))
    pick._patience.setInterval(1)
    QTest.keyClicks(pick.field, "0000\r")
    qtbot.waitUntil(lambda: pick.note.text == labels.pick_unanswered())


def test_every_control_has_a_name_and_room_for_a_finger(open_pick: OpenPick) -> None:
    pick = open_pick(stories.nearby(16, 1))
    kinds = (QAbstractButton, QLineEdit, QListWidget)
    controls = [each for each in pick.findChildren(QWidget) if isinstance(each, kinds)]
    assert len(controls) == 4
    for control in controls:
        assert control.accessibleName(), control
        assert min(control.width(), control.height()) >= theme.TOUCH, control
    spoken = pick.boards.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "00:00, Arduino-2341-006D, very near"


def test_a_longer_language_still_tells_the_code(light: None, qtbot: QtBot) -> None:
    note = Note()
    qtbot.addWidget(note)
    note.resize(576, note.height())
    long = "Die Station bearbeitet über Bluetooth schon so viele Platinen, wie sie kann. " * 3
    for text in ("short", f"{long}(LANES-FULL)"):
        note.say(text, wrong=True)
        font, lines = note.fit(500)
        assert lettering.height(len(lines), font) <= note.height()
        assert " ".join(lines) == text


@pytest.mark.parametrize("paint", [nearby_row.paint_row, nearby_row.paint_chip])
def test_a_long_name_stays_in_its_row(light: None, paint: Callable[..., None]) -> None:
    board = Nearby("a", "Überwachungsmodul " * 9, "F4:12:FA:65:43:21" * 3, -60)
    image = QImage(300, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    paint(painter, QRectF(40, 28, 216, 64), board, Inks.of(theme.LIGHT))
    painter.end()
    outside = [
        (x, y)
        for x in range(0, 300, 2)
        for y in range(0, 120, 2)
        if not (38 <= x <= 258 and 26 <= y <= 94) and image.pixelColor(x, y) != QColor("magenta")
    ]
    assert outside == []


def on_air(
    qtbot: QtBot, open_desk: OpenDesk, *more: Event, heard: int = 3
) -> tuple[FakeEngine, Window]:
    fake = FakeEngine([*stories.on_air(4, heard), *more])
    window = open_desk(fake)
    qtbot.waitUntil(lambda: window.page.screen_shown.nearby is not None)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    fake.orders.clear()
    return fake, window


def the_pick(qtbot: QtBot, window: Window) -> Pick:
    def visible() -> list[Pick]:
        return [found for found in window.findChildren(Pick) if found.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def test_f6_scan_enter_picks_and_the_dialog_closes_when_the_board_has_a_lane(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window = on_air(qtbot, open_desk)
    QTest.keyClick(window, Key.Key_F6)
    pick = the_pick(qtbot, window)
    QTest.keyClicks(pick.field, "0121\r")
    qtbot.waitUntil(lambda: fake.orders == [("pick", "0121")])
    assert pick.isVisible()
    window.take([stories.picked("BLE 2", stories.label(1)), stories.nearby(1, 2)])
    qtbot.waitUntil(lambda: window.findChildren(Pick) == [])
    assert window.page.screen_shown.card("BLE 2").present


def test_a_board_that_comes_unasked_does_not_close_the_dialog(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window = on_air(qtbot, open_desk)
    QTest.keyClick(window, Key.Key_F6)
    pick = the_pick(qtbot, window)
    window.take([stories.picked("BLE 2", stories.label(1)), stories.nearby(1, 2)])
    qtbot.waitUntil(lambda: pick.boards.count() == 1)
    assert pick.isVisible()


@pytest.mark.parametrize("fault", [NoneNear, LanesFull])
def test_a_refused_pick_is_said_and_the_next_scan_overwrites_it(
    qtbot: QtBot, open_desk: OpenDesk, fault: type[NoneNear | LanesFull]
) -> None:
    fake, window = on_air(qtbot, open_desk)
    QTest.keyClick(window, Key.Key_F6)
    pick = the_pick(qtbot, window)
    QTest.keyClicks(pick.field, "9999\r")
    window.take([Refused(fault("'9999'").trouble)])
    qtbot.waitUntil(lambda: fault.code in pick.note.text)
    for part in (words.says(fault().trouble), words.remedy(fault().trouble)):
        assert part in pick.note.text
    assert pick.note.accessibleName() == pick.note.text
    QTest.keyClicks(pick.field, "0121\r")
    qtbot.waitUntil(lambda: fake.orders == [("pick", "9999"), ("pick", "0121")])


def test_esc_closes_the_dialog_and_f6_opens_another(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = on_air(qtbot, open_desk)
    QTest.keyClick(window, Key.Key_F6)
    QTest.keyClick(the_pick(qtbot, window), Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChildren(Pick) == [])
    window.page.air.button.click()
    the_pick(qtbot, window)
    assert fake.orders == []


def test_a_touch_of_the_strip_opens_the_dialog(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = on_air(qtbot, open_desk)
    QTest.mouseClick(window.page.air, Qt.MouseButton.LeftButton)
    the_pick(qtbot, window)


def test_a_line_of_cables_has_no_strip_and_says_so(qtbot: QtBot, open_desk: OpenDesk) -> None:
    window = open_desk(FakeEngine(stories.line(3)))
    qtbot.waitUntil(lambda: len(window.page.grid.cards) == 3)
    assert not window.page.air.isVisible()
    QTest.keyClick(window, Key.Key_F6)
    assert window.page.bottom.says == labels.no_air()
    assert window.findChildren(Pick) == []


def test_the_strip_is_read_aloud_and_keeps_its_order(qtbot: QtBot, open_desk: OpenDesk) -> None:
    _, window = on_air(qtbot, open_desk)
    strip = window.page.air
    assert strip.isVisible()
    assert strip.accessibleName() == "On the air. Room for 3 more"
    assert strip.accessibleDescription().startswith("00:00, Arduino-2341-006D, very near. 01:21")
    before = [board.label for board in strip.boards]
    swapped = stories.nearby(3, 3).boards[::-1]
    strip.show_nearby(NearbyHeard(swapped, 1))
    assert [board.label for board in strip.boards] == before
    strip.show_nearby(stories.nearby(0, 1))
    assert strip.accessibleDescription() == labels.none_heard()
