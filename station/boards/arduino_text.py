"""Small sketches that speak in plain text: one tells a LoRaWAN address, one drops the network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from station.faults import HardwareBroken, NotErased, SketchMissing
from station.links import Link
from station.wire import arduino_text
from station.wire.arduino_text import Deletion
from station.wire.lines import Lines


@dataclass(frozen=True, slots=True)
class TextPatience:
    """How long a sentence is waited for, in seconds; a DevEUI is told every 3 s."""

    dev_eui_within_s: float = 15.0
    question_within_s: float = 5.0
    verdict_within_s: float = 15.0


class TextSketch:
    """A `TellsDevEui` and a `DropsNetwork`: which of the two, the sketch decides."""

    def __init__(self, link: Link, patience: TextPatience) -> None:
        self._link = link
        self._patience = patience

    async def dev_eui(self) -> str:
        """As `TellsDevEui.dev_eui`."""
        within_s = self._patience.dev_eui_within_s
        try:
            async with asyncio.timeout(within_s):
                async for line in self._lines():
                    if told := arduino_text.dev_eui(line):
                        return told
                    if arduino_text.lora_failed(line):
                        raise HardwareBroken("the LoRaWAN module did not start")
        except TimeoutError:
            pass
        raise SketchMissing(f"no DevEUI in {within_s:g} s")

    async def drop_network(self) -> None:
        """As `DropsNetwork.drop_network`."""
        said = await self._said(self._patience.question_within_s)
        if said in {None, Deletion.ASKS}:
            # A bridge may have lost a question that was put before the port was open.
            await self._link.send(arduino_text.YES)
            said = await self._said(self._patience.verdict_within_s, but=Deletion.ASKS)
        if said is None:
            raise SketchMissing("it neither asks nor says that the network is dropped")
        if said is not Deletion.DONE:
            raise NotErased(f"the sketch says: {said}")

    async def _said(self, within_s: float, but: Deletion | None = None) -> Deletion | None:
        text = b""
        try:
            async with asyncio.timeout(within_s):
                while (said := arduino_text.deletion(text.decode(errors="replace"))) in {None, but}:
                    text += await self._link.receive()
        except TimeoutError:
            return None
        return said

    async def _lines(self) -> AsyncIterator[str]:
        lines = Lines()
        while True:
            for line in lines.feed(await self._link.receive()):
                yield line.text
