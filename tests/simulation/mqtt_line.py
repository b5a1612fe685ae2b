"""A client of MQTT that speaks in bytes, each packet put together by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from station.simulation.thingsboard_mqtt import MqttDoor

REQUEST, RESPONSE = b"/provision/request", b"/provision/response"
BODY = b'{"deviceName":"dev1","provisionDeviceKey":"K","provisionDeviceSecret":"S"}'
LEVELS = [3, 4, 5]


def short(text: bytes) -> bytes:
    return len(text).to_bytes(2, "big") + text


def whole(first: int, body: bytes) -> bytes:
    assert len(body) < 128 * 128
    size = (
        bytes([len(body)]) if len(body) < 128 else bytes([len(body) % 128 | 128, len(body) // 128])
    )
    return bytes([first]) + size + body


def connect(
    level: int, client: bytes = b"c", user: bytes | None = None, password: bytes | None = None,
    *, clean: bool = True,
) -> bytes:  # fmt: skip
    flags = (user is not None) << 7 | (password is not None) << 6 | clean << 1
    head = short(b"MQIsdp" if level == 3 else b"MQTT") + bytes([level, flags, 0, 60])
    tail = b"".join(short(part) for part in (client, user, password) if part is not None)
    return whole(0x10, head + none(level) + tail)


def none(level: int) -> bytes:
    """No properties."""
    return b"\0" if level == 5 else b""


def publish(level: int, topic: bytes, body: bytes, packet_id: int = 7, qos: int = 1) -> bytes:
    number = packet_id.to_bytes(2, "big") if qos else b""
    return whole(0x30 | qos << 1, short(topic) + number + none(level) + body)


def subscribe(level: int, *filters: tuple[bytes, int]) -> bytes:
    each = b"".join(short(topic) + bytes([qos]) for topic, qos in filters)
    return whole(0x82, b"\0\x09" + none(level) + each)


class Line:
    """A client that speaks in bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def say(self, packet: bytes) -> None:
        self._writer.write(packet)
        await self._writer.drain()

    async def hear(self) -> bytes:
        """One packet, b"" at the end."""
        first = await self._reader.read(1)
        if not first:
            return b""
        size = shift = 0
        while True:
            byte = (await self._reader.readexactly(1))[0]
            size |= (byte & 127) << shift
            shift += 7
            if not byte & 128:
                return whole(first[0], await self._reader.readexactly(size))

    async def rest(self) -> bytes:
        return await self._reader.read()

    async def ask(self, packet: bytes) -> bytes:
        await self.say(packet)
        return await self.hear()

    def close(self) -> None:
        self._writer.close()


@asynccontextmanager
async def line_to(door: MqttDoor) -> AsyncIterator[Line]:
    host, port = door.address.rsplit(":", 1)
    line = Line(*await asyncio.open_connection(host, int(port)))
    yield line
    line.close()


def accepted(level: int, present: int = 0) -> bytes:
    return whole(0x20, bytes([present, 0]) + none(level))


async def let_in(line: Line, level: int, user: bytes = b"provision") -> None:
    assert await line.ask(connect(level, user=user)) == accepted(level)


def refused(level: int, code: int) -> bytes:
    return whole(0x20, bytes([0, code]) + none(level))
