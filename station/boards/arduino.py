"""Arduino boards: what their sketches can be asked, and how one sketch makes room for another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import ClassVar, Final, Self, TypeVar

from pydantic import BaseModel

from station.boards import catalogue
from station.boards.arduino_config import KIND, USB_SERIAL, ConfigSketch
from station.boards.arduino_crypto import LINE as CRYPTO_LINE
from station.boards.arduino_crypto import CryptoPatience, CryptoSketch
from station.boards.arduino_options import ArduinoOptions
from station.boards.arduino_talk import Patience, Talk
from station.boards.arduino_text import TextPatience, TextSketch
from station.faults import (
    BoardRefused,
    BoardSilent,
    HandNeeded,
    LinkLost,
    PortMissing,
    WrongProduct,
)
from station.links import LineSettings, Link, Seat
from station.model import (
    AccessPoint,
    Attachment,
    Certificate,
    Identity,
    Medium,
    Network,
    Port,
    Proof,
    SigningRequest,
    Unit,
)

_T = TypeVar("_T")

LINE: Final = LineSettings(baud=9600)
BACK_WITHIN_S = 20.0
TRY_AGAIN_S = 0.25


@dataclass(frozen=True, slots=True)
class Patiences:
    """How long each kind of sketch is waited for."""

    config: Patience = field(default_factory=Patience)
    crypto: CryptoPatience = field(default_factory=CryptoPatience)
    text: TextPatience = field(default_factory=TextPatience)
    back_within_s: float = BACK_WITHIN_S


_USUAL: Final = Patiences()


class Arduino:
    """An Arduino board, whatever sketch it runs. A blank one is silent, and can be worked on."""

    name: ClassVar[str] = KIND
    title: ClassVar[str] = "Arduino"
    Options: ClassVar[type[BaseModel]] = ArduinoOptions
    lines: ClassVar[tuple[LineSettings, ...]] = (LINE,)

    def __init__(
        self,
        link: Link,
        options: ArduinoOptions,
        seat: Seat,
        clock: Callable[[], float],
        patiences: Patiences,
    ) -> None:
        self._link = link
        self._line = LINE
        self._options = options
        self._seat = seat
        self._clock = clock
        self._patiences = patiences
        self._port = _port(seat.attachment)
        self._unit = options.unit_at(self._port)
        self._usb_serial = self._unit.usb_serial if self._unit and self._runs else ""
        self._config = self._begin()
        self._crypto: CryptoSketch | None = None

    @classmethod
    def port(cls, attachment: Attachment) -> Port | None:
        """As `BoardKind.port`: the first interface of what the catalogue knows."""
        known = any(catalogue.by_ids(port.vid, port.pid) for port in attachment.ports)
        if not known and not cls.waits_on_usb(attachment):
            return None
        return min(attachment.ports, key=lambda port: port.interface or 0)

    @classmethod
    def waits_on_usb(cls, attachment: Attachment) -> bool:
        """As `WaitsOnUsb.waits_on_usb`."""
        first = attachment.ports[0]
        return first.medium is Medium.USB and catalogue.waits_on_usb(first.vid, first.pid)

    @classmethod
    async def open(
        cls,
        link: Link,
        options: BaseModel,
        seat: Seat,
        *,
        clock: Callable[[], float] = time.time,
        patiences: Patiences = _USUAL,
    ) -> Self:
        """As `BoardKind.open`, without a word to the board: one that is blank would not answer.

        `clock` returns Unix seconds.

        Raises:
            WrongProduct: its marks say that it is not what the recipe is for.

        """
        if not isinstance(options, ArduinoOptions):
            raise TypeError(f"options are {type(options).__name__}, not ArduinoOptions")
        return cls(link, options, seat, clock, patiences)

    @classmethod
    def mute(cls, link: Link, options: BaseModel, seat: Seat) -> Self:
        """As `Flashable.mute`: it is opened without a word in any case."""
        if not isinstance(options, ArduinoOptions):
            raise TypeError(f"options are {type(options).__name__}, not ArduinoOptions")
        return cls(link, options, seat, time.time, _USUAL)

    def usb_serial(self) -> str:
        """As `Flashable.usb_serial`; a boot loader's own is not the board's."""
        return self._port.usb_serial if self._port and self._runs else ""

    async def who(self) -> Identity:
        """As `Flashable.who`, by its marks: whatever sketch it runs can't be asked.

        Raises:
            BoardSilent: they hold no serial number, as those of many a boot loader.

        """
        serial, hardware = self.usb_serial(), self.unit.hardware
        if not serial:
            raise BoardSilent("its boot loader waits, or it shows no serial number")
        return Identity(
            KIND,
            serial,
            model=hardware.title,
            firmware="",
            hardware=hardware.fqbn,
            ids=((USB_SERIAL, serial),),
        )

    @property
    def unit(self) -> Unit:
        """As `RunsSketches.unit`; its gestures are the product's own, where the recipe has them."""
        if self._unit is None:
            raise WrongProduct("its marks don't say which board it is, nor does the recipe")
        return self._unit

    @property
    def flashable(self) -> bool:
        """As `RunsSketches.flashable`."""
        return not self._is_radio and self.unit.hardware.flashing is not None

    async def aside(self, work: Callable[[Seat], Awaitable[_T]]) -> _T:
        """As `RunsSketches.aside`; the board that sits there then is asked anew.

        Raises:
            NotReturned: no port of a board that runs is there after the work.
            LinkLost: another board is in its place.

        """
        await self.close()
        with self._seat.absence():  # what was flashed may leave once more when it starts
            result = await work(self._seat)
            await self._find_again()
        return result

    async def identify(self) -> Identity:
        """As `Board.identify`."""
        return await (await self._asked()).identify()

    async def prove(self) -> Proof:
        """As `Board.prove`."""
        return await (await self._asked()).prove()

    async def greet(self, within_s: float) -> tuple[AccessPoint, ...]:
        """As `TakesNetwork.greet`."""
        return await (await self._asked()).greet(within_s)

    async def sketch_version(self) -> str:
        """As `TakesNetwork.sketch_version`."""
        return await (await self._asked()).sketch_version()

    async def library_version(self) -> str:
        """As `TakesNetwork.library_version`."""
        return await (await self._asked()).library_version()

    async def wifi_firmware(self) -> str:
        """As `TakesNetwork.wifi_firmware`."""
        return await (await self._asked()).wifi_firmware()

    async def forget(self) -> None:
        """As `TakesNetwork.forget`."""
        await (await self._asked()).forget()

    async def join(self, network: Network, within_s: float) -> None:
        """As `TakesNetwork.join`."""
        await (await self._asked()).join(network, within_s)

    async def keeps_network(self) -> bool:
        """As `TakesNetwork.keeps_network`."""
        return await (await self._asked()).keeps_network()

    async def await_restart(self, within_s: float) -> None:
        """As `TakesNetwork.await_restart`; over the air the link is not opened again."""
        asked = await self._asked()
        try:
            with self._seat.absence():
                async with asyncio.timeout(within_s):
                    await self._restarted(asked)
        except TimeoutError:
            raise HandNeeded(f"nobody restarted it in {within_s:g} s") from None

    async def rejoin(self, within_s: float) -> None:
        """As `TakesNetwork.rejoin`."""
        await (await self._asked()).rejoin(within_s)

    async def part(self) -> None:
        """As `TakesNetwork.part`; one that was ended already is over."""
        if self._config.in_session:
            await self._config.part()

    async def await_sketch(self, within_s: float) -> None:
        """As `TakesCertificate.await_sketch`."""
        await (await self._certified()).await_sketch(within_s)

    async def request_certificate(self, device_id: str) -> SigningRequest:
        """As `TakesCertificate.request_certificate`."""
        return await (await self._certified()).request_certificate(device_id)

    async def store_certificate(self, certificate: Certificate) -> None:
        """As `TakesCertificate.store_certificate`."""
        await (await self._certified()).store_certificate(certificate)

    async def dev_eui(self) -> str:
        """As `TellsDevEui.dev_eui`."""
        return await (await self._text()).dev_eui()

    async def drop_network(self) -> None:
        """As `DropsNetwork.drop_network`."""
        await (await self._text()).drop_network()

    async def close(self) -> None:
        """As `Board.close`: a session is ended, so that the board listens to who comes next."""
        if self._config.may_wait:
            with suppress(LinkLost, TimeoutError):
                async with asyncio.timeout(self._patiences.config.part_within_s):
                    await self._config.part()
        await self._link.close()

    @property
    def _is_radio(self) -> bool:
        return self._port is not None and self._port.medium is Medium.BLUETOOTH

    @property
    def _runs(self) -> bool:
        """Whether it is not its boot loader that sits there: that may have another number."""
        port, unit = self._port, self._unit
        return bool(
            port and unit and not catalogue.in_boot_loader(unit.hardware, port.vid, port.pid)
        )

    async def _restarted(self, asked: ConfigSketch) -> None:
        try:
            await asked.await_restart()
        except LinkLost:
            await self._link.close()
            if not self._is_radio:
                await self._find_again()

    async def _find_again(self) -> None:
        """Open the port of what sits there now: a port that is about to go may still be there."""
        clock = asyncio.get_running_loop().time
        ends_s = clock() + self._patiences.back_within_s
        while True:
            port = await self._seat.becomes(self._back, self._patiences.back_within_s)
            if self._usb_serial and port.usb_serial not in {"", self._usb_serial}:
                raise LinkLost(f"another board ({port.usb_serial}) is in its place")
            self._port, self._unit = port, self._options.unit_at(port)
            try:
                return await self._reopen(LINE)
            except (LinkLost, PortMissing):
                if clock() >= ends_s:
                    raise
            await asyncio.sleep(TRY_AGAIN_S)

    async def _asked(self) -> ConfigSketch:
        await self._speak_at(LINE)
        return self._config

    async def _text(self) -> TextSketch:
        await self._speak_at(LINE)
        return TextSketch(self._link, self._patiences.text)

    async def _certified(self) -> CryptoSketch:
        await self._speak_at(CRYPTO_LINE)
        if self._crypto is None:
            self._crypto = CryptoSketch(self._link, self._patiences.crypto)
        return self._crypto

    async def _speak_at(self, line: LineSettings) -> None:
        if line == self._line:
            return
        if self._is_radio:
            raise BoardRefused("this is done over its cable alone")
        await self.close()
        await self._reopen(line)

    async def _reopen(self, line: LineSettings) -> None:
        if self._port is None:
            raise LinkLost("nothing sits there")
        self._link = await self._seat.open(self._port, line)
        self._line = line
        self._config = self._begin()
        self._crypto = None

    def _begin(self) -> ConfigSketch:
        patience = self._patiences.config
        talk = Talk(self._link, patience, is_radio=self._is_radio)
        label = self._port.usb_serial if self._port and self._is_radio else ""
        return ConfigSketch(talk, lambda: self.unit, label, self._clock, patience)

    def _back(self, there: Attachment | None) -> Port | None:
        """Return the port of a board that runs; None while there is none, or its boot loader."""
        port = _port(there)
        if port is None or port.vid is None:
            return port if port and self._port and port.path == self._port.path else None
        found = catalogue.by_ids(port.vid, port.pid)
        return port if found and not catalogue.in_boot_loader(found, port.vid, port.pid) else None


def _port(there: Attachment | None) -> Port | None:
    if there is None:
        return None
    return Arduino.port(there) or there.ports[0]
