"""The whole window: offscreen in this process, and for real on an X server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.faults import RecordInUse
from tests.ui import stories
from tests.ui.fakes import FakeEngine, desk
from ui.app import COULD_NOT_WORK, open_window
from ui.window import Window

ROOT = Path(__file__).parents[2]


def the_window() -> Window | None:
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window) and w.isVisible()]
    return shown[0] if shown else None


def close_when(done: Callable[[Window], bool]) -> QTimer:
    """Close the window as soon as `done` says so."""
    timer = QTimer()

    def look() -> None:
        window = the_window()
        if window is not None and done(window):
            timer.stop()
            window.leave()

    timer.timeout.connect(look)
    timer.start(10)
    return timer


def test_a_window_opens_serves_and_closes(qtbot: QtBot, light: None) -> None:
    fake = FakeEngine(stories.line(4, signed_in=False))
    timer = close_when(lambda window: window.page.screen_shown.shift is not None)
    assert open_window(desk(fake, signed_in=("Anna", Path("tracker.toml"), None))) == 0
    assert fake.closed
    assert not timer.isActive()


def test_an_engine_that_cant_work_is_the_exit_status(qtbot: QtBot, light: None) -> None:
    fake = FakeEngine()
    fake.fails_with = RecordInUse()
    timer = close_when(lambda window: window.page.screen_shown.halted is not None)
    assert open_window(desk(fake)) == COULD_NOT_WORK
    assert not timer.isActive()


def test_the_window_stands_before_the_engine_begins(qtbot: QtBot, light: None) -> None:
    seen: list[bool] = []

    class Late(FakeEngine):
        async def serve(self, post, take):  # type: ignore[no-untyped-def]
            seen.append(the_window() is not None)
            await super().serve(post, take)

    timer = close_when(lambda _window: bool(seen))
    assert open_window(desk(Late())) == 0
    assert seen == [True]
    assert not timer.isActive()


def test_the_window_imports_neither_network_nor_database() -> None:
    code = "import sys, ui.app; print(sorted({'httpx', 'sqlite3', 'bleak', 'serial'} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert found.stdout.strip() == "[]"


@pytest.fixture
def display() -> Iterator[str]:
    if not (shutil.which("Xvfb") and shutil.which("xdotool") and shutil.which("import")):
        pytest.skip("needs Xvfb, xdotool and ImageMagick")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


class RealWindow:
    """The demonstration line in a process of its own, driven by keys and looked at."""

    def __init__(self, display: str, folder: Path) -> None:
        self._folder = folder
        self._report = folder / "report"
        self._report.touch()
        self._env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.demo_line", str(self._report)],
            env=self._env,
            cwd=ROOT,
        )

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self._env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def wait_for(self, line: str) -> None:
        end = monotonic() + 30
        while line not in self._report.read_text().splitlines():
            assert self.process.poll() is None, self._report.read_text()
            assert monotonic() < end, f"no {line!r} in {self._report.read_text()!r}"
            sleep(0.05)

    def key(self, *keys: str, title: str = "provisioning") -> None:
        """Type into the window called `title`; there is no window manager to focus it."""
        end = monotonic() + 30
        while not (found := self.run("xdotool", "search", "--onlyvisible", "--name", title)):
            assert monotonic() < end, f"no window {title!r}"
            sleep(0.05)
        self.run("xdotool", "windowfocus", "--sync", found.split()[-1])
        for key in keys:
            self.run("xdotool", *(("key", key) if key[0].isupper() else ("type", key)))

    def wait_until_gone(self, title: str) -> None:
        """Keys that are typed while a dialog is open are the dialog's."""
        end = monotonic() + 30
        while self.run("xdotool", "search", "--onlyvisible", "--name", title):
            assert monotonic() < end, f"{title!r} is still there"

    def picture(self) -> QImage:
        path = self._folder / "screen.png"
        self.run("import", "-window", "root", str(path))
        return QImage(str(path))


@pytest.fixture
def real(display: str, tmp_path: Path) -> Iterator[RealWindow]:
    window = RealWindow(display, tmp_path)
    yield window
    if window.process.poll() is None:
        window.process.kill()
    window.process.wait(10)


def colours_of(image: QImage) -> dict[str, int]:
    found: dict[str, int] = {}
    for x in range(0, image.width(), 4):
        for y in range(0, image.height(), 4):
            name = image.pixelColor(x, y).name().upper()
            found[name] = found.get(name, 0) + 1
    return found


@pytest.mark.window
def test_an_operator_works_by_keyboard_in_a_real_window(real: RealWindow) -> None:
    real.wait_for("ready")
    real.key("an", "Return", title="Sign in")
    real.wait_for("sign-in an tracker.toml None")
    real.wait_until_gone("Sign in")
    real.key("F5")
    real.wait_for("retry 2")
    end = monotonic() + 30
    while not {"#12713F", "#B5221B"} <= colours_of(real.picture()).keys():
        assert monotonic() < end, "neither a pass nor a fail is on the screen"
    assert len(colours_of(real.picture())) > 20
    real.key("Escape")
    real.key("Tab", "Return", title="Stop Slot 3")
    real.wait_for("abort 3")
    real.key("F2")
    real.wait_for("sign-out")
    real.process.terminate()
    assert real.process.wait(30) == 0
    assert "closed" in (real._report).read_text().splitlines()
