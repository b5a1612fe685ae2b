"""A unit's page: its whole life in one timeline, and how it stands now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station.model import Outcome, Stage
from station.model.life import Life, Moment, RunTold, StepTold, What
from tests.ui import lives
from ui import standing_words, unit_words
from ui.timeline import TOLD
from ui.unit_page import UnitPage

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, light: None) -> UnitPage:
    made = UnitPage()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def moments(page: UnitPage) -> list[Moment]:
    model = page.timeline.model()
    return [model.index(n, 0).data(TOLD) for n in range(model.rowCount())]


def row_of(page: UnitPage, run: int) -> int:
    return next(
        n
        for n, moment in enumerate(moments(page))
        if isinstance(moment.told, RunTold) and moment.told.run == run
    )


def test_an_empty_page_teaches(page: UnitPage) -> None:
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == ". ".join(standing_words.no_unit())
    page.show_life(lives.NEW)
    assert not page.empty.isVisible()
    page.show_life(None)
    assert page.empty.isVisible()
    assert moments(page) == []


def test_all_that_befell_it_stands_there_newest_first(page: UnitPage) -> None:
    page.show_life(lives.FULL)
    told = moments(page)
    assert [each.at for each in told] == sorted((each.at for each in told), reverse=True)
    assert {each.what for each in told} == set(What) - {What.CLOSED, What.ADOPTED, What.SCRAPPED}
    page.show_life(lives.GONE)
    assert {What.CLOSED, What.SCRAPPED} <= {each.what for each in moments(page)}


def test_a_runs_steps_are_shown_and_hidden_by_key_and_by_hand(page: UnitPage) -> None:
    page.show_life(lives.FULL)
    line, model = page.timeline, page.timeline.model()
    index = model.index(row_of(page, 41), 0)
    assert not line.isExpanded(index)
    line.setCurrentIndex(index)
    QTest.keyClick(line, Key.Key_Return)
    assert line.isExpanded(index)
    steps = [model.index(n, 0, index).data(TOLD) for n in range(model.rowCount(index))]
    assert [step.name for step in steps] == list(lives.STEPS)
    assert all(isinstance(step, StepTold) for step in steps)
    QTest.keyClick(line, Key.Key_Space)
    assert not line.isExpanded(index)
    QTest.mouseClick(
        line.viewport(),
        Qt.MouseButton.LeftButton,
        pos=line.visualRect(index).topLeft() + QPoint(200, 20),
    )
    assert line.isExpanded(index)


def test_what_was_open_stays_open_when_the_unit_lives_on(page: UnitPage) -> None:
    page.show_life(lives.FULL)
    page.timeline.setExpanded(page.timeline.model().index(row_of(page, 20), 0), True)
    page.show_life(replace(lives.FULL, runs=(*lives.FULL.runs, lives.run(77, 22))))
    model = page.timeline.model()
    assert page.timeline.isExpanded(model.index(row_of(page, 20), 0))
    assert not page.timeline.isExpanded(model.index(row_of(page, 77), 0))
    page.show_life(replace(lives.FULL, unit=8))
    assert not page.timeline.isExpanded(model.index(row_of(page, 20), 0))


@pytest.mark.parametrize("life", [lives.NEW, lives.FULL, lives.GONE, lives.LONG])
def test_every_row_is_read_aloud_and_is_big_enough_for_a_finger(page: UnitPage, life: Life) -> None:
    page.show_life(life)
    model = page.timeline.model()
    for n, moment in enumerate(moments(page)):
        index = model.index(n, 0)
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert unit_words.title(moment) in spoken
        assert (
            page.timeline.visualRect(index).height() >= 48
            or not page.timeline.visualRect(index).isValid()
        )


def test_how_it_stands_is_said(page: UnitPage) -> None:
    grave = [said for said, is_grave in standing_words.standing(lives.FULL) if is_grave]
    assert len(grave) == 3, "on the bench, a deed left open, and late"
    assert "R2 no contact" in grave[0]
    gone = [said for said, is_grave in standing_words.standing(lives.GONE) if is_grave]
    assert "Scrapped" in gone[0]
    came = replace(lives.FULL.followed[0], stage=Stage.CONNECTED)
    connected = standing_words.standing(replace(lives.NEW, followed=(came,)))
    assert connected[0] == ("As far as the cloud tells: connected", False), "late, and there now"
    free = replace(lives.NEW, claims=())
    assert [said for said, _ in standing_words.standing(free)] == ["No cloud holds it for us."]
    page.show_life(lives.FULL)
    for said in (*grave, "F4:12:FA:65:43:21", lives.UUID):
        assert said in page.head.accessibleName()


def test_its_numbers_are_copied(page: UnitPage, qtbot: QtBot) -> None:
    page.show_life(lives.FULL)
    page.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "imei\t355025930000421" in text.splitlines()
    assert page.copy_button.text() == standing_words.copied()
    page._again.setInterval(0)
    page._again.start()
    qtbot.waitUntil(lambda: page.copy_button.text() == standing_words.copy_button())


def test_nothing_is_cut_off_where_there_is_little_room(page: UnitPage) -> None:
    page.show_life(lives.LONG)
    for size in ((1900, 1000), (900, 700), (800, 560), (480, 560)):
        page.resize(*size)
        line = page.timeline
        assert line.width() > 300
        assert line.height() > 200
        assert line.horizontalScrollBar().maximum() == 0
        assert page.head.height() >= page.head.heightForWidth(page.head.width())


def test_a_step_that_failed_says_why() -> None:
    step = replace(lives.steps(3, Outcome.FAIL, "It said no.")[-1])
    assert unit_words.step_below(step) == "CLOUD-SILENT · It said no."
    assert "FAIL" in unit_words.step_spoken(step)


def test_a_run_that_goes_on_says_so() -> None:
    told = Moment("2026-11-03T09:00:00.000+00:00", What.RUN, lives.run(1, 3, None))
    assert unit_words.title(told) == "Claim – UNDER WAY"
