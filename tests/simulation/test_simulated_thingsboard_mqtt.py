"""ThingsBoard's MQTT door for those who provision, asked in raw bytes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from station.simulation.thingsboard_account import Provisioned
from station.simulation.thingsboard_mqtt import MqttDoor
from station.simulation.thingsboard_mqtt_session import Waits
from tests.simulation.mqtt_line import (
    BODY,
    LEVELS,
    REQUEST,
    RESPONSE,
    Line,
    accepted,
    connect,
    let_in,
    line_to,
    none,
    publish,
    short,
    subscribe,
    whole,
)
from tests.simulation.thingsboard_books import NOT_FOUND, SUCCESS, Books


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


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("client", "user"), [(b"x", b"provision"), (b"provision", None), (b"", b"provision")]
)
async def test_provision_is_let_in_unasked(
    line: Line, level: int, client: bytes, user: bytes | None
) -> None:
    password = b"anything" if user else None
    assert await line.ask(connect(level, client, user, password)) == accepted(level)


async def test_session_present_only_says_that_no_clean_one_was_asked_for(line: Line) -> None:
    assert await line.ask(connect(4, user=b"provision", clean=False)) == accepted(4, present=1)


@pytest.mark.parametrize("level", LEVELS)
async def test_acknowledgement_then_reply(line: Line, books: Books, level: int) -> None:
    await let_in(line, level)
    granted = await line.ask(subscribe(level, (RESPONSE, 1)))
    assert granted == whole(0x90, b"\0\x09" + none(level) + b"\x01")
    assert await line.ask(publish(level, REQUEST, BODY)) == whole(0x40, b"\0\x07")
    reply = await line.hear()
    head = short(RESPONSE) + b"\0\x01" + none(level)
    assert reply[0] == 0x32
    assert head in reply
    assert reply.endswith(json.dumps(SUCCESS, separators=(",", ":")).encode())
    assert books.asked == [BODY]


async def test_reply_comes_without_a_subscription_and_at_the_qos_subscribed(line: Line) -> None:
    await let_in(line, 4)
    await line.say(publish(4, REQUEST, BODY, qos=0))
    assert (await line.hear())[0] == 0x32  # no PUBACK at QoS 0; unsubscribed is QoS 1
    assert await line.ask(subscribe(4, (RESPONSE, 0))) == whole(0x90, b"\0\x09\0")
    await line.ask(publish(4, REQUEST, BODY))
    assert (await line.hear())[0] == 0x30


async def test_qos_2_is_granted_as_1(line: Line) -> None:
    await let_in(line, 4)
    assert await line.ask(subscribe(4, (RESPONSE, 2))) == whole(0x90, b"\0\x09\x01")


@pytest.mark.parametrize(("level", "code"), [(4, 0x80), (5, 0x8F)])
async def test_other_filters_are_refused_and_the_connection_stays(
    line: Line, level: int, code: int
) -> None:
    await let_in(line, level)
    told = await line.ask(subscribe(level, (b"#", 1), (RESPONSE, 1), (b"provision/response", 1)))
    assert told == whole(0x90, b"\0\x09" + none(level) + bytes([code, 1, code]))
    assert await line.ask(b"\xc0\0") == b"\xd0\0"


@pytest.mark.parametrize("version", ["3.8.1", "3.6.4-SNAPSHOT"])
async def test_before_3_9_a_subscription_is_never_acknowledged(
    line: Line, books: Books, version: str
) -> None:
    books.version = version
    await let_in(line, 4)
    await line.say(subscribe(4, (RESPONSE, 0)))
    await line.say(whole(0xA2, b"\0\x0a" + short(RESPONSE)))
    assert await line.ask(b"\xc0\0") == b"\xd0\0"
    assert await line.ask(publish(4, REQUEST, BODY)) == whole(0x40, b"\0\x07")
    assert (await line.hear())[0] == 0x32


@pytest.mark.parametrize("level", [4, 5])
async def test_unsubscribed(line: Line, level: int) -> None:
    await let_in(line, level)
    codes = b"\0\0" if level == 5 else b""
    asked = whole(0xA2, b"\0\x0a" + none(level) + short(RESPONSE))
    assert await line.ask(asked) == whole(0xB0, b"\0\x0a" + codes)


async def test_a_refusal_is_a_reply_too(line: Line, books: Books) -> None:
    books.answers = [Provisioned(dict(NOT_FOUND)), Provisioned(dict(SUCCESS))]
    await let_in(line, 4)
    for told in (NOT_FOUND, SUCCESS):  # several requests on one connection
        assert await line.ask(publish(4, REQUEST, BODY)) == whole(0x40, b"\0\x07")
        assert json.loads((await line.hear()).split(RESPONSE)[1][2:]) == told


@pytest.mark.parametrize(("level", "reason"), [(3, b""), (4, b""), (5, b"\x83")])
async def test_a_rejected_request_is_acknowledged_and_hung_up_on(
    line: Line, books: Books, level: int, reason: bytes
) -> None:
    books.answers = [Provisioned(error="no field provisionDeviceKey")]
    await let_in(line, level)
    await line.say(publish(level, REQUEST, b"{}"))
    assert await line.rest() == whole(0x40, b"\0\x07" + reason)


@pytest.mark.parametrize("level", [3, 4])
async def test_malformed_is_hung_up_on_at_once(line: Line, books: Books, level: int) -> None:
    books.answers = [Provisioned(error="malformed", malformed=True)]
    await let_in(line, level)
    await line.say(publish(level, REQUEST, b"{"))
    assert await line.rest() == b""


async def test_malformed_is_told_to_version_5_which_may_try_again(line: Line, books: Books) -> None:
    books.answers = [Provisioned(error="malformed", malformed=True), Provisioned(dict(SUCCESS))]
    await let_in(line, 5)
    assert await line.ask(publish(5, REQUEST, b"")) == whole(0x40, b"\0\x07\x99")
    assert await line.ask(publish(5, REQUEST, BODY)) == whole(0x40, b"\0\x07")


@pytest.mark.parametrize(("level", "reason"), [(4, b""), (5, b"\x90")])
async def test_any_other_topic_ends_a_provisioning_session(
    line: Line, level: int, reason: bytes
) -> None:
    await let_in(line, level)
    await line.say(publish(level, b"v1/devices/me/telemetry", b"{}"))
    assert await line.rest() == whole(0x40, b"\0\x07" + reason)


async def test_the_connection_ends_some_time_after_the_reply(books: Books) -> None:
    door = MqttDoor(books, waits=Waits(drop_after_s=0.01))
    await door.start()
    async with line_to(door) as line:
        await let_in(line, 4)
        await line.say(publish(4, REQUEST, BODY))
        assert (await line.rest()).startswith(whole(0x40, b"\0\x07"))
    await door.close()


@pytest.mark.parametrize(
    "first", [b"\xc0\0", b"GET / HTTP/1.1\r\n" + b"x" * 100, b"\xf0\0", b"\x10\xff\xff\xff\xff\x7f"]
)
async def test_what_is_not_mqtt_is_hung_up_on(line: Line, first: bytes) -> None:
    await line.say(first)
    assert await line.rest() == b""


async def test_no_more_than_64_kib(line: Line, books: Books) -> None:
    await let_in(line, 4)
    await line.say(b"\x32\x81\x80\x04")  # 65537 bytes to come
    assert await line.rest() == b""
    assert books.asked == []


async def test_a_packet_may_come_byte_by_byte(line: Line, books: Books) -> None:
    for byte in connect(4, user=b"provision") + publish(4, REQUEST, BODY):
        await line.say(bytes([byte]))
    assert await line.hear() == accepted(4)
    assert await line.hear() == whole(0x40, b"\0\x07")
    assert books.asked == [BODY]


async def test_a_core_that_never_answers(books: Books) -> None:
    books.answers = [Provisioned()]
    door = MqttDoor(books, waits=Waits(core_timeout_s=0.01))
    await door.start()
    async with line_to(door) as line:
        await let_in(line, 5)
        await line.say(publish(5, REQUEST, BODY))
        assert await line.rest() == whole(0x40, b"\0\x07\x83")
    await door.close()


async def test_who_hangs_up_while_it_thinks_was_heard(books: Books) -> None:
    door = MqttDoor(books, waits=Waits(thinks_s=3600))
    await door.start()
    async with line_to(door) as line:
        await let_in(line, 4)
        await line.say(publish(4, REQUEST, BODY) + b"\xe0\0")
        assert await line.rest() == b""
    assert books.asked == [BODY]
    await door.close()


async def test_a_reply_is_cut_at_any_byte(door: MqttDoor, books: Books) -> None:
    async def heard() -> bytes:
        async with line_to(door) as line:
            asked = connect(4, user=b"provision") + publish(4, REQUEST, BODY)
            await line.say(asked + b"\xe0\0")
            return await line.rest()

    full = await heard()
    for cut in range(len(full)):
        door.cut_after = cut
        assert await heard() == full[:cut]
    # Before its first packet the door has not read the request
    assert len(books.asked) == len(full) - len(accepted(4))


async def test_a_will_and_flags_that_are_wrong(door: MqttDoor) -> None:
    will = whole(0x10, short(b"MQTT") + b"\x04\x86\0\x3c" + short(b"c") + short(b"t") + short(b"m")
                 + short(b"provision"))  # fmt: skip
    async with line_to(door) as line:
        assert await line.ask(will) == accepted(4)
        await line.say(b"\x80" + subscribe(4, (RESPONSE, 1))[1:])
        assert await line.rest() == b""


@pytest.mark.parametrize(
    "bad",
    [
        whole(0x36, short(REQUEST) + b"\0\x07" + BODY),
        whole(0x32, b"\0\x50short"),
        whole(0x30, short(b"\xff\xfe")),
        b"\x90\0",
    ],
    ids=["qos 3", "cut topic", "no utf-8", "a server's packet"],
)
async def test_malformed_packets_end_the_session(line: Line, books: Books, bad: bytes) -> None:
    await let_in(line, 4)
    await line.say(bad)
    assert await line.rest() == b""
    assert books.asked == []
