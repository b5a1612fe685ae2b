"""A whole shift by scanner alone, on a real X server: sign in, eight units, and what goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

import pytest

from station.record import questions
from station.scans import Act, Command
from tests.bench.display import display
from tests.ui.shift_line import BADGES, ORDER, UNITS

ROOT = Path(__file__).parents[2]
PATIENCE_S = 40
SCANNER_MS = 4
ANSWERED_S = 10
SCREEN = "1400x900"


F = TypeVar("F", str, list[str])


class Shift:
    """The window in a process of its own, the scanner before it, and what was reported."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.folder, self._report = folder / "line", folder / "report"
        self._report.touch()
        self._env = {**os.environ, **env}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.shift_line", str(self.folder), str(self._report)],
            env=self._env,
            cwd=ROOT,
        )
        self._read = 0
        window = self._until(lambda: self._xdotool("search", "--onlyvisible", "--name", "Line 7"))
        self._xdotool("windowfocus", "--sync", window.split()[-1])
        self.dialog("Sign in")

    def dialog(self, title: str) -> None:
        """Wait until a dialog stands whose title begins so."""
        self._until(lambda: self._xdotool("search", "--onlyvisible", "--name", f"^{title}"))

    def size(self) -> str:
        """Return the window's size in pixels, as xdotool tells it."""
        window = self._xdotool("search", "--onlyvisible", "--name", "Line 7").split()[-1]
        return next(x for x in self._xdotool("getwindowgeometry", window).split() if "x" in x)

    def until_smaller(self) -> None:
        """Wait until the window does not fill the screen any more."""
        self._until(lambda: "" if self.size() == SCREEN else "smaller")

    def key(self, key: str) -> None:
        """Press one key."""
        self._xdotool("key", key)

    def wait_for(self, begins: str, ends: str) -> None:
        """Wait for a line of the report, without reading on."""

        def look() -> list[str]:
            return [x for x in self.lines if x.startswith(begins) and x.endswith(ends)]

        self._until(look)

    def scan(self, what: str | Act, slot: int | None = None) -> None:
        """Type a code as a scanner does."""
        text = Command(what, slot).text if isinstance(what, Act) else what
        self._xdotool("type", "--delay", str(SCANNER_MS), "--args", "1", text, "key", "Return")

    def answer(self, asked: list[str], text: str) -> None:
        """Scan what answers a question; a busy machine may spoil a scan, and then it is repeated."""
        answered = f"answered {asked[1]} {asked[2]}"
        before = self.lines.count(answered)
        for _ in range(3):
            self.scan(text)
            end = monotonic() + ANSWERED_S
            while monotonic() < end:
                if self.lines.count(answered) > before:
                    return
                sleep(0.05)
        raise AssertionError("\n".join(self.lines[-12:]))

    def next(self, what: str) -> list[str]:
        """Return the words of the next line of the report that begins with one of `what`."""
        kinds = what.split()

        def look() -> list[str]:
            lines = self.lines
            while self._read < len(lines):
                self._read += 1
                words = lines[self._read - 1].split()
                if words[0] in kinds:
                    return words
            return []

        return self._until(look)

    @property
    def lines(self) -> list[str]:
        return self._report.read_text("utf-8").splitlines()

    def _until(self, look: Callable[[], F]) -> F:
        end = monotonic() + PATIENCE_S
        while not (found := look()):
            assert self.process.poll() is None, "the window has gone"
            assert monotonic() < end, "\n".join(self.lines[-12:])
            sleep(0.05)
        return found

    def _xdotool(self, *command: str) -> str:
        told = subprocess.run(
            ("xdotool", *command), env=self._env, capture_output=True, text=True, check=False
        )
        return told.stdout.strip()


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool")
    with display() as env:
        opened = Shift(env, tmp_path)
        yield opened
        opened.process.terminate()
        opened.process.wait(20)


@pytest.mark.window
@pytest.mark.timeout(240)
def test_an_operator_works_a_whole_shift_by_scanner_alone(shift: Shift) -> None:
    shift.scan(ORDER)
    shift.scan(BADGES["Otto"])
    assert shift.next("shift") == ["shift", "Otto", ORDER]
    passed, retried, asked = set[str](), set[str](), 0
    while len(passed) < UNITS:
        word = shift.next("asked ended")
        if word[0] == "asked":
            asked += 1
            # the first unit bears the label of another one
            shift.answer(word, word[4] if asked > 1 else "355025930000000")
        elif word[3] == "pass":
            if not passed:
                print_again(shift, word[1])
            passed.add(word[4])
        else:
            retried.add(word[5])
            shift.scan(Act.SLOT, int(word[1]))
            shift.scan(Act.RETRY)
    shift.scan(Act.SIGN_OUT)
    shift.next("shift-over")
    leave_kiosk(shift)
    assert retried == {"BOARD-SILENT", "LABEL-OTHER-UNIT"}
    refused = {x for x in shift.lines if x.startswith("refused")} - {"refused SCAN-SPOILT"}
    assert refused == {"refused NOT-ALLOWED"}
    assert len(list((shift.folder / "labels").glob("*.zpl"))) == UNITS + 1
    check_record(shift.folder / "record.db", passed)


def leave_kiosk(shift: Shift) -> None:
    """Try to leave the full screen: an operator's badge does not, an engineer's does."""
    assert shift.size() == SCREEN
    shift.key("F11")
    shift.dialog("Leave")
    shift.scan(BADGES["Otto"])
    shift.wait_for("refused", "NOT-ALLOWED")
    assert shift.size() == SCREEN
    shift.scan(BADGES["Eva"])
    shift.until_smaller()


def print_again(shift: Shift, slot: str) -> None:
    """Have the label of the unit in `slot` printed once more, with the technician's word."""
    shift.scan(Act.SLOT, int(slot))
    shift.scan(Act.PRINT_AGAIN)
    shift.dialog("Print")
    shift.scan(BADGES["Tess"])
    shift.wait_for(f"label {slot} ", "again")


def check_record(path: Path, passed: set[str]) -> None:
    with questions.reading(path) as db:
        runs = db.execute(
            "select serial, outcome, operators.name from runs join units on units.id = unit"
            " join operators on operators.id = operator"
        ).fetchall()
        assert {serial for serial, outcome, _ in runs if outcome == "pass"} == passed
        assert {name for _, _, name in runs} == {"Otto"}
        again = db.execute(
            "select first.name, second.name, labels.printed is not null from labels"
            " join operators first on first.id = labels.operator join overrides using (unit)"
            " join operators second on second.id = second where reprint_of is not null"
        ).fetchall()
        assert [tuple(row) for row in again] == [("Otto", "Tess", 1)]
        assert questions.verify(db) == []
