"""Keys of a real X server: a scanner's and a hand's, into a field and onto a button."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30
SCANNER_MS, HAND_MS = 4, 400


@pytest.fixture
def display() -> Iterator[str]:
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


class Window:
    """The window in a process of its own, and the keyboard before it."""

    def __init__(self, display: str, folder: Path) -> None:
        self._report = folder / "report"
        self._report.touch()
        self._env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.scanner_window", str(self._report)],
            env=self._env,
            cwd=ROOT,
        )
        self.wait_for("ready ")
        end = monotonic() + PATIENCE_S
        while not (found := self.run("search", "--onlyvisible", "--name", "scanner")):
            assert monotonic() < end
            sleep(0.05)
        self.run("windowfocus", "--sync", found.split()[-1])

    @property
    def lines(self) -> list[str]:
        return self._report.read_text("utf-8").splitlines()

    def run(self, *command: str) -> str:
        told = subprocess.run(
            ("xdotool", *command), env=self._env, capture_output=True, text=True, check=False
        )
        return told.stdout.strip()

    def types(self, text: str, gap_ms: int) -> None:
        """Type `text`; a newline at its end is the Return key."""
        bare = text.removesuffix("\n")
        end = ("key", "Return") if bare != text else ()
        self.run("type", "--delay", str(gap_ms), "--args", "1", bare, *end)

    def wait_for(self, line: str) -> None:
        end = monotonic() + PATIENCE_S
        while line not in self.lines:
            assert self.process.poll() is None
            assert monotonic() < end, f"no {line!r} in {self.lines}"
            sleep(0.05)


@pytest.fixture
def window(display: str, tmp_path: Path) -> Iterator[Window]:
    opened = Window(display, tmp_path)
    yield opened
    opened.process.terminate()
    opened.process.wait(10)


@pytest.mark.window
def test_a_scanner_is_heard_and_a_hand_types(window: Window) -> None:
    window.types("Ann", HAND_MS)
    window.wait_for("field Ann")
    window.types("F4:12:FA-Ab 65\n", SCANNER_MS)
    window.wait_for("scan F4:12:FA-Ab 65")
    window.types("a\n", HAND_MS)  # the second key brings the focus to the button
    window.wait_for("field Anna")
    window.types("SN 1 2\n", SCANNER_MS)
    window.wait_for("scan SN 1 2")
    window.types(" ", HAND_MS)
    window.wait_for("click ")
    typed = [line for line in window.lines if line.startswith("field ")]
    assert typed == ["field A", "field An", "field Ann", "field Anna"]
    assert window.lines.count("click ") == 1
