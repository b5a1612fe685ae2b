"""ThingsBoard's CoAP door: provisioning and devices' data, block by block where they are long."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import aiocoap
from aiocoap.numbers import codes
from aiocoap.resource import Resource

from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_json import compact, named
from station.simulation.thingsboard_nouns import Device

_TEXT = 0
_API = ("api", "v1")
# To no payload at all, read as an empty protobuf message: ProvisionDeviceResponseMsg.status (1) is
# ResponseStatus.NOT_FOUND (2), the other fields are unset (theirs: common/proto queue.proto)
_NOT_FOUND = b"\x08\x02"


class CoapDoor:
    """Listens for CoAP on one address, on loopback unless told.

    `thinks_s` passes before a request is answered, `core_timeout_s` before one that the core never
    answers is given up. While `loses_replies` is set, requests are carried out and acknowledged, and
    their answers never come.
    """

    def __init__(
        self,
        account: Account,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        thinks_s: float = 0.0,
        core_timeout_s: float = 10.0,
    ) -> None:
        self.account = account
        self.thinks_s = thinks_s
        self.core_timeout_s = core_timeout_s
        self.loses_replies = False
        self.known: dict[tuple[str, int], Device | None] = {}
        """Who asks from an address behind the DTLS door, by the certificate that it has shown."""
        self._host = host
        self._port = port
        self._context: aiocoap.Context | None = None
        self._waiting: set[asyncio.Task[Any]] = set()

    @property
    def address(self) -> str:
        """`host:port`.

        Raises:
            RuntimeError: the door has not been opened.

        """
        if self._context is None:
            raise RuntimeError("the server has not been started")
        return f"[{self._host}]:{self._port}" if ":" in self._host else f"{self._host}:{self._port}"

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the address is in use or not ours.

        """
        self._port = _free_port(self._host, self._port)
        self._context = await aiocoap.Context.create_server_context(
            _Api(self), bind=(self._host, self._port), transports=["simplesocketserver"]
        )

    async def close(self) -> None:
        """Stop listening; safe to call twice."""
        for task in self._waiting:
            task.cancel()
        context, self._context = self._context, None
        if context is not None:
            await context.shutdown()

    async def answer(self, request: aiocoap.Message) -> aiocoap.Message:
        """Carry out `request`, then wait as long as this server is told to."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # aiocoap has a task for each request
        self._waiting.add(task)
        try:
            reply, wait_s = self._carried_out(request)
            await asyncio.sleep(wait_s)
            if self.loses_replies:
                await asyncio.Event().wait()
        finally:
            self._waiting.discard(task)
        return reply

    def _carried_out(self, request: aiocoap.Message) -> tuple[aiocoap.Message, float]:
        path = request.opt.uri_path
        if path[:2] != _API:
            return aiocoap.Message(code=codes.NOT_FOUND), 0.0
        if request.code not in {codes.GET, codes.POST}:
            return aiocoap.Message(code=codes.METHOD_NOT_ALLOWED), 0.0
        if path[-1] == "provision" and len(path) in {3, 4} and request.code is codes.POST:
            return self._provision(request.payload)
        if len(path) not in {3, 4}:
            return aiocoap.Message(code=codes.BAD_REQUEST), 0.0
        # who has shown a certificate is that device, whatever the token
        device = self.known.get(request.remote.address[:2])
        if device is None and len(path) == 4:
            device = self.account.by_token(path[2])
        return self._of_device(request, device, path[-1]), self.thinks_s

    def _provision(self, body: bytes) -> tuple[aiocoap.Message, float]:
        if not body:
            return aiocoap.Message(code=codes.BAD_REQUEST, payload=_NOT_FOUND), self.thinks_s
        came = self.account.provision(body)
        if came.reply is not None:
            code = codes.CREATED if came.reply["status"] == "SUCCESS" else codes.BAD_REQUEST
            return _text(code, compact(came.reply)), self.thinks_s
        if came.error or came.malformed:
            return aiocoap.Message(code=codes.BAD_REQUEST), self.thinks_s
        return aiocoap.Message(code=codes.INTERNAL_SERVER_ERROR), self.core_timeout_s

    def _of_device(
        self, request: aiocoap.Message, device: Device | None, feature: str
    ) -> aiocoap.Message:
        if (request.code, feature) not in _FEATURES:
            return aiocoap.Message(code=codes.BAD_REQUEST)
        if device is None:
            return aiocoap.Message(code=codes.UNAUTHORIZED)
        if self.account.too_fast or device.profile.transport not in {"DEFAULT", "COAP"}:
            return aiocoap.Message(code=codes.INTERNAL_SERVER_ERROR)
        if request.code is codes.GET:
            return self._attributes(request, device)
        try:
            self._write(device, feature, request.payload)
        except ValueError:
            return aiocoap.Message(code=codes.BAD_REQUEST)
        return aiocoap.Message(code=codes.CREATED)

    def _attributes(self, request: aiocoap.Message, device: Device) -> aiocoap.Message:
        query = dict(part.partition("=")[::2] for part in request.opt.uri_query)
        client, shared = named(query.get("clientKeys")), named(query.get("sharedKeys"))
        told = self.account.attributes_for(device, client, shared)
        if not told:
            return aiocoap.Message(code=codes.NOT_FOUND)
        return _text(codes.CONTENT, compact(told))

    def _write(self, device: Device, feature: str, body: bytes) -> None:
        match feature:
            case "telemetry":
                self.account.write_telemetry(device, body)
            case "attributes":
                self.account.write_attributes(device, body)
            case _:
                self.account.claim_window(device, body)


_FEATURES = {
    (codes.GET, "attributes"),
    (codes.POST, "attributes"),
    (codes.POST, "telemetry"),
    (codes.POST, "claim"),
}


class _Api(Resource):  # type: ignore[misc]  # aiocoap is not typed
    """Every path in one: what is asked is in the path, and a token is a part of it."""

    def __init__(self, door: CoapDoor) -> None:
        super().__init__()
        self._door = door

    async def render(self, request: aiocoap.Message) -> aiocoap.Message:
        return await self._door.answer(request)


def _text(code: codes.Code, body: bytes) -> aiocoap.Message:
    return aiocoap.Message(code=code, payload=body, content_format=_TEXT)


def _free_port(host: str, port: int) -> int:
    """Return a port that nobody listens at: aiocoap would share it and not say which it got."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.bind((host, port))
        return int(probe.getsockname()[1])
