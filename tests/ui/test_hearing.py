"""A scanned code goes to the dialog that is open, or else to the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.faults import KeyRefused, ScanSpoilt
from station.model import Event, Reading, Refused, Scanned
from station.scans import Act, Command, Unknown, Why, sheet
from tests.ui import stories
from tests.ui.conftest import OpenDesk
from tests.ui.fakes import GOOD, FakeEngine
from ui import scan_words, words
from ui.ask import Ask
from ui.pick import Pick
from ui.scan_words import SheetLine
from ui.sign_in import SignIn
from ui.window import Window

ANNA = ("Anna", Path("tracker.toml"), None)
TROUBLED = (
    *stories.line(3),
    *stories.ended("1", 1, *stories.ENDS[0]),
    *stories.ended("2", 2, *stories.ENDS[1]),
)
RUNNING = (*stories.line(3), *stories.begun("1", 1))


def types_a_code(over: QWidget, code: str) -> None:
    """Have the window system tell of a scanner's keys."""
    for n, letter in enumerate(f"{code}\r"):
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(1_000 + 4 * n)
            QCoreApplication.sendEvent(over.windowHandle(), event)


def shown(qtbot: QtBot, window: Window, kind: type[QWidget]) -> QWidget:
    def visible() -> list[QWidget]:
        return [found for found in window.findChildren(kind) if found.isVisible()]

    qtbot.waitUntil(lambda: len(visible()) == 1)
    return visible()[0]


def at_work(qtbot: QtBot, open_desk: OpenDesk, *events: Event) -> tuple[FakeEngine, Window]:
    fake = FakeEngine(events)
    window = open_desk(fake, signed_in=ANNA)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    qtbot.waitUntil(lambda: len(window.page.grid.cards) == 3)
    fake.orders.clear()
    return fake, window


def scan(window: Window, what: str | Command) -> None:
    window.scanner.scanned.emit(what if isinstance(what, str) else what.text)


def test_a_command_that_is_typed_by_a_scanner_is_obeyed(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    types_a_code(window, Command(Act.RETRY).text)
    qtbot.waitUntil(lambda: fake.orders == [("retry", "2")])


def test_a_slot_is_selected_and_retried_by_scanner_alone(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    scan(window, Command(Act.SLOT, 1))
    assert window.page.selected == "1"
    scan(window, Command(Act.RETRY))
    qtbot.waitUntil(lambda: fake.orders == [("retry", "1")])


@pytest.mark.parametrize(("answer", "orders"), [(Act.YES, [("abort", "1")]), (Act.NO, [])])
def test_a_run_is_stopped_by_two_scans(
    qtbot: QtBot, open_desk: OpenDesk, answer: Act, orders: list[tuple[str, str]]
) -> None:
    fake, window = at_work(qtbot, open_desk, *RUNNING)
    scan(window, Command(Act.STOP))
    shown(qtbot, window, Ask)
    scan(window, Command(Act.RETRY))
    scan(window, "351358815340515")
    assert fake.orders == []
    scan(window, Command(answer))
    qtbot.waitUntil(lambda: window.findChildren(Ask) == [])
    qtbot.waitUntil(lambda: fake.orders == orders)


def test_a_badge_signs_in_whatever_has_the_focus(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(3, signed_in=False))
    window = open_desk(fake)
    dialog = shown(qtbot, window, SignIn)
    assert isinstance(dialog, SignIn)
    qtbot.waitUntil(lambda: dialog.recipes.count() == 3)
    dialog.quantity.setFocus()
    types_a_code(dialog, "BADGE 1044")
    qtbot.waitUntil(lambda: fake.orders == [("sign in", "1044", GOOD.path, None)])


def test_a_badge_without_a_pattern_is_a_name(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(3, signed_in=False))
    window = open_desk(fake)
    dialog = shown(qtbot, window, SignIn)
    assert isinstance(dialog, SignIn)
    qtbot.waitUntil(lambda: dialog.recipes.count() == 3)
    scan(window, "]C0Anna")
    qtbot.waitUntil(lambda: fake.orders == [("sign in", "Anna", GOOD.path, None)])


def test_signing_out_by_scanner_never_signs_in(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *stories.line(3))
    scan(window, Command(Act.SIGN_OUT))
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is None)
    scan(window, Command(Act.SIGN_OUT))
    assert fake.orders == [("sign out",)]
    assert window.findChildren(SignIn) == []


def test_a_label_picks_a_board_and_no_closes_the_dialog(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine([*stories.on_air(4, 3)])
    window = open_desk(fake)
    qtbot.waitUntil(lambda: window.page.screen_shown.shift is not None)
    fake.orders.clear()
    window.line.pick()
    dialog = shown(qtbot, window, Pick)
    assert isinstance(dialog, Pick)
    dialog.cancel_button.setFocus()
    types_a_code(dialog, "F412FA650121")
    qtbot.waitUntil(lambda: fake.orders == [("pick", "F412FA650121")])
    scan(window, Command(Act.NO))
    qtbot.waitUntil(lambda: window.findChildren(Pick) == [])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SN-00042", scan_words.not_now("SN-00042")),
        (Command(Act.YES).text, scan_words.not_now("Yes")),
        (Command(Act.SLOT, 9).text, scan_words.not_now("Slot 9")),
        (
            Command(Act.YES).text[:-1] + "B",
            scan_words.unknown(Unknown(Command(Act.YES).text, Why.COMMAND_BROKEN)),
        ),
        ("ab", scan_words.unknown(Unknown("ab", Why.SHORT))),
    ],
)
def test_what_nobody_asked_for_is_said_and_does_nothing(
    qtbot: QtBot, open_desk: OpenDesk, code: str, said: str
) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    scan(window, code)
    assert window.page.bottom.says == said
    window._show()
    assert window.page.bottom.says == said, "it stays until something happens"
    assert said.startswith((window.page.bottom.scanned, "This command"))
    assert (fake.orders, window.page.selected) == ([], None)


