"""A small HTTP/1.1 server that can misbehave on purpose. It listens on loopback unless told."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Self, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import h11

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Header names are lower-case; `gone` is set when the client has hung up.

    `parts` is the query in its order, with names that come more than once; `query` has their last.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    gone: asyncio.Event = field(repr=False)
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """One reply, and how it goes wrong.

    `cut_after` closes the connection after so many bytes of the whole reply (0: before the first),
    `reset` does it without a farewell; `delay_s` passes before anything is sent.
    """

    status: int
    body: bytes = b""
    headers: Headers = ()
    delay_s: float = 0.0
    cut_after: int | None = None
    reset: bool = False


Handler = Callable[[Request], Awaitable[Response]]


def json_response(status: int, content: Any, headers: Headers = ()) -> Response:
    """Return `content` as a JSON reply."""
    body = json.dumps(content).encode()
    return Response(status, body, (("content-type", "application/json"), *headers))


class HttpServer:
    """Hands requests to `handler`, one after the other on each connection.

    A handler that raises is a bug: it is told to the event loop, and the connection is dropped.
    """

    def __init__(self, handler: Handler, host: str = "127.0.0.1", port: int = 0) -> None:
        self._handler = handler
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()

    @property
    def address(self) -> str:
        """`http://host:port`, without a path.

        Raises:
            RuntimeError: the server has not been started.

        """
        if self._server is None:
            raise RuntimeError("the server has not been started")
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the address is in use or not ours.

        """
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connected, self._host, self._port)

    async def close(self) -> None:
        """Stop listening and drop every connection; safe to call twice."""
        if self._server is not None:
            self._server.close()
        for connection in tuple(self._connections):
            connection.drop()
        await asyncio.sleep(0)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    def _connected(self) -> _Connection:
        return _Connection(self._handler, self._connections)


class _Connection(asyncio.Protocol):
    def __init__(self, handler: Handler, others: set[_Connection]) -> None:
        self._handler = handler
        self._others = others
        self._http = h11.Connection(h11.SERVER)
        self._gone = asyncio.Event()
        self._head: h11.Request | None = None
        self._body = bytearray()
        self._task: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._others.add(self)
        line = self._transport.get_extra_info("socket")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._http.receive_data(data)
            self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        self._others.discard(self)
        self._gone.set()

    def drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._transport.abort()

    def _go_on(self) -> None:
        """Take what has come, up to the end of one request."""
        try:
            while self._task is None and self._take(self._http.next_event()):
                pass
        except h11.RemoteProtocolError as error:
            if self._http.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
                refusal = Response(error.error_status_hint, b"", (("connection", "close"),))
                self._transport.write(self._bytes_of(refusal))
            self._transport.close()

    def _take(self, event: h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]) -> bool:
        match event:
            case h11.Request():
                self._head = event
                self._body.clear()
                if self._http.they_are_waiting_for_100_continue:
                    go = h11.InformationalResponse(status_code=100, headers=[])
                    self._transport.write(self._http.send(go) or b"")
            case h11.Data():
                self._body += event.data
            case h11.EndOfMessage():
                self._begin()
            case _:
                return False
        return True

    def _begin(self) -> None:
        assert self._head is not None  # noqa: S101  # h11 never ends a message it has not begun
        target = urlsplit(self._head.target.decode("ascii"))
        headers = {name.decode(): value.decode("latin-1") for name, value in self._head.headers}
        parts = tuple(parse_qsl(target.query, keep_blank_values=True))
        request = Request(
            self._head.method.decode("ascii"),
            unquote(target.path),
            dict(parts),
            headers,
            bytes(self._body),
            self._gone,
            parts,
        )
        self._task = asyncio.get_running_loop().create_task(self._serve(request))
        self._task.add_done_callback(self._served)

    async def _serve(self, request: Request) -> None:
        response = await self._handler(request)
        await asyncio.sleep(response.delay_s)
        if self._gone.is_set():
            return
        if response.reset:
            linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
            line = self._transport.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self._transport.abort()
            return
        self._transport.write(self._bytes_of(response)[: response.cut_after])
        if response.cut_after is not None or self._http.our_state is h11.MUST_CLOSE:
            self._transport.close()
        else:
            self._http.start_next_cycle()

    def _served(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if task.cancelled():
            return
        if error := task.exception():
            told = {"message": "a simulated server's handler failed", "exception": error}
            task.get_loop().call_exception_handler(told)
            self._transport.abort()
        elif not self._transport.is_closing():
            self._go_on()

    def _bytes_of(self, response: Response) -> bytes:
        """Head and body in one: two writes cost 44 ms each time with a client that delays ACKs."""
        length = () if response.status == 204 else (("content-length", str(len(response.body))),)
        head = h11.Response(
            status_code=response.status,
            reason=HTTPStatus(response.status).phrase.encode(),
            headers=[*response.headers, *length],
        )
        asked_for_head = self._head is not None and self._head.method == b"HEAD"
        body = b"" if asked_for_head or response.status == 204 else response.body
        parts = (head, h11.Data(data=body), h11.EndOfMessage())
        return b"".join(self._http.send(part) or b"" for part in parts)
