"""The ESP32 boards of a demonstration, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from station.simulation.lessons import lesson
from station.simulation.scripted import ConsoleTiming, SimulatedConsole

TAKEN = "taken"
LESSONS = (
    TAKEN,
    "lost-byte",
    "refuses-token",
    "reboots-in-the-middle",
    "forgets",
    "unplug-at-write",
    "no-serial",
    "silent",
)
"""In the order in which they turn up: what a line really meets, and what heals by a second try."""

Take = Callable[[str], None]
"""Has the cloud know a device of this name already, which nobody here has made."""


@dataclass(frozen=True, slots=True)
class ConsoleSupply:
    """The boards of a demonstration: the n-th is the same for the same `seed`.

    About one in eight has a fault, or a name that is taken already, unless `clean`.
    """

    seed: int
    clean: bool
    timing: ConsoleTiming
    take: Take

    def board(self, place: int) -> SimulatedConsole:
        """Return the `place`th board, from 0 on."""
        wrong = None if self.clean else lesson(LESSONS, self.seed, place)
        faults = (wrong,) if wrong and wrong != TAKEN else ()
        made = SimulatedConsole(self.seed * 1000 + place, faults=faults, timing=self.timing)
        if wrong == TAKEN:
            self.take(made.identity["serial"])
        return made
