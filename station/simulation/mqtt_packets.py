"""MQTT packets as a server reads and writes them: 3.1 (level 3), 3.1.1 (level 4) and 5 (level 5)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

V5 = 5
_LEVELS = {("MQIsdp", 3), ("MQTT", 4), ("MQTT", V5)}

_HAS_USER, _HAS_PASSWORD, _HAS_WILL, _CLEAN = 0x80, 0x40, 0x04, 0x02
_LENGTH_BYTES = 4


class _Kind(IntEnum):
    CONNECT = 1
    CONNACK = 2
    PUBLISH = 3
    PUBACK = 4
    PUBREC = 5
    PUBREL = 6
    PUBCOMP = 7
    SUBSCRIBE = 8
    SUBACK = 9
    UNSUBSCRIBE = 10
    UNSUBACK = 11
    PINGREQ = 12
    PINGRESP = 13
    DISCONNECT = 14


class MalformedPacket(ValueError):
    """The bytes are no packet of this protocol, or it is longer than is taken."""


@dataclass(frozen=True, slots=True)
class Connect:
    """`username` and `password` are None when the packet has none, which is not the same as empty."""

    level: int
    client_id: str
    username: str | None = field(repr=False)
    password: str | None = field(repr=False)
    clean: bool


@dataclass(frozen=True, slots=True)
class Publish:
    """`packet_id` is 0 at QoS 0."""

    topic: str
    payload: bytes = field(repr=False)
    qos: int
    packet_id: int


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Each filter has the QoS that is asked for."""

    packet_id: int
    filters: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Filters that are given up."""

    packet_id: int
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ping:
    """The client asks whether anybody is there."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """The client leaves."""


@dataclass(frozen=True, slots=True)
class Other:
    """A packet that needs no answer here: an acknowledgement, or a part of QoS 2."""

    kind: int


Packet = Connect | Publish | Subscribe | Unsubscribe | Ping | Disconnect | Other


def take(buffer: bytearray, level: int, longest: int) -> Packet | None:
    """Take one packet off the front of `buffer`; None while it is not whole.

    `level` is the protocol level of the session, `longest` the greatest length in bytes after the
    packet's first two to five.

    Raises:
        MalformedPacket: no client may send this.

    """
    found = _length(buffer)
    if found is None:
        return None
    start, length = found
    if length > longest:
        raise MalformedPacket(f"{length} bytes where {longest} are taken")
    if len(buffer) < start + length:
        return None
    first, body = buffer[0], _Reader(bytes(buffer[start : start + length]))
    del buffer[: start + length]
    return _packet(first >> 4, first & 0x0F, body, level)


def connack(level: int, code: int, *, session_present: bool) -> bytes:
    """Return the answer to Connect: `code` is 0 when the client is let in."""
    return _whole(_Kind.CONNACK << 4, bytes([session_present, code]) + _no_properties(level))


def publish(level: int, topic: str, payload: bytes, qos: int, packet_id: int) -> bytes:
    """Return a message to the client; `packet_id` is left out at QoS 0."""
    number = struct.pack(">H", packet_id) if qos else b""
    return _whole(
        _Kind.PUBLISH << 4 | qos << 1, _text(topic) + number + _no_properties(level) + payload
    )


def puback(level: int, packet_id: int, reason: int = 0) -> bytes:
    """Return the answer to Publish at QoS 1; `reason` is told to clients of level 5 only."""
    tail = bytes([reason]) if reason and level == V5 else b""
    return _whole(_Kind.PUBACK << 4, struct.pack(">H", packet_id) + tail)


def suback(level: int, packet_id: int, codes: Sequence[int]) -> bytes:
    """Return the answer to Subscribe: for each filter the QoS granted, or why not."""
    return _whole(
        _Kind.SUBACK << 4, struct.pack(">H", packet_id) + _no_properties(level) + bytes(codes)
    )


def unsuback(level: int, packet_id: int, count: int) -> bytes:
    """Return the answer to Unsubscribe for so many filters."""
    codes = bytes([0, *bytes(count)]) if level == V5 else b""
    return _whole(_Kind.UNSUBACK << 4, struct.pack(">H", packet_id) + codes)


def pong() -> bytes:
    """Return the answer to Ping."""
    return _whole(_Kind.PINGRESP << 4, b"")


class _Reader:
    """What is left of a packet."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def some(self, count: int) -> bytes:
        if len(self._body) < count:
            raise MalformedPacket("a packet ends too early")
        taken, self._body = self._body[:count], self._body[count:]
        return taken

    def byte(self) -> int:
        return self.some(1)[0]

    def number(self) -> int:
        return int.from_bytes(self.some(2), "big")

    def octets(self) -> bytes:
        return self.some(self.number())

    def text(self) -> str:
        try:
            return self.octets().decode()
        except UnicodeDecodeError as error:
            raise MalformedPacket("a name is not UTF-8") from error

    def pass_properties(self, level: int) -> None:
        """Level 5 has them in most packets; nothing here depends on any."""
        if level == V5:
            found = _length(b"\0" + self._body)
            if found is None:
                raise MalformedPacket("a packet ends within its properties")
            start, length = found
            self.some(start - 1 + length)

    def rest(self) -> bytes:
        return self.some(len(self._body))

    @property
    def more(self) -> bool:
        return bool(self._body)


