"""ThingsBoard by HTTP, against the simulated server of both generations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.words import Status, answer
from station.faults import (
    CloudFault,
    LoginRefused,
    TransportRefused,
)
from station.logins import access_token, mqtt_basic
from station.model import Login, LoginKind
from station.simulation.thingsboard import KNOWN, SimulatedThingsBoard
from station.simulation.thingsboard_credentials import token as held_token
from tests.clouds.answering import Answering
from tests.clouds.papers import Paper
from tests.clouds.thingsboard_wires import (
    PATH,
    TOKEN,
    Connect,
    asks,
    asks_for_known,
    below,
    token_of,
    ways,
)

ATTRIBUTES = "/api/v1/{token}/attributes"


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    async with ways() as make:
        yield make


@pytest.fixture(params=["4.3.0", "3.8"])
async def cloud(request: pytest.FixtureRequest) -> AsyncIterator[SimulatedThingsBoard]:
    settings: dict[str, Any] = {"version": request.param, "transports": False, "silence_s": 0.0}
    async with SimulatedThingsBoard(**settings) as cloud:
        yield cloud


@pytest.fixture
async def newest() -> AsyncIterator[SimulatedThingsBoard]:
    async with SimulatedThingsBoard(transports=False, silence_s=0.0, slow_s=0.01) as cloud:
        yield cloud


def named(cloud: SimulatedThingsBoard, name: str) -> Any:
    return cloud.account.device_named(cloud.tenant.id, name)


def certified() -> Login:
    pem = SecretStr(Paper("unit").pem)
    return Login(LoginKind.X509_CERTIFICATE, (("certificate", pem),))


# what the server says


@pytest.mark.parametrize(
    "login",
    [access_token(), mqtt_basic(["user_name", "user_password"]), certified()],
    ids=lambda login: login.kind,
)
async def test_a_device_gets_what_it_asks_for(
    connect: Connect, cloud: SimulatedThingsBoard, login: Login
) -> None:
    got = answer(await connect(cloud.address).provision(asks(cloud, "unit-1", login)))
    assert got.status is Status.SUCCESS
    assert got.login is not None
    assert login.lets_in_as(got.login)
    assert named(cloud, "unit-1").credentials.type == login.kind


async def test_a_token_that_the_server_makes_is_let_in(
    connect: Connect, cloud: SimulatedThingsBoard
) -> None:
    way = connect(cloud.address)
    got = answer(await way.provision(asks(cloud, "unit-1"))).login
    assert got is not None
    assert len(got.value("token")) == 20
    assert await way.admits(got)
    await way.send(got, {"stationCheck": 1})
    ((_, point),) = named(cloud, "unit-1").telemetry
    assert point == {"stationCheck": 1}


async def test_refusals_come_as_answers(connect: Connect, cloud: SimulatedThingsBoard) -> None:
    way = connect(cloud.address)
    good, taken = asks(cloud, "unit-1", token_of(TOKEN)), asks(cloud, "unit-2", token_of(TOKEN))
    assert answer(await way.provision(good)).status is Status.SUCCESS
    cases = {
        "again": (good, Status.FAILURE),
        "token taken": (taken, Status.FAILURE),
        "wrong key": ({**good, "provisionDeviceKey": "x"}, Status.NOT_FOUND),
        "wrong secret": ({**good, "provisionDeviceSecret": "x"}, Status.NOT_FOUND),
        "script": ({**good, "deviceName": "<script>x</script>"}, Status.FAILURE),
        "256": ({**good, "deviceName": "x" * 256, "token": "t2"}, Status.FAILURE),
        "255": ({**good, "deviceName": "x" * 255, "token": "t2"}, Status.SUCCESS),
    }
    for what, (asked, status) in cases.items():
        got = answer(await way.provision(asked))
        assert (what, got.status) == (what, status)
        assert bool(got.reason) == (status is not Status.SUCCESS)
    assert named(cloud, "unit-2") is None


async def test_a_known_device_keeps_its_login_and_the_generations_differ(
    connect: Connect, cloud: SimulatedThingsBoard
) -> None:
    cloud.account.add_device(cloud.known, "unit-1", held_token("tok-known"))
    way = connect(cloud.address)
    asked = {**asks_for_known(cloud, "unit-1"), "token": "mine"}
    first, second = [answer(await way.provision(asked)) for _ in range(2)]
    assert first.login is not None
    assert first.login.value("token") == "tok-known"
    once_only = cloud.account.at_least(4, 2, 2)
    assert second.status is (Status.FAILURE if once_only else Status.SUCCESS)
    unknown = answer(await way.provision(asks_for_known(cloud, "unit-2")))
    assert (unknown.status, cloud.known.name) == (Status.FAILURE, KNOWN)


@pytest.mark.parametrize("fault", ["old-names", "status-only"])
async def test_answers_of_other_words(
    connect: Connect, newest: SimulatedThingsBoard, fault: str
) -> None:
    newest.faults = frozenset({fault})
    way = connect(newest.address)
    got = answer(await way.provision(asks(newest, "unit-1", token_of(TOKEN)))).login
    assert got is not None
    assert got.value("token") == TOKEN
    refused = answer(await way.provision(asks(newest, "unit-1")))
    assert refused.status is Status.FAILURE


async def test_a_device_that_is_unknown_or_gone_is_not_let_in(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way, login = connect(newest.address), token_of(TOKEN)
    assert not await way.admits(login)
    device = newest.account.add_device(newest.new, "unit-1", held_token(TOKEN))
    assert await way.admits(login)
    newest.account.remove_device(device)
    assert not await way.admits(login)
    with pytest.raises(LoginRefused):
        await way.send(login, {"a": 1})


@pytest.mark.parametrize(
    "odd", ["a b", "a?b=c", "a#b", "100%41", "é单", "a;b=c", "a+b&c", "..a", "...", "a:b@c", "\\"]
)
async def test_a_token_goes_into_an_address_as_it_is(
    connect: Connect, newest: SimulatedThingsBoard, odd: str
) -> None:
    way = connect(newest.address)
    assert not await way.admits(token_of(odd))
    newest.account.add_device(newest.new, "unit-1", held_token(odd))
    assert await way.admits(token_of(odd))


@pytest.mark.parametrize(
    "login",
    [mqtt_basic(["user_name"]), certified(), token_of(""), token_of("."), token_of("..")],
    ids=lambda login: f"{login.kind}-{login.value('token')}",
)
async def test_what_http_cannot_carry_is_not_sent(
    connect: Connect, newest: SimulatedThingsBoard, login: Login
) -> None:
    way = connect(newest.address)
    with pytest.raises(TransportRefused):
        await way.admits(login)
    with pytest.raises(TransportRefused):
        await way.send(login, {"a": 1})
    assert newest.calls == []


# how many round trips, over how many connections


async def test_a_warm_connection_carries_all_in_a_round_trip_each(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way, login = connect(newest.address), access_token()
    await way.warm()
    open_now = set(newest._server._connections)
    assert len(open_now) == 1
    await way.warm()  # it is warm
    await way.provision(asks(newest, "unit-1", login))
    assert await way.admits(login)
    asked = [(call.method, call.path, call.status) for call in newest.calls]
    assert asked == [("GET", PATH, 405), ("POST", PATH, 200), ("GET", ATTRIBUTES, 200)]
    assert set(newest._server._connections) == open_now
    assert newest.account.devices.keys() == {named(newest, "unit-1").id}


async def test_a_connection_that_the_server_left_is_not_used(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way = connect(newest.address)
    await way.warm()
    (connection,) = newest._server._connections
    connection._transport.close()
    await connection._gone.wait()
    assert answer(await way.provision(asks(newest, "unit-1"))).login is not None
    assert newest.asked("POST", PATH) == 1


async def test_warming_up_says_nothing_of_what_is_wrong(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    way = connect(newest.address)
    await newest.close()
    await way.warm()
    assert newest.calls == []


async def test_no_more_connections_than_the_recipe_says(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    newest.latency_s = 0.01
    way = connect(newest.address, connections=2)
    most = 0

    async def one(number: int) -> None:
        nonlocal most
        assert answer(await way.provision(asks(newest, f"unit-{number}"))).login is not None
        most = max(most, len(newest._server._connections))

    await asyncio.gather(*(one(number) for number in range(10)))
    assert most == 2
    assert len(newest.account.devices) == 10


async def test_base_addresses_with_a_path_and_a_path_of_ones_own(
    connect: Connect, newest: SimulatedThingsBoard
) -> None:
    async with Answering(below("/v1/iot", newest._logged)) as proxy:
        way = connect("http://127.0.0.1:9", device_address=f"{proxy.address}/iot/")
        login = token_of(TOKEN)
        await way.provision(asks(newest, "unit-1", login))
        assert await way.admits(login)
        await way.send(login, {"a": 1})
        moved = connect(f"{proxy.address}/iot", provision_path="gate/enrol")
        with pytest.raises(CloudFault, match=r"HTTP 40[14]"):
            await moved.provision(asks(newest, "unit-2"))
    assert proxy.asked[-1].path == "/v1/iot/gate/enrol"


@pytest.mark.parametrize("path", ["https://elsewhere/x", "x:y", "/x", "x?y", "x#y", ""])
def test_a_provision_path_is_never_another_server(path: str) -> None:
    with pytest.raises(ValidationError, match="provision_path"):
        ThingsBoardOptions(provision_path=path)
    assert ThingsBoardOptions(provision_path="gate/devices:enrol").provision_path
