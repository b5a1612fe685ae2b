"""ThingsBoard's MQTT door: provisioning and devices' sessions, as its transport behaves.

A plain broker cannot stand in for it: it lets "provision" in unasked, pushes the reply to whoever
published, has no topics between clients, and says no by hanging up.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from typing import cast

from station.simulation.mqtt_packets import MalformedPacket, Packet, take
from station.simulation.thingsboard_account import Account
from station.simulation.thingsboard_mqtt_session import Session, Waits
from station.simulation.thingsboard_nouns import Device
from station.simulation.wanted_tls import WantedTls, want_certificates

LONGEST_BYTES = 65536
ORDINARY = Waits()


class MqttDoor:
    """Listens for MQTT on loopback unless told; with `tls`, for MQTT over TLS 1.2.

    `tls` has the server's certificate and is changed to want a client's. `cut_after`, when it is
    set, closes each new connection after so many bytes to the client, those of TLS not counted
    (0: before the first).
    """

    def __init__(
        self,
        account: Account,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        tls: ssl.SSLContext | None = None,
        waits: Waits = ORDINARY,
    ) -> None:
        self.account = account
        self.tls = tls
        self.waits = waits
        self.cut_after: int | None = None
        self.connections: set[_Connection] = set()
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None
        if tls is not None:
            want_certificates(tls)

    @property
    def address(self) -> str:
        """`host:port`.

        Raises:
            RuntimeError: the door has not been opened.

        """
        if self._server is None:
            raise RuntimeError("the server has not been started")
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    async def start(self) -> None:
        """Begin to listen.

        Raises:
            OSError: the address is in use or not ours.

        """
        loop = asyncio.get_running_loop()
        self.account.watchers.append(self.drop)
        self._server = await loop.create_server(lambda: _Connection(self), self._host, self._port)

    async def close(self) -> None:
        """Stop listening and drop every connection; safe to call twice."""
        if self._server is not None:
            self._server.close()
        if self.drop in self.account.watchers:
            self.account.watchers.remove(self.drop)
        for connection in tuple(self.connections):
            connection.drop()
        await asyncio.sleep(0)

    def drop(self, device: Device) -> None:
        """Close the sessions of `device`, as a server does whose device got other credentials."""
        for connection in tuple(self.connections):
            if connection.session.device is device:
                connection.close()


class _Connection(asyncio.Protocol):
    """Bytes of one client, with or without TLS, to packets and back."""

    def __init__(self, door: MqttDoor) -> None:
        self._door = door
        self._account = door.account
        self._cut_after = door.cut_after
        self._sent = 0
        self._buffer = bytearray()
        self._tls = None if door.tls is None else WantedTls(door.tls, self._judge)
        self._transport: asyncio.Transport
        self.session = Session(door.account, self, door.waits)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._door.connections.add(self)

    def data_received(self, data: bytes) -> None:
        if self._transport.is_closing():
            return
        try:
            self._buffer += data if self._tls is None else self._tls.receive(data)
            self._flush()
            while packet := self._next():
                self.session.take(packet)
        except (MalformedPacket, ssl.SSLError):
            self._flush()
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.connections.discard(self)
        self.session.end()

    def send(self, data: bytes) -> None:
        """Send `data`, or the part of it that the cut leaves."""
        if self._transport.is_closing():
            return
        left = len(data) if self._cut_after is None else self._cut_after - self._sent
        self._sent += len(data)
        if self._tls is None:
            self._transport.write(data[:left])
        elif left:
            self._tls.send(data[:left])
            self._flush()
        if self._cut_after is not None and self._sent >= self._cut_after:
            self.close()

    def close(self) -> None:
        """Hang up when what was sent is on its way."""
        self._transport.close()

    def drop(self) -> None:
        """Hang up at once."""
        self._transport.abort()

    @property
    def leaf(self) -> bytes | None:
        """The certificate of the client, DER."""
        return None if self._tls is None else self._tls.leaf

    def _next(self) -> Packet | None:
        if self._transport.is_closing():
            return None
        return take(self._buffer, self.session.level, LONGEST_BYTES)

    def _flush(self) -> None:
        if self._tls is not None and (out := self._tls.outgoing()):
            self._transport.write(out)

    def _judge(self, chain: Sequence[bytes]) -> bool:
        """Let a chain in that holds, and provision by it before its key is proven, as theirs does."""
        try:
            self._account.provision_by_chain([ssl.DER_cert_to_PEM_cert(each) for each in chain])
        except ValueError:
            return False
        return True
