"""MQTT servers that do what they should not, or what ThingsBoard does seldom: told byte by byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import pytest

from station.faults import (
    CloudBusy,
    CloudFault,
    CloudRefused,
    CloudUnreachable,
    ReplyLost,
    TransportRefused,
)
from station.simulation.mqtt_packets import (
    Connect,
    Disconnect,
    Packet,
    Publish,
    Subscribe,
    connack,
    puback,
    publish,
    suback,
    take,
)
from tests.clouds.mqtt_way import REQUEST, VERSIONS, basic, token, way_to

RESPONSE = "/provision/response"
LEVELS = {"3.1.1": 4, "5": 5}


class Odd:
    """A server that answers each packet with the bytes that `answer` gives; None hangs up.

    `heard` are the packets of all connections, `of` those of each.
    """

    def __init__(self, answer: Callable[[Packet, int], bytes | None]) -> None:
        self.answer = answer
        self.of: list[list[Packet]] = []
        self.level = 4
        self._writers: list[asyncio.StreamWriter] = []

    @property
    def heard(self) -> list[Packet]:
        return [packet for one in self.of for packet in one]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1")
        port = self._server.sockets[0].getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def push(self, data: bytes) -> None:
        """Send to the latest connection, unasked."""
        self._writers[-1].write(data)
        await self._writers[-1].drain()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        mine: list[Packet] = []
        self.of.append(mine)
        buffer = bytearray()
        with suppress(OSError):
            while data := await reader.read(65536):
                buffer += data
                while packet := take(buffer, self.level, 65536):
                    if isinstance(packet, Connect):
                        self.level = packet.level
                    mine.append(packet)
                    told = self.answer(packet, self.level)
                    if told is None:
                        writer.close()
                        return
                    writer.write(told)
        writer.close()


def lets_in(packet: Packet, level: int) -> bytes | None:
    """Let everybody in, as ThingsBoard does, and say nothing more."""
    return connack(level, 0, session_present=False) if isinstance(packet, Connect) else b""


def reply(level: int, value: str, number: int = 1, *, again: bool = False, qos: int = 1) -> bytes:
    told = publish(level, RESPONSE, json.dumps(value).encode(), qos, number)
    return bytes([told[0] | again << 3]) + told[1:]


def name(packet: Publish) -> str:
    return str(json.loads(packet.payload)["deviceName"])


async def provisioned(server: Odd, *names: str, version: str = "3.1.1") -> list[str]:
    async with way_to(server.address, mqtt_version=version, connections=1) as way:
        return [json.loads(await way.provision({**REQUEST, "deviceName": each})) for each in names]


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_answer_that_comes_twice_is_nobody_elses(version: str) -> None:
    number = 0

    def answer(packet: Packet, level: int) -> bytes | None:
        nonlocal number
        if not isinstance(packet, Publish):
            return lets_in(packet, level)
        number += 1
        again = b""
        if number > 1:  # that of the request before: marked, or by its number
            again = reply(level, "marked", 9, again=True) + reply(level, "same", number - 1)
        told = puback(level, packet.packet_id) + again + reply(level, name(packet), number)
        return told if number == 1 else reply(level, "unasked", 77) + told

    async with Odd(answer) as server:
        told = await provisioned(server, "one", "two", "three", version=version)
    assert told == ["one", "two", "three"]
    assert len(server.of) == 1


@pytest.mark.parametrize("version", VERSIONS)
async def test_answers_without_numbers(version: str) -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        if not isinstance(packet, Publish):
            return lets_in(packet, level)
        return puback(level, packet.packet_id) + reply(level, name(packet), qos=0)

    async with Odd(answer) as server:
        assert await provisioned(server, "one", "two", version=version) == ["one", "two"]


async def test_a_first_answer_may_come_before_its_acknowledgement() -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        if not isinstance(packet, Publish):
            return lets_in(packet, level)
        return reply(level, name(packet)) + puback(level, packet.packet_id)

    async with Odd(answer) as server:
        assert await provisioned(server, "one") == ["one"]


async def test_a_connection_that_talks_out_of_turn_is_not_used_again() -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        if not isinstance(packet, Publish):
            return lets_in(packet, level)
        return puback(level, packet.packet_id) + reply(level, name(packet))

    async with Odd(answer) as server, way_to(server.address) as way:
        assert json.loads(await way.provision({**REQUEST, "deviceName": "one"})) == "one"
        (session,) = way._sessions
        await server.push(reply(4, "late", 2))
        while session.is_quiet:  # noqa: ASYNC110 - it has no event for it
            await asyncio.sleep(0.001)
        assert json.loads(await way.provision({**REQUEST, "deviceName": "two"})) == "two"
        assert len(server.of) == 2


async def test_other_topics_are_not_the_answer() -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        if not isinstance(packet, Publish):
            return lets_in(packet, level)
        other = publish(level, "v1/devices/me/attributes", b"{}", 1, 1)
        return puback(level, packet.packet_id) + other + reply(level, name(packet), 2)

    async with Odd(answer) as server:
        assert await provisioned(server, "one") == ["one"]


@pytest.mark.parametrize("refused", [0x80, 0x8F])
async def test_a_subscription_may_be_refused_and_a_session_be_said_to_be_there(
    refused: int,
) -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        match packet:
            case Connect():
                return connack(level, 0, session_present=True)
            case Subscribe():
                return suback(level, packet.packet_id, [refused])
            case Publish():
                return puback(level, packet.packet_id) + reply(level, name(packet))
            case _:
                return b""

    async with Odd(answer) as server:
        assert await provisioned(server, "one", version="5") == ["one"]


async def test_what_is_said_on_the_wire() -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        if not isinstance(packet, Publish):
            return lets_in(packet, level)
        told = reply(level, "x") if packet.topic == "/provision/request" else b""
        return puback(level, packet.packet_id) + told

    async with Odd(answer) as server, way_to(server.address) as way:
        await way.provision(REQUEST)
        await way.close()
        await way.admits(token("t"))
        await way.admits(basic(client_id="c", user_name="u", user_password="p"))
        await way.send(basic(user_name="u"), {"a": 1})
    asked, by_token, all_three, by_name = server.of
    assert isinstance(asked[0], Connect)
    assert (asked[0].username, asked[0].password, asked[0].clean) == ("provision", None, True)
    assert [type(each) for each in asked[1:]][:2] == [Subscribe, Publish]
    first = by_token[0]
    assert isinstance(first, Connect)
    assert (first.username, first.password, first.clean) == ("t", None, True)
    assert 0 < len(first.client_id) <= 23
    assert all_three[0] == Connect(4, "c", "u", "p", clean=True)
    assert isinstance(by_name[0], Connect)
    assert (by_name[0].username, by_name[0].password) == ("u", None)
    assert by_name[1] == Publish("v1/devices/me/telemetry", b'{"a": 1}', 1, 1)
    assert {type(each[-1]) for each in server.of} == {Disconnect}


REFUSALS = [
    ("3.1.1", 1, CloudRefused, CloudRefused),
    ("3.1.1", 2, CloudRefused, None),
    ("3.1.1", 3, CloudBusy, TransportRefused),
    ("3.1.1", 4, CloudRefused, None),
    ("3.1.1", 5, CloudRefused, None),
    ("3.1.1", 99, CloudRefused, CloudRefused),
    ("5", 0x80, CloudRefused, CloudRefused),
    ("5", 0x84, CloudRefused, CloudRefused),
    ("5", 0x85, CloudRefused, None),
    ("5", 0x86, CloudRefused, None),
    ("5", 0x87, CloudRefused, None),
    ("5", 0x88, CloudBusy, TransportRefused),
    ("5", 0x89, CloudBusy, CloudBusy),
    ("5", 0x8A, CloudRefused, CloudRefused),
    ("5", 0x97, CloudBusy, CloudBusy),
    ("5", 0x9F, CloudBusy, CloudBusy),
    ("5", 0x42, CloudRefused, CloudRefused),
]


@pytest.mark.parametrize(("version", "code", "to_provision", "to_device"), REFUSALS)
async def test_turned_away_at_the_door(
    version: str,
    code: int,
    to_provision: type[CloudFault],
    to_device: type[CloudFault] | None,
) -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        return connack(level, code, session_present=False)

    async with Odd(answer) as server, way_to(server.address, mqtt_version=version) as way:
        with pytest.raises(to_provision) as caught:
            await way.provision(REQUEST)
        assert not caught.value.leaves_open
        if to_device is None:
            assert not await way.admits(token("t"))
        else:
            with pytest.raises(to_device) as caught:
                await way.admits(token("t"))
            assert caught.value.code == to_device.code
    assert {type(packet) for packet in server.heard} <= {Connect, Disconnect}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (None, CloudUnreachable),  # an address that is blocked after bad logins
        (b"HTTP/1.1 400 Bad Request\r\n\r\n<html>" + b"x" * 200, CloudRefused),
        (b"\x15\x03\x03\x00\x02\x02\x46", CloudRefused),
        (b"\x20\x00", CloudRefused),
        (b"\x20\xff\xff\xff\xff\xff", CloudRefused),
    ],
)
async def test_no_mqtt_comes_back(
    version: str, said: bytes | None, fault: type[CloudFault]
) -> None:
    async with (
        Odd(lambda *_: said) as server,
        way_to(server.address, mqtt_version=version) as way,
    ):
        with pytest.raises(fault) as caught:
            await way.provision(REQUEST)
        assert not caught.value.leaves_open
        with pytest.raises(fault):
            await way.admits(token("t"))


async def test_a_server_that_never_greets() -> None:
    async with (
        Odd(lambda *_: b"") as server,
        way_to(server.address, timeout_s=0.2) as way,
    ):
        with pytest.raises(CloudUnreachable, match=r"not let in within 0\.2 s"):
            await way.provision(REQUEST)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (lambda number: puback(5, number, 0x83), ReplyLost),
        (lambda number: puback(5, number, 0x97), ReplyLost),
        (lambda number: puback(5, number, 0x87), CloudRefused),
        (lambda number: puback(5, number, 0x90), CloudRefused),
        (lambda number: puback(5, number, 0x99), CloudRefused),
        (lambda _: b"\xe0\x01\x8b", ReplyLost),  # DISCONNECT: shutting down
        (lambda _: b"\xe0\x01\x82", ReplyLost),  # DISCONNECT: protocol error
        (lambda _: b"\xe0\x00", ReplyLost),
        (lambda _: b"\x00\x00", ReplyLost),
        (lambda _: b"\x32\x07\x00\x02\xff\xfe\x00\x01\x00", ReplyLost),  # a topic not in UTF-8
    ],
)
async def test_no_answer_but_a_code(said: Callable[[int], bytes], fault: type[CloudFault]) -> None:
    def answer(packet: Packet, level: int) -> bytes | None:
        return said(packet.packet_id) if isinstance(packet, Publish) else lets_in(packet, level)

    async with Odd(answer) as server, way_to(server.address, mqtt_version="5") as way:
        with pytest.raises(fault) as caught:
            await way.provision(REQUEST)
        assert type(caught.value) is fault
        with pytest.raises(fault):
            await way.send(token("t"), {"a": 1})
        sent = [packet for packet in server.heard if isinstance(packet, Publish)]
        assert len(sent) == 2  # nothing is ever sent again
