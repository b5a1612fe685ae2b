"""A scanner that types is heard whatever has the focus; time is told, nobody waits for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station.model import Layout, Wedge
from ui import us_keys
from ui.scanner import Scanner, what_it_is
from ui.wedge import Kind

Key, Mod = Qt.Key, Qt.KeyboardModifier
NONE, SHIFT, CTRL, ALT, META = (
    Mod.NoModifier,
    Mod.ShiftModifier,
    Mod.ControlModifier,
    Mod.AltModifier,
    Mod.MetaModifier,
)
NAMED = {"\r": Key.Key_Return, "\t": Key.Key_Tab, " ": Key.Key_Space}


class ToldTimer(QTimer):
    """A timer that runs out when the test says so."""

    def start(self, *_: object) -> None:
        """Nothing: time is told."""


class Bench:
    """A window with a field and a button, a scanner over it, and a keyboard with a clock."""

    def __init__(self, qtbot: QtBot, how: Wedge) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.field, self.button = QLineEdit(self.window), QPushButton(self.window)
        self.clicks: list[bool] = []
        self.button.clicked.connect(lambda: self.clicks.append(True))
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.button)
        qtbot.addWidget(self.window)
        self.timer = ToldTimer()
        self.scanner = Scanner(how, self.window, self.timer)
        self.scanner.listen()
        self.scans: list[str] = []
        self.scanner.scanned.connect(self.scans.append)
        self.how, self.at_ms = how, 5_000
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.field.setFocus()

    def key(
        self,
        letter: str,
        *,
        kind: QEvent.Type = QEvent.Type.KeyPress,
        over: QWidget | None = None,
        key: Qt.Key | None = None,
        held: Qt.KeyboardModifier = NONE,
        code: int = 0,
    ) -> None:
        """Have the window system tell of a key that goes down, or comes up."""
        which = key or NAMED.get(letter) or Key(ord(letter.upper()))
        event = QKeyEvent(kind, which, held, code, 0, 0, letter)
        event.setTimestamp(self.at_ms)
        QCoreApplication.sendEvent((over or self.window).windowHandle(), event)

    def type(self, text: str, gap_ms: int, over: QWidget | None = None) -> None:
        for letter in text:
            self.key(letter, over=over)
            self.key(letter, kind=QEvent.Type.KeyRelease, over=over)
            self.pause(gap_ms)

    def scan(self, text: str, over: QWidget | None = None) -> None:
        self.type(f"{text}\r", 3, over)

    def pause(self, ms: int) -> None:
        self.at_ms += ms
        if ms > self.how.gap_ms:
            self.timer.timeout.emit()
            self.settle()

    def settle(self) -> None:
        """Let the window look once more at the keys that wait."""
        self.qtbot.waitUntil(lambda: not self.scanner._once_more.isActive())


@pytest.fixture
def bench(qtbot: QtBot, light: None, request: pytest.FixtureRequest) -> Bench:
    return Bench(qtbot, getattr(request, "param", Wedge()))


def test_a_code_is_told_once_and_leaves_a_field_alone(bench: Bench) -> None:
    bench.field.setText("before")
    bench.scan("F412FA650121")
    bench.pause(1_000)
    assert (bench.scans, bench.field.text()) == (["F412FA650121"], "before")


@pytest.mark.parametrize("text", ["SN 0042", "    "])
def test_a_code_presses_no_button(bench: Bench, text: str) -> None:
    bench.button.setFocus()
    bench.scan(text)
    bench.pause(1_000)
    assert (bench.scans, bench.clicks) == ([text], [])
    assert not bench.button.isDown()


def test_a_hand_types_and_presses(bench: Bench) -> None:
    bench.type("Anna Kowalska", 90)
    assert bench.field.text() == "Anna Kowalska"
    bench.button.setFocus()
    bench.type(" ", 90)
    assert (len(bench.clicks), bench.scans) == (1, [])


def test_a_quick_hand_that_stops_has_typed(bench: Bench) -> None:
    bench.type("quick", 30)
    assert bench.field.text() == ""
    bench.pause(51)
    assert bench.field.text() == "quick"


def test_a_shortcut_is_heard_at_once(bench: Bench, qtbot: QtBot) -> None:
    heard: list[str] = []

    class Hearing(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            heard.append(Key(event.key()).name)

    window = Hearing()
    qtbot.addWidget(window)
    window.show()
    bench.key("a", over=window)
    assert heard == []
    bench.key("", over=window, key=Key.Key_F6)
    assert heard == ["Key_A", "Key_F6"]


def test_what_was_typed_comes_before_what_is_done_next(bench: Bench) -> None:
    told: list[str] = []
    bench.button.pressed.connect(lambda: told.append(bench.field.text()))
    bench.key("7")
    where = bench.button.geometry().center()
    QTest.mouseClick(bench.window.windowHandle(), Qt.MouseButton.LeftButton, NONE, where)
    assert told == ["7"]
    bench.field.setFocus()
    bench.pause(500)
    bench.key("8")
    composed = QInputMethodEvent()
    composed.setCommitString("中")
    QCoreApplication.sendEvent(bench.field, composed)
    assert bench.field.text() == "78中"


def test_a_dead_key_goes_its_way(bench: Bench) -> None:
    bench.key("a")
    bench.key("", key=Key.Key_Dead_Acute)
    assert bench.field.text() == "a", "what was held went before it"
    bench.key("é", key=Key.Key_Eacute)
    bench.pause(51)
    assert bench.field.text() == "aé"


def test_a_code_may_hold_letters_of_any_language_and_separators(bench: Bench) -> None:
    for letter in "Größe表😀":
        bench.key(letter, key=Key.Key_unknown)
    bench.key("\x1d", key=Key.Key_BracketRight, held=CTRL)
    bench.scan("21")
    assert bench.scans == ["Größe表😀\x1d21"]


def test_a_code_is_heard_over_a_dialog(bench: Bench, qtbot: QtBot) -> None:
    dialog = QDialog(bench.window)
    line = QLineEdit(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    bench.scan("ABCD", over=dialog)
    assert (bench.scans, line.text(), dialog.isVisible()) == (["ABCD"], "", True)


def test_keys_of_a_window_that_has_gone_go_with_it(bench: Bench, qtbot: QtBot) -> None:
    dialog = QDialog(bench.window)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    bench.key("a", over=dialog)
    dialog.setParent(None)
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    bench.pause(51)
    bench.scan("ABCD")
    assert (bench.scans, bench.field.text()) == (["ABCD"], "")


def test_keys_that_are_late_are_no_hand(bench: Bench) -> None:
    """The window was busy: its timer runs out while the next keys wait in the queue."""
    bench.type("AB", 3)
    bench.timer.timeout.emit()
    bench.scan("CD")
    bench.settle()
    bench.pause(100)
    assert (bench.scans, bench.field.text()) == (["ABCD"], "")


def test_keys_of_a_program_come_to_a_widget_and_are_let_be(bench: Bench) -> None:
    QTest.keyClicks(bench.field, "0121\r")
    assert (bench.field.text(), bench.scans) == ("0121", [])


def test_a_window_that_is_hidden_hears_nothing(bench: Bench, qtbot: QtBot) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    qtbot.waitExposed(other)
    bench.window.hide()
    bench.scan("ABCD", over=other)
    assert (bench.scans, other.text()) == ([], "ABCD")


def test_three_codes_in_a_row_over_a_field(bench: Bench) -> None:
    for code in ("1111", "2222", "3333"):
        bench.scan(code)
    assert (bench.scans, bench.field.text()) == (["1111", "2222", "3333"], "")


US_ON_GERMAN = Wedge(layout=Layout.US)


@pytest.mark.parametrize("bench", [US_ON_GERMAN], indirect=True)
def test_a_scanner_set_to_us_is_read_by_its_keys_and_a_hand_by_its_letters(bench: Bench) -> None:
    places = {plain: code for code, plain in us_keys.EVDEV.items()}
    # as a German layout tells an American scanner's "ZY-1:/="
    for plain, shown, held in (
        ("z", "Y", SHIFT),
        ("y", "Z", SHIFT),
        ("-", "ß", NONE),
        ("1", "1", NONE),
        (";", "Ö", SHIFT),
        ("/", "-", NONE),
        ("=", "", NONE),
    ):
        key = Key.Key_Dead_Acute if not shown else Key.Key_unknown
        bench.key(shown, key=key, held=held, code=places[plain] + us_keys.X11_OFFSET)
    bench.key("\r")
    assert bench.scans == ["ZY-1:/="]
    bench.pause(100)
    bench.key("z", code=places["y"] + us_keys.X11_OFFSET)
    bench.pause(100)
    assert bench.field.text() == "z"


def event(key: Qt.Key, held: Qt.KeyboardModifier, text: str, code: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, code, code, 0, text)


@pytest.mark.parametrize(
    ("told", "platform", "expected"),
    [
        (event(Key.Key_A, NONE, "a"), "linux", (Kind.TEXT, "a")),
        (event(Key.Key_A, SHIFT, "A"), "linux", (Kind.TEXT, "A")),
        (event(Key.Key_1, Mod.KeypadModifier, "1"), "linux", (Kind.TEXT, "1")),
        (event(Key.Key_At, Mod.GroupSwitchModifier, "@"), "linux", (Kind.TEXT, "@")),
        (event(Key.Key_At, CTRL | ALT, "@"), "win32", (Kind.TEXT, "@")),
        (event(Key.Key_At, ALT, "@"), "darwin", (Kind.TEXT, "@")),
        (event(Key.Key_A, ALT, "a"), "linux", (Kind.OTHER, "")),
        (event(Key.Key_A, CTRL, "\x01"), "linux", (Kind.CONTROL, "\x01")),
        (event(Key.Key_BracketRight, META, "\x1d"), "darwin", (Kind.CONTROL, "\x1d")),
        (event(Key.Key_Return, NONE, "\r"), "linux", (Kind.ENTER, "")),
        (event(Key.Key_Enter, Mod.KeypadModifier, "\r"), "linux", (Kind.ENTER, "")),
        (event(Key(10), NONE, "\n"), "linux", (Kind.ENTER, "")),
        (event(Key.Key_Tab, NONE, "\t"), "linux", (Kind.TAB, "")),
        (event(Key.Key_Return, SHIFT, "\r"), "linux", (Kind.OTHER, "")),
        (event(Key.Key_Return, ALT, "\r"), "linux", (Kind.OTHER, "")),
        (event(Key.Key_Escape, NONE, "\x1b"), "linux", (Kind.OTHER, "")),
        (event(Key.Key_Backspace, NONE, "\x08"), "linux", (Kind.OTHER, "")),
        (event(Key.Key_Delete, NONE, "\x7f"), "linux", (Kind.OTHER, "")),
        (event(Key.Key_F6, NONE, ""), "linux", (Kind.OTHER, "")),
        (event(Key.Key_Shift, SHIFT, ""), "linux", (Kind.MODIFIER, "")),
    ],
)
def test_what_a_key_could_be(told: QKeyEvent, platform: str, expected: tuple[Kind, str]) -> None:
    assert what_it_is(told, Layout.SYSTEM, platform) == expected


@pytest.mark.parametrize(
    ("code", "platform", "held", "expected"),
    [
        (21 + 8, "linux", NONE, (Kind.TEXT, "y")),
        (21, "win32", SHIFT, (Kind.TEXT, "Y")),
        (16, "darwin", NONE, (Kind.TEXT, "y")),
        (3 + 8, "linux", SHIFT, (Kind.TEXT, "@")),
        (27 + 8, "linux", CTRL, (Kind.CONTROL, "\x1d")),
        (30, "darwin", META, (Kind.CONTROL, "\x1d")),
        (24, "darwin", SHIFT, (Kind.TEXT, "+")),
        (2 + 8, "linux", CTRL, (Kind.OTHER, "")),
        (79 + 8, "linux", NONE, (Kind.TEXT, "ß")),
    ],
)
def test_a_key_is_read_by_its_place(
    code: int, platform: str, held: Qt.KeyboardModifier, expected: tuple[Kind, str]
) -> None:
    told = event(Key.Key_unknown, held, "ß", code)
    assert what_it_is(told, Layout.US, platform) == expected
