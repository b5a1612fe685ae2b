"""Each measurement works and tells numbers that can be; how fast anything is, is not asked here."""

from __future__ import annotations

import io
import json
import shutil
import sys
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("the benchmark measures on Linux", allow_module_level=True)

from tests.bench.__main__ import MEASUREMENTS, measure
from tests.bench.figures import Figure, Goal, percentile, ratio, seconds
from tests.bench.size import TINY

NO_BUS = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon")
NO_BOSSAC = pytest.mark.skipif(shutil.which("bossac") is None, reason="there is no bossac")
OUTSIDE = {
    "arduino": [pytest.mark.slow],
    "arduino-air": [pytest.mark.slow, NO_BUS],
    "flash": [pytest.mark.peer, NO_BOSSAC],
    "reference": [pytest.mark.peer],
    "reference-gather": [pytest.mark.peer],
    "window": [pytest.mark.window],
    "gui-gap": [pytest.mark.window],
    "idle": [pytest.mark.window],
}
# The same code as another measurement, and a second for each process; or half a minute of sleeps.
NOT_HERE = {
    "arduino-requests",
    "reference-shell",
    "local-shell",
    "reference-own-ca",
    "reference-local",
}
# Reasons to believe a number, not goals: beyond these something else was measured.
BELIEVABLE = {
    "s": (1e-6, 60.0),
    "1/s": (1.0, 1e8),
    "ratio": (1e-4, 1e4),
    "%": (0.0, 200.0),
    "requests": (0.1, 100.0),
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=OUTSIDE.get(name, []))
        for name in MEASUREMENTS
        if name not in NOT_HERE
    ],
)
def test_a_measurement_works(name: str) -> None:
    out = io.StringIO()
    measure([name], TINY, out)
    told: list[dict[str, Any]] = [json.loads(line) for line in out.getvalue().splitlines()]
    assert told
    names = [line["name"] for line in told]
    assert len(set(names)) == len(names)
    for line in told:
        low, high = BELIEVABLE[line["unit"]]
        if line["name"].startswith("reference_work_"):  # a difference of two that are alike
            low = -high
        assert low <= line["value"] < high, line
        assert (line["unit"] == "ratio") == (line["ratio_to"] is not None)
        assert line["goal"] is None or line["holds"] in {True, False}
    assert {line["ratio_to"] for line in told} - {None} <= set(names)


def test_what_a_line_says() -> None:
    told = json.loads(seconds("claim", [0.3, 0.1, 0.2], under=0.15).as_line())
    assert (told["value"], told["worst"], told["times"]) == (0.2, 0.3, 3)
    assert (told["goal"], told["holds"]) == ("< 0.15", False)


def test_a_ratio_names_what_it_is_a_ratio_to() -> None:
    wire = Figure("wire", 0.2, "s")
    told = json.loads(ratio("claim_to_wire", 0.3, wire).as_line())
    assert (told["value"], told["unit"], told["ratio_to"]) == (1.5, "ratio", "wire")
    assert (told["goal"], told["holds"]) == (None, None)


def test_a_goal_is_a_bound_from_above() -> None:
    assert Goal(1).holds(0.9)
    assert not Goal(1).holds(1.0)


def test_percentiles() -> None:
    assert percentile([7.0], 99) == 7.0
    assert percentile(range(101), 99) == 99.0
