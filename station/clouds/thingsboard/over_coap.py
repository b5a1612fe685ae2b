"""ThingsBoard by CoAP and CoAPS: provisioning, and devices by access token or by certificate."""

from __future__ import annotations

import json
import secrets
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from station.clouds import udp
from station.clouds.coap import CoapCaller, CoapReply
from station.clouds.replies import NotThere
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.faults import (
    CloudBroken,
    CloudBusy,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    ExtraMissing,
    KeyInUnit,
    LoginRefused,
    TransportRefused,
)
from station.model import Login, LoginKind

if TYPE_CHECKING:
    from station.clouds.dtls import Dtls

_API = ("api", "v1")
_BUSY = f"4.{HTTPStatus.TOO_MANY_REQUESTS - 400}"
"""CoAP has it since RFC 8516."""


class OverCoap:
    """One server's CoAP door, as `Way` wants it; with coaps:// its DTLS door.

    `trust` is for DTLS: the authorities that it holds, not the station's own certificate.

    Raises:
        RecipeWrong: `coap_address` is no address.
        ExtraMissing: it begins with coaps://, and what DTLS needs is not installed.

    """

    def __init__(self, options: ThingsBoardOptions, trust: ssl.SSLContext) -> None:
        self._caller = CoapCaller(options.coap_address, options.timeout_s, options.connections)
        self._provision_path = tuple(map(unquote, options.provision_path.split("/")))
        self._is_thingsboard = False
        is_secure = options.coap_address.startswith("coaps:")
        self._dtls = _dtls(trust, self._caller.host) if is_secure else None
        self._dial = self._dtls.dial if self._dtls else udp.dial

    async def provision(self, request: Mapping[str, Any]) -> bytes:
        """As `Way.provision`."""
        body = json.dumps(request).encode()
        reply = await self._caller.post(*self._provision_path, body=body, dial=self._dial)
        # Success is 2.01, NOT_FOUND and FAILURE are 4.00 with a body (facts 1.6). The content format
        # is not looked at: it is 0, plain text.
        if reply.code == "4.00" and not reply.body:
            raise CloudRefused("CoAP 4.00 without a word: the request can't be read")
        if reply.code != "4.00" and not reply.code.startswith("2."):
            raise _fault_of(reply)
        if not _is_object(reply.body):
            raise CloudNonsense(f"CoAP {reply.code} with {len(reply.body)} bytes, no JSON object")
        self._is_thingsboard = True
        return reply.body

    async def admits(self, login: Login) -> bool:
        """As `Way.admits`: attributes are asked for, which stores nothing."""
        path, dial = self._as_device(login)
        try:
            reply = await self._caller.get(*path, "attributes", dial=dial)
        except LoginRefused:  # theirs ends the handshake over a certificate that is out of date
            return False
        match reply.code:
            case "2.05":
                return True
            case "4.04":  # it has no attributes yet; or this is some other server
                await self._look_who_answers()
                return True
            case "4.01":
                return False
            case _:
                raise _fault_to_device(reply)

    async def send(self, login: Login, telemetry: Mapping[str, Any]) -> None:
        """As `Way.send`."""
        path, dial = self._as_device(login)
        body = json.dumps(telemetry).encode()
        reply = await self._caller.post(*path, "telemetry", body=body, dial=dial)
        if reply.code == "4.01":
            raise LoginRefused("CoAP 4.01")
        if not reply.code.startswith("2."):
            raise _fault_to_device(reply)

    async def warm(self) -> None:
        """As `Way.warm`; there is nothing to keep: a request is one datagram."""

    async def close(self) -> None:
        """As `Way.close`."""
        await self._caller.close()

    def _as_device(self, login: Login) -> tuple[tuple[str, ...], udp.Dial]:
        """Return the path of a device with `login`, and how its server is reached."""
        if login.kind is LoginKind.ACCESS_TOKEN:
            return (*_API, login.value("token")), self._dial
        if login.kind is LoginKind.MQTT_BASIC or self._dtls is None:
            raise TransportRefused(f"{'coaps' if self._dtls else 'coap'} can't carry {login.kind}")
        if not login.value("private_key"):
            raise KeyInUnit
        return _API, self._dtls.showing(login.value("certificate"), login.value("private_key"))

    async def _look_who_answers(self) -> None:
        """Make sure that a token which nobody has is refused here: "not found" alone proves nothing.

        Raises:
            CloudNonsense: it is not.

        """
        if self._is_thingsboard:
            return
        reply = await self._caller.get(*_API, secrets.token_hex(10), "attributes", dial=self._dial)
        if reply.code != "4.01":
            raise CloudNonsense(f"CoAP {reply.code} to a token that nobody has")
        self._is_thingsboard = True


def _dtls(trust: ssl.SSLContext, host: str) -> Dtls:
    try:
        from station.clouds.dtls import Dtls
    except ImportError:
        raise ExtraMissing("coaps:// needs the extra 'coaps': pip install pyOpenSSL") from None
    return Dtls(trust, host)


def _fault_to_device(reply: CoapReply) -> CloudFault:
    """Name what a device is told that is neither yes nor no.

    Theirs says 5.00 without a word to a profile for another transport, to too many requests and to a
    core that does not answer (facts 4). Only the first is for an engineer, and the register tells
    it; the others pass, and must not stop a line.
    """
    if reply.code == "5.00":
        return CloudBroken("CoAP 5.00: too many requests, or the profile is for another transport")
    return _fault_of(reply)


def _fault_of(reply: CoapReply) -> CloudFault:
    told = f"CoAP {reply.code}"
    if reply.code.startswith("5."):
        return CloudBroken(told)
    if reply.code == _BUSY:
        return CloudBusy(told)
    if reply.code == "4.04":
        return NotThere(f"{told}: nothing at this path")
    return CloudRefused(told) if reply.code.startswith("4.") else CloudNonsense(told)


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False
