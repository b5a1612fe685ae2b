"""What goes through the air between a simulated device and a simulated cloud.

`Air` takes one message and returns the answer; both are JSON objects. Every message has `token`, a
fresh attestation token that says which device speaks, and `ask`:

- `commands`: the answer has `state` (`unclaimed`, `blocked` or `claimed`) and the next `commands`,
  each with `id` and `request`;
- `report`: `command` has ended; `error` is None or a number and a text, `response` what it yielded;
- `connect`: as `client_id`, with `certificate` (PEM, may be empty), `public_key` (base64 DER) and
  `signature` (base64) of the client id by the private key; the answer has `refused`, empty if not;
- `shadow`: the answer's `delta` is what is desired and not yet reported;
- `reported`: merges `state` into what the device has reported.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import h11

Message = dict[str, Any]
Air = Callable[[Message], Awaitable[Message]]

PATH = "/simulation/air"
_READ_BYTES = 65_536


class NoCoverage(Exception):
    """Nobody answers."""


def air_of(address: str) -> Air:
    """Return the way to the simulated cloud whose base address is `address`.

    Raises:
        ValueError: it is no address of the form http://host:port.

    """
    parts = urlsplit(address)
    host, port = parts.hostname, parts.port
    if parts.scheme != "http" or not host or not port:
        raise ValueError(f"{address!r} is not http://HOST:PORT/...")

    async def ask(message: Message) -> Message:
        try:
            return await _post(host, port, message)
        except (OSError, h11.RemoteProtocolError, ValueError) as error:
            raise NoCoverage(address) from error

    return ask


async def _post(host: str, port: int, message: Message) -> Message:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        http, body = h11.Connection(h11.CLIENT), json.dumps(message).encode()
        headers = [("host", f"{host}:{port}"), ("content-length", str(len(body)))]
        headers += [("content-type", "application/json"), ("connection", "close")]
        head = http.send(h11.Request(method="POST", target=PATH, headers=headers)) or b""
        writer.write(head + (http.send(h11.Data(data=body)) or b""))
        http.send(h11.EndOfMessage())
        return await _answer(reader, http)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader, http: h11.Connection) -> Message:
    body = bytearray()
    while True:
        match http.next_event():
            case h11.NEED_DATA:
                http.receive_data(await reader.read(_READ_BYTES))
            case h11.Response(status_code=status) if status != 200:
                raise ValueError(f"status {status}")
            case h11.Data(data=data):
                body += data
            case h11.EndOfMessage():
                answer: Message = json.loads(body)
                return answer
            case _:
                pass
