"""The least that provisions a device and shows its token, by hand-made bytes: what we are held to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

Exchange = Callable[[str, Mapping[str, str]], Awaitable[None]]
"""Provisions by a request at an address, then is let in by the request's token."""


async def by_http(address: str, asked: Mapping[str, str]) -> None:
    """POST, then GET, on one connection."""
    told = urlsplit(address)
    reader, writer = await asyncio.open_connection(told.hostname, told.port)
    body = json.dumps(asked).encode()
    head = f"POST /api/v1/provision HTTP/1.1\r\nHost: {told.netloc}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    _check(b"SUCCESS" in await _http_reply(reader))
    path = f"/api/v1/{asked['token']}/attributes"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {told.netloc}\r\n\r\n".encode())
    _check(b"200 OK" in await _http_reply(reader))
    writer.close()


async def by_mqtt(address: str, asked: Mapping[str, str]) -> None:
    """CONNECT, then SUBSCRIBE and PUBLISH together; then CONNECT as the device."""
    reader, writer = await _let_in(address, "provision")
    topic, response = _text("/provision/request"), _text("/provision/response")
    writer.write(
        _packet(0x82, b"\0\1" + response + b"\1")
        + _packet(0x32, topic + b"\0\2" + json.dumps(asked).encode())
    )
    while b"SUCCESS" not in (await _mqtt_packet(reader)):
        pass
    _, as_device = await _let_in(address, asked["token"])
    for each in (writer, as_device):
        each.write(b"\xe0\0")
        each.close()


async def by_coap(address: str, asked: Mapping[str, str]) -> None:
    """POST, then GET; a datagram each way for each."""
    told, loop = urlsplit(address), asyncio.get_running_loop()
    came: asyncio.Queue[bytes] = asyncio.Queue()

    class Ear(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: Any) -> None:
            came.put_nowait(data)

    where = (told.hostname or "", told.port or 0)
    end, _ = await loop.create_datagram_endpoint(Ear, remote_addr=where)
    path = _coap_path("api", "v1", "provision")
    end.sendto(b"\x40\x02\x00\x01" + path + b"\xff" + json.dumps(asked).encode())
    _check(b"SUCCESS" in await came.get())
    end.sendto(b"\x40\x01\x00\x02" + _coap_path("api", "v1", asked["token"], "attributes"))
    reply = await came.get()
    _check(reply[1] in {0x45, 0x84})  # 2.05, or 4.04 for a device that has none yet
    end.close()


async def _http_reply(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return head + await reader.readexactly(length)


async def _let_in(address: str, user: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    told = urlsplit(address)
    reader, writer = await asyncio.open_connection(told.hostname, told.port)
    writer.write(_packet(0x10, _text("MQTT") + b"\x04\x82\x00\x3c" + _text("bare") + _text(user)))
    _check(await reader.readexactly(4) == b"\x20\x02\x00\x00")
    return reader, writer


async def _mqtt_packet(reader: asyncio.StreamReader) -> bytes:
    await reader.readexactly(1)
    length = shift = 0
    while True:
        (byte,) = await reader.readexactly(1)
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return await reader.readexactly(length)


def _packet(first: int, content: bytes) -> bytes:
    length, encoded = len(content), bytearray()
    while length > 0x7F:
        encoded.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([first, *encoded, length]) + content


def _text(text: str) -> bytes:
    return len(text).to_bytes(2, "big") + text.encode()


def _coap_path(*parts: str) -> bytes:
    """Return Uri-Path options (RFC 7252, 3.1); the first has the number 11."""
    options, delta = b"", 11
    for part in parts:
        size = len(part)
        short = bytes([delta << 4 | size]) if size < 13 else bytes([delta << 4 | 13, size - 13])
        options += short + part.encode()
        delta = 0
    return options


def _check(is_good: bool) -> None:
    if not is_good:
        raise RuntimeError("not measured: the bare exchange was refused")


EXCHANGES: Mapping[str, Exchange] = {"http": by_http, "mqtt": by_mqtt, "coap": by_coap}
