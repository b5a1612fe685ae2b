"""Measures the station: `python -m tests.bench [NAME ...] [--quick]`; a JSON line a measurement.

Nothing passes or fails here: `holds` says whether a goal was met on this machine, at this load.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from tests.bench import (
    arduino,
    bridging,
    claims,
    commits,
    credentials,
    dialects,
    flashes,
    lists,
    offline,
    plugging,
    provisioning,
    reference,
    resting,
    searching,
    windows,
)
from tests.bench.figures import Figure
from tests.bench.size import TINY, Size

MEASUREMENTS: dict[str, Callable[[Size], Iterator[Figure]]] = {
    "claim": lambda size: claims.one_by_one("at-host", size.boards),
    "claim-shell": lambda size: claims.one_by_one("at-shell", size.boards),
    "reference": lambda size: reference.tool_and_station("at-host", size.times, size.boards),
    "reference-shell": lambda size: reference.tool_and_station("at-shell", size.times, size.boards),
    "reference-own-ca": lambda size: reference.own_ca(size.slowness),
    "reference-local": lambda size: reference.local(size.times, size.slowness),
    "reference-gather": lambda size: reference.gather(size.gathered, size.times),
    "at-once": lambda size: claims.at_once(size.slots, size.times),
    "own-ca": lambda size: _flow(credentials.OWN_CA, size),
    "local": lambda size: _flow(credentials.LOCAL, size),
    "local-shell": lambda size: _flow(credentials.LOCAL_SHELL, size),
    "gather": lambda size: offline.gathered(size.gathered, size.times),
    "drain": lambda size: offline.drained(size.queued),
    "arduino": lambda size: arduino.by_cable(size.times, size.slots, size.slowness),
    "arduino-air": lambda size: arduino.by_radio(size.times, size.lanes, size.slowness),
    "arduino-requests": lambda size: arduino.requests(size.lanes, size.slowness),
    "thingsboard": lambda size: provisioning.one_by_one(size.times),
    "thingsboard-many": lambda size: provisioning.many(size.devices),
    "thingsboard-run": lambda size: provisioning.runs(size.times, size.slots),
    "thingsboard-bulk": lambda size: lists.registered(size.listed),
    "flash": lambda size: flashes.beside_bossac(size.times, size.image_bytes),
    "dialect": lambda size: dialects.found(size.boards),
    "plug": lambda size: plugging.to_appeared(size.times),
    "search": lambda size: searching.searched(size.recorded, size.times),
    "record": lambda size: commits.a_second(size.commits, size.times),
    "bridge": lambda size: bridging.a_second(size.events, size.times),
    "window": lambda size: windows.shown(size.times),
    "gui-gap": lambda size: windows.ticks(size.lanes, size.lasting_s),
    "idle": lambda size: resting.shares(size.slots, size.lasting_s),
}


def _flow(told: credentials.Flow, size: Size) -> Iterator[Figure]:
    return credentials.flow(told, size.times, size.slots, size.slowness)


def measure(names: list[str], size: Size, out: TextIO) -> None:
    """Make the measurements by these names and write each as a line."""
    for name in names:
        for figure in MEASUREMENTS[name](size):
            out.write(figure.as_line() + "\n")
            out.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="A JSON line a measurement.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"all unless named: {', '.join(MEASUREMENTS)}"
    )
    parser.add_argument("--quick", action="store_true", help="hardly any repetition")
    told = parser.parse_args()
    if unknown := set(told.names) - MEASUREMENTS.keys():
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    measure(told.names or list(MEASUREMENTS), TINY if told.quick else Size(), sys.stdout)


if __name__ == "__main__":
    main()
