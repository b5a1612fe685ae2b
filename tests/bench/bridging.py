"""How many events a second cross from the engine's thread to the window's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from statistics import median

from tests.bench import others
from tests.bench.figures import Figure, ratio


def a_second(count: int, times: int) -> Iterator[Figure]:
    """Send `count` events across, `times` over, each in a process of its own."""
    told = [_cross(count) for _ in range(times)]
    across = _figure("bridge_events", count, [each["across_s"] for each in told], "across alone")
    yield across
    folded = _figure(
        "bridge_events_folded", count, [each["folded_s"] for each in told], "folded into the screen"
    )
    yield folded
    yield ratio("bridge_events_folded_to_bare", folded.value, across)


def _figure(name: str, count: int, taken_s: list[float], what: str) -> Figure:
    rates = [count / each for each in taken_s]
    note = f"{count} events from another thread, {what}"
    return Figure(name, median(rates), "1/s", worst=min(rates), times=len(rates), note=note)


def _cross(count: int) -> dict[str, float]:
    with others.program([sys.executable, "-m", "tests.bench.crossing", str(count)]) as process:
        return others.next_line(process)
