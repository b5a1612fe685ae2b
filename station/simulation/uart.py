"""A link as slow as a serial line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from station.links import Link

BITS_A_BYTE = 10  # a start bit, eight of data, a stop bit
PACKET_BYTES = 64  # what a full-speed USB bridge hands on at a time


def wire_s(byte_count: int, baud: int | None) -> float:
    """Return the seconds that so many bytes take at `baud`; None is a wire without delay."""
    return byte_count * BITS_A_BYTE / baud if baud else 0.0


def schedule(data: bytes, baud: int) -> Iterator[tuple[float, bytes]]:
    """Yield the packets of `data`, each with the seconds after which its last byte is through."""
    for start in range(0, len(data), PACKET_BYTES):
        packet = data[start : start + PACKET_BYTES]
        yield wire_s(start + len(packet), baud), packet


class Uart:
    """A link whose bytes take their time at `baud` in each direction; None is a wire without delay.

    Delays are reckoned from the first byte of a message, so that they do not add up errors.
    """

    def __init__(self, link: Link, baud: int | None) -> None:
        self._link = link
        self._baud = baud
        self._sent_at = 0.0
        self._heard_at = 0.0

    async def send(self, data: bytes) -> None:
        """Send `data`; returns when the last byte has left."""
        if self._baud is None:
            await self._link.send(data)
            return
        begun = max(self._sent_at, asyncio.get_running_loop().time())
        for after_s, packet in schedule(data, self._baud):
            self._sent_at = begun + after_s
            await _sleep_until(self._sent_at)
            await self._link.send(packet)

    async def receive(self) -> bytes:
        """Return the next bytes once they have all come over the wire."""
        data = await self._link.receive()
        if self._baud is not None:
            begun = max(self._heard_at, asyncio.get_running_loop().time())
            self._heard_at = begun + wire_s(len(data), self._baud)
            await _sleep_until(self._heard_at)
        return data

    async def close(self) -> None:
        """Let go of the link."""
        await self._link.close()


async def _sleep_until(when_s: float) -> None:
    await asyncio.sleep(max(0.0, when_s - asyncio.get_running_loop().time()))
