"""What plays a file, on each system: real programs, and a Windows that only notes what it is told."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from ui import players
from ui.program_player import ProgramPlayer
from ui.windows_player import WindowsPlayer

unix = pytest.mark.skipif(sys.platform == "win32", reason="its programs are shell scripts")


def program(folder: Path, name: str, does: str = "exit 0") -> tuple[str, ...]:
    """Make a program that notes what it was given and then `does`."""
    path = folder / name
    path.write_text(f'#!/bin/sh\necho "$@" >>"{folder}/{name}.log"\n{does}\n', encoding="utf-8")
    path.chmod(0o755)
    return (str(path),)


def played(folder: Path, name: str) -> list[str]:
    log = folder / f"{name}.log"
    return log.read_text(encoding="utf-8").split() if log.exists() else []


@unix
def test_a_file_is_given_to_the_first_program(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = program(tmp_path, "first"), program(tmp_path, "second")
    player = ProgramPlayer([(*first, "--quiet"), second])
    assert player.play(Path("pass.wav"))
    qtbot.waitUntil(lambda: played(tmp_path, "first") == ["--quiet", "pass.wav"])
    assert played(tmp_path, "second") == []


@unix
def test_a_program_that_fails_is_not_asked_again(qtbot: QtBot, tmp_path: Path) -> None:
    broken = program(tmp_path, "broken", "exit 1")
    absent, good = (str(tmp_path / "absent"),), program(tmp_path, "good")
    player = ProgramPlayer([broken, absent, good])
    player.play(Path("pass.wav"))
    qtbot.waitUntil(lambda: played(tmp_path, "good") == ["pass.wav"])
    assert player.programs == (good,)
    player.play(Path("fail.wav"))
    qtbot.waitUntil(lambda: played(tmp_path, "good") == ["pass.wav", "fail.wav"])
    assert played(tmp_path, "broken") == ["pass.wav"]


@unix
def test_when_every_program_has_failed_that_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    player = ProgramPlayer([program(tmp_path, "broken", "exit 1")])
    assert player.play(Path("pass.wav"))
    qtbot.waitUntil(lambda: player.programs == ())
    assert not player.play(Path("pass.wav"))


@unix
def test_a_program_that_hangs_is_ended_and_not_asked_again(qtbot: QtBot, tmp_path: Path) -> None:
    hangs, good = program(tmp_path, "hangs", "exec sleep 60"), program(tmp_path, "good")
    player = ProgramPlayer([hangs, good], within_s=0.2)
    player.play(Path("pass.wav"))
    qtbot.waitUntil(lambda: played(tmp_path, "good") == ["pass.wav"])
    assert player.programs == (good,)


@unix
def test_sounds_do_not_pile_up_behind_a_slow_one(qtbot: QtBot, tmp_path: Path) -> None:
    slow = program(tmp_path, "slow", f"while [ ! -e {tmp_path}/on ]; do sleep 0.02; done")
    player = ProgramPlayer([slow])
    player.play(Path("first.wav"))
    qtbot.waitUntil(lambda: played(tmp_path, "slow") == ["first.wav"])
    for n in range(8):
        assert player.play(Path(f"{n}.wav"))
    (tmp_path / "on").touch()
    qtbot.waitUntil(lambda: len(played(tmp_path, "slow")) == 2)
    player.play(Path("last.wav"))
    qtbot.waitUntil(lambda: played(tmp_path, "slow") == ["first.wav", "0.wav", "last.wav"])


@unix
def test_linux_takes_the_sound_server_before_the_card(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("aplay", "paplay", "afplay"):
        program(tmp_path, name)
    monkeypatch.setenv("PATH", str(tmp_path))
    linux, macos = players.system_player("linux"), players.system_player("darwin")
    assert isinstance(linux, ProgramPlayer)
    assert isinstance(macos, ProgramPlayer)
    paplay, aplay, afplay = (str(tmp_path / name) for name in ("paplay", "aplay", "afplay"))
    assert linux.programs == ((paplay,), (aplay, "--quiet"))
    assert macos.programs == ((afplay,),)


def test_a_computer_without_a_program_plays_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not players.system_player("linux").play(Path("pass.wav"))


class Winsound(ModuleType):
    """Windows' own module, as its documentation tells: it plays or raises RuntimeError."""

    SND_ASYNC, SND_NODEFAULT, SND_FILENAME = 0x1, 0x2, 0x20000

    def __init__(self) -> None:
        super().__init__("winsound")
        self.played: list[tuple[str, int]] = []
        self.has_device = True

    def PlaySound(self, sound: str, flags: int) -> None:
        if not self.has_device:
            raise RuntimeError("Failed to play sound")
        self.played.append((sound, flags))


def test_windows_plays_without_waiting_for_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = Winsound()
    monkeypatch.setitem(sys.modules, "winsound", windows)
    player = players.system_player("win32")
    assert isinstance(player, WindowsPlayer)
    assert player.play(Path("pass.wav"))
    assert windows.played == [("pass.wav", 0x20003)]
    windows.has_device = False
    assert not player.play(Path("pass.wav"))
