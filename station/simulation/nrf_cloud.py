"""A server of the nRF Cloud API, of both generations, for one team.

Both hosts of the real cloud (`api.provisioning.nrfcloud.com` and `api.nrfcloud.com`) answer here
under one base address, which ends in `/v1`: the legacy API with the team's key, and the new one,
in `/v1/organizations/<organization>/projects/<project>`, with the organization's token.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from station.simulation import nrf_cloud_air, nrf_cloud_calls, nrf_cloud_fleet_calls
from station.simulation.air import PATH, Message, NoCoverage
from station.simulation.http_server import HttpServer, Request, Response, json_response
from station.simulation.nrf_cloud_account import Account
from station.simulation.nrf_cloud_faults import FAULTS, FaultyDoor
from station.simulation.nrf_cloud_fleet import Refusal
from station.simulation.nrf_cloud_fleet_calls import RESULTS, errors_of, onboard_by_token
from station.simulation.nrf_cloud_routes import content, is_claim, project_of, route
from station.simulation.routes import Call

_TABLES = (nrf_cloud_calls.calls, nrf_cloud_fleet_calls.calls)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in the server's log; `status` is None while, or because, no reply was made."""

    method: str
    path: str
    query: Mapping[str, str]
    status: int | None = None


class SimulatedNrfCloud:
    """One team's nRF Cloud. `account` is what it holds; boards and tests may share it.

    `faults` may be set while it runs; `latency_s` passes before every request is carried out, a
    bulk operation takes `bulk_s`. `onboarding_path` is where, below the project, the new API takes a
    CSV with the columns deviceId and attestationToken; Nordic has not published it.

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
        bulk_s: float = 0.0,
        organization: str = "acme",
        project: str = "trackers",
        organization_token: str | None = None,
        onboarding_path: str = "devices/bulk-onboarding",
    ) -> None:
        self.api_key = api_key or secrets.token_hex(20)
        self.organization, self.project = organization, project
        self.organization_token = organization_token or f"oat_{secrets.token_hex(20)}"
        self.account = account or Account()
        self.account.bulk_s = bulk_s
        self._onboarding_path = f"/v1/{onboarding_path.strip('/')}"
        self.latency_s = latency_s
        self.log: list[Asked] = []
        self._door = FaultyDoor(
            self._answer, is_claim, faults, rate_a_second=rate_a_second, slow_s=slow_s
        )
        self._server = HttpServer(self._logged, host, port)

    @classmethod
    def listening(cls, host: str, port: int, faults: Iterable[str]) -> Self:
        """Make a server for `host` and `port` with a key of its own."""
        return cls(host=host, port=port, faults=faults, bulk_s=1.0)

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
    def project_address(self) -> str:
        """The base address of the new API, with its path."""
        return f"{self.address}/organizations/{self.organization}/projects/{self.project}"

    @property
    def hello(self) -> dict[str, str]:
        """Where it listens and the keys that it accepts, those of the new API with `project_`."""
        return {
            "http": self.address,
            "api_key": self.api_key,
            "project_http": self.project_address,
            "project_token": self.organization_token,
        }

    async def air(self, message: Message) -> Message:
        """Answer a simulated device in this process, as `Air`.

        Raises:
            NoCoverage: the cloud would not have it.

        """
        try:
            return self._heard(message)
        except Refusal as no:
            raise NoCoverage(no.message) from None

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
        if request.path == PATH:
            return await self._radio(request)
        place = len(self.log)
        asked = (request.method, request.path, request.query)
        self.log.append(Asked(*asked))
        response = await self._door(request)
        self.log[place] = Asked(*asked, response.status)
        return response

    async def _radio(self, request: Request) -> Response:
        """Be the air for devices in other processes; no part of the real API, so no fault of it."""
        try:
            return json_response(200, self._heard(content(request)))
        except Refusal as no:
            return json_response(no.status, {"message": no.message})

    def _heard(self, message: Message) -> Message:
        self._settle()
        return nrf_cloud_air.answer(self.account, message)

    async def _answer(self, request: Request) -> Response:
        await asyncio.sleep(self.latency_s)
        self._settle()
        try:
            if request.path.startswith(RESULTS):
                return errors_of(self.account, request.path)
            call, names = self._call(request)
            return call(self.account, request, *names)
        except Refusal as no:
            return json_response(no.status, {"message": no.message})

    def _settle(self) -> None:
        self.account.faults = self.faults
        self.account.fleet.settle(asyncio.get_running_loop().time())

    def _call(self, request: Request) -> tuple[Call, tuple[str, ...]]:
        """Find the call; each generation takes its own key only."""
        header = request.headers.get("authorization", "")
        project = project_of(request.path)
        if project is None:
            _authorize(header, self.api_key)
            return route(_TABLES, request.method, request.path)
        _authorize(header, self.organization_token)
        organization, name, path = project
        if (organization, name) != (self.organization, self.project):
            raise Refusal(404, "Not Found")
        if (request.method, path) == ("POST", self._onboarding_path):
            return onboard_by_token, ()
        return route(_TABLES, request.method, path)


def _authorize(header: str, key: str) -> None:
    scheme, _, shown = header.partition(" ")
    known = hmac.compare_digest(shown.strip().encode(), key.encode())
    if scheme.lower() != "bearer" or not known:
        raise Refusal(401, "Unauthorized")
