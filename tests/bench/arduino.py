"""Arduino's Provisioning 2.0, whole: by cable and by radio, one board and many at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.links import LineSettings, Link
from station.links.ble_profile import ARDUINO
from station.links.ble_wiring import BleWiring
from station.model import Change, NearbyHeard, Port
from station.simulation import boards_on_air
from station.simulation.uart import wire_s
from tests.bench import arduino_boards, others
from tests.bench.arduino_boards import BAUD, TIMING
from tests.bench.figures import Figure, ratio, seconds
from tests.bench.line import Bays, Took, open_line, requests_told
from tests.bench.others import BoardAt, CloudAt

UNO_R4_WIFI = (0x2341, 0x1002)
OVERHEAD_S = 4.0

# What the vendor's command line sleeps, whatever the board does: arduino-cloud-cli c6c9ee2, files
# provisionv2.go, configurationstates.go and configuration_protocol.go.
REFERENCE_SLEEPS_S = {
    "after asking for the radio's firmware": 1.0,
    "after asking for the Bluetooth address": 1.0,
    "after telling the time": 1.0,
    "after telling the network": 1.0,
    "after ending the session": 1.0,
}
REFERENCE_POLL_S = 10.0
"""Its pause after a first look, which comes before a board can be there."""

PAUSE_S = 0.3
"""What a board is given between the end of one session and the next (facts of the protocol)."""

CONNECT_S, EXCHANGE_S = boards_on_air._CONNECT_S, boards_on_air._EXCHANGE_S

UNANSWERED = 2
"""Messages without an answer, the time and the network: only between them does the pace count."""

REQUESTS_A_SECOND = 10.0
"""The account's limit, as Arduino documents it."""

RECIPE = """\
recipe = 1
name = "Benchmark"
procedure = "arduino"
[board]
kind = "arduino"
[cloud]
kind = "arduino"
address = "{http}"
downloads_address = "{http}"
first_look_s = LOOK_S
[options]
network = "factory"
"""


LOOK_S = ArduinoCloudOptions().first_look_s


class AirBays(Bays):
    """A `Wiring` of `lanes` boards on the air; each is picked as it is plugged in."""

    def __init__(self, lanes: int) -> None:
        super().__init__(UNO_R4_WIFI)
        self._wiring = BleWiring(lanes, heard=self._hear)
        self._near: set[str] = set()
        self._heard = asyncio.Event()

    def plug(self, board: BoardAt, number: int) -> None:
        """Pick a board; its lane is the next one that is free."""
        self._wiring.pick(board.port)

    async def changes(self) -> AsyncIterator[Change]:
        async for change in self._wiring.changes():
            yield change

    async def open(self, port: Port, line: LineSettings) -> Link:
        return self._counted(await self._wiring.open(port, line))

    async def hears(self, boards: Sequence[BoardAt]) -> None:
        """Wait until all of these are on the air."""
        wanted = {board.port for board in boards}
        while not wanted <= self._near:
            self._heard.clear()
            await self._heard.wait()

    def _hear(self, told: NearbyHeard) -> None:
        self._near = {board.address for board in told.boards}
        self._heard.set()


def by_cable(times: int, slots: int, slowness: float) -> Iterator[Figure]:
    """Provision `times` boards on wires of 9600 baud, one after the other, and `slots` at once."""
    with others.arduino_cloud() as cloud:
        groups = [1] * times + [slots]
        with arduino_boards.boards(cloud, sum(groups), slowness) as boards:
            took = asyncio.run(_cabled(cloud, _parted(boards, groups), slowness))
    needed_s = [wire_s(each.byte_count, BAUD) + PAUSE_S + _board_s(slowness) for each in took[:-1]]
    note = f"{took[0].byte_count} bytes at {BAUD} baud, {PAUSE_S:g} s between sessions, "
    note += f"key {TIMING.keygen_s:g} s and network {TIMING.join_s:g} s, each times {slowness:g}"
    figures = list(_flow("arduino_cable", took, needed_s, slots, note))
    yield from figures
    total, needed = figures[1], figures[2]
    waits_s = sum(REFERENCE_SLEEPS_S.values()) + REFERENCE_POLL_S
    note = f"computed: needed, {len(REFERENCE_SLEEPS_S)} sleeps of 1 s, a pause between looks"
    least = Figure("arduino_cable_reference_least", needed.value + waits_s, "s", note=note)
    yield least
    yield ratio("arduino_cable_total_to_reference_least", total.value, least)


