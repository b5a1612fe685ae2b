"""The head of a card: a band and a mark where somebody is wanted, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from station.model import Event, Outcome
from tests.ui import stories
from tests.ui.pictures import PAGES
from ui.line_page import LinePage
from ui.theme import LIGHT


@pytest.fixture
def page(qtbot: QtBot, light: None) -> LinePage:
    line = LinePage("Line 3", training=False)
    qtbot.addWidget(line)
    line.resize(1600, 900)
    line.show()
    return line


def heads(page: LinePage, events: Iterable[Event]) -> list[QColor]:
    """Return the colour of each card between the slot's name and the unit's, near its top."""
    page.show_screen(stories.told(events))
    grabbed = (card.grab().toImage() for card in page.grid.cards)
    return [image.pixelColor(image.width() // 2, 12) for image in grabbed]


def test_a_slot_that_waits_for_a_hand_has_a_band(page: LinePage) -> None:
    events = [
        *stories.line(3),
        *stories.asked_for_a_hand("1", 1, stories.PIN),
        *stories.begun("2", 2),
        *stories.ended("3", 3, Outcome.PASS, None),
    ]
    accent, passed = LIGHT.accent.ground, LIGHT.verdicts[Outcome.PASS].ground
    assert heads(page, events) == [accent, LIGHT.surface, passed]


def test_of_several_that_ask_for_a_scan_only_the_one_whose_turn_it_is_has_a_band(
    page: LinePage,
) -> None:
    story, _ = PAGES["asking-4"]
    assert heads(page, story()) == [LIGHT.accent.ground, *[LIGHT.surface] * 3]


def test_a_hand_and_a_scan_are_told_apart_by_their_marks(page: LinePage) -> None:
    def mark(events: Iterable[Event]) -> QImage:
        page.show_screen(stories.told(events))
        return page.grid.cards[0].grab().toImage().copy(0, 0, 60, 70)

    asked, _ = PAGES["asking-1"]
    hand = mark([*stories.line(1), *stories.asked_for_a_hand("1", 1, stories.PIN)])
    scan = mark(asked())
    inks = [
        sum(
            image.pixelColor(x, y) == LIGHT.accent.ink
            for x in range(image.width())
            for y in range(image.height())
        )
        for image in (hand, scan)
    ]
    assert min(inks) > 40
    assert hand != scan
