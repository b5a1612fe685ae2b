"""A scanner on a serial port: its codes, for as long as the station runs, whatever is pulled out."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

from station.faults import LinkFault, RecipeWrong, ScannerGone, ScanSpoilt
from station.links import LineSettings, Link
from station.links.serial import open_serial
from station.links.sightings import Key, Sighting
from station.model import Lamp, LampTurned, Port, Refused
from station.wire.codes import Codes, Spoilt

AGAIN_S = 1.0
"""How often a scanner that is not there is looked for."""

QUIET_S = 0.5
"""A line that has not gone on for so long has no end: at 300 baud a letter takes 33 ms."""

LAMP = "scanner"

Look = Callable[[], Iterable[Sighting]]
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


def leaving_alone(look: Look, path: str) -> Look:
    """Return a look that does not see the thing with the port `path`: it is no board.

    A serial number is remembered: a link such as `/dev/serial/by-id/...` comes a moment after the
    port that it leads to.
    """
    known: set[Key] = set()

    def others() -> list[Sighting]:
        seen = list(look())
        true_name = _true_name(path)
        its = {_who(each.port) for each in seen if _true_name(each.port.path) == true_name}
        known.update(who for who in its if who.usb_serial)
        return [each for each in seen if _who(each.port) not in its | known]

    return others


def _who(port: Port) -> Key:
    """Tell things apart: by their serial number wherever they sit, else by their socket."""
    if port.usb_serial:
        return Key(port.vid, port.pid, port.usb_serial, "")
    path = "" if port.location else port.path
    return Key(port.vid, port.pid, "", port.location, path)


def _true_name(path: str) -> str:
    return os.path.realpath(path) if "/" in path else path.upper()
