"""ThingsBoard's MQTT door for devices that have their credentials, asked in raw bytes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from station.simulation.thingsboard_credentials import token
from station.simulation.thingsboard_mqtt import MqttDoor
from tests.simulation.mqtt_line import (
    BODY,
    LEVELS,
    REQUEST,
    Line,
    accepted,
    connect,
    let_in,
    line_to,
    publish,
    refused,
    subscribe,
    whole,
)
from tests.simulation.thingsboard_books import Books


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
async def door(books: Books) -> AsyncIterator[MqttDoor]:
    door = MqttDoor(books)
    await door.start()
    yield door
    await door.close()


@pytest.fixture
async def line(door: MqttDoor) -> AsyncIterator[Line]:
    async with line_to(door) as line:
        yield line


@pytest.mark.parametrize(
    ("login", "codes"),
    [
        ((b"c", b"nope", None), (5, 0x86)),
        ((b"c", b"nope", b"p"), (5, 0x86)),
        ((b"c", None, None), (2, 0x85)),
        ((b"", None, None), (5, 0x87)),
        ((b"c", b"bound", None), (3, 0x88)),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
async def test_who_is_not_let_in(
    line: Line,
    books: Books,
    login: tuple[bytes, bytes | None, bytes | None],
    codes: tuple[int, int],
    level: int,
) -> None:
    books.bound_to("COAP")
    await line.say(connect(level, *login))
    assert await line.rest() == refused(level, codes[level == 5])


async def test_basic_login_is_all_three(line: Line, books: Books) -> None:
    books.with_login("dev2", "c", "u", "p")
    assert await line.ask(connect(4, b"c", b"u", b"p")) == accepted(4)


async def test_telemetry_attributes_and_claims_of_a_device(line: Line, books: Books) -> None:
    await let_in(line, 4, b"tok-1")
    for topic in (b"telemetry", b"attributes", b"claim"):
        done = await line.ask(publish(4, b"v1/devices/me/" + topic, b'{"a":1}'))
        assert done == whole(0x40, b"\0\x07")
    dev1 = books.dev1
    assert [values for _, values in dev1.telemetry] == [{"a": 1}]
    assert dev1.attributes["CLIENT_SCOPE"] == {"a": 1}
    customer = books.add_customer(books.tenant, "Customer")
    assert books.claims.claim(dev1, customer.id, "") == "SUCCESS"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"clientKeys": "none"}, {}),
        ({"clientKeys": "a,none", "sharedKeys": "s"}, {"client": {"a": 1}, "shared": {"s": "x"}}),
        ({}, {"client": {"a": 1, "b": 2}, "shared": {"s": "x"}}),
    ],
)
async def test_attributes_are_asked_for(
    line: Line, books: Books, asked: dict[str, str], told: dict[str, object]
) -> None:
    books.dev1.attributes |= {
        "CLIENT_SCOPE": {"a": 1, "b": 2},
        "SHARED_SCOPE": {"s": "x"},
    }
    await let_in(line, 4, b"tok-1")
    await line.ask(subscribe(4, (b"v1/devices/me/attributes/response/+", 0)))
    topic = b"v1/devices/me/attributes/request/12"
    assert await line.ask(publish(4, topic, json.dumps(asked).encode())) == whole(0x40, b"\0\x07")
    reply = await line.hear()
    topic, body = reply[4 : 4 + reply[3]], reply[4 + reply[3] :]
    assert (reply[0], topic) == (0x30, b"v1/devices/me/attributes/response/12")
    assert json.loads(body) == told


@pytest.mark.parametrize(("level", "heard"), [(4, b""), (5, whole(0x40, b"\0\x07\x99"))])
@pytest.mark.parametrize(
    "topic", [b"telemetry", b"attributes/request/1", b"attributes", b"rpc/request/1"]
)
async def test_what_a_device_may_not_write(
    line: Line, level: int, heard: bytes, topic: bytes
) -> None:
    await let_in(line, level, b"tok-1")
    assert await line.ask(publish(level, b"v1/devices/me/" + topic, b"[")) == heard


async def test_the_limits_of_a_session_are_asked_for(line: Line) -> None:
    await let_in(line, 5, b"tok-1")
    await line.ask(subscribe(5, (b"v1/devices/me/rpc/response/+", 0)))
    call = b'{"method":"getSessionLimits","params":{"timeout":5000}}'
    done = await line.ask(publish(5, b"v1/devices/me/rpc/request/3", call))
    assert done == whole(0x40, b"\0\x07")
    reply = await line.hear()
    assert b"v1/devices/me/rpc/response/3" in reply
    limits = json.loads(reply[reply.index(b"{") :])
    assert limits["maxPayloadSize"] == 65536
    assert limits["rateLimits"].keys() == {"messages", "telemetryMessages", "telemetryDataPoints"}


async def test_other_calls_and_answers_of_a_device_go_to_the_rules(line: Line) -> None:
    await let_in(line, 5, b"tok-1")
    for topic in (b"request/4", b"response/1"):
        told = await line.ask(publish(5, b"v1/devices/me/rpc/" + topic, b'{"method":"getTime"}'))
        assert told == whole(0x40, b"\0\x07")
    assert await line.ask(b"\xc0\0") == b"\xd0\0", "nothing else was said in between"


async def test_an_unknown_topic_is_only_acknowledged(line: Line) -> None:
    await let_in(line, 5, b"tok-1")
    assert await line.ask(publish(5, b"elsewhere", b"{}")) == whole(0x40, b"\0\x07\x90")
    assert await line.ask(b"\xc0\0") == b"\xd0\0"


async def test_sessions_end_with_the_credentials(door: MqttDoor, line: Line, books: Books) -> None:
    await let_in(line, 4, b"tok-1")
    async with line_to(door) as other:
        await let_in(other, 4)
        books.set_credentials(books.dev1, token("tok-2"))
        assert await line.rest() == b""
        assert await other.ask(b"\xc0\0") == b"\xd0\0"


async def test_a_closed_door_watches_no_more(door: MqttDoor, books: Books) -> None:
    assert len(books.watchers) == 1
    await door.close()
    await door.close()
    assert books.watchers == []


@pytest.mark.parametrize("level", LEVELS)
async def test_a_device_provisions_and_logs_in_with_what_it_got(
    door: MqttDoor, books: Books, level: int
) -> None:
    books.answers = []
    async with line_to(door) as line:
        await let_in(line, level)
        await line.ask(publish(level, REQUEST, BODY.replace(b"dev1", b"dev9")))
        heard = await line.hear()
    given = json.loads(heard[heard.index(b"{") :])
    assert list(given) == ["credentialsValue", "credentialsType", "status"]
    async with line_to(door) as line:
        await let_in(line, level, given["credentialsValue"].encode())
    async with line_to(door) as line:
        await let_in(line, level)
        await line.say(publish(level, REQUEST, b'{"provisionDeviceKey":"K"}'))
        reason = b"\x83" if level == 5 else b""
        assert await line.rest() == whole(0x40, b"\0\x07" + reason)
    async with line_to(door) as line:
        await let_in(line, 4)
        await line.say(publish(4, REQUEST, b"{"))
        assert await line.rest() == b""
