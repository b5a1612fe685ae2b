"""How many commits a second the record takes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

from station.record import Record
from tests.bench.figures import Figure, ratio

WRITERS = 16


def a_second(commits: int, times: int) -> Iterator[Figure]:
    """Write `commits` small notes, by one writer after the other and by sixteen at once."""
    alone = _figure("record_writes_alone", commits, times, 1)
    yield alone
    together = _figure("record_writes_by_16", commits, times, WRITERS)
    yield together
    yield ratio("record_writes_by_16_to_alone", together.value, alone)


def _figure(name: str, commits: int, times: int, writers: int) -> Figure:
    rates = [asyncio.run(_rate(commits, writers)) for _ in range(times)]
    note = f"{writers} at a time, each waits until its own is on disk; the folder for temporaries"
    return Figure(name, median(rates), "1/s", worst=min(rates), times=times, note=note)


async def _rate(commits: int, writers: int) -> float:
    with TemporaryDirectory() as folder:
        record = await asyncio.to_thread(Record, Path(folder) / "record.db")
        began_s = monotonic()
        await asyncio.gather(*(_write(record, commits // writers) for _ in range(writers)))
        taken_s = monotonic() - began_s
        await asyncio.to_thread(record.close)
    return commits // writers * writers / taken_s


async def _write(record: Record, count: int) -> None:
    for _ in range(count):
        await record.probe()
