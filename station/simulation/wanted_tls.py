"""TLS whose server wants a client's certificate, and leaves the judgement of it to whoever asks.

OpenSSL ends the handshake over a client certificate that no authority of its own stands for. A
server that accepts any and looks at it later, as ThingsBoard does, is had here so: the client's
Certificate message is read as it passes by (up to TLS 1.2 it is not encrypted), and what it holds is
made this one connection's trust anchors before OpenSSL sees it. The proof that the client has the key
is OpenSSL's.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable

_CHANGE_CIPHER, _HANDSHAKE = 20, 22
_KINDS = range(20, 24)
_CERTIFICATE = 11
_CERTIFICATE_UNKNOWN = bytes.fromhex("1503030002022e")  # a fatal alert, not yet encrypted
_RECORD_HEAD, _MESSAGE_HEAD = 5, 4
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL
_AT_ONCE = 65536

Judge = Callable[[tuple[bytes, ...]], bool]


def want_certificates(context: ssl.SSLContext) -> None:
    """Have servers of `context` ask for a certificate, and take none amiss."""
    context.verify_mode = ssl.CERT_OPTIONAL
    context.verify_flags = ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VerifyFlags(_NO_CHECK_TIME)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_TICKET  # a session taken up again shows no chain


class WantedTls:
    """The server's end of one connection.

    `judge` is given the client's chain, DER, leaf first, while the handshake waits; False ends it.
    """

    def __init__(self, context: ssl.SSLContext, judge: Judge) -> None:
        self._judge = judge
        self._from_wire, self._to_wire = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._from_wire, self._to_wire, server_side=True)
        self._records = bytearray()
        self._messages = bytearray()
        self._in_clear = True
        self._greeted = False

    @property
    def leaf(self) -> bytes | None:
        """The certificate, DER, whose key the client has shown to have."""
        return self._tls.getpeercert(binary_form=True) if self._greeted else None

    def receive(self, data: bytes) -> bytes:
        """Return what `data` brought for the application.

        Raises:
            ssl.SSLError: the connection is at its end; `outgoing` may have the reason.

        """
        self._overhear(data)
        try:
            if not self._greeted:
                self._tls.do_handshake()
                self._greeted = True
            return self._plain()
        except ssl.SSLWantReadError:
            return b""

    def send(self, plain: bytes) -> None:
        """Encrypt `plain`; what comes of it is in `outgoing`."""
        self._tls.write(plain)

    def outgoing(self) -> bytes:
        """Return what is to be put on the wire now."""
        return self._to_wire.read()

    def _plain(self) -> bytes:
        got = bytearray()
        try:
            while part := self._tls.read(_AT_ONCE):
                got += part
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            if not got:
                raise
        return bytes(got)

    def _overhear(self, data: bytes) -> None:
        """Hand whole records on to OpenSSL, each looked into first as long as it is in clear."""
        if not self._in_clear:
            self._from_wire.write(data)
            return
        self._records += data
        while self._in_clear and len(self._records) >= _RECORD_HEAD:
            end = _RECORD_HEAD + int.from_bytes(self._records[3:_RECORD_HEAD], "big")
            if self._records[0] not in _KINDS:
                raise ssl.SSLError("this is no TLS")
            if len(self._records) < end:
                return
            kind, record = self._records[0], bytes(self._records[:end])
            del self._records[:end]
            if kind == _CHANGE_CIPHER:
                self._in_clear = False
            elif kind == _HANDSHAKE and self._in_clear:
                self._messages += record[_RECORD_HEAD:]
                self._look()
            self._from_wire.write(record)
        if not self._in_clear:
            self._from_wire.write(self._records)
            self._records.clear()

    def _look(self) -> None:
        while len(self._messages) >= _MESSAGE_HEAD:
            end = _MESSAGE_HEAD + int.from_bytes(self._messages[1:_MESSAGE_HEAD], "big")
            if len(self._messages) < end:
                return
            kind, body = self._messages[0], bytes(self._messages[_MESSAGE_HEAD:end])
            del self._messages[:end]
            if kind == _CERTIFICATE and (chain := _chain(body)):
                self._accept(chain)

    def _accept(self, chain: tuple[bytes, ...]) -> None:
        if not self._judge(chain):
            self._to_wire.write(_CERTIFICATE_UNKNOWN)
            raise ssl.SSLError("the client's chain was refused")
        anchors = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        anchors.load_verify_locations(cadata=b"".join(chain))
        # The server has signed by now and needs its key no more: only the anchors are looked at
        self._tls.context = anchors


def _chain(body: bytes) -> tuple[bytes, ...]:
    """Return the certificates of a Certificate message: each after its length in three bytes."""
    found, at = [], 3
    while at + 3 <= len(body):
        end = at + 3 + int.from_bytes(body[at : at + 3], "big")
        found.append(body[at + 3 : end])
        at = end
    return tuple(found)
