"""The vendor's own tool on the same kind of board and cloud, and ours beside it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.bench import claims, others
from tests.bench.figures import Figure, ratio, seconds
from tests.bench.others import ROOT, STATION, BoardAt, CloudAt

PEERS = Path(os.environ.get("STATION_PEERS", ROOT / ".venv-peers" / "bin"))
DRIVER = ROOT / "tests" / "peers" / "drive_vendor.py"
TOOL = "claim_and_provision_device"
TAG = "nrf-cloud-onboarding"
DIALECTS = {"at-host": "at", "at-shell": "at_shell"}


def tool_and_station(dialect: str, times: int, claims_of_ours: int) -> Iterator[Figure]:
    """Claim `times` boards by tag with nrfcloud-utils, as many by `station run`, and more on a line.

    The tool begins anew for each board; so does `station run`, but a line stands all day.
    """
    name = dialect.replace("-", "_")
    ours_s = claims.on_a_standing_line(dialect, claims_of_ours)
    with others.cloud() as cloud, others.boards(2 * times, dialect, seed=1001) as boards:
        starts_s = [_tool(cloud, boards[0], "--help") for _ in range(times)]
        tool_s = [_tool(cloud, board, *_by_tag(board, dialect)) for board in boards[:times]]
        with TemporaryDirectory() as folder:
            station_s = [_station(cloud, board, Path(folder)) for board in boards[times:]]
    tool = seconds(f"reference_{name}", tool_s, note=f"nrfcloud-utils {TOOL}, a whole process")
    start = seconds(f"reference_start_{name}", starts_s, note="the same, asked for its help")
    work = Figure(f"reference_work_{name}", tool.value - start.value, "s", note="less its start")
    run = seconds(f"station_run_{name}", station_s, note="'station run' for one unit, a process")
    yield from (tool, start, work, run)
    yield ratio(f"claim_{name}_to_reference", ours_s, tool, note="ours on a line that stands")
    yield ratio(f"claim_{name}_to_reference_work", ours_s, work, note="neither with its start")
    yield ratio(f"station_run_{name}_to_reference", run.value, tool, note="process to process")


def _by_tag(board: BoardAt, dialect: str) -> tuple[str, ...]:
    return ("--port", board.port, "--provisioning-tags", TAG, "--cmd-type", DIALECTS[dialect])


def _tool(cloud: CloudAt, board: BoardAt, *words: str) -> float:
    # The tool takes its key as an argument only; this one opens nothing but our simulation.
    key = () if "--help" in words else ("--api-key", cloud.api_key)
    python = str(PEERS / "python")
    return _wall_s([python, str(DRIVER), cloud.http, board.port, TOOL, *words, *key], cloud)


def _station(cloud: CloudAt, board: BoardAt, folder: Path) -> float:
    recipe = str(cloud.recipe(folder))
    words = ("--recipe", recipe, "--port", board.port, "--units", "1", "--json")
    return _wall_s([STATION, "--data-dir", str(folder), "run", *words], cloud)


def _wall_s(command: list[str], cloud: CloudAt) -> float:
    began_s = monotonic()
    env = others.environment(cloud.env)
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    taken_s = monotonic() - began_s
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} did not pass:\n{done.stdout}{done.stderr}")
    return taken_s
