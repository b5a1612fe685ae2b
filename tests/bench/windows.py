"""How soon the window stands, and whether it stays awake while the line is busy."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.bench import others
from tests.bench.display import display
from tests.bench.figures import Figure, Goal, percentile, seconds
from tests.bench.plugged_in import bench

SHOWN_S = 0.6
GAP_S = 0.05
HAND_S = 2.0
"""What it takes to put the next unit in, in seconds, at the least."""
SHARE_PERCENT = 60.0
"""Of one core, for window and engine together."""
COMMANDS: dict[str, tuple[str, ...]] = {"window_shown_demo": ("demo",), "window_shown": ()}


def shown(times: int) -> Iterator[Figure]:
    """Open the demonstration's window and the station's `times` over, each in its own process."""
    for name, words in COMMANDS.items():
        with display() as screen:
            _shown_s(screen, words)  # what was never compiled is compiled once
            taken_s = [_shown_s(screen, words) for _ in range(times)]
        note = f"from starting '{' '.join(('station', *words))}' to the window painted, under Xvfb"
        yield seconds(name, taken_s, under=SHOWN_S, note=note)


def _shown_s(screen: Mapping[str, str], words: tuple[str, ...]) -> float:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.first_paint", "--data-dir", folder, *words]
        began_s = monotonic()
        with others.program(command, screen) as process:
            told = others.next_line(process)
    if told["colours"] < 2:
        raise RuntimeError("the window was empty when it said that it was painted")
    return float(told["painted_s"]) - began_s


def ticks(slots: int, lasting_s: float) -> Iterator[Figure]:
    """Keep `slots` slots busy for so long and watch a 10 ms timer of the GUI thread."""
    with display() as screen, bench(slots) as at:
        env = {**at.env, **screen}
        for name, hand_s in (("gui_gap", 0.0), ("gui_gap_by_hand", HAND_S)):
            words = (str(at.recipe), str(hand_s))
            yield from _gaps(name, env, slots, lasting_s, at.folder, *words)
    with display() as screen, TemporaryDirectory() as folder:
        yield from _gaps("gui_gap_demo", screen, slots, lasting_s, Path(folder))


def _gaps(
    name: str,
    env: Mapping[str, str],
    slots: int,
    lasting_s: float,
    folder: Path,
    *line: str,
) -> Iterator[Figure]:
    words = [str(folder), str(slots), str(lasting_s), *line]
    with others.program([sys.executable, "-m", "tests.bench.ticks", *words], env) as process:
        told = others.next_line(process)
    gaps_s = [float(gap_s) for gap_s in told["gaps_s"]]
    whose = "simulations in other processes" if line else "simulations in the window's process"
    note = f"10 ms timer for {lasting_s:g} s, {slots} slots, {told['ended']} runs, {whose}"
    worst_s, goal = max(gaps_s), Goal(GAP_S)
    yield Figure(f"{name}_worst", worst_s, "s", goal, times=len(gaps_s), note=note)
    if line:  # else boards and cloud are in the share
        yield Figure(
            f"{name}_share",
            100 * float(told["share"]),
            "%",
            # no line is fed faster than hands can
            Goal(SHARE_PERCENT) if float(line[1]) else None,
            note=f"of one core, window and engine together, {slots} slots, {told['ended']} runs",
        )
    yield Figure(
        f"{name}_99_percent", percentile(gaps_s, 99), "s", goal, worst_s, len(gaps_s), note=note
    )
