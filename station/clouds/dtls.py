"""DTLS 1.2 to a server: who it is is verified as by TLS elsewhere, and a device may say who it is.

The one place that knows pyOpenSSL, which the extra "coaps" installs: Python's ssl has no DTLS, and
aiocoap's own ("tinydtls") knows shared keys only, where ThingsBoard has certificates.
"""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from contextlib import suppress
from functools import partial

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from OpenSSL import SSL, crypto

from station.clouds import udp
from station.clouds.udp import Address, Ear, Wire
from station.faults import CloudFault, CloudUnreachable, CloudUntrusted, LoginRefused

_DTLS_1_2 = 0xFEFD
_MTU_BYTES = 1232
"""What fits every way: 1280 bytes of IPv6 (RFC 8200, 5) without its head and that of UDP."""

_HEAD_BYTES = 13
_AT_ONCE = 65536
_ABOUT_US = ("certificate", "unknown ca", "access denied")
"""What a server's alert says when it does not want the certificate that it was shown."""


class Dtls:
    """Opens ways to one host that `trust` trusts."""

    def __init__(self, trust: ssl.SSLContext, host: str) -> None:
        self._host = host
        # not by way of cryptography: it refuses some that OpenSSL and this computer accept
        self._authorities = [
            crypto.load_certificate(crypto.FILETYPE_ASN1, each)
            for each in trust.get_ca_certs(binary_form=True)
        ]
        self._nobody = self._context()

    async def dial(self, address: Address, ear: Ear) -> Wire:
        """Open a way as nobody in particular; as `Dial`.

        Raises:
            OSError: there is no way there.
            CloudUntrusted: the server is not the one that it should be.
            CloudUnreachable: it speaks another DTLS.

        """
        return await self._dial(self._nobody, address, ear, is_device=False)

    def showing(self, certificate: str, private_key: str) -> udp.Dial:
        """Return a `dial` that shows a certificate, PEM: the device's own, then its issuers'.

        The way may raise LoginRefused: the server does not want it.

        Raises:
            LoginRefused: they are no PEM, or do not belong together.

        """
        context = self._context()
        try:
            own, *issuers = x509.load_pem_x509_certificates(certificate.encode())
            key = load_pem_private_key(private_key.encode(), None)
            context.use_certificate(own)
            context.use_privatekey(key)  # type: ignore[arg-type]  # others are refused below
            context.check_privatekey()
        except (ValueError, TypeError, UnsupportedAlgorithm, SSL.Error):
            raise LoginRefused("its certificate and its key do not belong together") from None
        for each in issuers:
            context.add_extra_chain_cert(each)
        return partial(self._dial, context, is_device=True)

    def _context(self) -> SSL.Context:
        context = SSL.Context(SSL.DTLS_CLIENT_METHOD)
        context.set_min_proto_version(_DTLS_1_2)
        context.set_options(SSL.OP_NO_QUERY_MTU)  # in memory there is nothing to ask
        context.set_verify(SSL.VERIFY_PEER)
        if store := context.get_cert_store():
            for each in self._authorities:
                store.add_cert(each)
        return context

    async def _dial(
        self, context: SSL.Context, address: Address, ear: Ear, *, is_device: bool
    ) -> Wire:
        tls = SSL.Connection(context)
        tls.set_connect_state()
        tls.set_ciphertext_mtu(_MTU_BYTES)
        if _as_number(self._host) is None:
            tls.set_tlsext_host_name(self._host.encode("idna"))
        tunnel = _Tunnel(tls, ear)
        tunnel.wire = await udp.dial(address, tunnel)
        try:
            await tunnel.greet()
            self._look_who_it_is(tls)
        except SSL.Error as exc:
            await tunnel.close()
            raise _fault_of(exc, is_device=is_device) from None
        except BaseException:
            await tunnel.close()
            raise
        return tunnel

    def _look_who_it_is(self, tls: SSL.Connection) -> None:
        shown = tls.get_peer_certificate(as_cryptography=True)
        if shown is None or not _is_for(shown, self._host):
            raise CloudUntrusted("the certificate is for another host")


