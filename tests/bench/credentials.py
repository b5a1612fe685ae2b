"""How long credentials take, against what the wire, the board and the cloud need for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from station.authority import make_authority
from tests.bench import on_air, others
from tests.bench.figures import Figure, ratio, seconds
from tests.bench.line import Took, open_line
from tests.bench.on_air import TIMING
from tests.bench.others import BoardAt, CloudAt

BULK_S = 1.0
"""What an onboarding takes in a cloud of `station simulate`."""

OVERHEAD_S = 1.0

RECIPE = """\
recipe = 1
name = "Benchmark"
procedure = "PROCEDURE"
[board]
kind = "nrf91"
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
tags = []
[options.authority]
certificate = "ca.pem"
key_file = "ca.key"
"""


@dataclass(frozen=True, slots=True)
class Flow:
    """A procedure, and how long its board is busy: with keys, and off and on the air."""

    name: str
    procedure: str
    dialect: str
    keys: int
    batches: int

    @property
    def recipe(self) -> str:
        return RECIPE.replace("PROCEDURE", self.procedure)

    def board_s(self, slowness: float) -> float:
        """Return the seconds that a board takes that is `slowness` times as slow as a real one."""
        return slowness * (self.keys * TIMING.keygen_s + self.batches * TIMING.batch_s)


# One batch brings the order for a key, another one what was signed for it.
OWN_CA = Flow("own_ca", "claim_own_ca", "at-shell", keys=1, batches=2)
LOCAL = Flow("local_at_host", "local_credentials", "at-host", keys=1, batches=0)
LOCAL_SHELL = Flow("local_at_shell", "local_credentials", "at-shell", keys=1, batches=0)


def flow(told: Flow, times: int, slots: int, slowness: float) -> Iterator[Figure]:
    """Carry a flow out on `times` boards, one after the other, and on `slots` boards at once."""
    took = measured(told, [1] * times + [slots], slowness)
    alone, together = took[:-1], took[-1]
    board_s = told.board_s(slowness)
    parts = f"keys {told.keys} x {TIMING.keygen_s:g} s, air {told.batches} x {TIMING.batch_s:g} s"
    parts += f", each times {slowness:g}; the cloud's onboarding {BULK_S:g} s"
    needed_s = [each.wire_s + board_s + BULK_S for each in alone]
    yield seconds(
        f"{told.name}_overhead",
        [each.total_s - need_s for each, need_s in zip(alone, needed_s, strict=True)],
        under=OVERHEAD_S,
        note=f"Attached to RunEnded, less wire, board and onboarding; {alone[0].requests} requests",
    )
    total = seconds(f"{told.name}_total", [each.total_s for each in alone])
    note = f"{alone[0].byte_count} bytes at 115 200 baud; {parts}"
    needed = seconds(f"{told.name}_needed", needed_s, note=note)
    many = Figure(f"{told.name}_{slots}_at_once", together.total_s, "s", note="each its own wire")
    yield from (total, needed, many)
    yield ratio(f"{told.name}_total_to_needed", total.value, needed)
    yield ratio(f"{told.name}_{slots}_at_once_to_needed", many.value, needed)


def measured(told: Flow, groups: list[int], slowness: float) -> list[Took]:
    """Carry a flow out on groups of so many boards, one group after the other."""
    with (
        others.cloud() as cloud,
        on_air.boards(cloud, sum(groups), told.dialect, slowness) as boards,
        TemporaryDirectory() as folder,
    ):
        authority(Path(folder))
        ready = iter(boards)
        parted = [[next(ready) for _ in range(count)] for count in groups]
        return asyncio.run(_worked(told, cloud, parted, Path(folder)))


async def _worked(
    told: Flow, cloud: CloudAt, groups: list[list[BoardAt]], folder: Path
) -> list[Took]:
    async with open_line(folder, cloud, told.recipe) as line:
        return [await line.work_on(group) for group in groups]


def authority(folder: Path) -> None:
    """Make an authority whose files are `ca.pem` and `ca.key`."""
    certificate, key = make_authority("Benchmark")
    (folder / "ca.pem").write_text(certificate, "utf-8")
    (folder / "ca.key").write_text(key.get_secret_value(), "utf-8")