def by_radio(times: int, lanes: int, slowness: float) -> Iterator[Figure]:
    """Provision `times` boards through bleak, one after the other, and `lanes` at once."""
    with others.arduino_cloud() as cloud:
        groups = [1] * times + [lanes]
        with arduino_boards.boards(cloud, sum(groups), slowness, on_air=True) as boards:
            took = asyncio.run(_on_the_air(cloud, _parted(boards, groups), slowness))
    needed_s = [CONNECT_S + _air_s(each) + _board_s(slowness) for each in took[:-1]]
    first = took[0]
    note = f"{first.sent} writes and {first.heard} indications of {EXCHANGE_S:g} s, "
    note += f"{ARDUINO.pause_s:g} s after {UNANSWERED} writes, connection {CONNECT_S:g} s, "
    note += f"key and network times {slowness:g}"
    yield from _flow("arduino_radio", took, needed_s, lanes, note)


def requests(count: int, slowness: float) -> Iterator[Figure]:
    """Provision `count` boards at once, and count what the cloud is asked for them."""
    with (
        others.arduino_cloud() as cloud,
        arduino_boards.boards(cloud, count, slowness) as boards,
        requests_told() as asked,
    ):
        (took,) = asyncio.run(_cabled(cloud, [boards], slowness))
    looks = sum(path == "provisioning/v1/onboarding" for path in asked)
    note = f"{len(asked)} requests for {count} boards at once; the account takes "
    note += f"{REQUESTS_A_SECOND:g} a second"
    yield Figure(f"arduino_{count}_requests_a_board", len(asked) / count, "requests", note=note)
    note = f"{looks} looks at the list of onboardings, those before claims included"
    yield Figure(f"arduino_{count}_looks_a_board", looks / count, "requests", note=note)
    total = Figure(f"arduino_{count}_together", took.total_s, "s", note="by cable")
    least_s = len(asked) / REQUESTS_A_SECOND
    least = Figure(f"arduino_{count}_requests_least", least_s, "s", note="by the account's limit")
    yield from (total, least)
    yield ratio(f"arduino_{count}_together_to_requests_least", total.value, least)


def _flow(
    name: str, took: Sequence[Took], needed_s: Sequence[float], many: int, note: str
) -> Iterator[Figure]:
    alone, together = took[:-1], took[-1]
    total_s = [each.total_s for each in alone]
    over_s = [each - need_s for each, need_s in zip(total_s, needed_s, strict=True)]
    said = f"Attached to RunEnded, less what is needed; {alone[0].requests} requests"
    yield seconds(f"{name}_overhead", over_s, under=OVERHEAD_S, note=said)
    total = seconds(f"{name}_total", total_s)
    needed = seconds(f"{name}_needed", needed_s, note=note)
    at_once = Figure(
        f"{name}_{many}_at_once", together.total_s, "s", note=f"{together.requests} requests"
    )
    yield from (total, needed, at_once)
    yield ratio(f"{name}_total_to_needed", total.value, needed)
    yield ratio(f"{name}_{many}_at_once_to_needed", at_once.value, needed)
    for step in alone[0].steps_s:
        yield seconds(f"{name}_step_{step}", [each.steps_s[step][0] for each in alone])
        yield Figure(
            f"{name}_{many}_at_once_step_{step}",
            median(together.steps_s[step]),
            "s",
            worst=max(together.steps_s[step]),
            times=many,
        )


def _board_s(slowness: float) -> float:
    return slowness * (TIMING.keygen_s + TIMING.join_s)


def _air_s(took: Took) -> float:
    return (took.sent + took.heard) * EXCHANGE_S + UNANSWERED * ARDUINO.pause_s


def _parted(boards: list[BoardAt], groups: list[int]) -> list[list[BoardAt]]:
    ready = iter(boards)
    return [[next(ready) for _ in range(count)] for count in groups]


def _recipe(slowness: float) -> str:
    """Return the recipe: boards that come sooner are looked for sooner."""
    return RECIPE.replace("LOOK_S", str(LOOK_S * slowness))


async def _cabled(cloud: CloudAt, groups: list[list[BoardAt]], slowness: float) -> list[Took]:
    with TemporaryDirectory() as folder:
        async with open_line(Path(folder), cloud, _recipe(slowness), Bays(UNO_R4_WIFI)) as line:
            return [await line.work_on(group) for group in groups]


async def _on_the_air(cloud: CloudAt, groups: list[list[BoardAt]], slowness: float) -> list[Took]:
    from tests.fake_air import bleak_led_to  # only where there is BlueZ

    # a lane that was left is not given away at once
    bays = AirBays(sum(map(len, groups)))
    with TemporaryDirectory() as folder:
        async with (
            bleak_led_to(groups[0][0].dbus),
            open_line(Path(folder), cloud, _recipe(slowness), bays) as line,
        ):
            took = []
            for group in groups:
                await bays.hears(group)
                took.append(await line.work_on(group))
            return took