class _Tunnel:
    """A wire within a wire: plain datagrams at this end, DTLS at the other."""

    def __init__(self, tls: SSL.Connection, ear: Ear) -> None:
        self._tls, self._ear = tls, ear
        self._loop = asyncio.get_running_loop()
        self._greeted: asyncio.Future[None] = self._loop.create_future()
        self._timer: asyncio.TimerHandle | None = None
        self.wire: Wire

    async def greet(self) -> None:
        """Shake hands; lost datagrams are sent again.

        Raises:
            SSL.Error: the other side does not want to, or we do not.
            OSError: nobody listens.

        """
        self._step()
        await self._greeted

    def heard(self, datagram: bytes) -> None:
        """As `Ear.heard`."""
        if datagram:
            self._tls.bio_write(datagram)
            self._step()

    def failed(self, reason: OSError) -> None:
        """As `Ear.failed`."""
        if not self._greeted.done():
            self._greeted.set_exception(reason)
        elif not self._greeted.cancelled():
            self._ear.failed(reason)

    def ended(self) -> None:
        """As `Ear.ended`; a plain wire has no end of its own."""

    def send(self, datagram: bytes) -> None:
        """As `Wire.send`."""
        with suppress(SSL.Error):  # the server has hung up, and the ear knows
            self._tls.send(datagram)
        self._flush()

    async def close(self) -> None:
        """As `Wire.close`; the server is told."""
        with suppress(SSL.Error):  # hands were not shaken, or it is gone
            self._tls.shutdown()
        self._flush()
        if self._timer is not None:
            self._timer.cancel()
        await self.wire.close()

    def _step(self) -> None:
        """Let OpenSSL go on with what has come."""
        try:
            if not self._greeted.done():
                self._tls.do_handshake()
                self._greeted.set_result(None)
            while True:
                self._ear.heard(self._tls.recv(_AT_ONCE))
        except SSL.WantReadError:
            pass
        except SSL.Error as exc:  # also ZeroReturnError: it has said good-bye
            if self._greeted.done():
                self._ear.ended()
            else:
                self._greeted.set_exception(exc)
        self._flush()

    def _flush(self) -> None:
        """Put on the wire what OpenSSL has to say, each record in a datagram of its own."""
        try:
            said = self._tls.bio_read(_AT_ONCE)
        except SSL.WantReadError:
            said = b""
        while said:
            end = _HEAD_BYTES + int.from_bytes(said[_HEAD_BYTES - 2 : _HEAD_BYTES], "big")
            self.wire.send(said[:end])
            said = said[end:]
        self._set_timer()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        left_s = self._tls.DTLSv1_get_timeout()
        if left_s is not None and not self._greeted.done():
            self._timer = self._loop.call_later(left_s, self._again)

    def _again(self) -> None:
        """Send once more what was perhaps lost."""
        try:
            self._tls.DTLSv1_handle_timeout()
        except SSL.Error as exc:  # it has been sent often enough
            if not self._greeted.done():
                self._greeted.set_exception(exc)
        self._flush()


def _fault_of(exc: SSL.Error, *, is_device: bool) -> CloudFault:
    """Name why hands were not shaken; nothing has left that could have been acted on."""
    told = _words(exc)
    if "certificate verify failed" in told:
        return CloudUntrusted(told)
    if is_device and "alert" in told and any(word in told for word in _ABOUT_US):
        return LoginRefused(told)
    return CloudUnreachable(f"DTLS: {told}")


def _words(exc: SSL.Error) -> str:
    """Return OpenSSL's reasons; it has a list of them, or none."""
    reasons = exc.args[0] if exc.args and isinstance(exc.args[0], list) else ()
    return "; ".join(dict.fromkeys(str(each[-1]) for each in reasons)) or "no handshake"


def _is_for(certificate: x509.Certificate, host: str) -> bool:
    """Tell whether a certificate names a host (RFC 9525, 6); its common name is no such name."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    number = _as_number(host)
    if number is not None:
        return number in names.get_values_for_type(x509.IPAddress)
    sought = host.encode("idna").decode().lower().rstrip(".")
    _, _, parent = sought.partition(".")
    found = {each.lower() for each in names.get_values_for_type(x509.DNSName)}
    return sought in found or ("." in parent and f"*.{parent}" in found)


def _as_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
