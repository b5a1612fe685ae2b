"""The vendor's own tool on the same kind of board and cloud, and ours beside it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

from tests.bench import claims, credentials, offline, on_air, others
from tests.bench.credentials import LOCAL, OWN_CA, Flow
from tests.bench.figures import Figure, ratio, seconds
from tests.bench.others import ROOT, STATION, BoardAt, CloudAt

PEERS = Path(os.environ.get("STATION_PEERS", ROOT / ".venv-peers" / "bin"))
DRIVER = ROOT / "tests" / "peers" / "drive_vendor.py"
CLAIM = "claim_and_provision_device"
INSTALL, ONBOARD = "device_credentials_installer", "nrf_cloud_onboard"
GATHER = "gather_attestation_tokens"
TAG = "nrf-cloud-onboarding"
DIALECTS = {"at-host": "at", "at-shell": "at_shell"}


def tool_and_station(dialect: str, times: int, claims_of_ours: int) -> Iterator[Figure]:
    """Claim `times` boards by tag with nrfcloud-utils, as many by `station run`, and more on a line.

    The tool begins anew for each board; so does `station run`, but a line stands all day.
    """
    name = dialect.replace("-", "_")
    ours_s = claims.on_a_standing_line(dialect, claims_of_ours)
    with others.cloud() as cloud, others.boards(2 * times, dialect, seed=1001) as boards:
        starts_s = [_tool(cloud, boards[0].port, CLAIM, "--help") for _ in range(times)]
        tool_s = [_claim(cloud, board, *_by_tag(dialect)) for board in boards[:times]]
        with TemporaryDirectory() as folder:
            station_s = [_station(cloud, board, Path(folder)) for board in boards[times:]]
    tool = seconds(f"reference_{name}", tool_s, note=f"nrfcloud-utils {CLAIM}, a whole process")
    start = seconds(f"reference_start_{name}", starts_s, note="the same, asked for its help")
    work = Figure(f"reference_work_{name}", tool.value - start.value, "s", note="less its start")
    run = seconds(f"station_run_{name}", station_s, note="'station run' for one unit, a process")
    yield from (tool, start, work, run)
    yield ratio(f"claim_{name}_to_reference", ours_s, tool, note="ours on a line that stands")
    yield ratio(f"claim_{name}_to_reference_work", ours_s, work, note="neither with its start")
    yield ratio(f"station_run_{name}_to_reference", run.value, tool, note="process to process")


def own_ca(slowness: float) -> Iterator[Figure]:
    """Claim one board with an authority of our own, with the tool and on a line."""

    def tool_s(cloud: CloudAt, board: BoardAt, folder: Path) -> float:
        return _claim(cloud, board, *_authority(folder), "--cmd-type", "at_shell", "--coap")

    yield from _beside(OWN_CA, tool_s, 1, slowness, CLAIM)


def local(times: int, slowness: float) -> Iterator[Figure]:
    """Write credentials to `times` boards and register them, with the tools and on a line."""

    def tool_s(cloud: CloudAt, board: BoardAt, folder: Path) -> float:
        rows = ("--csv", str(folder / "onboard.csv"))
        words = ("--port", board.port, "--cmd-type", "at", "-d", "--verify", "--coap")
        installed_s = _tool(cloud, board.port, INSTALL, *_authority(folder), *rows, *words)
        return installed_s + _tool(cloud, "", ONBOARD, "--api-key", cloud.api_key, *rows)

    yield from _beside(LOCAL, tool_s, times, slowness, f"{INSTALL} and {ONBOARD}")


def _beside(
    told: Flow,
    tool_s: Callable[[CloudAt, BoardAt, Path], float],
    times: int,
    slowness: float,
    tools: str,
) -> Iterator[Figure]:
    ours_s = median(each.total_s for each in credentials.measured(told, [1] * times, slowness))
    taken_s = []
    with (
        others.cloud() as cloud,
        on_air.boards(cloud, times, told.dialect, slowness, seed=2001) as boards,
    ):
        for board in boards:
            with TemporaryDirectory() as folder:
                credentials.authority(Path(folder))
                taken_s.append(tool_s(cloud, board, Path(folder)))
    tool = seconds(f"reference_{told.name}", taken_s, note=f"nrfcloud-utils {tools}")
    yield tool
    yield ratio(f"{told.name}_to_reference", ours_s, tool, note="ours on a line that stands")


def gather(count: int, times: int) -> Iterator[Figure]:
    """Gather a token from `times` boards with the tool; ours does it with `count` boards at once."""
    ours_s = median(offline.gathering_s(count) for _ in range(times))
    with (
        others.cloud() as cloud,
        others.boards(times, seed=2001) as boards,
        TemporaryDirectory() as folder,
    ):
        rows = ("--csv", str(Path(folder) / "tokens.csv"), "--cmd-type", "at")
        taken_s = [
            _tool(cloud, board.port, GATHER, "--port", board.port, *rows) for board in boards
        ]
    tool = seconds("reference_gather", taken_s, note=f"nrfcloud-utils {GATHER}, one board")
    many = Figure(f"reference_gather_{count}", count * tool.value, "s", note="one by one, computed")
    yield from (tool, many)
    yield ratio(f"gather_{count}_to_reference", ours_s, many, note="ours all at once")


def _by_tag(dialect: str) -> tuple[str, ...]:
    return ("--provisioning-tags", TAG, "--cmd-type", DIALECTS[dialect])


def _authority(folder: Path) -> tuple[str, ...]:
    return ("--ca", str(folder / "ca.pem"), "--ca-key", str(folder / "ca.key"))


def _claim(cloud: CloudAt, board: BoardAt, *words: str) -> float:
    # The tool takes its key as an argument only; this one opens nothing but our simulation.
    key = ("--api-key", cloud.api_key)
    return _tool(cloud, board.port, CLAIM, "--port", board.port, *words, *key)


def _tool(cloud: CloudAt, port: str, tool: str, *words: str) -> float:
    python = str(PEERS / "python")
    return _wall_s([python, str(DRIVER), cloud.http, port, tool, *words], cloud)


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
