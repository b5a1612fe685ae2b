"""The way by HTTP: its tokens are in the paths of addresses, and 200 is said of refusals too."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from station.clouds.http import Caller
from station.clouds.replies import NotThere, Reply
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.thingsboard.words import server_words
from station.faults import (
    CloudBroken,
    CloudBusy,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    LoginRefused,
    TransportRefused,
)
from station.model import Login, LoginKind

WARM_AFTER_S: Final = 15.0
"""The server's own Tomcat hangs up on a connection that is idle for 20 s."""

_OWN: Final = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR}
)
"""Here these say something of one device or one request, not of the station's key or the server."""

_NOT_LET_IN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})

# what the server says when it can't read a request; whatever else ends in 500 may be done in part
_UNREAD: Final = re.compile(r"Failed to find the field|Can't parse value|No enum constant|Json")


class OverHttp:
    """Carries what devices say by HTTP; `trust` is for TLS."""

    def __init__(self, options: ThingsBoardOptions, trust: ssl.SSLContext) -> None:
        self._path = options.provision_path
        self._free = asyncio.Semaphore(options.connections)
        self._caller = Caller(options.devices, {}, options.timeout_s, trust=trust)

    async def provision(self, request: Mapping[str, Any]) -> bytes:
        """Send a provision request, as `Way.provision`; it is one round trip."""
        async with self._free:
            reply = await self._caller.send("POST", self._path, body=dict(request), as_is=_OWN)
        if reply.status == HTTPStatus.OK:
            return reply.content
        if _is_wordless(reply, HTTPStatus.INTERNAL_SERVER_ERROR):
            raise CloudBroken(
                "HTTP 500 without a word: its core did not answer in time, or the provision key "
                "is one of a certificate chain"
            )
        raise _fault(reply, *map(str, request.values()))

    async def admits(self, login: Login) -> bool:
        """Read the device's attributes, as `Way.admits`; only tokens can be shown by HTTP."""
        path, *hidden = _address(login, "attributes")
        async with self._free:
            reply = await self._caller.get(path, as_is=_OWN)
        if reply.status == HTTPStatus.OK:
            if not isinstance(reply.body, Mapping):
                raise CloudNonsense("HTTP 200 without a device's attributes")
            return True
        if any(_is_wordless(reply, status) for status in _NOT_LET_IN):
            return False
        raise _device_fault(reply, *hidden)

    async def send(self, login: Login, telemetry: Mapping[str, Any]) -> None:
        """Send telemetry, as `Way.send`."""
        path, *hidden = _address(login, "telemetry")
        async with self._free:
            reply = await self._caller.send("POST", path, body=dict(telemetry), as_is=_OWN)
        if any(_is_wordless(reply, status) for status in _NOT_LET_IN):
            raise LoginRefused(f"HTTP {reply.status}")
        if reply.status != HTTPStatus.OK:
            raise _device_fault(reply, *hidden)

    async def warm(self) -> None:
        """Open a connection by asking for nothing: the server answers 405, and does no more."""
        if self._caller.idle_s > WARM_AFTER_S:
            with suppress(CloudFault):  # the request to come will find out, and say so
                await self._caller.send("GET", self._path, as_is=_OWN)

    async def close(self) -> None:
        """Let go of all connections; safe to call twice."""
        await self._caller.close()


def _address(login: Login, what: str) -> tuple[str, str, str]:
    """Return a device's path, and its token in both forms.

    Raises:
        TransportRefused: it has no token, or one that an address can't hold.

    """
    if login.kind is not LoginKind.ACCESS_TOKEN:
        raise TransportRefused(f"HTTP can't carry {login.kind}: it knows devices by token alone")
    token = login.value("token")
    if token in {"", ".", ".."}:
        raise TransportRefused("HTTP can't carry this token: in an address it stands for a folder")
    encoded = quote(token, safe="")
    return f"api/v1/{encoded}/{what}", token, encoded


def _is_wordless(reply: Reply, status: int) -> bool:
    """Tell whether this is the server's own word to a device: a status and no body.

    With a body it is something else's: a proxy's, or the REST API's, which asks for a key on every
    path that it does not know; a wrong base address looks so.
    """
    return reply.status == status and not reply.content.strip()


def _device_fault(reply: Reply, *hidden: str) -> CloudFault:
    """Name what a device was answered.

    A bare 500 is how the server slows a device down; asking later is right as well when its core
    was slow, and nothing is left open by a question or by telemetry that may come twice.
    """
    if _is_wordless(reply, HTTPStatus.INTERNAL_SERVER_ERROR):
        return CloudBusy("HTTP 500 without a word, as for a device that sends too much")
    return _fault(reply, *hidden)


def _fault(reply: Reply, *hidden: str) -> CloudFault:
    """Name a reply that is none of those hoped for; nothing of `hidden` gets into the detail."""
    status = reply.status
    if status < HTTPStatus.BAD_REQUEST:
        return CloudNonsense(f"HTTP {status}")
    if reply.body is None and reply.content.strip():
        return CloudNonsense(f"HTTP {status} with something that is not JSON")
    told = reply.body.get("message") if isinstance(reply.body, Mapping) else reply.body
    words = server_words(told, *hidden)
    detail = f"HTTP {status} {words}".strip()
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return CloudRefused(detail) if _UNREAD.search(words) else CloudBroken(detail)
    if status in _NOT_LET_IN:
        return CloudRefused(f"{detail}, where no key is asked for: is the address right?")
    return NotThere(detail) if status == HTTPStatus.NOT_FOUND else CloudRefused(detail)
