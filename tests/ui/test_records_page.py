"""The Records page: what is typed, scanned and chosen is found, shown and exported; nothing stale."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from station.faults import RecordBroken
from station.model import Outcome
from station.model.finding import Query
from tests.ui.records_fakes import PAGE, FakeSearches, many
from ui import records_words
from ui.filter_panel import FilterPanel
from ui.records_page import JSON, SHEET, RecordsPage
from ui.records_words import Column, When

pytestmark = pytest.mark.usefixtures("garbage")  # they ask on threads of their own

OpenPage = Callable[..., RecordsPage]
Key = Qt.Key


@pytest.fixture
def open_page(qtbot: QtBot, light: None) -> OpenPage:
    """Open a page on a record, and wait until it shows what is there."""

    def open_one(asks: FakeSearches, wide: int = 1280) -> RecordsPage:
        page = RecordsPage(asks)
        qtbot.addWidget(page)
        page.resize(wide, 700)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: len(rows(page)) == min(PAGE, len(asks.units)))
        return page

    return open_one


def rows(page: RecordsPage) -> list[str]:
    return [unit.serial for unit in page.parts.table.found.units]


def test_what_is_typed_is_found_once_the_fingers_rest(open_page: OpenPage, qtbot: QtBot) -> None:
    asks = FakeSearches(many(40))
    page = open_page(asks)
    before = len(asks.asked)
    QTest.keyClicks(page.parts.field, "00012")
    qtbot.waitUntil(lambda: rows(page) == ["355025930000012"])
    assert [query.text for query in asks.asked[before:]] == ["00012"], "one question, not five"
    assert page.parts.count.text() == records_words.shown(1, more=False)
    qtbot.waitUntil(lambda: page.parts.unit.life is not None)
    assert page.parts.unit.life is not None
    assert page.parts.unit.life.serial == "355025930000012", "the only one is shown at once"


def test_an_answer_that_comes_too_late_is_dropped(open_page: OpenPage, qtbot: QtBot) -> None:
    asks = FakeSearches(many(40))
    page = open_page(asks)
    asks.slow = frozenset({"0001"})
    page.parts.field.setText("0001")
    page.search()
    page.parts.field.setText("00012")
    page.search()
    qtbot.waitUntil(lambda: rows(page) == ["355025930000012"])
    with qtbot.assertNotEmitted(page.parts.table.found.modelReset, wait=100):
        asks.go.set()
    assert rows(page) == ["355025930000012"]
    assert page.shown.text == "00012"


def test_more_comes_when_the_end_is_seen(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches(many(120)))
    found = page.parts.table.found
    assert found.more
    assert page.parts.count.text() == records_words.shown(PAGE, more=True)
    for end in (2 * PAGE, 120):
        page.parts.table.scrollToBottom()
        qtbot.waitUntil(partial(_has, page, end))
    assert not found.more
    assert found.units == many(120)


def test_a_page_of_an_older_search_is_not_added_to_a_newer_one(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    asks = FakeSearches(many(120))
    page = open_page(asks)
    asks.slow = frozenset({""})
    page.parts.table.scrollToBottom()
    qtbot.waitUntil(lambda: not page.parts.table.found.canFetchMore(QModelIndex()))
    page.parts.field.setText("0000012")
    page.search()
    qtbot.waitUntil(lambda: rows(page) == ["355025930000012"])
    with qtbot.assertNotEmitted(page.parts.table.found.rowsInserted, wait=100):
        asks.go.set()
    assert rows(page) == ["355025930000012"]


def _has(page: RecordsPage, count: int) -> bool:
    return len(page.parts.table.found.units) == count


def test_a_scan_is_a_search(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches(many(40)))
    page.parts.field.setText("what was typed before")
    page.hear("SN:nobody;IMEI:355025930000021")
    qtbot.waitUntil(lambda: rows(page) == ["355025930000021"])
    assert page.parts.field.text() == "355025930000021", "the part of the label that was found"
    page.hear("]C1355025930000022")
    qtbot.waitUntil(lambda: rows(page) == ["355025930000022"])


def test_filters_filter(open_page: OpenPage, qtbot: QtBot) -> None:
    asks = FakeSearches(many(40))
    page = open_page(asks)
    filters = page.parts.filters
    qtbot.waitUntil(lambda: filters.named["recipe"].count() == 3)
    assert filters.isHidden()
    page.parts.filter_button.click()
    assert not filters.isHidden()
    choose(filters.named["outcome"], Outcome.FAIL.value)
    qtbot.waitUntil(lambda: asks.asked[-1].outcome is Outcome.FAIL)
    qtbot.waitUntil(lambda: len(rows(page)) == sum(_failed(unit) for unit in many(40)))
    for name, value in (
        ("recipe", "Gateway"), ("order", "WO-2026-1190"), ("operator", "Li Wei"), ("slot", "2"),
        ("station", "Line 3"), ("procedure", "renew"), ("code", "BOARD-SILENT"),
    ):  # fmt: skip
        choose(filters.named[name], value)
        assert getattr(filters.query("x"), name) == value
    assert page.parts.filter_button.text() == records_words.filters(8)
    filters.clear_button.click()
    assert filters.query("x") == Query("x")
    qtbot.waitUntil(lambda: len(rows(page)) == 40)


def _failed(unit: object) -> bool:
    run = getattr(unit, "run", None)
    return run is not None and run.outcome is Outcome.FAIL


def choose(field: QComboBox, value: str) -> None:
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


def test_days_are_those_of_this_place(qtbot: QtBot, light: None) -> None:
    panel = FilterPanel()
    qtbot.addWidget(panel)
    assert (panel.query("").since, panel.query("").until) == ("", "")
    choose(panel.when, When.TODAY)
    today = panel.query("")
    assert today.since
    assert not today.until
    choose(panel.when, When.YESTERDAY)
    assert panel.query("").until == today.since
    choose(panel.when, When.WEEK)
    assert panel.query("").since < today.since
    assert panel.since.isHidden() or not panel.since.isVisibleTo(panel)
    choose(panel.when, When.DAYS)
    assert panel.since.isVisibleTo(panel)
    assert panel.query("").since == today.since
    assert panel.query("").until > today.since


def test_a_unit_is_shown_beside_the_list_or_in_its_place(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches(many(40)))
    parts = page.parts
    parts.table.choose(1)
    qtbot.waitUntil(lambda: parts.unit.life is not None)
    assert parts.list.isVisible()
    assert parts.side.isVisible()
    page.resize(820, 560)
    assert parts.list.isVisible()
    assert not parts.side.isVisible()
    QTest.keyClick(parts.table, Key.Key_Return)
    assert parts.side.isVisible()
    assert not parts.list.isVisible()
    QTest.keyClick(page, Key.Key_Escape)
    assert parts.list.isVisible()
    assert parts.table.hasFocus()
    QApplication.processEvents()  # the list stands in its place again before it is touched
    row = parts.table.visualRect(parts.table.found.index(2, 1))
    QTest.mouseClick(parts.table.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert parts.side.isVisible()
    qtbot.waitUntil(lambda: _serial(page) == "355025930000038")
    parts.back_button.click()
    assert parts.list.isVisible()


def _serial(page: RecordsPage) -> str:
    return page.parts.unit.life.serial if page.parts.unit.life else ""


def test_a_unit_is_opened_at_the_bench(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches(many(40)))
    assert not page.parts.bench_button.isVisible()
    page.parts.table.choose(0)
    qtbot.waitUntil(page.parts.bench_button.isVisible)
    with qtbot.waitSignal(page.unit_wanted) as wanted:
        page.parts.bench_button.click()
    assert wanted.args == [40]


def test_a_board_that_never_said_who_it_is_is_no_unit(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches(many(8)))
    table = page.parts.table
    nameless = [n for n, unit in enumerate(table.found.units) if unit.unit is None]
    table.choose(nameless[0])
    assert page.parts.unit.life is None
    assert page.parts.unit.empty.accessibleName() == ". ".join(records_words.no_life())
    opened: list[int] = []
    table.opened.connect(opened.append)
    QTest.keyClick(table, Key.Key_Return)
    assert opened == []


def test_the_keyboard_alone_will_do(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches(many(40)))
    page.setFocus()
    field, table = page.parts.field, page.parts.table
    assert field.hasFocus()
    QTest.keyClick(field, Key.Key_Down)
    assert table.hasFocus()
    QTest.keyClick(table, Key.Key_Down)
    chosen = table.chosen()
    assert chosen is not None
    assert chosen.serial == "355025930000039"
    QTest.keyClicks(table, "7")
    assert field.hasFocus()
    assert field.text() == "7"
    qtbot.waitUntil(lambda: rows(page) == [each.serial for each in many(40) if "7" in each.serial])
    QTest.keyClick(field, Key.Key_Return)
    assert table.hasFocus()
    assert table.currentIndex().row() == 0


def test_an_empty_page_teaches(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches())
    parts = page.parts
    qtbot.waitUntil(
        lambda: parts.empty.accessibleName() == ". ".join(records_words.nothing(asked=False))
    )
    assert parts.list.currentWidget() is parts.empty
    assert not parts.sheet_button.isEnabled()
    page.parts.field.setText("x")
    page.search()
    qtbot.waitUntil(
        lambda: parts.empty.accessibleName() == ". ".join(records_words.nothing(asked=True))
    )


def test_trouble_is_said_and_passes(open_page: OpenPage, qtbot: QtBot) -> None:
    asks = FakeSearches(many(9))
    page = open_page(asks)
    asks.fails = RecordBroken("disk image is malformed")
    page.search()
    qtbot.waitUntil(page.parts.note.isVisible)
    assert page.parts.note.text == records_words.unreadable("RECORD-BROKEN")
    asks.fails = None
    page.search()
    qtbot.waitUntil(lambda: not page.parts.note.isVisible())
    assert page.parts.count.text() == records_words.shown(9, more=False)


def test_what_is_shown_is_exported_and_not_what_is_being_typed(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    asks = FakeSearches(many(60))
    page = open_page(asks)
    page.parts.field.setText("not looked for yet")
    for button, form, end in (
        (page.parts.sheet_button, SHEET, "csv"),
        (page.parts.json_button, JSON, "jsonl"),
    ):
        button.click()
        (dialog,) = page.findChildren(QFileDialog)
        assert dialog.isVisible()
        assert dialog.defaultSuffix() == end
        path = tmp_path / f"units.{end}"
        dialog.fileSelected.emit(str(path))
        assert not page.parts.sheet_button.isEnabled()
        qtbot.waitUntil(page.parts.sheet_button.isEnabled)
        assert asks.exported.pop() == (path, form, Query())
        assert page.parts.count.text() == records_words.written(60, path.name)
        dialog.close()
        qtbot.waitUntil(lambda: not page.findChildren(QFileDialog))


def test_a_file_that_can_not_be_written_is_said(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    asks = FakeSearches(many(3))
    page = open_page(asks)
    asks.fails = RecordBroken("no such folder")
    page.export(tmp_path / "x.csv", SHEET)
    qtbot.waitUntil(page.parts.note.isVisible)
    assert page.parts.note.text == records_words.not_written("RECORD-BROKEN")
    assert page.parts.sheet_button.isEnabled()


def test_every_control_has_a_name(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(FakeSearches(many(9)))
    page.parts.filter_button.click()
    choose(page.parts.filters.when, When.DAYS)
    qtbot.waitUntil(lambda: bool(page.shown.since))
    page.parts.table.choose(0)
    qtbot.waitUntil(lambda: page.parts.unit.life is not None)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QDateEdit)
    controls: list[QWidget] = [page.parts.table, page.parts.unit.timeline]
    for kind in kinds:
        controls += [each for each in page.findChildren(kind) if each.isVisible()]
    inner = {"qt_spinbox_lineedit", "qt_toolbar_ext_button"}
    named = [each for each in controls if each.objectName() not in inner and not _is_qts_own(each)]
    assert len(named) > 15
    assert [each for each in named if not each.accessibleName()] == []


def _is_qts_own(widget: QWidget) -> bool:
    """Tell whether Qt has put it into a field or a table itself."""
    parent = widget.parentWidget()
    return isinstance(parent, QLineEdit) or type(widget).__name__ == "QTableCornerButton"


def test_a_row_is_read_aloud(open_page: OpenPage) -> None:
    page = open_page(FakeSearches(many(2)))
    found = page.parts.table.found
    told = found.data(found.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(told, str)
    for part in ("355025930000002", "FAIL", "BOARD-SILENT", "nRF9151 asset tracker", "Li Wei"):
        assert part in told


def test_where_there_is_little_room_columns_are_left_out_and_the_unit_stays(
    open_page: OpenPage,
) -> None:
    page = open_page(FakeSearches(many(9)), wide=800)
    table = page.parts.table
    shown = [each for n, each in enumerate(Column) if not table.isColumnHidden(n)]
    assert shown[:3] == [Column.UNIT, Column.RESULT, Column.WHEN]
    assert Column.WHO not in shown
    assert sum(table.columnWidth(n) for n in range(len(shown))) <= table.viewport().width()
    page.resize(1900, 900)
    assert not any(table.isColumnHidden(n) for n in range(len(Column)))
