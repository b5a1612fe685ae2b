"""Datagrams to one server and back: a connected socket, which is told when nobody listens there."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Protocol, cast

from station.faults import CloudUnreachable

Address = tuple[str, int]


class Ear(Protocol):
    """Who is told what comes by a wire."""

    def heard(self, datagram: bytes) -> None:
        """Take a datagram of the server."""

    def failed(self, reason: OSError) -> None:
        """Know that what was sent did not arrive: nobody listens, or there is no way there."""

    def ended(self) -> None:
        """Know that the server has hung up; what was sent may have been acted on."""


class Wire(Protocol):
    """An open way to one server."""

    def send(self, datagram: bytes) -> None:
        """Send a datagram; that it could not be sent is told to the ear."""

    async def close(self) -> None:
        """Let go of the socket; safe to call twice."""


Dial = Callable[[Address, Ear], Awaitable[Wire]]
"""Opens a way to an address; OSError says that there is none, a fault what else is wrong."""


async def addresses(host: str, port: int) -> tuple[Address, ...]:
    """Return all addresses of a host, in the order that the system prefers.

    Raises:
        CloudUnreachable: it has none.

    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as exc:  # a name with an empty label is no name at all
        raise CloudUnreachable(f"no address for this host ({type(exc).__name__})") from None
    return tuple(dict.fromkeys((str(each[4][0]), port) for each in found))


async def dial(address: Address, ear: Ear) -> Wire:
    """Open a socket of its own to `address`.

    Raises:
        OSError: there is no way there.

    """
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_datagram_endpoint(lambda: _Socket(ear), remote_addr=address)
    return wire


class _Socket(asyncio.DatagramProtocol):
    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self._gone = asyncio.Event()
        self._transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._ear.heard(data)

    def error_received(self, exc: Exception) -> None:
        self._ear.failed(cast("OSError", exc))  # asyncio has no other kind here

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone.set()

    def send(self, datagram: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.sendto(datagram)

    async def close(self) -> None:
        self._transport.close()
        await self._gone.wait()
