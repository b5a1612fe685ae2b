"""ThingsBoard's CoAP door, asked by aiocoap and in raw datagrams."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiocoap import GET, POST, PUT, Context, Message
from aiocoap.numbers import codes

from station.simulation.thingsboard_account import Provisioned
from station.simulation.thingsboard_coap import CoapDoor
from tests.simulation.thingsboard_books import NOT_FOUND, SUCCESS, Books

KEYS = {"provisionDeviceKey": "K", "provisionDeviceSecret": "S"}
BODY = json.dumps({"deviceName": "dev9", **KEYS}).encode()


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
async def door(books: Books) -> AsyncIterator[CoapDoor]:
    door = CoapDoor(books)
    await door.start()
    yield door
    await door.close()


@pytest.fixture
async def client() -> AsyncIterator[Context]:
    client = await Context.create_client_context(transports=["simple6"])
    yield client
    await client.shutdown()


class Asker:
    """One client at one door."""

    def __init__(self, door: CoapDoor, client: Context) -> None:
        self._door, self._client = door, client

    async def ask(self, path: str, body: bytes = BODY, code: Any = POST) -> Any:
        """The reply's code as dotted text, its payload and its content format."""
        uri = f"coap://{self._door.address}/{path}"
        reply = await self._client.request(Message(code=code, uri=uri, payload=body)).response
        return reply.code.dotted, reply.payload, reply.opt.content_format


@pytest.fixture
def asker(door: CoapDoor, client: Context) -> Asker:
    return Asker(door, client)


@pytest.mark.parametrize("path", ["api/v1/provision", "api/v1/anything/provision"])
async def test_success_is_created_in_plain_text(asker: Asker, books: Books, path: str) -> None:
    code, payload, content_format = await asker.ask(path)
    assert (code, json.loads(payload), content_format) == ("2.01", SUCCESS, 0)
    assert payload.startswith(b'{"credentialsValue":"')
    assert books.asked == [BODY]


async def test_a_device_is_made_once(asker: Asker, books: Books) -> None:
    books.answers = []
    code, payload, _ = await asker.ask("api/v1/provision")
    assert code == "2.01"
    token = json.loads(payload)["credentialsValue"]
    assert await asker.ask(f"api/v1/{token}/telemetry", b'{"a":1}') == ("2.01", b"", None)
    code, payload, content_format = await asker.ask("api/v1/provision")
    assert (code, json.loads(payload)["status"], content_format) == ("4.00", "FAILURE", 0)


async def test_a_refusal_has_a_body_too(asker: Asker, books: Books) -> None:
    books.answers = [Provisioned(dict(NOT_FOUND))]
    code, payload, content_format = await asker.ask("api/v1/provision")
    assert (code, json.loads(payload), content_format) == ("4.00", NOT_FOUND, 0)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"provisionDeviceKey":"K"}', b'{"deviceName":null}']
)
async def test_what_cannot_be_read_is_refused_without_a_body(
    asker: Asker, books: Books, body: bytes
) -> None:
    books.answers = []
    assert await asker.ask("api/v1/provision", body) == ("4.00", b"", None)


async def test_no_payload_is_taken_for_an_empty_message_in_protobuf(
    asker: Asker, books: Books
) -> None:
    assert await asker.ask("api/v1/provision", b"") == ("4.00", b"\x08\x02", None)
    assert books.asked == []


async def test_a_core_that_never_answers(books: Books, client: Context) -> None:
    books.answers = [Provisioned()]
    door = CoapDoor(books, core_timeout_s=0.01)
    await door.start()
    assert await Asker(door, client).ask("api/v1/provision") == ("5.00", b"", None)
    await door.close()


async def test_long_requests_and_replies_come_block_by_block(asker: Asker, books: Books) -> None:
    books.answers = []
    pem = "-----BEGIN CERTIFICATE-----\n" + "MIIBAAAA" * 500 + "\n-----END CERTIFICATE-----\n"
    asked = {"deviceName": "long", "credentialsType": "X509_CERTIFICATE", "hash": pem, **KEYS}
    code, payload, _ = await asker.ask("api/v1/provision", json.dumps(asked).encode())
    assert (code, json.loads(payload)["credentialsValue"]) == ("2.01", "MIIBAAAA" * 500)
    assert len(books.asked) == 1


@pytest.mark.parametrize("feature", ["telemetry", "attributes", "claim"])
async def test_a_device_writes(asker: Asker, books: Books, feature: str) -> None:
    assert await asker.ask(f"api/v1/tok-1/{feature}", b'{"a":1}') == ("2.01", b"", None)
    assert await asker.ask(f"api/v1/nope/{feature}", b'{"a":1}') == ("4.01", b"", None)
    assert await asker.ask(f"api/v1/tok-1/{feature}", b"{") == ("4.00", b"", None)
    if feature == "telemetry":
        assert [values for _, values in books.dev1.telemetry] == [{"a": 1}]


