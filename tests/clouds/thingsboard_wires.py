"""Doors to a simulated ThingsBoard that it has none of itself: TLS, a path before its own."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import SecretStr

from station.clouds.http import ssl_context
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.over_http import OverHttp
from station.clouds.thingsboard.words import request
from station.model import Login, LoginKind
from station.simulation.http_server import HttpServer, Request, Response
from station.simulation.thingsboard import SimulatedThingsBoard

Handler = Callable[[Request], Awaitable[Response]]
Connect = Callable[..., OverHttp]

PATH = "/api/v1/provision"


@cache  # it takes tens of milliseconds
def usual_trust() -> ssl.SSLContext:
    return ssl_context()


@asynccontextmanager
async def ways() -> AsyncIterator[Connect]:
    """Yield a function that makes the way by HTTP to an address."""
    made: list[OverHttp] = []

    def make(address: str, trust: ssl.SSLContext | None = None, **options: Any) -> OverHttp:
        told = ThingsBoardOptions(address=address, **{"timeout_s": 5.0, **options})
        made.append(OverHttp(told, trust or usual_trust()))
        return made[-1]

    yield make
    for way in made:
        await way.close()
        await way.close()


def token_of(value: str) -> Login:
    return Login(LoginKind.ACCESS_TOKEN, (("token", SecretStr(value)),))


TOKEN = "tok-SECRET-1"
ASKED = request(SecretStr("key-SECRET"), SecretStr("word-SECRET"), "unit-1", token_of(TOKEN))
"""Names no profile that there is: for answers laid down before."""


def asks(cloud: SimulatedThingsBoard, name: str, login: Login | None = None) -> dict[str, str]:
    """A request for the profile that makes new devices."""
    key, secret = SecretStr(cloud.provision_key), SecretStr(cloud.provision_secret)
    return request(key, secret, name, login)


def asks_for_known(cloud: SimulatedThingsBoard, name: str) -> dict[str, str]:
    """A request for the profile of registered devices."""
    key, secret = SecretStr(cloud.known.key or ""), SecretStr(cloud.known.secret or "")
    return request(key, secret, name, None)


def below(prefix: str, handler: Handler) -> Handler:
    """What a reverse proxy does that has the server below a path."""

    async def handle(request: Request) -> Response:
        if not request.path.startswith(f"{prefix}/"):
            return Response(404, b"<html>nothing here</html>", (("content-type", "text/html"),))
        return await handler(replace(request, path=request.path.removeprefix(prefix)))

    return handle


@asynccontextmanager
async def over_tls(handler: Handler, tls: ssl.SSLContext) -> AsyncIterator[str]:
    """Serve HTTPS; yields the address."""
    server = HttpServer(handler)
    loop = asyncio.get_running_loop()
    server._server = await loop.create_server(server._connected, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.address.replace("http://", "https://")
    finally:
        await server.close()


@asynccontextmanager
async def canned(reply: bytes) -> AsyncIterator[str]:
    """Answer each request with these bytes, then close; yields the address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"
