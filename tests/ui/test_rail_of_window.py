"""The rail of the window marks the page that is in front, whichever pages were made."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from station.model import Role
from tests.ui import rework_fakes as bench
from tests.ui import stories
from ui.line_page import LinePage
from ui.pages import LINE, RECORDS, REWORK, Pages

pytestmark = pytest.mark.usefixtures("garbage")  # they ask on threads of their own


def marked(pages: Pages) -> list[str]:
    return [entry.name for entry in pages.rail.entries if entry.isChecked()]


@pytest.fixture
def pages(qtbot: QtBot, light: None) -> Pages:
    window = Pages(bench.desk(), LinePage("Line 3", training=True))
    qtbot.addWidget(window)
    window.show()
    return window


def test_the_line_is_marked_before_any_other_page_was_made(pages: Pages) -> None:
    pages.show_screen(stories.told(bench.line(role=Role.AUDITOR)))
    assert [entry.name for entry in pages.rail.entries] == [LINE, RECORDS]
    assert marked(pages) == [LINE]


def test_the_mark_goes_with_the_page(pages: Pages) -> None:
    pages.show_screen(stories.told(bench.line(role=Role.TECHNICIAN)))
    for name in (LINE, REWORK, LINE):
        pages.show_page(name)
        assert marked(pages) == [name]


def test_an_operator_has_no_rail(pages: Pages) -> None:
    pages.show_screen(stories.told(bench.line(role=Role.OPERATOR)))
    assert not pages.rail.isVisible()
