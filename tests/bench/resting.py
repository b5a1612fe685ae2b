"""What a station costs that has nothing to do: all boards have passed and sit in their slots."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from tests.bench import others
from tests.bench.display import display
from tests.bench.figures import Figure, Goal
from tests.bench.others import STATION
from tests.bench.plugged_in import bench

SHARE_PERCENT = 1.0
SETTLE_S = 1.0
"""Between the last verdict and the first look at the clock: counts and pictures are done by then."""


def shares(count: int, lasting_s: float) -> Iterator[Figure]:
    """Measure for so long: without a window, with one, and with ports that were given by name."""
    note = f"of one core, over {lasting_s:g} s, {count} boards attached and passed"
    for name, rest in (
        ("idle", _without_window),
        ("idle_with_window", _with_window),
        ("idle_named_ports", _by_name),
    ):
        yield Figure(name, rest(count, lasting_s), "%", Goal(SHARE_PERCENT), note=note)


def _without_window(count: int, lasting_s: float) -> float:
    with bench(count) as at:
        return _rest(_run(at.folder, at.recipe), at.env, count, lasting_s)


def _with_window(count: int, lasting_s: float) -> float:
    with display() as screen, bench(count) as at:
        command = [sys.executable, "-m", "tests.bench.windowed", str(at.folder), str(at.recipe)]
        return _rest(command, {**at.env, **screen}, count, lasting_s)


def _by_name(count: int, lasting_s: float) -> float:
    with TemporaryDirectory() as folder, others.cloud() as cloud, others.boards(count) as boards:
        ports = [word for board in boards for word in ("--port", board.port)]
        command = _run(Path(folder), cloud.recipe(Path(folder)))
        return _rest([*command, *ports], cloud.env, count, lasting_s)


def _run(folder: Path, recipe: Path) -> list[str]:
    return [STATION, "--data-dir", str(folder), "run", "--recipe", str(recipe), "--json"]


def _rest(command: list[str], env: Mapping[str, str], count: int, lasting_s: float) -> float:
    with others.program(command, env) as process:
        ended = 0
        while ended < count:
            told = others.next_line(process)
            if told["event"] == "run_ended":
                ended += 1
                if told["outcome"] != "pass":
                    raise RuntimeError(f"not measured: {told}")
        sleep(SETTLE_S)
        began_s, spent_s = monotonic(), others.cpu_s(process.pid)
        sleep(lasting_s)
        return 100 * (others.cpu_s(process.pid) - spent_s) / (monotonic() - began_s)