def test_a_serial_scanner_s_code_is_heard_as_any_other(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake, window = at_work(qtbot, open_desk, *TROUBLED)
    window.take([Scanned(Command(Act.SLOT, 1).text), Scanned(Command(Act.RETRY).text)])
    qtbot.waitUntil(lambda: fake.orders == [("retry", "1")])


def test_a_code_that_is_too_long_is_told_and_the_next_one_takes_it_away(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window = at_work(qtbot, open_desk, *TROUBLED)
    window.scanner.spoilt.emit()
    qtbot.waitUntil(lambda: ScanSpoilt.code in window.page.bottom.says)
    scan(window, Command(Act.SLOT, 1))
    assert words.says(ScanSpoilt().trouble) not in window.page.bottom.says


def test_an_old_refusal_gives_way_to_a_scan() -> None:
    screen = stories.told([*stories.line(1), Refused(KeyRefused().trouble), Scanned("x")])
    assert (screen.refused, screen.refusals, screen.scanned) == (None, 1, "x")


def test_a_line_s_own_pattern_is_heard(qtbot: QtBot, open_desk: OpenDesk) -> None:
    fake = FakeEngine(stories.line(3, signed_in=False))
    window = open_desk(fake, reading=Reading(badge=r"E(?P<id>\d{5})"))
    dialog = shown(qtbot, window, SignIn)
    assert isinstance(dialog, SignIn)
    qtbot.waitUntil(lambda: dialog.recipes.count() == 3)
    scan(window, "E10442")
    qtbot.waitUntil(lambda: fake.orders == [("sign in", "10442", GOOD.path, None)])


def test_the_sheet_says_what_each_barcode_does() -> None:
    lines = scan_words.sheet_lines(2)
    assert [line.says for line in lines] == [
        "Retry",
        "Stop",
        "Print again",
        "Next work order",
        "Yes",
        "No",
        "Sign out",
        "Slot 1",
        "Slot 2",
    ]
    assert lines[0] == SheetLine(Command(Act.RETRY).text, "Retry")
    assert [line.text for line in lines] == [command.text for command in sheet(2)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("355025930000000", "355025930000000"),
        ("]C0F4:12:FA:6F:11:22", "F4:12:FA:6F:11:22"),
        ("tracker-0042 s3cr3t-to-claim-it", "tracker-0042…"),
        ("tracker-0042,s3cr3t", "tracker-0042…"),
        ("https://example.com/claim?unit=1&key=s3cr3t", "https://example.com/…"),
        ("0123456789012345678901234567890123456789", "01234567890123456789…"),
        ("{}[]", "…"),
    ],
)
def test_of_a_label_only_what_names_the_unit_is_shown_as_the_last_scan(
    qtbot: QtBot, open_desk: OpenDesk, text: str, named: str
) -> None:
    _, window = at_work(qtbot, open_desk, *TROUBLED)
    scan(window, text)
    assert window.page.bottom.scanned == named
    assert "s3cr3t" not in window.page.bottom.says


def test_the_last_scan_is_the_command_the_order_or_that_it_was_a_badge(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    _, window = at_work(qtbot, open_desk, *TROUBLED)
    assert window.page.bottom.scanned == ""
    for code, told in (
        (Command(Act.SLOT, 1).text, "Slot 1"),
        ("WO-1001", "WO-1001"),
        ("BADGE 1044", "Badge"),
    ):
        scan(window, code)
        assert window.page.bottom.scanned == told


def test_a_code_is_shown_with_its_separators_and_not_too_long() -> None:
    assert scan_words.shown("a\x1db") == "a·b"
    assert len(scan_words.shown("x" * 5000)) == scan_words.MOST_SHOWN
