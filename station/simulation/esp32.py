"""An ESP32 with all that it has: firmware with a console, and the boot loader in its ROM.

A tool brings a chip into its boot loader by two lines of the serial port, which a pseudo-terminal
does not carry: here the first byte of a tool's frame does it, and a line end by itself, which no
tool sends, starts the firmware again. What runs then is what lies in the flash; where that is not
whole the ROM says so again and again, and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import ClassVar, Self

from station.faults import LinkLost
from station.links import Link
from station.simulation import chosen, esp_rom
from station.simulation.branch import Branch
from station.simulation.esp_image import APP_AT, esp_image, version_at
from station.simulation.esp_rom import SimulatedEspRom
from station.simulation.scripted import REALISTIC, ConsoleTiming, SimulatedConsole

BLANK, ANOTHER, OLD = "blank", "wakes-as-another", "tells-old-version"
FACTORY_VERSION = "1.4.2"
COMPLAINT = b"invalid header: 0xffffffff\r\n"
COMPLAINS_EVERY_S = 0.1

_FRAME_END = b"\xc0"
_OF_THE_ROM = (esp_rom.CONTACT, esp_rom.WORN, esp_rom.SLOW, esp_rom.LOCKED)


class SimulatedEsp32:
    """A board that esptool flashes; its console tells the version that lies in its flash."""

    kind: ClassVar[str] = "esp32"
    dialects: ClassVar[tuple[str, ...]] = SimulatedEspRom.dialects
    known_faults: ClassVar[Mapping[str, str]] = {
        **{name: SimulatedEspRom.known_faults[name] for name in _OF_THE_ROM},
        BLANK: "it comes without firmware",
        ANOTHER: "after a flash another unit answers in its place",
        OLD: "its firmware tells an old version, whatever it is",
    }

    def __init__(
        self,
        seed: int = 1,
        dialect: str | None = None,
        faults: Iterable[str] = (),
        *,
        timing: ConsoleTiming | None = None,
        block_s: float = 0.0,
    ) -> None:
        self.faults = chosen(faults, self.known_faults, "fault")
        self.rom = SimulatedEspRom(seed, dialect, self.faults & {*_OF_THE_ROM}, block_s=block_s)
        self._consoles = [SimulatedConsole(each, timing=timing) for each in (seed, seed + 5000)]
        if BLANK not in self.faults:
            factory = esp_image(FACTORY_VERSION, b"factory" * 500, self.rom.chip.kind.name)
            self.rom.flash[APP_AT : APP_AT + len(factory)] = factory
        self._in_boot_loader = False

    @classmethod
    def realistic(cls, seed: int, dialect: str | None, faults: Iterable[str]) -> Self:
        """As `SimulatedBoard.realistic`."""
        if dialect is not None:
            chosen([dialect], cls.dialects, "dialect")
        return cls(seed, dialect, faults, timing=REALISTIC, block_s=0.01)

    @property
    def identity(self) -> Mapping[str, str]:
        """As `SimulatedBoard.identity`: what its console tells."""
        return {**self._consoles[0].identity, "firmware": self.version or ""}

    @property
    def version(self) -> str | None:
        """The version of what lies in its flash; None where that is not whole."""
        return version_at(bytes(self.rom.flash[APP_AT:]))

    async def run(self, link: Link) -> bool:
        """As `SimulatedBoard.run`."""
        self._in_boot_loader = False
        branch, life = self._begin(link)
        try:
            while True:
                data = await link.receive()
                if self._changes(data):
                    await _ended(life)
                    branch, life = self._begin(link)
                branch.feed(data)
        except LinkLost:
            return False
        finally:
            await _ended(life)

    def _changes(self, data: bytes) -> bool:
        """Note whether it is in its boot loader from now on; return whether that is new."""
        before = self._in_boot_loader
        if _FRAME_END in data:
            self._in_boot_loader = True
        elif not data.strip(b"\r\n"):
            self._in_boot_loader = False
        return before != self._in_boot_loader

    def _begin(self, link: Link) -> tuple[Branch, asyncio.Task[bool]]:
        branch, version = Branch(link), self.version
        if self._in_boot_loader:
            self.rom.is_stub = False
            return branch, asyncio.create_task(self.rom.run(branch))
        if version is None:
            return branch, asyncio.create_task(_complain(branch))
        was_flashed = version != FACTORY_VERSION
        console = self._consoles[was_flashed and ANOTHER in self.faults]
        console.update(FACTORY_VERSION if OLD in self.faults else version)
        return branch, asyncio.create_task(console.run(branch))


async def _complain(link: Branch) -> bool:
    while True:
        await link.send(COMPLAINT)
        await asyncio.sleep(COMPLAINS_EVERY_S)


async def _ended(life: asyncio.Task[bool]) -> None:
    life.cancel()
    await asyncio.wait({life})
    if not life.cancelled() and not isinstance(life.exception(), LinkLost):
        life.result()
