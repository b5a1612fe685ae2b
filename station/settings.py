"""The settings of one station: `station.toml` in its data directory, written by an engineer."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field

from station.faults import SettingsWrong
from station.model import EndKey, Layout, Loudness, Reading, Slot, Wedge
from station.patterns import Pattern
from station.rework_settings import ReworkSettings
from station.toml_text import Mistake, TextWrong, TomlText, read_text

FILE = "station.toml"
MOST_LANES = 16


class SlotSettings(BaseModel):
    """A place of the fixture and the USB socket behind it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=12)
    where: str = Field(
        min_length=1, description="USB location such as 1-4.2; 'station ports' shows it"
    )


class BluetoothSettings(BaseModel):
    """How many boards are worked on by Bluetooth at a time, and how they are picked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lanes: int = Field(default=0, ge=0, le=MOST_LANES, description="0 leaves Bluetooth alone")
    pick: Literal["label", "nearest"] = Field(
        default="label", description="nearest: also the one that is held to the antenna"
    )


class PrinterSettings(BaseModel):
    """A label printer, which recipes know by its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=40)
    address: str = Field(
        min_length=1,
        description="tcp://HOST:9100, cups:QUEUE, device:PATH or folder:PATH",
    )
    form: Literal["zpl", "pdf"] = Field(default="zpl", description="what it takes")


USUAL, TYPED = Reading(), Wedge()


class ScannerSettings(BaseModel):
    """How scanners speak: the one on a serial port, and those that type like a keyboard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    port: str = Field(
        default="",
        description="serial scanner: its path in /dev/serial/by-id, or its COM name",
    )
    baud: int = Field(default=9600, ge=300, le=4_000_000)
    encoding: Literal["utf-8", "latin-1"] = "utf-8"
    gap_ms: int = Field(
        default=TYPED.gap_ms, ge=10, le=300, description="most between two keys of a scanner"
    )
    least: int = Field(
        default=TYPED.least, ge=2, le=32, description="fewest letters of a code that is typed"
    )
    prefix: str = Field(
        default=TYPED.prefix, max_length=8, description="what a scanner types before a code"
    )
    ends: tuple[EndKey, ...] = Field(default=TYPED.ends, min_length=1)
    keyboard: Layout = Field(
        default=TYPED.layout,
        description="us: a scanner set to American keys, whatever this computer is set to",
    )
    badge: Pattern = Field(default=USUAL.badge, description="what a badge says; (?P<id>...) counts")
    order: Pattern = Field(default=USUAL.order, description="what a work order says")

    def wedge(self) -> Wedge:
        """Return how a scanner that types is told from a hand."""
        return Wedge(self.gap_ms, self.least, self.prefix, self.ends, self.keyboard)

    def reading(self) -> Reading:
        """Return what the texts of this line look like, whatever the recipe."""
        return Reading(self.badge, self.order)


class PeopleSettings(BaseModel):
    """How people sign in, and when they are signed out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    idle_minutes: float = Field(
        default=15.0, ge=0, le=1440, description="who does nothing for so long is signed out; 0 off"
    )
    badge_alone: bool = Field(default=True, description="false: a badge needs the PIN too")


class SoundSettings(BaseModel):
    """What `[sounds]` may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: bool = True
    volume: int = Field(default=60, ge=0, le=100)

    def loudness(self) -> Loudness:
        """Return how loud the window is."""
        return Loudness(self.on, self.volume)


class Settings(BaseModel):
    """What `station.toml` may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    station: str = Field(default_factory=lambda: platform.node() or "station", min_length=1)
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    slots: tuple[SlotSettings, ...] = ()
    language: Literal["", "en", "zh_CN", "es", "de"] = Field(
        default="", description="the window's, until somebody signs in who has another; '': system"
    )
    columns: int = Field(default=0, ge=0, le=16, description="slots side by side; 0: as it fits")
    kiosk: bool = Field(
        default=False, description="the window fills the screen; leaving it takes an engineer"
    )
    bluetooth: BluetoothSettings = BluetoothSettings()
    scanner: ScannerSettings = ScannerSettings()
    printers: tuple[PrinterSettings, ...] = ()
    people: PeopleSettings = PeopleSettings()
    rework: ReworkSettings = ReworkSettings()
    sounds: SoundSettings = SoundSettings()

    def fixture(self) -> tuple[Slot, ...]:
        """Return the slots in the order of the fixture, and after them the lanes of the radio.

        Where no slot was taught a lane becomes one when it is used first, as a socket does.
        """
        taught = tuple(Slot(slot.name, slot.where) for slot in self.slots)
        if not taught:
            return ()
        known = {slot.where for slot in taught}
        lanes = (Slot(f"BLE {n}", f"ble-{n}") for n in range(1, self.bluetooth.lanes + 1))
        return (*taught, *(lane for lane in lanes if lane.where not in known))


def default_data_dir() -> Path:
    """Return where this user's station keeps its record, logs and settings."""
    return user_data_path("provisioning-station", appauthor=False)


def load(data_dir: Path) -> Settings:
    """Read the settings; defaults where there is no file.

    Raises:
        SettingsWrong: with file, line and key.

    """
    path = data_dir / FILE
    try:
        return read(read_text(path))
    except FileNotFoundError:
        return Settings()
    except OSError as exc:
        raise SettingsWrong(f"{path}: {exc.strerror}") from None
    except TextWrong as exc:
        raise SettingsWrong(str(exc)) from None


def read(text: str) -> Settings:
    """Return what the text of a settings file says.

    Raises:
        SettingsWrong: with file, line and key.

    """
    try:
        source = TomlText(FILE, text)
        told = source.read(Settings)
    except TextWrong as exc:
        raise SettingsWrong(str(exc)) from None
    doubled = [each for table in DISTINCT for each in _doubled(told, source, *table)]
    if wrong := [*doubled, *_no_printers(told, source)]:
        raise SettingsWrong("; ".join(map(str, wrong)))
    return told


DISTINCT = (("slots", "name", "slot"), ("slots", "where", "slot"), ("printers", "name", "printer"))
"""What no two of a table may share."""


def _doubled(told: Settings, source: TomlText, table: str, what: str, called: str) -> list[Mistake]:
    found = []
    seen: set[str] = set()
    for place, each in enumerate(getattr(told, table)):
        value = getattr(each, what)
        if value in seen:
            expected = f"another {called} has the same {what}, {value!r}"
            found.append(source.mistake((table, str(place), what), expected))
        seen.add(value)
    return found


def _no_printers(told: Settings, source: TomlText) -> list[Mistake]:
    if not told.printers:
        return []
    from station.labels import Form
    from station.labels.printers import printer_at

    found = []
    for place, each in enumerate(told.printers):
        try:
            printer_at(each.address, Form(each.form))
        except SettingsWrong as wrong:
            found.append(source.mistake(("printers", str(place), "address"), wrong.detail))
    return found
