"""Every page speaks another language throughout, and nothing that must be read is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.model import Outcome, Role, ShiftBegan
from tests.ui import pseudo, stories
from tests.ui.conftest import OpenDesk
from tests.ui.fakes import FakeEngine
from tests.ui.pictures import PAGES, page_of
from tests.ui.pseudo import Pseudo
from ui import labels, words
from ui.ask import Ask
from ui.bottom_bar import Sentence
from ui.help_overlay import HelpOverlay
from ui.lettering import Shortened
from ui.pages import LINE, RECORDS, REWORK
from ui.pick import Pick

SIZES = ((1280, 800), (1024, 700))


@pytest.fixture
def speaks_pseudo(qapp: QApplication, light: None) -> Iterator[None]:
    translator = Pseudo()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_the_language_nobody_speaks() -> None:
    assert pseudo.pseudo("Retry  F5") == "[Ŕéţŕý  F5 öñé]"
    assert pseudo.pseudo("PASS") == "[ÞÅŠŠöñ]"
    said = pseudo.pseudo("Step {at} of {all}")
    assert said.startswith("[Šţéþ {at} öƒ {all} öñé")
    assert pseudo.untranslated(["Ŝţéþ F5", "Line 3", "Retry"], pseudo.data()) == {"Retry"}


def test_what_is_missed_or_cut_is_found(qtbot: QtBot, speaks_pseudo: None) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(400, 300)
    missed, narrow, low = QLabel("Retry", over), QPushButton("[Ŕéţŕý]", over), QLabel(over)
    narrow.setGeometry(0, 40, 20, 48)
    low.setText("[ŵ ŵ ŵ ŵ]")
    low.setWordWrap(True)
    low.setGeometry(0, 100, 30, 12)
    sentence = Sentence()
    sentence.setParent(over)
    sentence.setGeometry(0, 200, 160, 80)
    sentence.show_text("[ŵ ŵ ŵ ŵ]" * 20)
    over.show()
    assert missed.text() in pseudo.untranslated(pseudo.given(over), pseudo.data())
    assert pseudo.cut_off(over) == {narrow.text(), low.text()}
    assert pseudo.painted(over).cut == [sentence.text]
    sentence.setGeometry(0, 280, 400, 40)
    sentence.show_text("[ŵ]")
    assert pseudo.painted(over).cut == []


def check(shown: QWidget, may_be_cut: Callable[[str], bool] = lambda _: False) -> None:
    check_translated(shown)
    cut = {*pseudo.painted(shown).cut, *pseudo.cut_off(shown)}
    assert {text for text in cut if not may_be_cut(text)} == set()


@pytest.fixture
def switch(qtbot: QtBot, qapp: QApplication, light: None) -> Iterator[Callable[[], None]]:
    """Return what lets the language nobody speaks take the place of English."""
    translator = Pseudo()

    def to_pseudo() -> None:
        qapp.installTranslator(translator)
        qapp.processEvents()  # Qt tells each window of it by an event

    yield to_pseudo
    qapp.removeTranslator(translator)


def check_translated(shown: QWidget) -> None:
    watch = pseudo.painted(shown)
    lines = (line.whole if isinstance(line, Shortened) else line for line in watch.lines)
    assert pseudo.untranslated([*lines, *pseudo.given(shown)], pseudo.data()) == set()


@pytest.mark.parametrize("name", ["starting", "slots-4", "halted", "gesture-4", "air-3"])
def test_a_page_that_stands_speaks_the_next_language(
    qtbot: QtBot, switch: Callable[[], None], name: str
) -> None:
    story, _ = PAGES[name]
    page = page_of(story, SIZES[0])
    qtbot.addWidget(page)
    page.show_hint("what was said of the last key")
    switch()
    check_translated(page)


def test_help_and_pick_that_stand_speak_the_next_language(
    qtbot: QtBot, switch: Callable[[], None]
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(*SIZES[1])
    over.show()
    overlay = HelpOverlay(over)
    overlay.toggle()
    pick = Pick(over, stories.nearby(3, 2))
    pick.open()
    switch()
    check_translated(over)
    check_translated(pick)
    pick.close()


def is_data(text: str) -> bool:
    return "[" not in text


@pytest.mark.parametrize("size", SIZES, ids=["1280", "1024"])
@pytest.mark.parametrize("name", [name for name in PAGES if "long" not in name])
def test_each_state_of_the_line_speaks_it_whole(
    qtbot: QtBot, speaks_pseudo: None, name: str, size: tuple[int, int]
) -> None:
    story, _ = PAGES[name]
    page = page_of(story, size)
    qtbot.addWidget(page)
    small = (*pseudo.small_print(page), *pseudo.steps())
    # The names of sixteen slots have room in real languages: test_pseudo_gallery.py holds that.
    slots = [card.face.card.slot for card in page.grid.cards]
    names = {words.slot(slot) for slot in slots} if len(slots) > 8 else set()
    check(page, lambda text: is_data(text) or text in names or any(part in text for part in small))
    for card in page.grid.cards:
        page.select(card.face.card.slot)
        if card.face.card.prompt or card.face.card.outcome not in {None, Outcome.PASS}:
            assert (card.face.says if card.face.card.prompt else card.face.do) in page.bottom.says
        assert pseudo.painted(page.bottom).cut == []


def test_the_help(qtbot: QtBot, speaks_pseudo: None) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(*SIZES[1])
    over.show()
    overlay = HelpOverlay(over)
    overlay.toggle()
    check(overlay)


@pytest.mark.parametrize("boards", [0, 3, 16])
def test_the_pick(qtbot: QtBot, speaks_pseudo: None, boards: int) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    pick = Pick(over, stories.nearby(boards, boards and 3))
    pick.open()
    nears = {
        labels.how_near(bars) for bars in range(1, 5)
    }  # of the row that is half below the edge
    check(pick, lambda text: is_data(text) or (boards > 4 and text in nears))
    pick.close()


@pytest.mark.parametrize("slots", [("2",), ("1", "2", "3")])
def test_a_question(qtbot: QtBot, speaks_pseudo: None, slots: tuple[str, ...]) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    names = tuple(words.slot(slot) for slot in slots)
    ask = Ask(over, labels.stop_question(names), yes=labels.stop_yes(), no=labels.go_on())
    ask.open()
    check(ask)
    ask.close()


@pytest.mark.parametrize("name", [LINE, REWORK, RECORDS])
def test_the_whole_window_speaks_the_next_language(
    qtbot: QtBot, open_desk: OpenDesk, switch: Callable[[], None], name: str
) -> None:
    engineer = replace(
        next(each for each in stories.line(1) if isinstance(each, ShiftBegan)), role=Role.ENGINEER
    )
    window = open_desk(FakeEngine([*stories.busy(4), engineer]))
    qtbot.waitUntil(lambda: window.page.screen_shown.shift == engineer)
    window.pages.show_page(name)
    assert (window.pages.beside_line is None) == (name == LINE)
    switch()
    check_translated(window)
