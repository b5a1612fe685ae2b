"""Simulated boards on the air: `python -m tests.bench.on_air CLOUD COUNT SEED DIALECT SLOWNESS`.

As `station simulate board`, with the SDK's provisioning sample, which the vendor's tool knows how to
wake; and the times of keys and of the air can be cut.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest import mock

from station.simulation import nrf91, program
from tests.bench import others
from tests.bench.others import BoardAt, CloudAt

TIMING = nrf91._REALISTIC
FIRMWARE = "sdk-sample"


@contextmanager
def boards(
    cloud: CloudAt, count: int, dialect: str, slowness: float, seed: int = 1
) -> Iterator[list[BoardAt]]:
    """Run `count` boards on wires of 115 200 baud and on the air of `cloud`, all in one process."""
    words = [cloud.http, str(count), str(seed), dialect, str(slowness)]
    with others.program([sys.executable, "-m", "tests.bench.on_air", *words]) as process:
        yield others.boards_told(process, count)


def main(cloud: str, count: int, seed: int, dialect: str, slowness: float) -> None:
    timing = replace(
        TIMING,
        boot_s=TIMING.boot_s * slowness,
        keygen_s=TIMING.keygen_s * slowness,
        attach_s=TIMING.attach_s * slowness,
        batch_s=TIMING.batch_s * slowness,
        settle_s=TIMING.settle_s * slowness,
    )
    told = ("nrf91", count, dialect, (), seed, sys.stdout)
    with mock.patch.object(nrf91, "_REALISTIC", timing):
        asyncio.run(program.simulate_boards(*told, cloud=cloud, firmware=FIRMWARE))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], float(sys.argv[5]))
