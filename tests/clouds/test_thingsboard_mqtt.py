"""ThingsBoard by MQTT against the simulated door: every answer, and what a lost one costs."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable

import pytest

from station.clouds.thingsboard.over_mqtt import OverMqtt
from station.faults import (
    CloudRefused,
    CloudUnreachable,
    LoginRefused,
    RecipeWrong,
    ReplyLost,
    TransportRefused,
)
from station.model import LoginKind
from station.simulation.thingsboard_account import Provisioned
from station.simulation.thingsboard_mqtt import MqttDoor
from station.simulation.thingsboard_mqtt_session import Waits
from tests.clouds.mqtt_way import (
    REQUEST,
    USUAL,
    VERSIONS,
    basic,
    login,
    options,
    request,
    token,
    way_to,
)
from tests.simulation.thingsboard_books import NOT_FOUND, SUCCESS, Books


class Counted(Books):
    """Books that also keep how many connections there were, at most, at a request."""

    door: MqttDoor
    most = 0

    def provision(self, body: bytes) -> Provisioned:
        self.most = max(self.most, len(self.door.connections))
        return super().provision(body)


@pytest.fixture
def books() -> Counted:
    return Counted()


@pytest.fixture
async def door(books: Counted) -> AsyncIterator[MqttDoor]:
    books.door = MqttDoor(books)
    await books.door.start()
    yield books.door
    await books.door.close()


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.001)


async def until_left(door: MqttDoor) -> None:
    """Wait until the server has no connection any more."""
    await until(lambda: not door.connections)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("server", ["4.3.0", "3.8.1"])
async def test_answers_come_whole_on_one_connection(
    door: MqttDoor, books: Counted, version: str, server: str
) -> None:
    books.version = server
    books.answers = [Provisioned(dict(SUCCESS)), Provisioned(dict(NOT_FOUND))]
    async with way_to(door.address, mqtt_version=version) as way:
        assert json.loads(await way.provision(REQUEST)) == SUCCESS
        assert json.loads(await way.provision(REQUEST)) == NOT_FOUND
        assert books.most == len(door.connections) == 1
    assert [json.loads(body) for body in books.asked] == [REQUEST] * 2


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_hundred_at_once_through_eight_connections(
    door: MqttDoor, books: Counted, version: str
) -> None:
    books.answers = []
    async with way_to(door.address, mqtt_version=version, connections=8) as way:
        told = await asyncio.gather(
            *(way.provision(request(f"unit-{number}", f"token-{number}")) for number in range(100))
        )
    values = [json.loads(body)["credentialsValue"] for body in told]
    assert values == [f"token-{number}" for number in range(100)]
    assert books.most == 8
    for number in range(100):
        device = books.device_named(books.tenant, f"unit-{number}")
        assert device is not None
        assert device.credentials.lookup == f"token-{number}"


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_reply_cut_at_any_byte_is_lost_or_whole(
    door: MqttDoor, books: Counted, version: str
) -> None:
    lost = whole = unsent = 0
    for cut_after in range(200):
        door.cut_after, books.asked = cut_after, []
        async with way_to(door.address, mqtt_version=version) as way:
            try:
                assert json.loads(await way.provision(REQUEST)) == SUCCESS
                whole += 1
            except ReplyLost:
                lost += 1
            except CloudUnreachable:
                unsent += 1
                assert books.asked == []
        if whole:
            break
    # CONNACK, SUBACK, PUBACK, and 20 bytes of topic and more around the reply
    assert unsent <= 7
    assert lost > 100
    assert whole == 1


@pytest.mark.parametrize(
    ("version", "answer", "fault"),
    [
        ("3.1.1", Provisioned(malformed=True, error="x"), ReplyLost),
        ("5", Provisioned(malformed=True, error="x"), CloudRefused),
        ("3.1.1", Provisioned(error="x"), ReplyLost),
        ("5", Provisioned(error="x"), ReplyLost),
        ("3.1.1", Provisioned(), ReplyLost),
        ("5", Provisioned(), ReplyLost),
    ],
)
async def test_a_server_that_says_no_more_than_a_hang_up(
    books: Counted, version: str, answer: Provisioned, fault: type[Exception]
) -> None:
    books.door = door = MqttDoor(books, waits=Waits(core_timeout_s=0.01))
    await door.start()
    books.answers = [answer, Provisioned(dict(SUCCESS))]
    async with way_to(door.address, mqtt_version=version) as way:
        with pytest.raises(fault) as caught:
            await way.provision(REQUEST)
        assert type(caught.value) is fault
        assert json.loads(await way.provision(REQUEST)) == SUCCESS
    await door.close()


async def test_a_kept_connection_that_the_server_closed_costs_nothing(books: Counted) -> None:
    books.door = door = MqttDoor(books, waits=Waits(drop_after_s=0.01))
    await door.start()
    async with way_to(door.address) as way:
        for _ in range(3):
            assert json.loads(await way.provision(REQUEST)) == SUCCESS
            await until_left(door)
            await asyncio.gather(*(each.ended() for each in way._sessions))
    assert len(books.asked) == 3
    await door.close()


async def test_an_old_connection_is_left(door: MqttDoor, books: Counted) -> None:
    async with way_to(door.address) as way:
        await way.provision(REQUEST)
        (first,) = way._sessions
        first.since_s -= 48
        await way.provision(REQUEST)
        await first.ended()
        assert len(door.connections) == 1
    assert len(books.asked) == 2


async def test_too_slow_an_answer_is_lost_and_never_anothers(
    books: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.door = door = MqttDoor(books, waits=Waits(thinks_s=60))
    await door.start()
    async with way_to(door.address, timeout_s=0.05) as way:
        with pytest.raises(ReplyLost, match=r"no answer in 0\.05 s"):
            await way.provision(REQUEST)
        await until_left(door)
    async with way_to(door.address) as way:
        asked = asyncio.create_task(way.provision(REQUEST))
        await until(lambda: len(books.asked) == 2)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        await until_left(door)
        door.waits = Waits()
        books.answers = [Provisioned(dict(NOT_FOUND))]
        assert json.loads(await way.provision(REQUEST)) == NOT_FOUND
    await door.close()


async def test_cancelled_at_any_moment_nothing_is_left(door: MqttDoor) -> None:
    async with way_to(door.address) as way:
        for turns in range(60):
            asked = asyncio.create_task(way.provision(REQUEST))
            for _ in range(turns):
                await asyncio.sleep(0)
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)
        assert json.loads(await way.provision(REQUEST)) == SUCCESS
    await until_left(door)


async def test_warmed_the_request_finds_a_connection(door: MqttDoor, books: Counted) -> None:
    async with way_to(door.address) as way:
        await way.warm()
        await way.warm()
        assert len(door.connections) == 1
        await way.provision(REQUEST)
        assert books.most == 1


async def test_nobody_there(door: MqttDoor) -> None:
    address = door.address
    await door.close()
    async with way_to(address) as way:
        await way.warm()
        with pytest.raises(CloudUnreachable):
            await way.provision(REQUEST)
        with pytest.raises(CloudUnreachable):
            await way.admits(token("tok-1"))


@pytest.mark.parametrize("host", ["", "a..b", "host:65536", "host:x", f"{'x' * 64}.com"])
def test_an_address_that_can_not_be(host: str) -> None:
    with pytest.raises(RecipeWrong, match="mqtt_address"):
        OverMqtt(options(f"mqtt://u@{host}"), USUAL)


async def test_too_long_a_request_is_not_sent(door: MqttDoor, books: Counted) -> None:
    async with way_to(door.address) as way:
        with pytest.raises(CloudRefused, match="more than the server takes"):
            await way.provision({**REQUEST, "hash": "x" * 65536})
        fits = 65536 - 64 - len(json.dumps({**REQUEST, "hash": ""}))
        assert json.loads(await way.provision({**REQUEST, "hash": "x" * fits})) == SUCCESS
    assert len(books.asked) == 1


@pytest.mark.parametrize("version", VERSIONS)
async def test_who_is_let_in(door: MqttDoor, books: Counted, version: str) -> None:
    books.with_login("all three", "c", "u", "p")
    books.with_login("a name", "", "name", "")
    books.with_login("an id", "id", "", "")
    let_in = [
        token("tok-1"),
        basic(client_id="c", user_name="u", user_password="p"),
        basic(user_name="name"),
        basic(client_id="id"),
    ]
    not_let_in = [
        token("tok-2"),
        basic(client_id="c", user_name="u", user_password="q"),
        basic(client_id="c", user_name="u"),
        basic(user_name="nobody"),
        basic(client_id="nobody"),
        basic(client_id="provision"),
        token("provision"),
    ]
    async with way_to(door.address, mqtt_version=version) as way:
        assert [await way.admits(each) for each in let_in] == [True] * 4
        assert [await way.admits(each) for each in not_let_in] == [False] * 7
        await until_left(door)


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_profile_of_another_transport(door: MqttDoor, books: Counted, version: str) -> None:
    books.bound_to("COAP")
    async with way_to(door.address, mqtt_version=version) as way:
        with pytest.raises(TransportRefused, match="another transport"):
            await way.admits(token("bound"))


async def test_a_certificate_needs_tls(door: MqttDoor) -> None:
    async with way_to(door.address) as way:
        with pytest.raises(TransportRefused, match="mqtts"):
            await way.admits(login(LoginKind.X509_CERTIFICATE, certificate="c", private_key="k"))


@pytest.mark.parametrize("version", VERSIONS)
async def test_telemetry_as_the_device(door: MqttDoor, books: Counted, version: str) -> None:
    async with way_to(door.address, mqtt_version=version) as way:
        await way.send(token("tok-1"), {"stationTest": 7})
        assert [values for _, values in books.dev1.telemetry] == [{"stationTest": 7}]
        with pytest.raises(LoginRefused):
            await way.send(token("tok-2"), {"stationTest": 8})
        door.cut_after = 7  # within PUBACK
        with pytest.raises(ReplyLost):
            await way.send(token("tok-1"), {"stationTest": 9})
        await until_left(door)


async def test_telemetry_that_is_never_acknowledged(books: Counted) -> None:
    door = MqttDoor(books, waits=Waits(thinks_s=60))
    await door.start()
    async with way_to(door.address, timeout_s=0.3) as way:
        with pytest.raises(ReplyLost, match="no PUBACK"):
            await way.send(token("tok-1"), {"a": 1})
    await door.close()


async def test_no_secret_is_told(
    door: MqttDoor, books: Counted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    word = "s3cr3t-of-the-unit"
    async with way_to(door.address) as way:
        await way.provision({**request("dev2", word), "provisionDeviceSecret": word})
        assert not await way.admits(basic(client_id=word, user_name=word, user_password=word))
        names = {each._thread.name for each in way._sessions}
        told = [repr(each.__dict__) for each in (*way._sessions, way)]
        with pytest.raises(LoginRefused) as caught:
            await way.send(token(word), {})
    assert word not in repr((told, names, caught.value, caplog.text))
    assert caught.value.__cause__ is None