def _length(buffer: bytes | bytearray) -> tuple[int, int] | None:
    """Return where the packet's body starts and how long it is; None while that is not known."""
    length = 0
    for at, byte in enumerate(buffer[1 : 1 + _LENGTH_BYTES]):
        length |= (byte & 0x7F) << 7 * at
        if not byte & 0x80:
            return at + 2, length
    if len(buffer) > _LENGTH_BYTES:
        raise MalformedPacket("a length has more than four bytes")
    return None


def _packet(kind: int, flags: int, body: _Reader, level: int) -> Packet:
    match kind:
        case _Kind.CONNECT:
            return _connect(body)
        case _Kind.PUBLISH:
            return _published(flags, body, level)
        case _Kind.SUBSCRIBE:
            return _subscribe(flags, body, level)
        case _Kind.UNSUBSCRIBE:
            return _unsubscribe(flags, body, level)
        case _Kind.PINGREQ:
            return Ping()
        case _Kind.DISCONNECT:
            return Disconnect()
        case _Kind.PUBACK | _Kind.PUBREC | _Kind.PUBREL | _Kind.PUBCOMP:
            return Other(kind)
        case _:
            raise MalformedPacket(f"a client does not send packets of type {kind}")


def _connect(body: _Reader) -> Connect:
    name, level = body.text(), body.byte()
    if (name, level) not in _LEVELS:
        raise MalformedPacket(f"no protocol {name!r} of level {level}")
    flags = body.byte()
    body.number()  # keep-alive: the idle are not looked for here
    body.pass_properties(level)
    client_id = body.text()
    if flags & _HAS_WILL:
        body.pass_properties(level)
        body.text()
        body.octets()
    username = body.text() if flags & _HAS_USER else None
    password = body.octets().decode(errors="replace") if flags & _HAS_PASSWORD else None
    return Connect(level, client_id, username, password, bool(flags & _CLEAN))


def _published(flags: int, body: _Reader, level: int) -> Publish:
    qos = flags >> 1 & 3
    if qos == 3:
        raise MalformedPacket("there is no QoS 3")
    topic = body.text()
    packet_id = body.number() if qos else 0
    body.pass_properties(level)
    return Publish(topic, body.rest(), qos, packet_id)


def _subscribe(flags: int, body: _Reader, level: int) -> Subscribe:
    packet_id = _begin_filters(flags, body, level)
    filters = []
    while body.more:
        topic, options = body.text(), body.byte()
        filters.append((topic, options & 3))
    return Subscribe(packet_id, tuple(filters))


def _unsubscribe(flags: int, body: _Reader, level: int) -> Unsubscribe:
    packet_id = _begin_filters(flags, body, level)
    filters = []
    while body.more:
        filters.append(body.text())
    return Unsubscribe(packet_id, tuple(filters))


def _begin_filters(flags: int, body: _Reader, level: int) -> int:
    if flags != 0b0010:
        raise MalformedPacket("a packet's reserved flags are wrong")
    packet_id = body.number()
    body.pass_properties(level)
    return packet_id


def _whole(first: int, body: bytes) -> bytes:
    length, head = len(body), bytearray([first])
    while True:
        length, part = divmod(length, 128)
        head.append(part | (0x80 if length else 0))
        if not length:
            return bytes(head) + body


def _text(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack(">H", len(encoded)) + encoded


def _no_properties(level: int) -> bytes:
    return b"\0" if level == V5 else b""
