"""A scanner on a serial port: its codes, for as long as the station runs, whatever is pulled out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import aclosing
from typing import Any

from station.faults import LinkFault, RecipeWrong, ScannerGone, ScanSpoilt
from station.links import LineSettings, Link
from station.links.serial import open_serial
from station.model import Lamp, LampTurned, Refused, Scanned
from station.wire.codes import Codes, Spoilt

AGAIN_S = 1.0
"""How often a scanner that is not there is looked for."""

QUIET_S = 0.5
"""A line that has not gone on for so long has no end: at 300 baud a letter takes 33 ms."""

LAMP = "scanner"

Opener = Callable[[str, LineSettings], Awaitable[Link]]
Told = LampTurned | Refused

logger = logging.getLogger(__name__)


class SerialScanner:
    """The scanner on `port`, a device path or COM name that stays the same when it is replugged.

    `post` is told whether it is there, and of what it sent that is no code.
    """

    def __init__(
        self,
        port: str,
        line: LineSettings,
        encoding: str = "utf-8",
        post: Callable[[Told], None] = lambda _: None,
        *,
        opener: Opener = open_serial,
        again_s: float = AGAIN_S,
        quiet_s: float = QUIET_S,
    ) -> None:
        self._port = port
        self._line = line
        self._encoding = encoding
        self._post = post
        self._opener = opener
        self._again_s = again_s
        self._quiet_s = quiet_s
        self._lit: LampTurned | None = None

    async def texts(self) -> AsyncGenerator[str, None]:
        """Yield each code as it is scanned; never ends by itself, closing it closes the port.

        A code whose bytes came before and after the scanner was pulled out is none.
        """
        while True:
            try:
                link = await self._opener(self._port, self._line)
            except (LinkFault, RecipeWrong) as fault:
                self._tell_gone(fault.detail)
                await asyncio.sleep(self._again_s)
                continue
            self._turn(LampTurned(LAMP, Lamp.GOOD))
            codes = Codes(self._encoding)
            try:
                while True:
                    for text in await self._next(link, codes):
                        yield text
            except LinkFault as fault:
                self._tell_gone(fault.detail)
            finally:
                await link.close()
            await asyncio.sleep(self._again_s)

    async def _next(self, link: Link, codes: Codes) -> list[str]:
        try:
            async with asyncio.timeout(self._quiet_s if codes.holds else None):
                data = await link.receive()
        except TimeoutError:
            codes.forget()
            self._tell_spoilt("its end did not come: is the scanner set to send CR or LF?")
            return []
        texts: list[str] = []
        for code in codes.feed(data):
            if isinstance(code, Spoilt):
                self._tell_spoilt(code.value)
            else:
                texts.append(code)
        return texts

    def _tell_gone(self, why: str) -> None:
        self._turn(LampTurned(LAMP, Lamp.BAD, ScannerGone(why).trouble))

    def _tell_spoilt(self, why: str) -> None:
        logger.info("a code from %s is dropped: %s", self._port, why)
        self._post(Refused(ScanSpoilt(why).trouble))

    def _turn(self, lamp: LampTurned) -> None:
        before, self._lit = self._lit, lamp
        if before is None or before.lamp is not lamp.lamp:
            self._post(lamp)


async def hear_beside(
    work: Coroutine[Any, Any, None], scanner: SerialScanner, tell: Callable[[Scanned], None]
) -> None:
    """Do `work`, and tell each code that is scanned until it is done."""

    async def hear() -> None:
        async with aclosing(scanner.texts()) as texts:
            async for text in texts:
                tell(Scanned(text))

    hearing = asyncio.create_task(hear())
    try:
        await work
    finally:
        hearing.cancel()
        for ended in await asyncio.gather(hearing, return_exceptions=True):
            if isinstance(ended, Exception):
                logger.error("the scanner was not heard: a bug", exc_info=ended)
