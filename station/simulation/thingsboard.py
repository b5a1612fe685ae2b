"""A ThingsBoard server: its REST API, its HTTP for devices, and the doors of other transports."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, Self

from station.simulation import (
    thingsboard_admin_calls,
    thingsboard_attribute_calls,
    thingsboard_device_calls,
    thingsboard_fleet_calls,
    thingsboard_profile_calls,
    thingsboard_query_calls,
)
from station.simulation.http_server import HttpServer, Request, Response, json_response
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_coap import CoapDoor
from station.simulation.thingsboard_device_calls import PROVISION
from station.simulation.thingsboard_faults import FAULTS, VERSIONS, FaultyDoor
from station.simulation.thingsboard_mqtt import MqttDoor
from station.simulation.thingsboard_nouns import ALLOW_CREATE, CHECK_PRE, Customer, Profile, User
from station.simulation.thingsboard_refusals import BAD_REQUEST, NOT_FOUND, Refused
from station.simulation.thingsboard_users import Users
from station.simulation.thingsboard_visit import Visit, content

_TABLES = (
    thingsboard_admin_calls.calls,
    thingsboard_attribute_calls.calls,
    thingsboard_fleet_calls.calls,
    thingsboard_profile_calls.calls,
    thingsboard_query_calls.calls,
)
NEW, KNOWN = "station-new", "station-known"
"""Names of the profiles that it begins with: devices are made, or must be known."""


class Transport(Protocol):
    """Another way in, on an address of its own."""

    @property
    def address(self) -> str:
        """`host:port`."""
        ...

    async def start(self) -> None:
        """Begin to listen."""

    async def close(self) -> None:
        """Stop listening; safe to call twice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in the server's log; `status` is None while, or because, no reply was made."""

    method: str
    path: str
    query: Mapping[str, str]
    status: int | None = None


