"""One MQTT connection and the thread that carries it; what it hears comes out on the event loop.

The one place that knows paho. Its loop is driven from a thread of ours, not by `loop_start`: so the
end of the thread is known, whatever ends it, and its name has no client id in it. Nothing is ever
sent again and nothing connects again: what that means is for the caller to say.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import Any, Final, cast

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode

from station.clouds.thingsboard.mqtt_nouns import (
    Acknowledged,
    Ended,
    Event,
    Greeted,
    Heard,
    Server,
    Who,
)
from station.faults import CloudRefused, CloudUnreachable, CloudUntrusted, Fault

KEEP_ALIVE_S: Final = 60
FAREWELL_S: Final = 2.0
"""How long a DISCONNECT may take to leave, in seconds."""

_LOOK_EVERY_S = 5.0  # every deed of ours wakes the thread; this is for paho's keep-alive
_ABOUT_OURS = re.compile("ALERT.*(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)")


class NotSent(CloudUnreachable):
    """The connection was at its end already: not a byte has left."""


class HungUp(CloudUnreachable):
    """The connection was made, and closed again."""


class CertificateRefused(CloudUntrusted):
    """The server ended TLS over the certificate that we showed."""


class Session:
    """A connection from its first byte; `event` says what became of it.

    `tls` makes the context, None for a connection in clear; it may take its time, and raise a
    fault. A connection that is still being made ends at the latest after `connect_within_s`.
    """

    def __init__(
        self,
        server: Server,
        who: Who,
        tls: Callable[[], ssl.SSLContext] | None,
        connect_within_s: float,
    ) -> None:
        self.since_s = monotonic()
        self.has_answered = False
        self._mail = _Mail()
        self._client = _client(server.version, who, self._mail.say)
        self._client.connect_timeout = connect_within_s
        self._server = server
        self._tls = tls
        self._grip: _Grip | None = None
        self._is_dropped = False
        self._taken: set[int] = set()
        self._thread = Thread(target=self._carry, name="thingsboard mqtt", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether its thread has ended."""
        return self._mail.over.is_set()

    @property
    def is_quiet(self) -> bool:
        """Whether it lives, and has said nothing that nobody has asked for."""
        return not self.is_over and self._mail.events.empty()

    @property
    def has_begun_tls(self) -> bool:
        """Whether the server may have seen our certificate."""
        return self._grip is not None and self._grip.sock is not None

    async def event(self) -> Event:
        """Wait for what happens next, for as long as it takes."""
        return await self._mail.events.get()

    def subscribe(self, topic: str) -> None:
        """Ask for a topic at QoS 1; whether it is granted is not told."""
        self._client.subscribe(topic, 1)

    def publish(self, topic: str, payload: bytes) -> int:
        """Send a message at QoS 1, once; return the number that its PUBACK will have.

        Raises:
            NotSent: the connection is at its end.

        """
        told = self._client.publish(topic, payload, qos=1)
        if told.rc != MQTTErrorCode.MQTT_ERR_SUCCESS:
            raise NotSent("the connection was closed before the request")
        return told.mid

    def takes(self, number: int) -> bool:
        """Take the message `number` for an answer; False when one of this number was taken.

        A message without a number (QoS 0) can't be told from another.
        """
        if number in self._taken:
            return False
        self.has_answered = True
        if number:
            self._taken.add(number)
        return True

    def part(self) -> None:
        """Send DISCONNECT and hang up; does not wait for it."""
        self._client.disconnect()

    def drop(self) -> None:
        """Hang up without a word; does not wait for it."""
        self._is_dropped = True
        for sock in self._sockets():
            with suppress(OSError):
                # not TLS's own, which would take the session from under the thread
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    async def leave(self) -> None:
        """Send DISCONNECT, hang up, and wait until the thread has ended."""
        self.part()
        try:
            async with asyncio.timeout(FAREWELL_S):
                await self._mail.over.wait()
        except TimeoutError:
            pass
        finally:
            self.drop()
        await self.ended()

    async def ended(self) -> None:
        """Wait until the thread has ended."""
        await self._mail.over.wait()
        self._thread.join()  # it has said its last word

    def _sockets(self) -> list[socket.socket]:
        found = (self._client.socket(), self._grip and self._grip.sock)
        return [sock for sock in found if isinstance(sock, socket.socket)]

    def _carry(self) -> None:
        """Carry the connection from its beginning to its end; all of this is in the thread."""
        try:
            if self._connect():
                self._loop()
        finally:
            for sock in self._sockets():
                sock.close()
            self._mail.say(Ended(HungUp, "the connection was closed"))
            self._mail.end()

    def _connect(self) -> bool:
        try:
            if self._tls is not None:
                self._grip = _Grip(self._tls())
                self._client.tls_set_context(cast("ssl.SSLContext", self._grip))
            self._client.connect(self._server.host, self._server.port, KEEP_ALIVE_S)
        except Exception as exc:  # noqa: BLE001 - of names that can't be, of proxies
            self._mail.say(_why_not(exc))
            return False
        return True

    def _loop(self) -> None:
        try:
            told = MQTTErrorCode.MQTT_ERR_SUCCESS
            while told == MQTTErrorCode.MQTT_ERR_SUCCESS and not self._is_dropped:
                told = self._client.loop(_LOOK_EVERY_S)
            if told == MQTTErrorCode.MQTT_ERR_PROTOCOL:  # CONNACK 1 too
                version = self._server.version
                self._mail.say(Ended(CloudRefused, f"what answers does not speak MQTT {version}"))
        except Exception as exc:  # noqa: BLE001 - what paho makes of bytes that are no MQTT
            self._mail.say(Ended(CloudRefused, f"no MQTT came back: {type(exc).__name__}"))


