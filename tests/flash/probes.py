"""Debug probes on a table, each with a chip behind it, for the stand-in of pyOCD."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.flash.conftest import program

SIZE = 64 * 1024


class Probes:
    """The probes that are plugged in; `folder` is the stand-in's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._faults: dict[str, list[str]] = {}
        self._write()

    def plug(self, unique_id: str, *faults: str) -> None:
        """Plug a probe in; its chip is blank the first time."""
        self._faults[unique_id] = list(faults)
        if not (self.folder / unique_id).exists():
            (self.folder / unique_id).write_bytes(b"\xff" * SIZE)
        self._write()

    def flash(self, unique_id: str) -> bytes:
        """Return what stands in the flash of the chip behind a probe."""
        return (self.folder / unique_id).read_bytes()

    def _write(self) -> None:
        (self.folder / "probes.json").write_text(json.dumps(self._faults))


def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Probes:
    """Have the stand-in on PATH, before all else that is there, with no probe yet."""
    bin_, folder = tmp_path / "pyocd bin", tmp_path / "probes"
    folder.mkdir()
    script = Path(__file__).parent / "fake_pyocd.py"
    program(bin_ / "pyocd", f'exec {sys.executable} {script} "$@"')
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_PYOCD", str(folder))
    return Probes(folder)
