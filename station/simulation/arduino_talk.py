"""What a board says to its host, and what goes wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from station.simulation.arduino_agents import Agent, SerialAgent
from station.simulation.arduino_cbor import Item, message
from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_frames import CONTROL, DATA, NACK, framed

STATUS, NETWORKS, UHWID, TOKEN = 0x12000, 0x12001, 0x12010, 0x12011
BLE_MAC, WIFI_FIRMWARE, SKETCH, LIBRARY, PUBLIC_KEY = 0x12013, 0x12014, 0x12015, 0x12016, 0x12017
"""Tags of what a board sends."""

_PAGE_LINES = 40


class Talk:
    """The board's half of a conversation with `agent`, or with nobody.

    What was sent is kept, and sent again whenever the host asks, until the host has sent a message
    or it is too old.
    """

    def __init__(
        self,
        serial: SerialAgent,
        timing: ArduinoTiming,
        faults: frozenset[str],
        pull_out: Callable[[], None],
    ) -> None:
        self.agent: Agent | None = None
        self._serial = serial
        self._timing = timing
        self._faults = faults
        self._pull_out = pull_out
        self._kept: list[tuple[float, bytes]] = []
        self._has_lost_a_byte = False

    async def say(self, tag: int, *fields: Item) -> None:
        """Send a message."""
        await self.log(f"sending message {tag:x}")
        await self._send(framed(DATA, message(tag, *fields)), tag)

    async def control(self, payload: bytes) -> None:
        """Send a control message."""
        await self._send(framed(CONTROL, payload))

    async def refuse(self) -> None:
        """Say that what came is no frame, and forget all that came meanwhile."""
        await self.log("packet: malformed")
        await self.control(NACK)
        if self.agent is not None:
            self.agent.flush()

    async def resend(self) -> None:
        """Send again all that is kept."""
        oldest = asyncio.get_running_loop().time() - self._timing.kept_s
        self._kept = [(at, frame) for at, frame in self._kept if at >= oldest]
        for _, frame in self._kept:
            await self._transmit(frame)

    def forget(self) -> None:
        """Keep nothing of what was sent: the host has answered."""
        self._kept.clear()

    async def log(self, text: str) -> None:
        """Write a line of debug text: always to the serial port, and never inside a frame."""
        if "silent" in self._faults:
            return
        now_ms = round(asyncio.get_running_loop().time() * 1000)
        line = f"[{now_ms}] {text}\r\n".encode()
        await self._serial.transmit(line * (_PAGE_LINES if "noisy" in self._faults else 1))

    async def _send(self, frame: bytes, tag: int = 0) -> None:
        if self.agent is None:
            return
        self._kept.append((asyncio.get_running_loop().time(), frame))
        half = len(frame) // 2
        if tag == TOKEN and "unplug-at-id" in self._faults:
            await self._transmit(frame[:half])
            self._pull_out()
        elif tag == PUBLIC_KEY and "lost-byte" in self._faults and not self._has_lost_a_byte:
            self._has_lost_a_byte = True
            await self._transmit(frame[:half] + frame[half + 1 :])
        else:
            await self._transmit(frame)

    async def _transmit(self, frame: bytes) -> None:
        if self.agent is not None and "silent" not in self._faults:
            await self.agent.transmit(frame)
