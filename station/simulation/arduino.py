"""One Arduino board: its flash and the sketch that runs from it, its USB, its radio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar, Protocol, Self

from station.faults import LinkLost
from station.links import Link
from station.simulation import chosen, sketches
from station.simulation.arduino_agents import Bluetooth
from station.simulation.arduino_config import ConfigSketch
from station.simulation.arduino_crypto import Crypto
from station.simulation.arduino_faults import FAULTS, REALISTIC, ArduinoTiming
from station.simulation.arduino_networking import Body
from station.simulation.arduino_site import LONG_NETWORKS, Site
from station.simulation.arduino_text import DeleteConfiguration, Lora
from station.simulation.arduino_unit import (
    NETWORK_CONFIGS,
    PRODUCTS,
    START_BLE,
    UNO_R4_WIFI,
    ArduinoUnit,
    Product,
    product,
)
from station.simulation.samba import BoardMonitor

GESTURE_S = 3.0
"""For how long a hand must hold, at least."""
BLANK = "blank"
_OLD_SKETCH, _SKETCH = "0.4.0", "0.6.2"


class Program(Protocol):
    """What runs on a board: a sketch, or its boot loader."""

    def run(self, link: Link) -> Coroutine[Any, Any, object]:
        """Be at the other end of `link` until it is lost."""
        ...


class Nothing:
    """A board without a program of its own: it hears, and does nothing."""

    async def run(self, link: Link) -> None:
        """As `Program.run`."""
        while True:
            await link.receive()


SKETCHES: dict[str, Callable[[ArduinoUnit], Program]] = {
    sketches.CRYPTO: Crypto,
    sketches.LORA: Lora,
    sketches.DELETE_CONFIGURATION: DeleteConfiguration,
}
"""The sketches that need no more than the unit, by their names in `sketches`."""

BootLoader = Callable[["SimulatedArduino"], Program]
BOOT_LOADERS: dict[str, BootLoader] = {"bossac": BoardMonitor}
"""What boards run after a touch, by the tool that then writes their flash."""


class SimulatedArduino:
    """One board. It may be plugged in again and again: `run` it on one link after the other.

    It lives from `power_on`, or the first `run`, until `power_off`. What runs is what `flash` holds
    when it starts. `site` is where it stands. `on_usb` is called when it shows other `usb` ids or
    comes back after a restart: its old port is gone, except behind a bridge.

    Raises:
        ValueError: no such product, fault or sketch; the text lists those there are.

    """

    kind: ClassVar[str] = "arduino"
    dialects: ClassVar[tuple[str, ...]] = tuple(dict.fromkeys(made.name for made in PRODUCTS))
    known_faults: ClassVar[Mapping[str, str]] = FAULTS

    def __init__(
        self,
        seed: int = 1,
        made: Product = UNO_R4_WIFI,
        *,
        sketch: str = sketches.PROVISIONING,
        faults: Iterable[str] = (),
        timing: ArduinoTiming | None = None,
        site: Site | None = None,
        boot_loader: BootLoader | None = None,
    ) -> None:
        self.faults = chosen(faults, FAULTS, "fault")
        self.timing = timing or ArduinoTiming()
        self.unit = ArduinoUnit(seed, made, "again" if "rekeyed" in self.faults else "")
        self.site = _flawed(site or Site(), self.faults)
        self.bluetooth = Bluetooth(self.unit)
        self.flash = self._first_image(sketch)
        self.boot_loader = boot_loader or BOOT_LOADERS.get(made.tool)
        self.on_usb: Callable[[], None] | None = None
        self.usb = (made.vid, made.pid)
        self._is_wedged = "wedged" in self.faults
        self._program: Program | None = None
        self._life: asyncio.Task[None] | None = None
        self._wire: asyncio.Task[object] | None = None
        self._is_pulled_out = self._is_in_boot_loader = False

    @classmethod
    def realistic(
        cls,
        seed: int,
        dialect: str | None,
        faults: Iterable[str],
        *,
        cloud: str | None = None,
        firmware: str | None = None,
    ) -> Self:
        """Make a board as slow as a real one: `dialect` is its product, `firmware` its sketch."""
        return cls(
            seed,
            product(dialect) if dialect else UNO_R4_WIFI,
            sketch=firmware or sketches.PROVISIONING,
            faults=faults,
            timing=REALISTIC,
            site=Site(cloud=cloud),
        )

    @property
    def identity(self) -> dict[str, str]:
        """Hardware id, USB serial number, Bluetooth address, FQBN and product."""
        return self.unit.identity

    @property
    def is_in_boot_loader(self) -> bool:
        """Tell whether the boot loader runs; a bridge shows the same `usb` ids for both."""
        return self._is_in_boot_loader

    async def run(self, link: Link) -> bool:
        """Be this board at the other end of `link` until the wire goes away.

        A restart ends it too, unless there is a bridge, which stays. Returns True when the board
        was pulled out (`unplug-at-id`).
        """
        self.power_on()
        try:
            while self._program is not None:
                is_lost = await self._serve(self._program, link)
                if is_lost or not self.unit.product.bridged:
                    break
        finally:
            await link.close()
        return self._is_pulled_out

    def power_on(self) -> None:
        """Start what is in the flash, if the board is off."""
        if self._program is None:
            self._is_pulled_out = False
            self._start(self._sketch())

    def power_off(self) -> None:
        """Be without power: all that is not stored is lost."""
        self._stop()
        self._program = None

    def restart(self) -> None:
        """Start again with what is in the flash, as by the reset button."""
        self._stop()
        self.usb = (self.unit.product.vid, self.unit.product.pid)
        self._start(self._sketch())
        self._tell_usb()

    def touch(self) -> None:
        """Leave the sketch for the boot loader: the port was opened at 1200 baud and closed."""
        self._stop()
        self.usb = (self.unit.product.boot_vid, self.unit.product.boot_pid)
        self._is_in_boot_loader = True
        self._start(Nothing() if self.boot_loader is None else self.boot_loader(self))
        self._tell_usb()

    def flashed(self, image: bytes) -> None:
        """Take a new image and start it, as a boot loader does at its end."""
        self.flash = image
        self.restart()

    def press_gesture(self, seconds: float) -> None:
        """Have the board's pin or button held for so long: it forgets its network, and restarts."""
        if seconds >= GESTURE_S and isinstance(self._program, ConfigSketch):
            self.unit.store.pop(NETWORK_CONFIGS, None)
            self.unit.store[START_BLE] = b"\x01"
            self.restart()

    def _first_image(self, sketch: str) -> bytes:
        known = {sketches.PROVISIONING, sketches.CLOUD, BLANK, *SKETCHES}
        chosen([sketch], known, "sketch")
        if sketch == BLANK:
            return b""
        return sketches.image(sketch, _OLD_SKETCH if "old-sketch" in self.faults else _SKETCH)

    def _sketch(self) -> Program:
        match sketches.told(self.flash):
            case (sketches.PROVISIONING | sketches.CLOUD) as name, version:
                is_stuck, self._is_wedged = self._is_wedged, False
                return ConfigSketch(self._body(), name, version, is_stuck=is_stuck)
            case name, _ if name in SKETCHES:
                return SKETCHES[name](self.unit)
        return Nothing()

    def _body(self) -> Body:
        return Body(self.unit, self.timing, self.faults, self.site, self.bluetooth, self._pull_out)

    async def _serve(self, program: Program, link: Link) -> bool:
        """Lend `program` a wire; tell whether the wire was lost, else it was the program that ended."""
        self._wire = asyncio.create_task(program.run(link))
        try:
            await asyncio.wait({self._wire})
            if self._wire.cancelled():
                return False
            with suppress(LinkLost):
                self._wire.result()
            return True
        finally:
            self._wire.cancel()
            self._wire = None

    def _start(self, program: Program) -> None:
        self._program = program
        if isinstance(program, ConfigSketch):
            self._life = asyncio.create_task(program.live())
            self._life.add_done_callback(_told_to_the_loop)

    def _stop(self) -> None:
        for task in (self._life, self._wire):
            if task is not None:
                task.cancel()
        self._life = None
        self._is_in_boot_loader = False
        self.bluetooth.reset()

    def _tell_usb(self) -> None:
        if self.on_usb is not None:
            self.on_usb()

    def _pull_out(self) -> None:
        self._is_pulled_out = True
        self.power_off()


def _flawed(site: Site, faults: frozenset[str]) -> Site:
    """Return the site as a board with such faults finds it; the same one without any."""
    changed: dict[str, Any] = {
        "long-ssids": {"networks": LONG_NETWORKS},
        "no-internet": {"has_internet": False},
        "no-radio": {"radio_works": False},
    }
    for fault in faults.intersection(changed):
        site = replace(site, **changed[fault])
    return site


def _told_to_the_loop(life: asyncio.Task[None]) -> None:
    """Report a sketch that failed: a bug of the simulation's, and nobody waits for it who would see."""
    if not life.cancelled() and (error := life.exception()):
        told = {"message": "a simulated sketch failed", "exception": error}
        life.get_loop().call_exception_handler(told)
