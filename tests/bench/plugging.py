"""How long it takes from plugging a board in until the operator could see it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from subprocess import Popen
from tempfile import TemporaryDirectory
from time import sleep

from station.links.trigger import EVERY_S
from tests.bench import others
from tests.bench.figures import Figure, seconds
from tests.links.mock_usb import NRF9151_DK, MockBoard, MockUsb, plug_latency_s

WITHIN_S = 0.3
FIRST = MockBoard(0x2341, 0x8057, "3E7F2A10504B5157", socket="1-9", names=("ttyACM9",))


def to_appeared(times: int) -> Iterator[Figure]:
    """Plug a development kit with two ports in, `times` over, and wait for `Appeared`."""
    for trigger in ("udev", "kernel", "polling"):
        with TemporaryDirectory() as folder:
            taken_s = _latencies_s(trigger, folder, times)
        yield seconds(
            f"plug_to_appeared_{trigger}",
            taken_s,
            under=WITHIN_S,
            note="a kit with two ports on USB by umockdev, an engine that watches already",
        )


def _latencies_s(trigger: str, folder: str, times: int) -> list[float]:
    command = [sys.executable, "-m", "tests.bench.appearing", trigger, folder]
    with MockUsb() as usb, others.program(command, usb.env) as station:
        usb.plug(FIRST)
        _await_line(station, "Appeared")
        taken_s = []
        for turn in range(times):
            # A hand plugs in at any moment between two glances; each turn takes another one.
            sleep(EVERY_S * turn / times)
            taken_s.append(_latency_s(usb, station))
        return taken_s


def _latency_s(usb: MockUsb, station: Popen[str]) -> float:
    latency_s = plug_latency_s(usb, NRF9151_DK, station, lambda line: line.startswith("Appeared"))
    usb.unplug(NRF9151_DK)
    _await_line(station, "Left")
    return latency_s


def _await_line(station: Popen[str], start: str) -> None:
    assert station.stdout is not None
    if not any(line.startswith(start) for line in station.stdout):
        raise RuntimeError(f"the station ended with status {station.wait()}")