class SimulatedThingsBoard:
    """One instance of ThingsBoard, with a tenant, its administrator and two profiles.

    `account` is what it holds; tests may share it. The first profile makes new devices with
    `provision_key` and `provision_secret`; `known` wants devices that are registered already.
    `customer_user` belongs to the customer `customer`. `faults` may be set while it runs and
    `cut_after` says after how many bytes the next reply to a deed ends. `latency_s` passes before
    every request is carried out; the core is silent for `silence_s`. `calls` is the log of requests.
    With `transports` it listens for MQTT and CoAP too.

    Raises:
        ValueError: no such fault; the text lists those there are.

    """

    kind: ClassVar[str] = "thingsboard"
    known_faults: ClassVar[Mapping[str, str]] = FAULTS

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        version: str = "4.3.0",
        faults: Iterable[str] = (),
        latency_s: float = 0.0,
        rate_a_second: float | None = None,
        slow_s: float = 3.0,
        silence_s: float = 10.0,
        transports: bool = True,
    ) -> None:
        self._version = version
        self.account = Account(version)
        self.users = Users(self.account.now_ms, lambda: self.account.at_least(4, 3))
        self.latency_s, self.silence_s = latency_s, silence_s
        self.calls: list[Asked] = []
        self._set_up()
        self._door = FaultyDoor(
            self._answer,
            faults,
            self.account.now_ms,
            rate_a_second=rate_a_second,
            slow_s=slow_s,
            silence_s=silence_s,
        )
        self._settle()
        self._server = HttpServer(self._logged, host, port)
        self.transports: dict[str, Transport] = {}
        if transports:
            self.transports["mqtt"] = MqttDoor(self.account, host)
            self.transports["coap"] = CoapDoor(self.account, host)

    @classmethod
    def listening(cls, host: str, port: int, faults: Iterable[str]) -> Self:
        """Make a server for `host` and `port`; the other transports' ports are the system's."""
        return cls(host=host, port=port, faults=faults)

    @property
    def faults(self) -> frozenset[str]:
        """What is wrong with it at the moment."""
        return self._door.active

    @faults.setter
    def faults(self, names: Iterable[str]) -> None:
        self._door.active = frozenset(names)
        self._settle()

    @property
    def cut_after(self) -> dict[str, int]:
        """After how many bytes the next reply ends, by deed."""
        return self._door.cut_after

    @property
    def address(self) -> str:
        """The base address; it has no path."""
        return self._server.address

    @property
    def provision_key(self) -> str:
        """The key of the profile that makes new devices."""
        return self.new.key or ""

    @property
    def provision_secret(self) -> str:
        """The secret of the profile that makes new devices."""
        return self.new.secret or ""

    @property
    def hello(self) -> dict[str, str]:
        """Where it listens and the credentials that it accepts."""
        return {
            "http": self.address,
            **{name: transport.address for name, transport in self.transports.items()},
            "username": self.admin.email,
            "password": self.admin.password,
            "api_key": self.api_key,
            "provision_key": self.provision_key,
            "provision_secret": self.provision_secret,
        }

    def asked(self, method: str, path: str) -> int:
        """Return how many requests of this method and path have come."""
        return sum((call.method, call.path) == (method, path) for call in self.calls)

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the address is in use or not ours.

        """
        await self._server.start()
        for transport in self.transports.values():
            await transport.start()

    async def close(self) -> None:
        """Stop listening and drop every connection; safe to call twice."""
        for transport in self.transports.values():
            await transport.close()
        await self._server.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    def _set_up(self) -> None:
        self.tenant = self.account.add_tenant("Acme")
        self.admin = self.users.add(
            User(self.tenant.id, "tenant@thingsboard.org", secrets.token_urlsafe(12))
        )
        self.customer: Customer = self.account.add_customer(self.tenant.id, "Wayne")
        self.customer_user = self.users.add(
            User(
                self.tenant.id,
                "customer@thingsboard.org",
                secrets.token_urlsafe(12),
                "CUSTOMER_USER",
                self.customer.id,
            )
        )
        self.api_key = self.users.add_key(self.admin, "station", enabled=True, expires_ms=0).value
        self.new, self.known = self._profile(NEW, ALLOW_CREATE), self._profile(KNOWN, CHECK_PRE)

    def _profile(self, name: str, strategy: str) -> Profile:
        key, secret = secrets.token_hex(10), secrets.token_hex(10)
        now = self.account.now_ms()
        return self.account.add_profile(Profile(self.tenant.id, name, now, strategy, key, secret))

    async def _logged(self, request: Request) -> Response:
        place = len(self.calls)
        asked = Asked(request.method, _without_token(request.path), request.query)
        self.calls.append(asked)
        response = await self._door(request)
        self.calls[place] = replace(asked, status=response.status)
        return response

    async def _answer(self, request: Request) -> Response:
        await asyncio.sleep(self.latency_s)
        if request.path == PROVISION:
            return thingsboard_device_calls.provision(self.account, request, self.silence_s)
        if request.path.startswith("/api/v1/"):
            return thingsboard_device_calls.answer(self.account, request)
        try:
            return self._rest(request)
        except Refused as no:
            return no.told(self.account.now_ms())

    def _settle(self) -> None:
        """Let the server, the tenant and its users have the faults of the moment."""
        versions = [VERSIONS[name] for name in sorted(self.faults & VERSIONS.keys())]
        self.account.version = versions[0] if versions else self._version
        self.account.too_fast = "device-rate-limit" in self.faults
        self.tenant.device_limit = 0 if "device-limit" in self.faults else None
        for user in self.users.by_id.values():
            user.locked = "locked" in self.faults
            user.second_factor = "second-factor" in self.faults

    def _rest(self, request: Request) -> Response:
        if (request.method, request.path) == ("POST", "/api/auth/login"):
            sent = content(request)
            return json_response(200, self.users.login(sent.get("username"), sent.get("password")))
        if (request.method, request.path) == ("POST", "/api/auth/token"):
            return json_response(200, self.users.refresh(content(request).get("refreshToken")))
        user = self.users.who(request.headers)
        return _called(Visit(self.account, self.users, user, request))


def _called(visit: Visit) -> Response:
    request, is_known = visit.request, False
    for table in _TABLES:
        there = table.at(request.path)
        is_known = is_known or bool(there)
        if request.method in there:
            call, names = there[request.method]
            return call(visit, *names)
    if is_known:
        raise Refused(f"Request method '{request.method}' is not supported", 405, BAD_REQUEST)
    raise Refused("Not found", 404, NOT_FOUND)


def _without_token(path: str) -> str:
    """Return a path for the log: a device's token is a secret."""
    parts = path.split("/")
    if path.startswith("/api/v1/") and len(parts) > 4:
        parts[3] = "{token}"
    return "/".join(parts)
