"""Images to flash, and programs put on PATH."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from station.model import Image
from station.simulation import sketches

PAGES = 313

PutOnPath = Callable[[str, Path], Path]


@pytest.fixture
def image(tmp_path: Path) -> Image:
    """The LoRa sketch, in a file whose name has blanks in it."""
    content = sketches.image(sketches.LORA, "1.2.3", PAGES * 64)
    path = tmp_path / "a sketch with blanks.bin"
    path.write_bytes(content)
    return Image(path, hashlib.sha256(content).hexdigest())


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is all of PATH, and an empty home."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    return folder


@pytest.fixture
def put_on_path(bare_path: Path) -> PutOnPath:
    """Return a function that puts a Python script on PATH as a program of a name."""

    def put(name: str, script: Path) -> Path:
        return program(bare_path / name, f'exec {sys.executable} {script} "$@"')

    return put


def program(path: Path, line: str) -> Path:
    """Write a shell program of one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    assert os.access(path, os.X_OK)
    return path
