"""Simulated Arduino boards: `python -m tests.bench.arduino_boards CLOUD COUNT SEED SLOWNESS [air]`.

As `station simulate board arduino`: UNO R4 WiFi on wires of 9600 baud, or on a fake BlueZ's air; and
the times of their radio and their keys can be cut. They have booted when they are told of.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest import mock

from station.simulation import arduino, program
from station.simulation.arduino_faults import REALISTIC
from tests.bench import others
from tests.bench.others import BoardAt, CloudAt

TIMING = replace(REALISTIC, again_s=3600.0)
"""As slow as real boards; but none looks for networks while it waits for its turn."""

BAUD = 9600
ON_AIR = "air"


@contextmanager
def boards(
    cloud: CloudAt, count: int, slowness: float, *, on_air: bool = False, seed: int = 1
) -> Iterator[list[BoardAt]]:
    """Run `count` boards that reach `cloud`, all in one process."""
    words = [cloud.http, str(count), str(seed), str(slowness), *([ON_AIR] if on_air else [])]
    with others.program([sys.executable, "-m", "tests.bench.arduino_boards", *words]) as process:
        yield others.boards_told(process, count)


class _Booted(io.StringIO):
    """Holds back what is written until the boards have booted and have heard their networks."""

    def __init__(self, after_s: float) -> None:
        super().__init__()
        self._after_s = after_s

    def flush(self) -> None:
        """Write it on, later."""
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        asyncio.get_running_loop().call_later(self._after_s, _print, text)


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def main(cloud: str, count: int, seed: int, slowness: float, *, on_air: bool) -> None:
    timing = replace(
        TIMING,
        boot_s=TIMING.boot_s * slowness,
        scan_s=TIMING.scan_s * slowness,
        join_s=TIMING.join_s * slowness,
        keygen_s=TIMING.keygen_s * slowness,
    )
    out = _Booted(timing.boot_s + timing.scan_s + 0.2)
    told = ("arduino", count, None, (), seed, out)
    with mock.patch.object(arduino, "REALISTIC", timing):
        asyncio.run(program.simulate_boards(*told, cloud=cloud, bluetooth=on_air))


if __name__ == "__main__":
    main(
        sys.argv[1],
        int(sys.argv[2]),
        int(sys.argv[3]),
        float(sys.argv[4]),
        on_air=ON_AIR in sys.argv[5:],
    )
