"""Codes are typed or chosen with the arrows, one or several."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station.model import RepairCode
from tests.ui.rework_fakes import CODES
from ui import theme
from ui.code_list import CodeList

Key = Qt.Key
MakeList = Callable[..., CodeList]


@pytest.fixture
def make(qtbot: QtBot, light: None) -> MakeList:
    """Make a list that is shown."""

    def one(codes: tuple[RepairCode, ...] = CODES.faults, *, many: bool = False) -> CodeList:
        made = CodeList("What was found", codes, many=many)
        qtbot.addWidget(made)
        made.show()
        return made

    return one


def signals(made: CodeList) -> list[str]:
    told: list[str] = []
    made.settled.connect(lambda: told.append("settled"))
    made.unfit.connect(lambda: told.append("unfit"))
    return told


def press(made: CodeList, *keys: Key | str) -> None:
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(made.field, key)
        else:
            QTest.keyClick(made.field, key)


def shown(made: CodeList) -> int:
    return sum(not made.list.item(n).isHidden() for n in range(made.list.count()))


def test_a_code_is_typed_in_either_case(make: MakeList) -> None:
    made = make()
    told = signals(made)
    press(made, "f10")
    assert (made.value, shown(made)) == ("F10", 1)
    press(made, Key.Key_Return)
    assert told == ["settled"]


def test_a_code_is_found_by_what_it_says(make: MakeList) -> None:
    made = make()
    press(made, "holder")
    assert made.value == "F11"


def test_of_several_that_fit_none_is_chosen_by_luck(make: MakeList) -> None:
    made = make()
    told = signals(made)
    press(made, "f1")
    assert (made.value, shown(made)) == ("", 2)
    press(made, Key.Key_Return)
    assert told == ["unfit"]
    press(made, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert (made.value, told) == ("F11", ["unfit", "settled"])


def test_what_fits_nothing_hides_nothing(make: MakeList) -> None:
    made = make()
    press(made, "zz")
    assert (made.value, shown(made)) == ("", len(CODES.faults))


def test_an_empty_field_is_settled_too(make: MakeList) -> None:
    made = make()
    told = signals(made)
    press(made, Key.Key_Return)
    assert (made.value, told) == ("", ["settled"])


def test_several_are_ticked_and_unticked(make: MakeList) -> None:
    made = make(CODES.actions, many=True)
    told = signals(made)
    press(made, "a3", Key.Key_Return, "a1", Key.Key_Return)
    assert list(made.values) == ["A1", "A3"], "in the order of the list"
    assert told == []
    press(made, "a3", Key.Key_Return)
    assert list(made.values) == ["A1"]
    press(made, Key.Key_Return)
    assert told == ["settled"]


def test_what_is_typed_counts_though_nobody_pressed_enter(make: MakeList) -> None:
    made = make(CODES.actions, many=True)
    press(made, "a2")
    assert list(made.values) == ["A2"]
    made.field.clear()
    assert list(made.values) == []


def test_a_scanned_code_is_ticked_and_a_second_scan_leaves_it(make: MakeList) -> None:
    made = make(CODES.actions, many=True)
    made.take("A2")
    made.take("A2")
    assert made.values == ("A2",)


def test_a_touch_ticks_a_row_of_a_fingers_height(make: MakeList) -> None:
    made = make(CODES.actions, many=True)
    place = made.list.visualItemRect(made.list.item(1))
    assert place.height() >= theme.TOUCH
    QTest.mouseClick(made.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert made.values == ("A2",)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "ticked" in made.list.item(1).data(role)
    assert "ticked" not in made.list.item(0).data(role)


def test_a_factory_without_a_list_says_what_it_wants(make: MakeList) -> None:
    made = make(())
    press(made, " no idea ")
    assert made.value == "no idea"
    assert not made.list.isVisible()
