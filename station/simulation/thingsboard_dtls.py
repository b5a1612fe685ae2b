"""ThingsBoard's DTLS door: it stands before the CoAP door, and tells it who has shown a certificate.

Theirs wants a client's certificate and needs none. It looks each of the chain up, the device's own
first, among the registered ones; one that nobody knows is let in, and is nobody. Only one that is not
valid today ends the handshake.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL

from station.simulation.thingsboard_coap import CoapDoor
from station.simulation.thingsboard_nouns import Device

_Address = tuple[str, int]
_DTLS_1_2 = 0xFEFD
_MTU_BYTES = 1232
_HEAD_BYTES = 13
_AT_ONCE = 65536
_NOT_VALID_TODAY = {9, 10}  # X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED


class DtlsDoor:
    """Listens for DTLS on one address, on loopback unless told, in front of `door`.

    `chain` is the server's certificate and those that issued it. `handshakes` counts those that
    came to their end.
    """

    def __init__(
        self,
        door: CoapDoor,
        chain: tuple[x509.Certificate, ...],
        key: EllipticCurvePrivateKey,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.door = door
        self.handshakes = 0
        self._context = _context(chain, key)
        self._at = (host, port)
        self._peers: dict[_Address, _Peer] = {}
        self._socket: asyncio.DatagramTransport | None = None

    @property
    def address(self) -> str:
        """`host:port`.

        Raises:
            RuntimeError: the door has not been opened.

        """
        if self._socket is None:
            raise RuntimeError("the server has not been started")
        host, port = self._socket.get_extra_info("sockname")[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    async def start(self) -> None:
        """Begin to listen; the door behind must be open.

        Raises:
            OSError: the address is in use or not ours.

        """
        loop = asyncio.get_running_loop()
        outside = _Outside(self._take)
        self._socket, _ = await loop.create_datagram_endpoint(lambda: outside, local_addr=self._at)

    async def close(self) -> None:
        """Stop listening and say good-bye to all; safe to call twice."""
        for address in tuple(self._peers):
            self._drop(address)
        if self._socket is not None:
            self._socket.close()
        await asyncio.sleep(0)

    def _take(self, data: bytes, address: _Address) -> None:
        if address not in self._peers:
            self._peers[address] = _Peer(self, SSL.Connection(self._context), address)
        peer = self._peers[address]
        peer.take(data)
        if peer.is_over:
            self._drop(address)

    def _drop(self, address: _Address) -> None:
        self._peers.pop(address).close()

    def put(self, data: bytes, address: _Address) -> None:
        """Put a datagram on the wire."""
        if self._socket is not None and not self._socket.is_closing():
            self._socket.sendto(data, address)


class _Peer:
    """One client: its session, and a socket of its own to the CoAP door."""

    def __init__(self, outer: DtlsDoor, tls: SSL.Connection, address: _Address) -> None:
        self._outer, self._tls, self._address = outer, tls, address
        self._loop = asyncio.get_running_loop()
        self._greeted = self.is_over = False
        self._timer: asyncio.TimerHandle | None = None
        self._inside: asyncio.DatagramTransport | None = None
        self._opening: asyncio.Task[None] | None = None
        self._early: list[bytes] = []
        tls.set_accept_state()
        tls.set_ciphertext_mtu(_MTU_BYTES)

    def take(self, data: bytes) -> None:
        """Take a datagram of the client's."""
        if not data:
            return
        self._tls.bio_write(data)
        try:
            if not self._greeted:
                self._tls.do_handshake()
                self._greeted = True
                self._outer.handshakes += 1
                self._opening = self._loop.create_task(self._open(self._who()))
            while True:
                self._forward(self._tls.recv(_AT_ONCE))
        except SSL.WantReadError:
            pass
        except SSL.Error:
            self.is_over = True
        self._flush()

    def close(self) -> None:
        """Say good-bye."""
        with suppress(SSL.Error):
            self._tls.shutdown()
        self._flush()
        if self._timer is not None:
            self._timer.cancel()
        if self._opening is not None:
            self._opening.cancel()
        if self._inside is not None:
            self._outer.door.known.pop(self._inside.get_extra_info("sockname")[:2], None)
            self._inside.close()

    async def _open(self, device: Device | None) -> None:
        host, port = self._outer.door.address.rsplit(":", 1)
        inside = _Outside(lambda data, _: self._back(data))
        self._inside, _ = await self._loop.create_datagram_endpoint(
            lambda: inside, remote_addr=(host.strip("[]"), int(port))
        )
        self._outer.door.known[self._inside.get_extra_info("sockname")[:2]] = device
        for each in self._early:
            self._inside.sendto(each)

    def _who(self) -> Device | None:
        own = self._tls.get_peer_certificate(as_cryptography=True)
        chain = self._tls.get_peer_cert_chain(as_cryptography=True) or []
        for each in (own, *chain) if own is not None else ():
            pem = each.public_bytes(Encoding.PEM).decode()
            if device := self._outer.door.account.by_certificate(pem):
                return device
        return None

    def _forward(self, data: bytes) -> None:
        if self._inside is None:
            self._early.append(data)
        else:
            self._inside.sendto(data)

    def _back(self, data: bytes) -> None:
        with suppress(SSL.Error):
            self._tls.send(data)
        self._flush()

    def _flush(self) -> None:
        try:
            said = self._tls.bio_read(_AT_ONCE)
        except SSL.WantReadError:
            said = b""
        while said:
            end = _HEAD_BYTES + int.from_bytes(said[_HEAD_BYTES - 2 : _HEAD_BYTES], "big")
            self._outer.put(said[:end], self._address)
            said = said[end:]
        if self._timer is not None:
            self._timer.cancel()
        left_s = self._tls.DTLSv1_get_timeout()
        if left_s is not None and not self._greeted:
            self._timer = self._loop.call_later(left_s, self._again)

    def _again(self) -> None:
        with suppress(SSL.Error):
            self._tls.DTLSv1_handle_timeout()
        self._flush()


class _Outside(asyncio.DatagramProtocol):
    """Hands datagrams on."""

    def __init__(self, take: Any) -> None:
        self._take = take

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._take(data, cast("_Address", tuple(addr[:2])))


def _context(chain: tuple[x509.Certificate, ...], key: EllipticCurvePrivateKey) -> SSL.Context:
    context = SSL.Context(SSL.DTLS_SERVER_METHOD)
    context.set_min_proto_version(_DTLS_1_2)
    context.set_options(SSL.OP_NO_QUERY_MTU | (SSL.OP_COOKIE_EXCHANGE or 0))
    cookie = secrets.token_bytes(16)
    context.set_cookie_generate_callback(lambda _: cookie)
    context.set_cookie_verify_callback(lambda _, shown: shown == cookie)
    context.set_verify(SSL.VERIFY_PEER, lambda _, __, error, *___: error not in _NOT_VALID_TODAY)
    context.use_certificate(chain[0])
    context.use_privatekey(key)
    for each in chain[1:]:
        context.add_extra_chain_cert(each)
    return context
