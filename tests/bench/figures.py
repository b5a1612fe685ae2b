"""What a measurement says, and how it is printed: one JSON object a line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound to stay under, in the unit of what it is set for."""

    limit: float

    def holds(self, value: float) -> bool:
        """Say whether `value` is under it."""
        return value < self.limit

    def __str__(self) -> str:
        return f"< {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: `value` is the median of `times` values and `worst` the worst, if many.

    `ratio_to` names what a value without a unit is a multiple of; `note` says what is counted.
    """

    name: str
    value: float
    unit: str
    goal: Goal | None = None
    worst: float | None = None
    times: int = 1
    ratio_to: str = ""
    note: str = ""

    def as_line(self) -> str:
        """Return it as JSON, with the load of the machine beside it."""
        told = {
            "name": self.name,
            "value": _rounded(self.value),
            "unit": self.unit,
            "goal": str(self.goal) if self.goal else None,
            "holds": self.goal.holds(self.value) if self.goal else None,
            "worst": None if self.worst is None else _rounded(self.worst),
            "times": self.times,
            "ratio_to": self.ratio_to or None,
            "note": self.note,
            "load": round(os.getloadavg()[0], 2),
        }
        return json.dumps(told)


def seconds(
    name: str, values: Sequence[float], *, under: float | None = None, note: str = ""
) -> Figure:
    """Sum up durations: the median, and the longest."""
    goal = None if under is None else Goal(under)
    return Figure(name, median(values), "s", goal, max(values), len(values), note=note)


def ratio(name: str, value: float, to: Figure, *, note: str = "") -> Figure:
    """Set `value` against another figure in the same unit."""
    return Figure(name, value / to.value, "ratio", ratio_to=to.name, note=note)


def percentile(values: Iterable[float], percent: int) -> float:
    """Return the value that `percent` of a hundred do not exceed; of one value, that value."""
    known = list(values)
    return quantiles(known, n=100, method="inclusive")[percent - 1] if known[1:] else known[0]


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
