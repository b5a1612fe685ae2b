"""CoAP to a cloud: time limits on everything, and every way to fail is named.

The one place that knows aiocoap, and where its exceptions become faults. Nothing of a request is
kept in a fault. What a reply's code means is told by who asked.

Every exchange has a socket of its own. On a shared one aiocoap keeps to one request at a time
(NSTART of RFC 7252, 4.7), so that a lost datagram of one unit would hold up all others, and two
long bodies on their way to one path would be taken for one (RFC 7959, 2.5). It needs of asyncio only
connected datagram sockets, which every loop has: aiocoap's own "udp6" wants Linux, and its "simple6"
tries the first of a host's addresses only.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiocoap import Context, Message, error
from aiocoap.interfaces import EndpointAddress, MessageInterface
from aiocoap.messagemanager import MessageManager
from aiocoap.numbers import TransportTuning, codes
from aiocoap.tokenmanager import TokenManager

from station.clouds import udp
from station.clouds.udp import Dial, Wire
from station.faults import CloudFault, CloudNonsense, CloudUnreachable, RecipeWrong, ReplyLost

# what aiocoap logs of requests may have their path, and a device's token is a part of that
_LOG = "station.coap"
logging.getLogger(_LOG).setLevel(logging.CRITICAL + 1)

# aiocoap's own exceptions, and those of its that a reply makes it trip over (found by random ones)
_STUMBLES = (
    error.Error,
    asyncio.InvalidStateError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)

JSON = 50
PORTS = {"coap": 5683, "coaps": 5684}


@dataclass(frozen=True, slots=True)
class CoapReply:
    """A reply's code, such as "2.05", and its body."""

    code: str
    body: bytes = field(repr=False)


class CoapCaller:
    """Calls one server, `at_once` exchanges at a time; each may take `within_s` seconds in all.

    Raises:
        RecipeWrong: this is no address.

    """

    def __init__(self, address: str, within_s: float, at_once: int) -> None:
        try:
            parts = urlsplit(address)
            self.host, port = parts.hostname or "", parts.port
        except ValueError:
            raise RecipeWrong("coap_address: this is no host and port") from None
        self._port = port or PORTS[parts.scheme]
        self._within_s = within_s
        self._turns = asyncio.Semaphore(at_once)
        self._open: set[Context] = set()

    async def get(self, *path: str, dial: Dial = udp.dial) -> CoapReply:
        """Ask for what is at a path; errors as for `post`."""
        return await self._ask(Message(code=codes.GET, uri_path=path), dial)

    async def post(self, *path: str, body: bytes, dial: Dial = udp.dial) -> CoapReply:
        """Send JSON to a path, block by block when it is long; so may be the reply.

        A message that gets lost is sent again as it was, and the server knows it for a copy.

        Raises:
            CloudUnreachable: the request has not left; also what `dial` raises.
            ReplyLost, CloudNonsense: it may have been acted on.

        """
        asked = Message(code=codes.POST, uri_path=path, payload=body, content_format=JSON)
        return await self._ask(asked, dial)

    async def close(self) -> None:
        """Let go of all sockets; safe to call twice. What is waited for is a lost reply."""
        for context in tuple(self._open):
            await self._shut(context)

    async def _ask(self, asked: Any, dial: Dial) -> CoapReply:
        if not _is_number(self.host):
            asked.opt.uri_host = self.host
        asked.transport_tuning = _Tuning(self._within_s)
        async with self._turns:
            peer = _Peer()
            try:
                async with asyncio.timeout(self._within_s):
                    return await self._at_any_address(asked, peer, dial)
            except TimeoutError:
                raise peer.no_answer(f"within {self._within_s:g} s") from None

    async def _at_any_address(self, asked: Any, peer: _Peer, dial: Dial) -> CoapReply:
        """Ask at one address after the other, until at one of them somebody listens."""
        why = ""
        for address in await udp.addresses(self.host, self._port):
            peer.reason = None
            try:
                peer.wire = await dial(address, peer)
            except OSError as exc:
                why = type(exc).__name__
                continue
            reply = await self._exchange(asked.copy(), peer)
            if reply is not None:
                return reply
            why = type(peer.reason).__name__
        raise CloudUnreachable(why)

    async def _exchange(self, asked: Any, peer: _Peer) -> CoapReply | None:
        """Return the reply, None when it is certain that nobody listens."""
        context = _context(peer)
        self._open.add(context)
        asked.remote = peer
        try:
            reply = await context.request(asked).response
        except _STUMBLES as exc:
            if peer.reason is not None and not peer.repeated:
                return None
            raise _fault_of(exc) from None  # the chain would hold the request and its path
        finally:
            await self._shut(context)
        return CoapReply(reply.code.dotted, reply.payload)

    async def _shut(self, context: Context) -> None:
        if context in self._open:  # a context can't be shut down twice
            self._open.discard(context)
            await context.shutdown()


