"""A server of Arduino's cloud for one account: its API, its provisioning service, its downloads.

The hosts of the real cloud (api2.arduino.cc, boards-v2.arduino.cc, cloud-downloads.arduino.cc) answer
here under one base address without a path.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import ClassVar, Self

from station.simulation import (
    arduino_cloud_catalogue_calls,
    arduino_cloud_device_calls,
    arduino_cloud_onboarding_calls,
    arduino_cloud_thing_calls,
)
from station.simulation.arduino_cloud_account import Account
from station.simulation.arduino_cloud_faults import CLOCK_WRONG_S, FAULTS, FaultyDoor
from station.simulation.arduino_cloud_refusals import Declined, Refusal, Stopped
from station.simulation.arduino_cloud_tokens import TOKEN_PATH, Tokens
from station.simulation.http_server import HttpServer, Request, Response
from station.simulation.routes import Call, Calls

_WITH_TOKEN = (
    arduino_cloud_device_calls.calls,
    arduino_cloud_thing_calls.calls,
    arduino_cloud_catalogue_calls.calls,
    arduino_cloud_onboarding_calls.calls,
)
_OPEN = (arduino_cloud_onboarding_calls.board_calls, arduino_cloud_catalogue_calls.open_calls)
_REFUSALS = (Refusal, Declined, Stopped)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in the server's log; `status` is None while, or because, no reply was made."""

    method: str
    path: str
    query: Mapping[str, str]
    status: int | None = None


class SimulatedArduinoCloud:
    """One account of Arduino's cloud. `account` is what it holds; boards and tests may share it.

    `faults` may be set while it runs; `latency_s` passes before every request is carried out.
    `calls` is the log of requests. Tokens live for `token_s`; `organization` is the UUID of the
    organization that the credentials belong to. `rate_a_second` is the account's limit (the real
    one has ten, a small plan one), None for none. `clock_ahead_s` is by how much its clock is wrong.

    Raises:
        ValueError: no such fault; the text lists those there are.

    """

    kind: ClassVar[str] = "arduino"
    known_faults: ClassVar[Mapping[str, str]] = FAULTS

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        client_id: str | None = None,
        client_secret: str | None = None,
        faults: Iterable[str] = (),
        account: Account | None = None,
        organization: str | None = None,
        latency_s: float = 0.0,
        rate_a_second: float | None = None,
        slow_s: float = 3.0,
        token_s: float = 300.0,
        clock_ahead_s: float = 0.0,
    ) -> None:
        self.client_id = client_id or secrets.token_urlsafe(24)
        self.client_secret = client_secret or secrets.token_urlsafe(48)
        self.account = account or Account(organization)
        self.tokens = Tokens(self.client_id, self.client_secret, token_s, self.account.organization)
        self.latency_s, self.clock_ahead_s = latency_s, clock_ahead_s
        self.calls: list[Asked] = []
        self._door = FaultyDoor(self._answer, faults, rate_a_second=rate_a_second, slow_s=slow_s)
        self._server = HttpServer(self._logged, host, port)

    @classmethod
    def listening(cls, host: str, port: int, faults: Iterable[str]) -> Self:
        """Make a server for `host` and `port` with credentials of its own."""
        return cls(host=host, port=port, faults=faults, rate_a_second=10.0)

    @property
    def faults(self) -> frozenset[str]:
        """What is wrong with it at the moment."""
        return self._door.active

    @faults.setter
    def faults(self, names: Iterable[str]) -> None:
        self._door.active = frozenset(names)

    @property
    def rate_a_second(self) -> float | None:
        """How many requests a second the account may make."""
        return self._door.rate_a_second

    @rate_a_second.setter
    def rate_a_second(self, rate: float | None) -> None:
        self._door.rate_a_second = rate

    @property
    def address(self) -> str:
        """The base address; it has no path."""
        return self._server.address

    @property
    def hello(self) -> dict[str, str]:
        """Where it listens and the credentials that it accepts."""
        told = {
            "http": self.address,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        organization = self.account.organization
        return told if organization is None else {**told, "organization": organization}

    def asked(self, method: str, path: str) -> int:
        """Return how many requests of this method and path have come."""
        return sum((call.method, call.path) == (method, path) for call in self.calls)

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
        place = len(self.calls)
        asked = Asked(request.method, request.path, request.query)
        self.calls.append(asked)
        self._settle()
        response = await self._door(request)
        self.calls[place] = replace(asked, status=response.status)
        if "no-date" in self.faults:
            return response
        date = ("date", format_datetime(self.account.now(), usegmt=True))
        return replace(response, headers=(*response.headers, date))

    def _settle(self) -> None:
        """Let the account have the faults and the clock of the moment."""
        wrong_s = CLOCK_WRONG_S * (("clock-ahead" in self.faults) - ("clock-behind" in self.faults))
        self.account.faults = self.faults
        self.account.clock_ahead_s = self.clock_ahead_s + wrong_s

    async def _answer(self, request: Request) -> Response:
        await asyncio.sleep(self.latency_s)
        now_s = asyncio.get_running_loop().time()
        try:
            if (request.method, request.path) == ("POST", TOKEN_PATH):
                return self.tokens.grant(request, self.faults, now_s)
            if (found := _found(_OPEN, request)) is None:
                self._authorize(request, now_s)
                found = _found(_WITH_TOKEN, request) or _missing(request)
            call, names = found
            return call(self.account, request, *names)
        except _REFUSALS as no:
            return no.told()

    def _authorize(self, request: Request, now_s: float) -> None:
        try:
            self.tokens.check(request.headers, self.faults, now_s)
        except Refusal as no:
            if request.path.startswith("/iot/"):
                raise
            raise Stopped(no.status, no.detail) from None


def _found(tables: Iterable[Calls], request: Request) -> tuple[Call, tuple[str, ...]] | None:
    return next(
        (there[request.method] for t in tables if request.method in (there := t.at(request.path))),
        None,
    )


def _missing(request: Request) -> tuple[Call, tuple[str, ...]]:
    known = any(table.at(request.path) for table in (*_WITH_TOKEN, *_OPEN))
    raise Refusal(405, "method not allowed") if known else Refusal(404, "not found")