async def test_attributes_that_are_not_there_yet_are_not_found(asker: Asker, books: Books) -> None:
    where = "api/v1/tok-1/attributes"
    assert await asker.ask(where, b"", GET) == ("4.04", b"", None)
    await asker.ask(where, b'{"a":1,"b":2}')
    code, payload, content_format = await asker.ask(where, b"", GET)
    assert (code, json.loads(payload), content_format) == ("2.05", {"client": {"a": 1, "b": 2}}, 0)
    books.dev1.attributes["SHARED_SCOPE"]["s"] = "x"
    _, payload, _ = await asker.ask(f"{where}?clientKeys=b,c&sharedKeys=s", b"", GET)
    assert json.loads(payload) == {"client": {"b": 2}, "shared": {"s": "x"}}
    assert (await asker.ask("api/v1/nope/attributes", b"", GET))[0] == "4.01"


async def test_another_transports_device_is_an_error(asker: Asker, books: Books) -> None:
    books.bound_to("MQTT")
    assert await asker.ask("api/v1/bound/telemetry", b'{"a":1}') == ("5.00", b"", None)


@pytest.mark.parametrize(
    ("path", "code", "answer"),
    [
        ("api/v1/provision", GET, "4.00"),
        ("api/v1/tok-1/telemetry", GET, "4.00"),
        ("api/v1", POST, "4.00"),
        ("api/v1/a/b/provision", POST, "4.00"),
        ("api/v1/provision", PUT, "4.05"),
        ("elsewhere", POST, "4.04"),
        ("", POST, "4.04"),
    ],
)
async def test_paths_and_methods_that_are_not_there(
    asker: Asker, path: str, code: codes.Code, answer: str
) -> None:
    assert (await asker.ask(path, b"", code))[0] == answer


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.heard.put_nowait(data)


@pytest.fixture
async def raw(door: CoapDoor) -> AsyncIterator[tuple[asyncio.DatagramTransport, Datagrams]]:
    host, port = door.address.split(":")
    wire, datagrams = await asyncio.get_running_loop().create_datagram_endpoint(
        Datagrams, remote_addr=(host, int(port))
    )
    yield wire, datagrams
    wire.close()


def post(mid: bytes, token: bytes) -> bytes:
    """A confirmable POST to /api/v1/provision, each option in its bytes."""
    return b"\x41\x02" + mid + token + b"\xb3api\x02v1\x09provision\xff" + BODY


async def test_what_is_ready_is_piggybacked_and_a_copy_gets_the_same(
    raw: tuple[asyncio.DatagramTransport, Datagrams], books: Books
) -> None:
    wire, datagrams = raw
    wire.sendto(post(b"\x12\x34", b"t"))
    first = await datagrams.heard.get()
    # ACK, 2.01, content format 0 as an option without a value
    assert first.startswith(b"\x61\x41\x12\x34t\xc0\xff{")
    wire.sendto(post(b"\x12\x34", b"t"))
    assert await datagrams.heard.get() == first
    assert len(books.asked) == 1


async def test_what_takes_longer_is_acknowledged_first(
    raw: tuple[asyncio.DatagramTransport, Datagrams], door: CoapDoor
) -> None:
    wire, datagrams = raw
    door.thinks_s = 0.3
    wire.sendto(post(b"\x12\x35", b"u"))
    assert await datagrams.heard.get() == b"\x60\0\x12\x35"
    separate = await datagrams.heard.get()
    assert separate[:2] == b"\x41\x41"  # confirmable, 2.01
    assert separate[4:5] == b"u"
    wire.sendto(b"\x60\0" + separate[2:4])


async def test_a_lost_reply_was_a_request_carried_out(
    raw: tuple[asyncio.DatagramTransport, Datagrams], door: CoapDoor, books: Books
) -> None:
    wire, datagrams = raw
    door.loses_replies = True
    wire.sendto(post(b"\x12\x36", b"v"))
    assert await datagrams.heard.get() == b"\x60\0\x12\x36"
    assert books.asked == [BODY]
    door.loses_replies = False
    wire.sendto(post(b"\x12\x37", b"w"))
    assert (await datagrams.heard.get())[:5] == b"\x61\x41\x12\x37w"


async def test_a_port_in_use_is_not_shared() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        door = CoapDoor(Books(), port=other.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            await door.start()


async def test_no_address_before_it_starts_and_closing_twice() -> None:
    door = CoapDoor(Books())
    with pytest.raises(RuntimeError):
        _ = door.address
    await door.start()
    await door.close()
    await door.close()
