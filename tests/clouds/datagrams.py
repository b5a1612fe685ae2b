"""A network that loses or cuts the datagrams it is told to, and servers that answer as told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Self, cast

Fate = Callable[[int, bytes], bytes | None]
"""What becomes of a datagram, given its number and itself; None loses it."""


def whole(_: int, datagram: bytes) -> bytes:
    return datagram


class Lossy(asyncio.DatagramProtocol):
    """Listens on 127.0.0.1 and relays to `server`, `host:port`.

    `asking` and `answering` decide what becomes of requests and replies, each counted from 0.
    `asked` and `answered` are all that came, lost ones included.
    """

    def __init__(self, server: str) -> None:
        host, port = server.rsplit(":", 1)
        self._server = (host, int(port))
        self.asking: Fate = whole
        self.answering: Fate = whole
        self.asked: list[bytes] = []
        self.answered: list[bytes] = []
        self._came = asyncio.Event()
        self._ends: dict[Any, asyncio.DatagramTransport] = {}
        self._work: set[asyncio.Task[None]] = set()
        self._transport: asyncio.DatagramTransport

    @property
    def address(self) -> str:
        return "{}:{}".format(*self._transport.get_extra_info("sockname"))

    @property
    def clients(self) -> int:
        """How many sockets have asked."""
        return len(self._ends)

    async def next_answer(self) -> None:
        """Wait until the server says something, be it lost or not."""
        self._came.clear()
        await self._came.wait()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        return self

    async def __aexit__(self, *exc: object) -> None:
        for task in self._work:
            task.cancel()
        for transport in (self._transport, *self._ends.values()):
            transport.close()
        await asyncio.sleep(0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        fate = self.asking(len(self.asked), data)
        self.asked.append(data)
        if fate is not None:
            task = asyncio.ensure_future(self._forward(fate, addr))
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    def back(self, data: bytes, client: Any) -> None:
        fate = self.answering(len(self.answered), data)
        self.answered.append(data)
        self._came.set()
        if fate is not None and not self._transport.is_closing():
            self._transport.sendto(fate, client)

    async def _forward(self, data: bytes, client: Any) -> None:
        if client not in self._ends:
            loop = asyncio.get_running_loop()
            end, _ = await loop.create_datagram_endpoint(
                lambda: _Back(self, client), remote_addr=self._server
            )
            self._ends[client] = end
        self._ends[client].sendto(data)


class _Back(asyncio.DatagramProtocol):
    def __init__(self, relay: Lossy, client: Any) -> None:
        self._relay, self._client = relay, client

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._relay.back(data, self._client)


class Answers(asyncio.DatagramProtocol):
    """A server on 127.0.0.1 that answers each datagram with those that `answer` returns.

    `heard` are the datagrams that came.
    """

    def __init__(self, answer: Callable[[bytes], tuple[bytes, ...]]) -> None:
        self._answer = answer
        self.heard: list[bytes] = []
        self._transport: asyncio.DatagramTransport

    @property
    def address(self) -> str:
        return "{}:{}".format(*self._transport.get_extra_info("sockname"))

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._transport.close()
        await asyncio.sleep(0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.heard.append(data)
        for each in self._answer(data):
            self._transport.sendto(each, addr)
