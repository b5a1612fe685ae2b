"""Plays sounds by Windows itself."""

from __future__ import annotations

import importlib
from pathlib import Path


class WindowsPlayer:
    """Hands files to `winsound`, which is only there on Windows; it plays on a thread of its own."""

    def __init__(self) -> None:
        self._winsound = importlib.import_module("winsound")

    def play(self, path: Path) -> bool:
        """Begin to play; what is still playing is cut short. False when no device plays it."""
        sound = self._winsound
        try:
            sound.PlaySound(str(path), sound.SND_FILENAME | sound.SND_ASYNC | sound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True
