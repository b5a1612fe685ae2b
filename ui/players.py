"""What plays a WAV file on this computer: PySide6-Essentials has no QtMultimedia."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ui.program_player import ProgramPlayer
from ui.windows_player import WindowsPlayer

MACOS = (("afplay",),)
# The first is PipeWire's own, then PulseAudio's (which PipeWire answers too), then ALSA's.
LINUX = (("pw-play",), ("paplay",), ("aplay", "--quiet"))


class Player(Protocol):
    """Plays a file and returns at once; False when it can't be heard at all."""

    def play(self, path: Path, /) -> bool: ...


def system_player(system: str = sys.platform) -> Player:
    """Return what plays on `system`, in the words of `sys.platform`."""
    if system == "win32":
        return WindowsPlayer()
    return ProgramPlayer(_there(MACOS if system == "darwin" else LINUX))


def _there(programs: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the programs that are installed, each with its whole path."""
    found = ((shutil.which(name), rest) for name, *rest in programs)
    return [(path, *rest) for path, rest in found if path]
