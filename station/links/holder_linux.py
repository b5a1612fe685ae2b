"""Who holds a device open, as Linux tells it in /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Holder:
    """A process, by its id and the name that it shows."""

    pid: int
    name: str


def who_holds(path: str, proc: Path = PROC) -> tuple[Holder, ...]:
    """Return the processes that hold the device `path` open, of those that we may look into.

    An unprivileged process sees only what its own user runs.
    """
    device = os.path.realpath(path)
    return tuple(holder for holder in _processes(proc) if _holds(proc / str(holder.pid), device))


def is_running(name: str, proc: Path = PROC) -> bool:
    """Tell whether a process of that name runs, whoever's it is."""
    return any(holder.name == name for holder in _processes(proc))


def _processes(proc: Path) -> list[Holder]:
    found: list[Holder] = []
    for entry in proc.iterdir():
        if entry.name.isdecimal():
            try:
                name = (entry / "comm").read_text(encoding="utf-8", errors="replace").strip()
            except OSError:  # it ended while we looked
                continue
            found.append(Holder(int(entry.name), name))
    return found


def _holds(process: Path, device: str) -> bool:
    try:
        return any(_target(entry) == device for entry in (process / "fd").iterdir())
    except OSError:
        return False


def _target(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:
        return ""