class _Tuning(TransportTuning):  # type: ignore[misc]  # aiocoap is not typed
    """As RFC 7252, 4.8 has it, but so that a message can be lost twice in a short time limit."""

    def __init__(self, within_s: float) -> None:
        self.ACK_TIMEOUT = min(TransportTuning.ACK_TIMEOUT, within_s / 8)


class _Peer(EndpointAddress):  # type: ignore[misc]
    """The server at the other end of a wire, as aiocoap wants to see it.

    `reason` is why a datagram did not arrive. `repeated`: a message has been sent twice, so that
    its first copy may have been acted on all the same.
    """

    is_multicast = is_multicast_locally = False
    scheme = "coap"
    hostinfo = hostinfo_local = uri_base = uri_base_local = blockwise_key = ""  # nobody asks

    def __init__(self) -> None:
        self.manager: Any = None
        self.wire: Wire | None = None
        self.reason: OSError | None = None
        self.repeated = False
        self._sent: set[int] = set()

    def send(self, message: Any) -> None:
        """Send a message of aiocoap's."""
        if self.wire is None:
            return
        self.repeated = self.repeated or message.mid in self._sent
        self._sent.add(message.mid)
        self.wire.send(message.encode())

    def heard(self, datagram: bytes) -> None:
        """As `Ear.heard`; what is no CoAP is passed over (RFC 7252, 4.3)."""
        if not datagram or len(datagram) < 4 + (datagram[0] & 0x0F):
            return  # aiocoap takes a token that is cut off for a short one
        with suppress(*_STUMBLES):
            self.manager.dispatch_message(Message.decode(datagram, remote=self))

    def failed(self, reason: OSError) -> None:
        """As `Ear.failed`."""
        self.reason = reason
        if self.manager is not None:
            self.manager.dispatch_error(reason, self)

    def ended(self) -> None:
        """As `Ear.ended`."""
        if self.manager is not None:
            self.manager.dispatch_error(error.RemoteServerShutdown(), self)

    def no_answer(self, detail: str) -> CloudFault:
        """Return the fault for an answer that has not come."""
        return ReplyLost(detail) if self._sent else CloudUnreachable(detail)


class _ToOnePeer(MessageInterface):  # type: ignore[misc]
    """The lower end of aiocoap's stack: all messages go to one peer."""

    def __init__(self, peer: _Peer) -> None:
        self._peer = peer

    def send(self, message: Any) -> None:
        self._peer.send(message)

    async def recognize_remote(self, remote: object) -> bool:
        return remote is self._peer

    async def determine_remote(self, message: Any) -> _Peer:
        return self._peer

    async def shutdown(self) -> None:
        wire, self._peer.wire = self._peer.wire, None
        if wire is not None:
            await wire.close()


def _context(peer: _Peer) -> Context:
    """Return a context whose only transport is the wire to `peer`; as aiocoap builds its own."""
    context = Context(asyncio.get_running_loop(), loggername=_LOG)
    tokens = TokenManager(context)
    messages = tokens.token_interface = MessageManager(tokens)
    messages.message_interface = _ToOnePeer(peer)
    context.request_interfaces.append(tokens)
    peer.manager = messages
    return context


def _fault_of(exc: Exception) -> CloudFault:
    """Name what aiocoap said of a request that has left."""
    what = type(exc).__name__
    if isinstance(exc, error.MessageError):  # RST: whoever it is does not take requests
        return CloudNonsense(what)
    if isinstance(exc, error.NetworkError | error.LibraryShutdown):
        return ReplyLost(what)
    return CloudNonsense(what)


def _is_number(host: str) -> bool:
    """Tell an address from a name: only a name goes into the request (RFC 7252, 6.4)."""
    return ":" in host or host.replace(".", "").isdigit()
