"""Any answer breaks off at any byte, over each transport: the unit ends provisioned once.

The story alone at every byte, many units side by side; the whole engine at a few.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from station.model import Outcome
from station.simulation.scripted import SimulatedConsole
from station.simulation.thingsboard import SimulatedThingsBoard
from tests.procedures.lost_answers import (
    BreakingDoor,
    Broken,
    Kind,
    SilentOnceDoor,
    Workshop,
    all_of,
    workshop,
)
from tests.provision_hall import provision_hall

FINE = {Outcome.PASS, Outcome.UNKNOWN}
"""How a visit may end that meets a broken answer; the next one passes."""

LONG = 200
"""Longer than what an MQTT connection or a datagram tells of a unit."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Workshop]:
    async with workshop(tmp_path) as opened:
        yield opened


async def survives(desk: Workshop, kind: Kind, broken: Iterable[Broken]) -> set[Outcome]:
    """Break each of these off for a unit of its own; return how the first visits ended."""
    first = set()
    for each, scene in await all_of(desk, kind, broken):
        assert scene.ends[-1].outcome is Outcome.PASS, (each, scene.ends[-1].trouble)
        scene.check()
        first.add(scene.ends[0].outcome)
    return first


def in_replies(told: Sequence[tuple[str, int]], every: int) -> Iterator[Broken]:
    """Break off what changes something at each byte, or `every` so many; questions at a few."""
    for reply, (method, size) in enumerate(told):
        ends = {0, size // 2, size - 1}
        at = ends | set(range(0, size, every)) if method == "POST" else ends
        yield from (Broken(reply, each) for each in sorted(at))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "every"),
    [
        (Kind(), 1),
        (Kind(register=False), 5),
        (Kind(credential="from the cloud"), 7),
        (Kind(version="4.2.1"), 17),
        (Kind(known=True), 11),
        (Kind(version="4.2.1", known=True), 17),
    ],
    ids=str,
)
async def test_by_http_at_any_byte(desk: Workshop, kind: Kind, every: int) -> None:
    whole = await desk.until_passed(kind, None)
    whole.check()
    posts = [size for method, size in whole.server.told if method == "POST"]
    assert len(posts) >= (3 if kind.known else 1)
    assert await survives(desk, kind, in_replies(whole.server.told, every)) <= FINE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "every"),
    [
        (Kind("mqtt", register=False), 1),
        (Kind("mqtt", "from the cloud"), 5),
        (Kind("mqtt", "mqtt basic"), 5),
        (Kind("mqtt", "mqtt basic", known=True), 5),
        (Kind("mqtt", "mqtt basic", "4.2.1", known=True), 5),
    ],
    ids=str,
)
async def test_by_mqtt_at_any_byte(desk: Workshop, kind: Kind, every: int) -> None:
    """The first connection provisions, the second shows that the login is good: four bytes."""
    provisioning = [Broken(0, at) for at in sorted({*range(5), *range(0, LONG, every)})]
    assert await survives(desk, kind, provisioning) <= FINE
    assert await survives(desk, kind, [Broken(1, at) for at in range(5)]) <= FINE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "every"),
    [
        (Kind("coap", register=False), 1),
        (Kind("coap", "from the cloud"), 7),
        (Kind("coap", known=True), 7),
        (Kind("coap", version="4.2.1", known=True), 7),
    ],
    ids=str,
)
async def test_by_coap_at_any_byte(desk: Workshop, kind: Kind, every: int) -> None:
    """A datagram that is lost or cut is sent again, or asked for by what it was to bring."""
    assert await survives(desk, kind, [Broken(0, at) for at in range(0, LONG, every)]) <= FINE
    assert await survives(desk, kind, [Broken(1, at) for at in range(0, 30, every)]) <= FINE


@pytest.mark.parametrize(
    ("transport", "at"),
    [("http", 0), ("http", 100), ("http", 173), ("mqtt", 9), ("mqtt", 60), ("coap", 0)],
)
async def test_the_whole_engine_survives_it_too(tmp_path: Path, transport: str, at: int) -> None:
    server = SimulatedThingsBoard()
    server.transports["mqtt"] = BreakingDoor(server.account, Broken(0, at))
    server.transports["coap"] = SilentOnceDoor(server.account)
    server.cut_after["provision"] = at
    async with provision_hall(tmp_path / "line", server) as hall:
        await hall.work_on(cloud=f'transport = "{transport}"\ntimeout_s = 2')
        board = SimulatedConsole(1)
        ended = await hall.run(board)
        assert (ended.outcome, ended.trouble) == (Outcome.PASS, None)
        (device,) = server.account.devices.values()
        serial = board.identity["serial"]
        assert (device.name, device.credentials.lookup) == (serial, board.stored["prov/token"])
        assert hall.claims == [(serial, False)]
        assert [row["outcome"] for row in hall.rows()] == ["pass"]
