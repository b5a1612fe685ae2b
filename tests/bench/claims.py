"""How long a claim takes, and how much of it neither the wire nor the cloud can be blamed for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import others
from tests.bench.figures import Figure, ratio, seconds
from tests.bench.line import Took, open_line, round_trips_s
from tests.bench.others import BoardAt, CloudAt

OVERHEAD_S = 0.06
AT_ONCE_S = 0.6
MOST_BOARDS = 64
"""What one `station simulate board` can be asked for."""


def one_by_one(dialect: str, times: int) -> Iterator[Figure]:
    """Claim `times` boards by tag, one after the other."""
    name = f"claim_{dialect.replace('-', '_')}"
    with others.cloud() as cloud, others.boards(times, dialect) as boards:
        took, trips_s = asyncio.run(_claim_each(cloud, boards))
    trip_s = median(trips_s)
    overhead_s = [each.total_s - each.wire_s - each.requests * trip_s for each in took]
    first = took[0]
    yield seconds(
        f"{name}_overhead",
        overhead_s,
        under=OVERHEAD_S,
        note=f"Attached to RunEnded, less the wire time and {first.requests} round trips",
    )
    total = seconds(f"{name}_total", [each.total_s for each in took], note="Attached to RunEnded")
    wire_s = [each.wire_s for each in took]
    wire = seconds(f"{name}_wire", wire_s, note=f"{first.byte_count} bytes at 115 200 baud")
    yield total
    yield wire
    yield ratio(f"{name}_total_to_wire", total.value, wire)
    yield seconds(f"{name}_round_trip", trips_s, note="GET by the station's client, same server")
    requests_s = [each.requests_s for each in took]
    yield seconds(f"{name}_requests", requests_s, note="all of a claim's requests, in the claim")


def on_a_standing_line(dialect: str, times: int) -> float:
    """Return the median seconds of a claim."""
    with others.cloud() as cloud, others.boards(times, dialect) as boards:
        took, _ = asyncio.run(_claim_each(cloud, boards))
    return median(each.total_s for each in took)


async def _claim_each(cloud: CloudAt, boards: list[BoardAt]) -> tuple[list[Took], list[float]]:
    with TemporaryDirectory() as folder:
        async with open_line(Path(folder), cloud) as line:
            trips_s = await round_trips_s(cloud, 5 * len(boards))
            return [await line.work_on([board]) for board in boards], trips_s


def at_once(count: int, times: int) -> Iterator[Figure]:
    """Claim `count` boards at once, `times` over with other boards."""
    total = count * min(times, MOST_BOARDS // count)
    with others.cloud() as cloud, others.boards(total) as boards:
        groups = [boards[start : start + count] for start in range(0, total, count)]
        took = asyncio.run(_claim_groups(cloud, groups))
    yield seconds(
        f"claim_{count}_at_once",
        [each.total_s for each in took],
        under=AT_ONCE_S,
        note="first Attached to last RunEnded; all boards share one process, the cloud has its own",
    )


async def _claim_groups(cloud: CloudAt, groups: list[list[BoardAt]]) -> list[Took]:
    with TemporaryDirectory() as folder:
        async with open_line(Path(folder), cloud) as line:
            return [await line.work_on(group) for group in groups]
