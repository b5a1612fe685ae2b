from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from station.simulation.http_server import Handler, HttpServer, Request, Response, json_response

IMPATIENT = httpx.Timeout(10, read=0.05)
Serve = Callable[[Handler], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    servers: list[HttpServer] = []

    async def start(handler: Handler) -> str:
        servers.append(HttpServer(handler))
        await servers[-1].start()
        return servers[-1].address

    yield start
    for server in servers:
        await server.close()


async def echo(request: Request) -> Response:
    told = [request.method, request.path, dict(request.query), request.body.decode()]
    return json_response(200, told, (("x-seen", request.headers.get("x-one", "")),))


async def test_requests_arrive_whole_on_one_connection() -> None:
    async with HttpServer(echo) as server, httpx.AsyncClient(base_url=server.address) as client:
        for body in ("", "a" * 300_000):
            reply = await client.post("/a%20b?x=1&y=", content=body, headers={"X-One": "two"})
            assert reply.json() == ["POST", "/a b", {"x": "1", "y": ""}, body]
            assert reply.headers["x-seen"] == "two"
        assert len(server._connections) == 1


async def test_it_listens_on_loopback_only() -> None:
    async with HttpServer(echo) as server:
        assert server.address.startswith("http://127.0.0.1:")


def test_it_has_no_address_before_it_starts() -> None:
    with pytest.raises(RuntimeError):
        _ = HttpServer(echo).address


async def test_204_has_no_body(serve: Serve) -> None:
    async def handler(request: Request) -> Response:
        return Response(204)

    async with httpx.AsyncClient() as client:
        reply = await client.delete(await serve(handler))
    assert (reply.status_code, reply.content) == (204, b"")
    assert "content-length" not in reply.headers


async def test_head_is_answered_without_the_body(serve: Serve) -> None:
    async with httpx.AsyncClient(base_url=await serve(echo)) as client:
        head = await client.head("/a")
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) > 0
        assert (await client.get("/a")).status_code == 200


@pytest.mark.parametrize(
    "bad",
    [Response(200, b"x" * 100, cut_after=0), Response(200, reset=True)],
    ids=["closed", "reset"],
)
async def test_no_reply_at_all(serve: Serve, bad: Response) -> None:
    async def handler(request: Request) -> Response:
        return bad

    address = await serve(handler)
    async with httpx.AsyncClient() as client:
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            await client.get(address)


async def test_a_reply_cut_after_some_bytes(serve: Serve) -> None:
    async def handler(request: Request) -> Response:
        return Response(200, b"x" * 100, cut_after=80)

    reader, writer = await asyncio.open_connection(*split(await serve(handler)))
    writer.write(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n")
    assert len(await reader.read()) == 80
    writer.close()


async def test_a_delayed_reply_still_comes(serve: Serve) -> None:
    async def handler(request: Request) -> Response:
        return Response(200, b"late", delay_s=0.01)

    async with httpx.AsyncClient() as client:
        assert (await client.get(await serve(handler))).content == b"late"


async def test_the_handler_is_told_when_the_client_has_gone(serve: Serve) -> None:
    went = asyncio.Event()

    async def handler(request: Request) -> Response:
        await request.gone.wait()
        went.set()
        return Response(200)

    address = await serve(handler)
    async with httpx.AsyncClient(timeout=IMPATIENT) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(address)
    async with asyncio.timeout(10):
        await went.wait()


async def test_head_and_body_come_in_one_piece(serve: Serve) -> None:
    async def handler(request: Request) -> Response:
        return Response(200, b"body")

    reader, writer = await asyncio.open_connection(*split(await serve(handler)))
    writer.write(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n")
    assert (await reader.read(4096)).endswith(b"\r\n\r\nbody")
    writer.close()


async def test_pipelined_requests_are_answered_in_order(serve: Serve) -> None:
    reader, writer = await asyncio.open_connection(*split(await serve(echo)))
    for name in ("one", "two"):
        writer.write(f"GET /{name} HTTP/1.1\r\nhost: here\r\n\r\n".encode())
    told = await reader.readuntil(b'"/two", {}, ""]')
    assert told.index(b"/one") < told.index(b"/two")
    writer.close()


async def test_what_is_not_http_gets_400(serve: Serve) -> None:
    reader, writer = await asyncio.open_connection(*split(await serve(echo)))
    writer.write(b"AT+CGSN\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 400 ")
    writer.close()


async def test_a_handler_that_raises_is_told_and_drops_the_connection(serve: Serve) -> None:
    told: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    async def handler(request: Request) -> Response:
        raise ZeroDivisionError

    address = await serve(handler)
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(address)
    assert isinstance(told[0]["exception"], ZeroDivisionError)


def split(address: str) -> tuple[str, int]:
    host, port = address.removeprefix("http://").rsplit(":", 1)
    return host, int(port)
