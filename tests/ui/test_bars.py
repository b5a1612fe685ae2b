"""The bars of the Line page: how much of an order is done, marks by number, icons where there is room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station.model import Counted, Outcome, Tally
from tests.ui import stories
from ui import lettering
from ui.bottom_bar import ICONS_FROM, BottomBar, LastScan
from ui.theme import LIGHT
from ui.top_bar import TALL, TopBar

BarOf = Callable[[Tally, int], TopBar]


@pytest.fixture
def top(qtbot: QtBot, light: None) -> BarOf:
    def shown(tally: Tally, wide: int) -> TopBar:
        bar = TopBar("Line 3")
        qtbot.addWidget(bar)
        bar.resize(wide, TALL)
        bar.show()
        bar.show_screen(stories.told([*stories.line(1), Counted(tally)]))
        return bar

    return shown


def grabbed(bar: TopBar, name: str) -> QImage:
    return bar._facts[name].grab().toImage()


def count_of(image: QImage, colour: QColor) -> int:
    return sum(
        image.pixelColor(x, y) == colour
        for x in range(image.width())
        for y in range(image.height())
    )


def tally(done: int, quantity: int | None, failed: int = 0) -> Tally:
    return Tally(done, failed, done + failed, done, done, quantity)


def test_the_bar_below_the_count_is_as_long_as_the_share_that_is_done(top: BarOf) -> None:
    image = grabbed(top(tally(50, 100), 1600), "count")
    row = [image.pixelColor(x, image.height() - 2) for x in range(4, image.width() - 4)]
    share = row.count(LIGHT.accent.ground) / len(row)
    assert share == pytest.approx(0.5, abs=0.06)
    assert row.count(LIGHT.trough) == pytest.approx(len(row) / 2, abs=4)


def test_an_order_that_wants_no_number_has_no_bar(top: BarOf) -> None:
    bar = top(Tally(), 1600)
    bar.show_screen(stories.told(stories.line(1, signed_in=False)))
    assert count_of(grabbed(bar, "count"), LIGHT.trough) == 0


def test_good_and_bad_are_marked_by_shape_and_colour_once_there_are_some(top: BarOf) -> None:
    good, bad = LIGHT.marked(Outcome.PASS), LIGHT.marked(Outcome.FAIL)
    bar = top(tally(5, None, failed=2), 1600)
    assert count_of(grabbed(bar, "good"), good) > 50
    assert count_of(grabbed(bar, "bad"), bad) > 50
    none = top(tally(5, None), 1600)
    assert count_of(grabbed(none, "bad"), bad) == 0
    assert count_of(grabbed(none, "bad"), LIGHT.quiet) > 50


def test_in_a_narrow_window_words_and_numbers_have_all_the_room(top: BarOf, qtbot: QtBot) -> None:
    assert count_of(grabbed(top(tally(5, None), 1000), "good"), LIGHT.marked(Outcome.PASS)) == 0
    bottom = BottomBar()
    qtbot.addWidget(bottom)
    bottom.show()
    for wide, there in ((ICONS_FROM, True), (800, False), (ICONS_FROM + 200, True)):
        bottom.resize(wide, BottomBar.TALL)
        buttons = bottom.findChildren(QPushButton)
        assert len(buttons) == 4
        assert all(button.icon().isNull() is not there for button in buttons)


def test_buttons_without_room_for_words_keep_icon_and_spoken_name(
    qtbot: QtBot, light: None
) -> None:
    bottom = BottomBar()
    qtbot.addWidget(bottom)
    bottom.setMinimumWidth(1)
    bottom.show()
    bottom.resize(640, BottomBar.TALL)
    retry, stop, sign, guide = bottom.findChildren(QPushButton)
    assert [bool(button.text()) for button in (retry, stop, sign, guide)] == [
        False,
        False,
        True,
        False,
    ]
    for button in (retry, stop, guide):
        assert not button.icon().isNull()
        assert button.accessibleName() == button.toolTip() != ""
    bottom.resize(1600, BottomBar.TALL)
    assert all(button.text() for button in (retry, stop, sign, guide))


def test_a_narrow_bar_does_without_what_is_known_anyway(top: BarOf) -> None:
    bar = top(tally(5, None), 880)
    assert not bar._facts["station"].isVisible()
    assert bar._facts["first_pass"].isVisible()
    bar.resize(1280, TALL)
    assert bar._facts["station"].isVisible()


def test_the_last_scan_stands_below_the_sentence_is_spoken_and_never_leaves_its_room(
    qtbot: QtBot, light: None
) -> None:
    bottom = BottomBar()
    qtbot.addWidget(bottom)
    bottom.resize(1400, BottomBar.TALL)
    bottom.show()
    bottom.show_state("Scan the label of slot 2", signed_in=True, can_retry=False, can_stop=True)
    (scan,) = bottom.findChildren(LastScan)
    assert not scan.isVisible()
    bottom.show_scan("355025930000000")
    assert scan.isVisible()
    assert scan.accessibleName() == "Last scan: 355025930000000"
    with lettering.watching() as watch:
        bottom.grab()
    assert watch.lines == ["Scan the label of slot 2", "355025930000000"]
    assert watch.cut == []
    bottom.resize(800, BottomBar.TALL)
    bottom.show_scan("WO-" + "8" * 200)
    with lettering.watching() as watch:
        bottom.grab()
    assert "WO-" + "8" * 200 in watch.cut
    bottom.show_scan("")
    assert not scan.isVisible()
