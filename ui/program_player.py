"""Plays sounds by a program of the system. A thread of its own waits for it, never the window's."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

WITHIN_S = 5.0
"""How long a program may take for a sound of less than a second: its device may be another's."""


class ProgramPlayer:
    """Gives each file to the first of `programs` that can play; one that fails is not asked again."""

    def __init__(self, programs: Iterable[tuple[str, ...]], *, within_s: float = WITHIN_S) -> None:
        self._programs = tuple(programs)
        self._within_s = within_s
        self._wanted: SimpleQueue[Path] = SimpleQueue()
        self._thread: Thread | None = None

    @property
    def programs(self) -> tuple[tuple[str, ...], ...]:
        """The programs that have not failed yet."""
        return self._programs

    def play(self, path: Path) -> bool:
        """Play `path` once what is heard now has ended; False when nothing here can play.

        Only one waits: who hears sounds of long ago would take them for those of now.
        """
        if not self._programs:
            return False
        if self._thread is None:
            self._thread = Thread(target=self._work, name="sounds", daemon=True)
            self._thread.start()
        if self._wanted.empty():
            self._wanted.put(path)
        return True

    def _work(self) -> None:
        while self._programs:
            path = self._wanted.get()
            while self._programs and not self._plays(self._programs[0], path):
                self._programs = self._programs[1:]

    def _plays(self, program: tuple[str, ...], path: Path) -> bool:
        quiet = subprocess.DEVNULL
        try:
            done = subprocess.run(  # noqa: S603 (a program that `players` names)
                [*program, str(path)],
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                timeout=self._within_s,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0
