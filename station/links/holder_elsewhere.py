"""Who holds a device open, where the system does not tell: nobody that we know of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """As `holder_linux.Holder`."""

    pid: int
    name: str


def who_holds(path: str) -> tuple[Holder, ...]:
    """Return nobody."""
    return ()


def is_running(name: str) -> bool:
    """Tell nothing: ModemManager exists on Linux only."""
    return False