class _Mail:
    """What a thread says, put on the event loop it was made on."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self.over = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def say(self, event: Event) -> None:
        with suppress(RuntimeError):  # the loop is closed, so nobody listens
            self._loop.call_soon_threadsafe(self.events.put_nowait, event)

    def end(self) -> None:
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.over.set)


class _Grip:
    """What paho takes for its TLS context: a hand on the socket through the handshake.

    Paho does not close it when the handshake fails, and tells of it only afterwards.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self.check_hostname = context.check_hostname
        self.sock: ssl.SSLSocket | None = None
        self._context = context

    def wrap_socket(self, sock: socket.socket, **how: Any) -> ssl.SSLSocket:
        self.sock = self._context.wrap_socket(sock, **how)
        return self.sock


def _client(version: str, who: Who, say: Callable[[Event], None]) -> mqtt.Client:
    """Return a client of paho's that says what it hears, and has no other hold on us."""
    is_5 = version == "5"
    client = mqtt.Client(
        CallbackAPIVersion.VERSION2,
        who.client_id,
        protocol=MQTTProtocolVersion.MQTTv5 if is_5 else MQTTProtocolVersion.MQTTv311,
        reconnect_on_failure=False,
    )
    if who.username is not None:
        client.username_pw_set(who.username, who.password)

    def connected(_: Any, __: Any, ___: Any, reason: ReasonCode, *____: Any) -> None:
        say(Greeted(reason.value, reason.getName()))

    def published(_: Any, __: Any, number: int, reason: ReasonCode, *___: Any) -> None:
        say(Acknowledged(number, reason.value, reason.getName()))

    def heard(_: Any, __: Any, message: mqtt.MQTTMessage) -> None:
        say(Heard(message.topic, bytes(message.payload), message.mid, message.dup))

    def ended(_: Any, __: Any, flags: mqtt.DisconnectFlags, reason: ReasonCode, *___: Any) -> None:
        if flags.is_disconnect_packet_from_server:
            say(Ended(CloudUnreachable, f"the server hung up: {reason.getName()}"))

    client.on_connect, client.on_publish = connected, published
    client.on_message, client.on_disconnect = heard, ended
    client.on_socket_open = _at_once
    # with this set paho leaves all writing to the thread: TLS is not for two at a time
    client.on_socket_register_write = lambda *_: None
    return client


def _at_once(_: Any, __: Any, sock: Any) -> None:
    """Have a PUBLISH leave beside the packet before it; else it waits 40 ms for TCP's word on that."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _why_not(exc: Exception) -> Ended:
    """Name what has kept the connection from being made; keeps nothing of the exception."""
    match exc:
        case Fault():
            return Ended(type(exc), exc.detail)
        case ssl.SSLCertVerificationError():
            return Ended(CloudUntrusted, exc.verify_message)
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return Ended(CloudUnreachable, "the connection was closed in the TLS handshake")
        case ssl.SSLError():
            reason = exc.reason or type(exc).__name__
            kind = CertificateRefused if _ABOUT_OURS.search(reason) else CloudUntrusted
            return Ended(kind, reason.lower().replace("_", " "))
        case _:
            return Ended(CloudUnreachable, type(exc).__name__)
