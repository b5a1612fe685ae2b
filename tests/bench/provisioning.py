"""ThingsBoard: a device provisioned and proven over each transport, many at once, whole runs."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from pydantic import SecretStr

from station import logins
from station.clouds.thingsboard.cloud import ThingsBoard
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.words import request
from station.simulation.scripted import REALISTIC
from tests.bench import others
from tests.bench.bare import EXCHANGES
from tests.bench.far import away
from tests.bench.figures import Figure, ratio, seconds
from tests.bench.line import Bays, Took, open_line
from tests.bench.others import ROOT, STATION, CloudAt

DELAY_S = 0.02
"""Each way: a server in the next country. On loopback alone nobody would see a trip too many."""

TRIP_S = 2 * DELAY_S

TRIPS = {"http": 2, "mqtt": 3, "coap": 2}
"""Round trips that a device needs which nothing has been sent for before. By HTTP a POST, and a GET
on the same connection; by CoAP likewise, a datagram each. By MQTT CONNECT and CONNACK, then SUBSCRIBE
and PUBLISH together and the answer, then the device's own CONNECT and CONNACK, for a connection is
one login's. DISCONNECT is not answered."""

CONNECTIONS = 8
KEY, SECRET = "thingsboard-provision-key", "thingsboard-provision-secret"
ESP32 = (0x10C4, 0xEA60)
_numbers = itertools.count(1)


@contextmanager
def _server() -> Iterator[Mapping[str, str]]:
    """Run a simulated ThingsBoard; return what it accepts, and its addresses from far away."""
    with others.program([STATION, "simulate", "cloud", "thingsboard"]) as process:
        told = others.next_line(process)
        near = {name: f"{name}://{told[name]}" for name in ("mqtt", "coap")}
        with away(DELAY_S, http=told["http"], **near) as far:
            yield {**told, **far, "near": told["http"]}


@asynccontextmanager
async def _opened(
    told: Mapping[str, str], transport: str, connections: int = CONNECTIONS
) -> AsyncIterator[ThingsBoard]:
    options = ThingsBoardOptions(
        address=told["http"],
        mqtt_address=told["mqtt"],
        coap_address=told["coap"],
        transport=transport,
        sign_in="none",
        connections=connections,
    )
    cloud = ThingsBoard.open(options, _secrets(told).__getitem__)
    try:
        yield cloud
    finally:
        await cloud.close()


def _secrets(told: Mapping[str, str]) -> dict[str, SecretStr]:
    return {KEY: SecretStr(told["provision_key"]), SECRET: SecretStr(told["provision_secret"])}


async def _provision(cloud: ThingsBoard) -> None:
    """Provision a new device, and see that its login is good."""
    login = logins.access_token()
    await cloud.provision(f"bench-{next(_numbers)}", login)
    if not await cloud.admits(login):
        raise RuntimeError("not measured: the login does not let it in")


def one_by_one(times: int) -> Iterator[Figure]:
    """Provision a device over each transport, beside the same by hand-made bytes."""
    with _server() as told:
        for transport, trips in TRIPS.items():
            name = f"thingsboard_{transport}"
            ours_s, bare_s = asyncio.run(_beside(told, transport, times))
            note = f"computed: {trips} round trips of {TRIP_S:g} s"
            needed = Figure(f"{name}_needed", trips * TRIP_S, "s", note=note)
            ours = seconds(name, ours_s, note="provisioned and let in; nothing was open before")
            bare = seconds(f"{name}_bare", bare_s, note="the same by hand-made bytes")
            yield from (needed, ours, bare)
            yield ratio(f"{name}_to_needed", ours.value, needed)
            yield ratio(f"{name}_to_bare", ours.value, bare)


async def _beside(
    told: Mapping[str, str], transport: str, times: int
) -> tuple[list[float], list[float]]:
    """Return seconds of ours and of the bare exchange, in turns; the first of each is not counted."""
    ours_s, bare_s = [], []
    key, secret = _secrets(told).values()
    for _ in range(times + 1):
        async with _opened(told, transport) as cloud:
            began_s = monotonic()
            await _provision(cloud)
            ours_s.append(monotonic() - began_s)
        asked = request(key, secret, f"bare-{next(_numbers)}", logins.access_token())
        began_s = monotonic()
        await EXCHANGES[transport](told[transport], asked)
        bare_s.append(monotonic() - began_s)
    return ours_s[1:], bare_s[1:]


def many(count: int) -> Iterator[Figure]:
    """Provision `count` devices through eight connections, and through one."""
    with _server() as told:
        for transport in TRIPS:
            rates = []
            for connections in (1, CONNECTIONS):
                taken_s = asyncio.run(_together(told, transport, count, connections))
                name = f"thingsboard_{transport}_{count}_through_{connections}"
                note = "devices provisioned and let in, all asked for at once"
                note += "; each login has a connection of its own" * (transport == "mqtt")
                rates.append(Figure(name, count / taken_s, "1/s", note=note))
            yield from rates
            one, eight = rates
            yield ratio(f"{eight.name}_to_1", eight.value, one, note=f"at most {CONNECTIONS}")


async def _together(told: Mapping[str, str], transport: str, count: int, connections: int) -> float:
    async with _opened(told, transport, connections) as cloud:
        began_s = monotonic()
        await asyncio.gather(*(_provision(cloud) for _ in range(count)))
        return monotonic() - began_s


def runs(times: int, slots: int) -> Iterator[Figure]:
    """Whole runs by the engine: `times` boards one after the other, and `slots` at once."""
    count = times + 1 + slots
    command = [STATION, "simulate", "board", "scripted", "--count", str(count)]
    with _server() as told, others.program(command) as process:
        boards = others.boards_told(process, count)
        groups = [*([board] for board in boards[: times + 1]), boards[times + 1 :]]
        _, *alone, together = asyncio.run(_worked_on(told, groups))
    needed_s = [each.wire_s + each.sent * REALISTIC.answer_s + REALISTIC.boot_s for each in alone]
    first = alone[0]
    note = f"{first.byte_count} bytes at 115 200 baud, {first.sent} lines of {REALISTIC.answer_s:g} s, "
    needed = seconds("thingsboard_run_needed", needed_s, note=f"{note}a boot, and no network")
    note = f"Attached to RunEnded; {first.requests} requests, on the same computer"
    total = seconds("thingsboard_run", [each.total_s for each in alone], note=note)
    at_once = Figure(f"thingsboard_run_{slots}_at_once", together.total_s, "s", note=note)
    over_s = [each.total_s - need_s for each, need_s in zip(alone, needed_s, strict=True)]
    yield from (needed, total, at_once, seconds("thingsboard_run_overhead", over_s))
    yield ratio("thingsboard_run_to_needed", total.value, needed)
    yield ratio(f"thingsboard_run_{slots}_at_once_to_needed", at_once.value, needed)
    for step in first.steps_s:
        yield seconds(f"thingsboard_run_step_{step}", [each.steps_s[step][0] for each in alone])


async def _worked_on(told: Mapping[str, str], groups: list[list[others.BoardAt]]) -> list[Took]:
    cloud = CloudAt(
        told["near"],
        {
            KEY: told["provision_key"],
            SECRET: told["provision_secret"],
            "thingsboard-api-key": told["api_key"],
        },
    )
    text = (ROOT / "packaging" / "recipes" / "esp32_console.toml").read_text("utf-8")
    recipe = text.replace("https://thingsboard.cloud", "{http}")
    with TemporaryDirectory() as folder:
        async with open_line(Path(folder), cloud, recipe, Bays(ESP32)) as line:
            return [await line.work_on(group) for group in groups]
