"""A server of the legacy nRF Cloud API: claiming, provisioning rules and tags, and the devices.

Both hosts of the real cloud (`api.provisioning.nrfcloud.com` and `api.nrfcloud.com`) answer here
under one base address, which ends in `/v1`.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from station.simulation.http_server import HttpServer, Request, Response, json_response
from station.simulation.nrf_cloud_account import Account, Refusal
from station.simulation.nrf_cloud_calls import is_claim, route
from station.simulation.nrf_cloud_faults import FAULTS, FaultyDoor


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in the server's log; `status` is None while, or because, no reply was made."""

    method: str
    path: str
    query: Mapping[str, str]
    status: int | None = None


class SimulatedNrfCloud:
    """One team's nRF Cloud. `account` is what it holds; boards and tests may share it.

    `faults` may be set while it runs; `latency_s` passes before every request is carried out.

    Raises:
        ValueError: no such fault; the text lists those there are.

    """

    kind: ClassVar[str] = "nrf"
    known_faults: ClassVar[Mapping[str, str]] = FAULTS

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        api_key: str | None = None,
        faults: Iterable[str] = (),
        account: Account | None = None,
        latency_s: float = 0.0,
        rate_a_second: float = 1.0,
        slow_s: float = 3.0,
    ) -> None:
        self.api_key = api_key or secrets.token_hex(20)
        self.account = account or Account()
        self.latency_s = latency_s
        self.log: list[Asked] = []
        self._door = FaultyDoor(
            self._answer, is_claim, faults, rate_a_second=rate_a_second, slow_s=slow_s
        )
        self._server = HttpServer(self._logged, host, port)

    @classmethod
    def listening(cls, host: str, port: int, faults: Iterable[str]) -> Self:
        """Make a server for `host` and `port` with a key of its own."""
        return cls(host=host, port=port, faults=faults)

    @property
    def faults(self) -> frozenset[str]:
        """What is wrong with it at the moment."""
        return self._door.active

    @faults.setter
    def faults(self, names: Iterable[str]) -> None:
        self._door.active = frozenset(names)

    @property
    def address(self) -> str:
        """The base address, with its path."""
        return f"{self._server.address}/v1"

    @property
    def hello(self) -> dict[str, str]:
        """Where it listens and the key that it accepts."""
        return {"http": self.address, "api_key": self.api_key}

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the address is in use or not ours.

        """
        await self._server.start()

    async def close(self) -> None:
        """Stop listening and drop every connection; safe to call twice."""
        await self._server.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def _logged(self, request: Request) -> Response:
        place = len(self.log)
        asked = (request.method, request.path, request.query)
        self.log.append(Asked(*asked))
        response = await self._door(request)
        self.log[place] = Asked(*asked, response.status)
        return response

    async def _answer(self, request: Request) -> Response:
        await asyncio.sleep(self.latency_s)
        try:
            self._authorize(request.headers.get("authorization", ""))
            call, names = route(request.method, request.path)
            self.account.all_elsewhere = "claimed-elsewhere" in self.faults
            return call(self.account, request, *names)
        except Refusal as no:
            return json_response(no.status, {"message": no.message})

    def _authorize(self, header: str) -> None:
        scheme, _, key = header.partition(" ")
        known = hmac.compare_digest(key.strip().encode(), self.api_key.encode())
        if scheme.lower() != "bearer" or not known:
            raise Refusal(401, "Unauthorized")
