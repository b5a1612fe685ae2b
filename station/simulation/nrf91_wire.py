"""A simulated nRF91's side of its wire: pacing, and whatever is wrong with it."""

from __future__ import annotations

import asyncio

from station.faults import LinkLost
from station.links import Link
from station.simulation.nrf91_faults import Flaws, Timing, Unplugged
from station.simulation.uart import Uart


class PulledOut(LinkLost):
    """The board left by itself."""


class Wire:
    """What a console reads and writes. `heard` is set when the first byte has come."""

    def __init__(self, link: Link, timing: Timing, faults: frozenset[str], flaws: Flaws) -> None:
        self._uart = Uart(link, timing.baud)
        self._flaws = flaws
        self._silent = "silent" in faults
        self._deaf_s = timing.deaf_s if "deaf-first-second" in faults else 0.0
        self._deaf_until = 0.0
        self.heard = asyncio.Event()

    async def receive(self) -> bytes:
        """Return the next bytes that the board does not miss."""
        while True:
            data = await self._uart.receive()
            now = asyncio.get_running_loop().time()
            if not self.heard.is_set():
                self.heard.set()
                self._deaf_until = now + self._deaf_s
            if now >= self._deaf_until:
                return data

    async def write(self, data: bytes) -> None:
        """Send `data` as it is."""
        if data and not self._silent:
            await self._uart.send(data)

    async def answer(self, asked: str, data: bytes) -> None:
        """Send the answer `data` to the AT command `asked`, with what goes wrong on the way.

        Raises:
            PulledOut: this is where the board is unplugged.

        """
        for piece in self._flaws.pieces(asked, data):
            match piece:
                case bytes():
                    await self.write(piece)
                case float():
                    await asyncio.sleep(piece)
                case Unplugged():
                    await self._uart.close()
                    raise PulledOut("in the middle of an answer")
