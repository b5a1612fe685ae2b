"""A server that is far away: `python -m tests.bench.far DELAY_S NAME=SCHEME://HOST:PORT ...`.

Relays TCP, and UDP for coap, and holds back each piece for DELAY_S seconds on its way, both ways.
TCP's own handshake ends at the relay and costs nothing. Prints a JSON line: the address for each
NAME.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlsplit

from tests.bench import others


@contextmanager
def away(delay_s: float, **addresses: str) -> Iterator[Mapping[str, str]]:
    """Return the addresses by which these are reached from `delay_s` seconds away."""
    words = [f"{name}={address}" for name, address in addresses.items()]
    command = [sys.executable, "-m", "tests.bench.far", str(delay_s), *words]
    with others.program(command) as process:
        yield others.next_line(process)


class _Piped(asyncio.Protocol):
    """One end of a TCP connection; what comes in goes out at the `other`, late."""

    def __init__(self, delay_s: float) -> None:
        self._delay_s = delay_s
        self._transport: asyncio.Transport | None = None
        self._early: list[bytes] = []
        self.other: _Piped = self

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        for data in self._early:
            self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        asyncio.get_running_loop().call_later(self._delay_s, self.other.send, data)

    def connection_lost(self, exc: Exception | None) -> None:
        asyncio.get_running_loop().call_later(self._delay_s, self.other.close)

    def send(self, data: bytes) -> None:
        if self._transport is None:
            self._early.append(data)
        elif not self._transport.is_closing():
            self._transport.write(data)

    def close(self) -> None:
        if self._transport:
            self._transport.close()


class _Datagrams(asyncio.DatagramProtocol):
    """The near end of UDP; each client has a socket of its own at the far one."""

    def __init__(self, delay_s: float, server: tuple[str, int]) -> None:
        self.delay_s = delay_s
        self._server = server
        self._clients: dict[Any, asyncio.Task[asyncio.DatagramTransport]] = {}
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        if addr not in self._clients:
            self._clients[addr] = asyncio.ensure_future(self._open(addr))
        self._clients[addr].add_done_callback(
            lambda end: asyncio.get_running_loop().call_later(
                self.delay_s, end.result().sendto, data
            )
        )

    async def _open(self, client: Any) -> asyncio.DatagramTransport:
        loop = asyncio.get_running_loop()
        end, _ = await loop.create_datagram_endpoint(
            lambda: _Back(self, client), remote_addr=self._server
        )
        return end


class _Back(asyncio.DatagramProtocol):
    def __init__(self, near: _Datagrams, client: Any) -> None:
        self._near, self._client = near, client

    def datagram_received(self, data: bytes, addr: Any) -> None:
        loop, near = asyncio.get_running_loop(), self._near
        loop.call_later(near.delay_s, near.transport.sendto, data, self._client)


async def _relayed(delay_s: float, address: str) -> str:
    told, loop = urlsplit(address), asyncio.get_running_loop()
    server = (told.hostname or "", told.port or 0)
    if told.scheme == "coap":
        near, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(delay_s, server), local_addr=("127.0.0.1", 0)
        )
        host, port = near.get_extra_info("sockname")
        return f"{told.scheme}://{host}:{port}"

    def accepted() -> _Piped:
        here, there = _Piped(delay_s), _Piped(delay_s)
        here.other, there.other = there, here
        connecting.add(asyncio.ensure_future(loop.create_connection(lambda: there, *server)))
        return here

    connecting: set[asyncio.Future[Any]] = set()
    listening = await loop.create_server(accepted, "127.0.0.1", 0)
    host, port = listening.sockets[0].getsockname()
    return f"{told.scheme}://{host}:{port}"


async def main(delay_s: float, words: list[str]) -> None:
    named = (word.split("=", 1) for word in words)
    told = {name: await _relayed(delay_s, address) for name, address in named}
    print(json.dumps(told), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]), sys.argv[2:]))
