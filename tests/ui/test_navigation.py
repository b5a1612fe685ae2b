"""The rail: pages by touch and by key, the mark where the window is, nothing for an operator."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.navigation import SLIM, TALL, WIDE, Navigation
from ui.theme import LIGHT, TOUCH

ALL = ("line", "rework", "records")


class Framed(QWidget):
    """A window with the rail, and a field that has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.rail, self.field = Navigation(), QLineEdit()
        row = QHBoxLayout(self)
        row.addWidget(self.rail)
        row.addWidget(self.field)
        self.resize(600, 480)


@pytest.fixture
def framed(qtbot: QtBot, light: None) -> Framed:
    window = Framed()
    qtbot.addWidget(window)
    window.rail.show_pages(ALL, "line")
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.field.setFocus()
    return window


def marked(rail: Navigation) -> list[str]:
    return [entry.name for entry in rail.entries if entry.isChecked()]


def test_whoever_may_see_one_page_has_no_rail(framed: Framed) -> None:
    assert framed.rail.isVisible()
    framed.rail.show_pages(("line",), "line")
    assert not framed.rail.isVisible()
    framed.rail.show_pages(ALL, "records")
    assert framed.rail.isVisible()
    assert marked(framed.rail) == ["records"]


def test_a_touch_asks_for_the_page_and_leaves_the_mark_to_the_window(
    qtbot: QtBot, framed: Framed
) -> None:
    entry = framed.rail.entries[1]
    with qtbot.waitSignal(framed.rail.page_wanted) as wanted:
        QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert wanted.args == ["rework"]
    assert marked(framed.rail) == ["line"]
    framed.rail.show_pages(ALL, "rework")
    assert marked(framed.rail) == ["rework"]


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_1, "line"), (Qt.Key.Key_3, "records")])
def test_a_key_asks_for_the_page_whatever_has_the_focus(
    qtbot: QtBot, framed: Framed, key: Qt.Key, page: str
) -> None:
    qtbot.waitUntil(framed.field.hasFocus)
    with qtbot.waitSignal(framed.rail.page_wanted) as wanted:
        QTest.keyClick(framed.field, key, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == [page]
    assert framed.field.text() == ""


def test_keys_go_with_their_pages(qtbot: QtBot, framed: Framed) -> None:
    framed.rail.show_pages(("line", "records"), "line")
    with qtbot.waitSignal(framed.rail.page_wanted) as wanted:
        QTest.keyClick(framed.field, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == ["records"]
    with qtbot.assertNotEmitted(framed.rail.page_wanted):
        QTest.keyClick(framed.field, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)


def test_arrows_walk_along_the_rail_and_space_takes_a_page(qtbot: QtBot, framed: Framed) -> None:
    first, second, third = framed.rail.entries
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Down)
    QTest.keyClick(third, Qt.Key.Key_Down)
    assert third.hasFocus()
    with qtbot.waitSignal(framed.rail.page_wanted) as wanted:
        QTest.keyClick(third, Qt.Key.Key_Space)
    assert wanted.args == ["records"]


def test_entries_are_read_aloud_with_their_key_and_are_large_enough(framed: Framed) -> None:
    told = [entry.accessibleName() for entry in framed.rail.entries]
    assert [each.split(",")[0] for each in told] == ["Line", "Rework", "Records"]
    assert all(entry.key in entry.accessibleName() for entry in framed.rail.entries)
    assert all(min(e.width(), e.height()) >= TOUCH for e in framed.rail.entries)


def test_the_page_that_is_shown_is_marked_beside_its_word(framed: Framed) -> None:
    def bar(n: int) -> QColor:
        image = framed.rail.entries[n].grab().toImage()
        return image.pixelColor(1, round(TALL / 2 * image.devicePixelRatio()))

    assert bar(0) == LIGHT.accent.ground
    assert bar(1) != LIGHT.accent.ground


def test_a_narrow_window_has_a_slim_rail(framed: Framed) -> None:
    framed.rail.fit(800)
    assert {entry.width() for entry in framed.rail.entries} == {framed.rail.width()} == {SLIM}
    framed.rail.show_pages(("line", "records"), "line")
    assert {entry.width() for entry in framed.rail.entries} == {SLIM}
    framed.rail.fit(1280)
    assert {entry.width() for entry in framed.rail.entries} == {framed.rail.width()} == {WIDE}
