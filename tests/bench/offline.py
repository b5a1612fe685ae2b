"""The offline line: tokens gathered from many boards at once, and a queue that is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from pydantic import SecretStr

from station.clouds.nrf_cloud import NrfCloud
from station.clouds.nrf_cloud_options import NrfCloudOptions
from station.drain import Drain
from station.faults import ReplyLost
from station.model import Identity, Proof
from station.record import Record, RunNote
from station.seal import Seal
from station.simulation.nrf91_faults import token_source
from station.simulation.nrf91_unit import Unit
from tests.bench import others
from tests.bench.figures import Figure, ratio, seconds
from tests.bench.line import SEAL_KEY, Took, open_line, requests_timed
from tests.bench.others import RECIPE, BoardAt, CloudAt

GATHER = RECIPE.replace('"claim"', '"gather"')
LIMIT_A_SECOND = 10
AT_A_TIME = 64


def gathered(count: int, times: int) -> Iterator[Figure]:
    """Gather tokens from `count` boards at once, `times` over, without a network."""
    took = [_gathered(count) for _ in range(times)]
    total = seconds(
        f"gather_{count}_at_once",
        [each.total_s for each in took],
        note="first Attached to last RunEnded; all boards share one process, no cloud answers",
    )
    wire_s = [each.wire_s / count for each in took]
    wire = seconds(f"gather_{count}_wire", wire_s, note="one board's bytes at 115 200 baud")
    yield from (total, wire)
    yield ratio(f"gather_{count}_at_once_to_wire", total.value, wire)


def gathering_s(count: int) -> float:
    """Return the seconds from the first board's `Attached` to the last one's `RunEnded`."""
    return _gathered(count).total_s


def _gathered(count: int) -> Took:
    with others.cloud("reset") as cloud, others.boards(count) as boards:
        return asyncio.run(_gather(cloud, boards))


async def _gather(cloud: CloudAt, boards: list[BoardAt]) -> Took:
    with TemporaryDirectory() as folder:
        async with open_line(Path(folder), cloud, GATHER) as line:
            return await line.work_on(boards)


def drained(count: int) -> Iterator[Figure]:
    """Send a queue of `count` claims to a cloud that takes ten requests a second.

    And one of a tenth of it whose first answer is lost, so that the cloud holds all of them already.
    """
    for name, claims, faults in (
        ("drain", count, ()),
        ("drain_answer_lost", count // 10, ("lost-reply",)),
    ):
        with (
            others.cloud(f"rate-limit-{LIMIT_A_SECOND}", *faults) as cloud,
            TemporaryDirectory() as folder,
        ):
            total_s, requests = asyncio.run(_drained(cloud, claims, Path(folder)))
        note = f"in {requests} requests, read from the record, opened, claimed and committed"
        total = Figure(f"{name}_{claims}", total_s, "s", note=note)
        note = f"computed: one claim a request, {LIMIT_A_SECOND} requests a second"
        singly = Figure(f"{name}_{claims}_singly", claims / LIMIT_A_SECOND, "s", note=note)
        yield from (total, singly)
        yield ratio(f"{name}_{claims}_to_singly", total.value, singly)


async def _drained(cloud: CloudAt, count: int, folder: Path) -> tuple[float, int]:
    record = await asyncio.to_thread(Record, folder / "record.db")
    options = NrfCloudOptions(
        provisioning_url=cloud.http, requests_a_second=float(LIMIT_A_SECOND), tags=()
    )
    ours, seal = NrfCloud(options, SecretStr(cloud.api_key)), Seal(SEAL_KEY)
    drain = Drain(record, lambda event: None)
    try:
        await _fill(record, ours.address, seal, count)
        with requests_timed() as asked_s:
            began_s = monotonic()
            while await _sent(drain, ours, seal):
                pass
            taken_s = monotonic() - began_s
        left = await record.queue.length(ours.address)
        if left.waiting or left.refused:
            raise RuntimeError(f"not measured: {left.waiting} wait, {left.refused} were refused")
        return taken_s, len(asked_s)
    finally:
        await ours.close()
        await asyncio.to_thread(record.close)


async def _sent(drain: Drain, cloud: NrfCloud, seal: Seal) -> bool:
    try:
        return await drain.send(cloud, seal) > 0
    except ReplyLost:  # the engine, too, tries again
        return True


async def _fill(record: Record, place: str, seal: Seal, count: int) -> None:
    shift = await record.begin_shift("Bench", "Benchmark", "Benchmark", "0" * 64, None)
    note = RunNote(
        slot="1",
        port="",
        usb_serial="",
        recipe="Benchmark",
        recipe_digest="0" * 64,
        procedure="gather",
        steps=(),
        operator=shift.operator,
        work_order=shift.work_order,
        station="Benchmark",
        software="0",
    )

    async def queue(number: int) -> None:
        unit = Unit(number)
        subject = str(unit.uuid)
        proof = Proof(
            "attestation", "uuid", subject, SecretStr(token_source(unit, frozenset())(None))
        )
        run = await record.begin_run(note)
        ids = (("imei", unit.imei), ("uuid", subject))
        await record.learn(run, Identity("nrf91", unit.imei, unit.product.model, "", ids=ids))
        await record.queue.add(run, place, proof, seal.close(proof.text))

    for start in range(1, count + 1, AT_A_TIME):
        numbers = range(start, min(start + AT_A_TIME, count + 1))
        await asyncio.gather(*(queue(number) for number in numbers))
