"""A cloud that answers what a test tells it to, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Self

from station.simulation.http_server import HttpServer, Request, Response, json_response

Answer = Response | tuple[int, Any]


class Answering:
    """Hands each request to `answer`; `asked` are those that came, `address` ends in `/v1`."""

    def __init__(self, answer: Callable[[Request], Answer | Awaitable[Answer]]) -> None:
        self.answer = answer
        self.asked: list[Request] = []
        self._server = HttpServer(self._handle)

    @property
    def address(self) -> str:
        return f"{self._server.address}/v1"

    def paths(self, method: str) -> list[str]:
        return [each.path.removeprefix("/v1/") for each in self.asked if each.method == method]

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._server.close()

    async def _handle(self, request: Request) -> Response:
        self.asked.append(request)
        answer = self.answer(request)
        told = answer if isinstance(answer, Response | tuple) else await answer
        return told if isinstance(told, Response) else json_response(*told)
