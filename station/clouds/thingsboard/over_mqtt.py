"""ThingsBoard by MQTT: provisioning on connections that are kept, devices on one of their own each.

A provision request has no number that its answer could repeat. So there is one at a time on a
connection, and a connection that still owes an answer is thrown away.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from station.clouds.http import CONNECT_WITHIN_S
from station.clouds.thingsboard.mqtt_nouns import Ended, Event, Greeted, Server, Who
from station.clouds.thingsboard.mqtt_session import CertificateRefused, HungUp, NotSent, Session
from station.clouds.thingsboard.mqtt_talk import (
    RESPONSE,
    TurnedAway,
    answer,
    deliver,
    look_at,
    no_provisioning,
)
from station.clouds.thingsboard.options import ThingsBoardOptions
from station.clouds.trust import device_context
from station.faults import (
    CloudRefused,
    CloudUnreachable,
    CloudUntrusted,
    Fault,
    KeyInUnit,
    LoginRefused,
    RecipeWrong,
    ReplyLost,
    TransportRefused,
)
from station.model import Login, LoginKind

KEPT_FOR_S: Final = 48.0
"""For how long a connection is used: the server hangs up 60 s after its first reply, and may think
for 10 s over the next."""

MOST_BYTES: Final = 65536
"""The longest packet that the server takes."""

_PROVISION: Final = "provision"
_HEAD_BYTES = 64  # more than what is around a payload: its length, topic and number
_PORTS = {"mqtt": 1883, "mqtts": 8883}

_Context = Callable[[], ssl.SSLContext]


@dataclass(frozen=True, slots=True)
class _Guise:
    """As whom a connection is made. `in_tls`: the handshake alone may make a device."""

    who: Who
    tls: _Context | None
    in_tls: bool = False


class OverMqtt:
    """MQTT as a `Way`: 3.1.1 or 5, in clear or with TLS.

    Provisioning uses up to `options.connections` connections; whoever comes next waits for one.
    """

    def __init__(self, options: ThingsBoardOptions, trust: ssl.SSLContext) -> None:
        """Make the way; `trust` is the recipe's context, the station's own certificate included.

        Raises:
            RecipeWrong: mqtt_address is none.

        """
        self._server, self._is_tls = _server(options)
        self._trust = trust
        self._as_device: _Context = cache(partial(device_context, trust))
        self._within_s = options.timeout_s
        self._places = asyncio.Semaphore(options.connections)
        self._kept: list[Session] = []
        self._sessions: set[Session] = set()

    async def provision(self, request: Mapping[str, Any]) -> bytes:
        """Send a provision request; return the answer's body as it came.

        A request goes out once: twice it would make two devices, or one and a refusal. Only one
        that has not left is sent again.

        Raises:
            ReplyLost: it may have been acted on.
            CloudUnreachable, CloudUntrusted, CloudBusy: it has not left.
            CloudRefused: the server could not read it, or speaks no MQTT: nothing was done.

        """
        body = json.dumps(dict(request)).encode()
        if len(body) + _HEAD_BYTES > MOST_BYTES:
            raise CloudRefused(f"{len(body)} bytes are more than the server takes")
        async with self._places:
            while session := self._take_kept():
                with suppress(NotSent):
                    return await self._asked(session, body)
            with suppress(NotSent):
                return await self._asked(await self._provisioning(), body)
            return await self._asked(await self._provisioning(), body)

    async def admits(self, login: Login) -> bool:
        """Tell whether a device with `login` is let in: CONNECT, then DISCONNECT.

        Raises:
            TransportRefused: the profile is bound to another transport, or a certificate can't be
                shown here.
            KeyInUnit: it is a certificate without its key.
            LoginRefused: its certificate and its key do not belong together.
            CloudFault: it can't be told; ReplyLost if the TLS handshake may have made a device.

        """
        session = await self._let_in(login)
        if session is None:
            return False
        await session.leave()
        return True

    async def send(self, login: Login, telemetry: Mapping[str, Any]) -> None:
        """Send telemetry as the device `login` lets in, and wait until it is acknowledged.

        Raises:
            LoginRefused: it is not let in.
            CloudFault: as for `admits`.

        """
        session = await self._let_in(login)
        if session is None:
            raise LoginRefused("CONNACK refuses it")
        with _dropped_unless_done(session):
            try:
                async with asyncio.timeout(self._within_s):
                    await deliver(session, json.dumps(dict(telemetry)).encode())
            except TimeoutError:
                raise ReplyLost(f"no PUBACK in {self._within_s:g} s") from None
        await session.leave()

    async def warm(self) -> None:
        """Have a connection ready for the request to come; never raises a fault."""
        if session := self._take_kept():
            self._kept.append(session)
        elif not self._places.locked():
            async with self._places:
                with suppress(Fault):
                    self._kept.append(await self._provisioning())

    async def close(self) -> None:
        """Let go of all connections, and wait for their threads; safe to call twice."""
        kept, self._kept = self._kept, []
        for session in self._sessions.difference(kept):
            session.drop()
        await asyncio.gather(*(session.leave() for session in kept))
        await asyncio.gather(*(session.ended() for session in self._sessions))

    def _take_kept(self) -> Session | None:
        while self._kept:
            session = self._kept.pop()
            if session.is_quiet and monotonic() - session.since_s < KEPT_FOR_S:
                return session
            session.part()
        return None

    async def _provisioning(self) -> Session:
        """Return a new connection that may ask to provision."""
        tls = (lambda: self._trust) if self._is_tls else None
        try:
            session = await self._open(_Guise(Who(_client_id(), _PROVISION), tls))
        except TurnedAway as no:
            raise no_provisioning(no) from None
        # Not granted or never acknowledged (before 3.9): the answer comes all the same
        session.subscribe(RESPONSE)
        return session

    async def _asked(self, session: Session, body: bytes) -> bytes:
        with _dropped_unless_done(session):
            try:
                async with asyncio.timeout(self._within_s):
                    told = await answer(session, body)
            except TimeoutError:
                raise ReplyLost(f"no answer in {self._within_s:g} s") from None
        self._kept.append(session)
        return told

    async def _let_in(self, login: Login) -> Session | None:
        """Return a connection as the device; None when it is not let in."""
        guise = self._guise(login)
        if _PROVISION in (guise.who.client_id, guise.who.username):
            return None  # whoever says this is let in, but never as a device
        try:
            return await self._open(guise)
        except CertificateRefused:
            if guise.in_tls:
                return None
            raise
        except TurnedAway as no:
            look_at(no, login.kind)
            return None

    def _guise(self, login: Login) -> _Guise:
        tls = self._as_device if self._is_tls else None
        if login.kind is LoginKind.ACCESS_TOKEN:
            return _Guise(Who(_client_id(), login.value("token")), tls)
        if login.kind is LoginKind.MQTT_BASIC:
            client_id = login.value("client_id") or _client_id()
            user, word = login.value("user_name"), login.value("user_password")
            # what is not there is left out: an empty word is not the same as none
            return _Guise(Who(client_id, user or None, word or None), tls)
        if not self._is_tls:
            raise TransportRefused("a certificate can be shown over mqtts:// alone")
        if not login.value("private_key"):
            raise KeyInUnit
        chain, key = login.value("certificate"), login.value("private_key")
        tls = partial(device_context, self._trust, chain, key)
        return _Guise(Who(_client_id()), tls, in_tls=True)

    async def _open(self, guise: _Guise) -> Session:
        """Return a connection that was let in; a server that hangs up first is called once more.

        Raises:
            TurnedAway: CONNACK says no.
            CloudFault: there is none; ReplyLost when a device may have been made.

        """
        with suppress(HungUp, ReplyLost):  # a second login makes no second device
            return await self._open_once(guise)
        return await self._open_once(guise)

    async def _open_once(self, guise: _Guise) -> Session:
        # a server that looks a certificate up in the handshake takes up to 10 s
        connect_s = self._within_s if guise.in_tls else min(CONNECT_WITHIN_S, self._within_s)
        session = Session(self._server, guise.who, guise.tls, connect_s)
        self._sessions = {each for each in self._sessions if not each.is_over} | {session}
        with _dropped_unless_done(session):
            told: Event
            try:
                async with asyncio.timeout(self._within_s):
                    told = await session.event()
            except TimeoutError:
                told = Ended(CloudUnreachable, f"not let in within {self._within_s:g} s")
            return _let_in(told, session, guise)


def _let_in(told: Event, session: Session, guise: _Guise) -> Session:
    match told:
        case Greeted(code=0):
            return session
        case Greeted():
            raise TurnedAway(told)
        case Ended() if guise.in_tls and session.has_begun_tls and _may_have_made(told.kind):
            raise ReplyLost(told.detail)
        case Ended():
            raise told.fault
        case _:
            raise CloudRefused("no CONNACK came back")


@contextmanager
def _dropped_unless_done(session: Session) -> Iterator[None]:
    """Throw the connection away when what is done with it fails or is cancelled."""
    try:
        yield
    except BaseException:
        session.drop()
        raise


def _server(options: ThingsBoardOptions) -> tuple[Server, bool]:
    """Return where the server listens, and whether it speaks TLS there."""
    address = urlsplit(options.mqtt_address)
    try:
        port = address.port or _PORTS[address.scheme]
        host = address.hostname or ""
        host.encode("idna")
    except (ValueError, KeyError):
        host, port = "", 0
    if not host:
        raise RecipeWrong("mqtt_address has no host, or a port that can't be")
    return Server(host, port, options.mqtt_version), address.scheme == "mqtts"


def _client_id() -> str:
    """Return one that no other client has, short enough for every server (23)."""
    return f"station-{secrets.token_hex(6)}"


def _may_have_made(kind: type[Fault]) -> bool:
    """Tell whether a handshake that ended so may have made a device all the same."""
    return issubclass(kind, CloudUnreachable) and not issubclass(kind, CloudUntrusted)
