"""What a product's hardware is: how it is flashed, reached, and asked for attention by hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from station.model.networks import Connection


class Tool(StrEnum):
    """A program, or a way, to write an image to a board."""

    BOSSAC = "bossac"
    DFU_UTIL = "dfu-util"
    UF2 = "uf2"
    """The boot loader is a drive that takes a file; picotool does the same where there is one."""
    ESPTOOL = "esptool"
    SMP = "smp"
    """Zephyr's own way: a running application takes its next image for MCUboot."""
    PYOCD = "pyocd"
    """A debug probe (CMSIS-DAP, J-Link, ST-Link) writes the chip's flash behind the firmware's back."""


@dataclass(frozen=True, slots=True)
class Flashing:
    """How a product takes an image.

    `touch`: its serial port is opened at 1200 bit/s and closed, which starts the boot loader.
    `boot_ids` are the (vendor, product) ids that its boot loader shows; with `changes_port` it
    shows them at a port of its own. `arguments` are the tool's, but for the port and the file.
    `interface` is the USB interface of the port that the tool speaks to; None takes the first.
    """

    tool: Tool
    arguments: tuple[str, ...] = ()
    touch: bool = False
    changes_port: bool = False
    boot_ids: tuple[tuple[int, int], ...] = ()
    suffix: str = ".bin"
    interface: int | None = None


@dataclass(frozen=True, slots=True)
class Gesture:
    """What a hand does to make a board forget its network and open its radio: one of the two.

    `pin` is joined to `to` ("GND"), or `button` is held, until the light called `led` goes off.
    """

    pin: str = ""
    to: str = "GND"
    button: str = ""
    led: str = "LED"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hardware:
    """A product as its maker made it.

    `fqbn` is its Fully Qualified Board Name; `ids` are the (vendor, product) ids that it shows.
    `provisioning` is the version that the maker's documents name ("1.0" or "2.0"): the cloud has
    the last word on it. `can_2_0`: the present firmware library supports 2.0.
    """

    title: str
    fqbn: str
    ids: tuple[tuple[int, int], ...]
    provisioning: str
    can_2_0: bool
    connections: tuple[Connection, ...]
    has_bluetooth_agent: bool
    has_serial_agent: bool
    secure_element: str
    flashing: Flashing | None
    gestures: tuple[tuple[str, Gesture], ...] = ()
    """Oldest first: the first version of the firmware library that it holds for, and the gesture."""

    def gesture(self, library: str = "") -> Gesture | None:
        """Return the gesture for a version of the library ("0.5.1"); the newest for an unknown."""
        fits = [
            gesture
            for since, gesture in self.gestures
            if not library or _numbers(since) <= _numbers(library)
        ]
        return fits[-1] if fits else None


@dataclass(frozen=True, slots=True)
class Image:
    """A file to be flashed, on disk and checked: `sha256` is in lower-case hex.

    `at` is where in the flash it begins, in bytes; None where the tool knows. `more` are files that
    are written with it, each in a place of its own.
    """

    path: Path
    sha256: str
    version: str = ""
    at: int | None = None
    more: tuple[Image, ...] = ()

    @property
    def files(self) -> tuple[Image, ...]:
        """Return the file itself, and those that are written with it."""
        return (self, *self.more)

    @property
    def digest(self) -> str:
        """Return what names all that is written: `sha256` where there is one file alone."""
        if not self.more:
            return self.sha256
        told = sorted(f"{file.at} {file.sha256}" for file in self.files)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's hardware as the wire shows it; `usb_serial` is empty where there is none."""

    hardware: Hardware
    vid: int
    pid: int
    usb_serial: str


@dataclass(frozen=True, slots=True)
class Support:
    """What a cloud says of a product. Versions are empty where it asks for none."""

    provisioning: str
    """ "2.0" or "1.0"."""
    least_sketch: str = ""
    least_wifi_firmware: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that a cloud issued; `pem` and the parts by which small boards build it anew.

    `not_before` is ISO 8601 in UTC, `valid_years` the years from then on; `serial` 16 bytes,
    `authority_key` 20 bytes, `signature` 64 bytes (r, then s).
    """

    pem: str
    not_before: str
    valid_years: int
    serial: bytes
    authority_key: bytes
    signature: bytes


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))
