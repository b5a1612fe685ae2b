"""How a simulated device reports to its cloud: one connection a report, by HTTP or by MQTT 3.1.1.

Whose server it is a device does not verify here, as much firmware in the field: what is simulated is
the unit that comes, not one that is careful.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import struct
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import h11

from station.simulation.mqtt_packets import publish

NO_LUCK = (OSError, EOFError, ValueError, OverflowError, h11.ProtocolError)
"""What a report fails with, whatever is wrong with the server, the way or what was stored."""

TELEMETRY = "v1/devices/me/telemetry"
WITHIN_S = 10.0

_V311, _KEEP_ALIVE_S, _PACKET_ID = 4, 60, 1
_CONNECT, _CONNACK, _PUBACK = 0x10, 0x20, 0x40
_LEAVE = b"\xe0\x00"
_HAS_USER, _HAS_PASSWORD, _CLEAN = 0x80, 0x40, 0x02

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class MqttLogin:
    """What a device says when it connects; None leaves a field out."""

    client_id: str
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    tls: ssl.SSLContext | None = None


async def by_http(
    host: str, port: int, path: str, content: Mapping[str, Any]
) -> tuple[int, dict[str, Any]]:
    """POST `content`; return the status and the object that came back, empty when none did.

    Raises:
        NO_LUCK: no whole answer came.

    """
    body = json.dumps(content).encode()
    talk = h11.Connection(h11.CLIENT)
    headers = {"host": f"{host}:{port}", "content-type": "application/json", "connection": "close"}
    head = h11.Request(
        method="POST", target=path, headers=[*headers.items(), ("content-length", str(len(body)))]
    )
    async with _connected(host, port, None) as (reader, writer):
        for event in (head, h11.Data(data=body), h11.EndOfMessage()):
            writer.write(talk.send(event) or b"")
        status, told = await _answer(talk, reader)
    found = json.loads(told) if told.strip() else {}
    return status, found if isinstance(found, dict) else {}


async def by_mqtt(host: str, port: int, login: MqttLogin, content: Mapping[str, Any]) -> None:
    """Connect, publish `content` as telemetry, and leave once it was acknowledged.

    Raises:
        NO_LUCK: it was not; ConnectionRefusedError when the server does not let the device in.

    """
    async with _connected(host, port, login.tls) as (reader, writer):
        writer.write(connect(login))
        kind, _, _, code = await reader.readexactly(4)
        if (kind, code) != (_CONNACK, 0):
            raise ConnectionRefusedError(f"CONNACK {code}")
        writer.write(publish(_V311, TELEMETRY, json.dumps(content).encode(), 1, _PACKET_ID))
        if (await reader.readexactly(4))[0] != _PUBACK:
            raise ConnectionError("no acknowledgement")
        writer.write(_LEAVE)
        await writer.drain()


def connect(login: MqttLogin) -> bytes:
    """Return the packet by which a device asks to be let in."""
    flags, payload = _CLEAN, _text(login.client_id)
    for flag, value in ((_HAS_USER, login.username), (_HAS_PASSWORD, login.password)):
        if value is not None:
            flags |= flag
            payload += _text(value)
    body = _text("MQTT") + struct.pack(">BBH", _V311, flags, _KEEP_ALIVE_S) + payload
    high, low = divmod(len(body), 128)  # never beyond two bytes: 16 kB
    return bytes([_CONNECT, *((low | 0x80, high) if high else (low,))]) + body


def tls_for(chain: str = "", key: str = "") -> ssl.SSLContext:
    """Return a context that trusts any server and shows `chain` (PEM, leaf first) with its `key`.

    Raises:
        ssl.SSLError: they do not belong together.

    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if chain:
        with tempfile.TemporaryDirectory() as folder:  # ssl takes both from files only
            path = Path(folder) / "unit.pem"
            path.write_text(key + chain, "ascii")
            context.load_cert_chain(path)
    return context


@asynccontextmanager
async def _connected(host: str, port: int, tls: ssl.SSLContext | None) -> AsyncIterator[_Streams]:
    async with asyncio.timeout(WITHIN_S):
        reader, writer = await asyncio.open_connection(host, port, ssl=tls)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()  # no farewell to wait for: a unit may lose its power any time


async def _answer(talk: h11.Connection, reader: asyncio.StreamReader) -> tuple[int, bytes]:
    status, body = 0, b""
    while True:
        match talk.next_event():
            case h11.NEED_DATA:
                talk.receive_data(await reader.read(65536))
            case h11.Response() as response:
                status = response.status_code
            case h11.Data() as part:
                body += bytes(part.data)
            case h11.EndOfMessage():
                return status, body
            case _:
                raise ConnectionError("the server hung up")


def _text(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack(">H", len(encoded)) + encoded
