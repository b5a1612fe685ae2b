"""Signing in within the whole window: a badge, an order, a second person, by scanner alone."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.faults import BadgeUnknown, PinMissing, PinWrong
from station.model import Event, Refused, ShiftBegan
from station.scans import Act, Command
from tests.ui import stories
from tests.ui.conftest import OpenDesk
from tests.ui.fakes import GOOD, FakeEngine
from ui import languages, scan_words
from ui.rework_page import ReworkPage
from ui.sign_in import SignIn
from ui.window import Window

D = TypeVar("D", bound=QWidget)
ANNA = ("Anna", Path("tracker.toml"), None)


def scan(window: Window, what: str | Command) -> None:
    window.scanner.scanned.emit(what if isinstance(what, str) else what.text)


def the(qtbot: QtBot, window: Window, kind: type[D]) -> D:
    def visible() -> list[D]:
        return [each for each in window.findChildren(kind) if each.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def gone(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: window.dialogs.filled is None)


def signed_out(qtbot: QtBot, open_desk: OpenDesk) -> tuple[FakeEngine, Window, SignIn]:
    fake = FakeEngine(stories.line(2, signed_in=False))
    window = open_desk(fake)
    dialog = the(qtbot, window, SignIn)
    qtbot.waitUntil(lambda: dialog.recipes.count() == 3)
    return fake, window, dialog


def test_what_a_badge_holds_is_shown_nowhere(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window, _ = signed_out(qtbot, open_desk)
    fake.reply = Refused(BadgeUnknown().trouble)
    for code in ("BADGE 1044", "4711-without-a-pattern"):
        scan(window, code)
        assert window.page.screen_shown.scanned == scan_words.badge()
    qtbot.waitUntil(lambda: len(fake.orders) >= 1)


def test_a_badge_that_comes_while_a_question_is_open_is_not_shown(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake = FakeEngine((*stories.line(1), *stories.begun("1", 1)))
    window = open_desk(fake, signed_in=ANNA)
    qtbot.waitUntil(lambda: bool(window.page.screen_shown.running()))
    scan(window, Command(Act.STOP))
    qtbot.waitUntil(lambda: window.dialogs.question is not None)
    scan(window, "BADGE 1044")
    assert "1044" not in window.page.bottom.says
    scan(window, Command(Act.NO))


def test_a_label_is_shown_as_it_is(qtbot: QtBot, open_desk: OpenDesk) -> None:
    window = open_desk(FakeEngine(stories.line(1)), signed_in=ANNA)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    scan(window, "SN-00042")
    assert window.page.screen_shown.scanned == "SN-00042"


def test_whoever_scans_the_badge_again_is_signed_in_again(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    fake, window, _ = signed_out(qtbot, open_desk)
    scan(window, "BADGE 77")
    gone(qtbot, window)
    scan(window, "BADGE 77")
    qtbot.waitUntil(lambda: len(fake.orders) == 2)
    assert fake.orders[0] == fake.orders[1] == ("sign in", "77", GOOD.path, None)
    gone(qtbot, window)


def test_a_pin_that_the_core_asks_for_is_asked_for(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window, dialog = signed_out(qtbot, open_desk)
    fake.reply = Refused(PinMissing().trouble)
    scan(window, "BADGE 77")
    qtbot.waitUntil(lambda: dialog.shows_pad)
    fake.reply = None
    dialog.who.type_digit("4")
    dialog.confirm()
    gone(qtbot, window)


@pytest.mark.parametrize(
    ("chosen", "theirs", "spoken"), [("", "de", "de"), ("es", "de", "es"), ("", "", "en")]
)
def test_the_window_speaks_what_was_chosen_or_else_the_persons_language(
    qtbot: QtBot, open_desk: OpenDesk, chosen: str, theirs: str, spoken: str
) -> None:
    languages.use("en")
    fake, window, dialog = signed_out(qtbot, open_desk)
    began: Event = ShiftBegan("Anna", "Tracker", "", None, language=theirs)
    fake.reply = began
    try:
        if chosen:
            dialog._speak(chosen)
        scan(window, "BADGE 77")
        gone(qtbot, window)
        assert languages.in_use().code == spoken
    finally:
        languages.use("en")


def test_a_wrong_pin_is_not_told_again_at_the_bench(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window, dialog = signed_out(qtbot, open_desk)
    fake.reply = Refused(PinWrong().trouble)
    scan(window, "BADGE 77")
    qtbot.waitUntil(lambda: PinWrong.code in dialog.note.text)
    fake.reply = None
    dialog.recipes.setCurrentRow(dialog.recipes.count() - 1)
    scan(window, "BADGE 77")
    gone(qtbot, window)
    page = the(qtbot, window, ReworkPage)
    assert page.note.text == ""
