"""The settings of one station: `station.toml` in its data directory, written by an engineer."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field

from station.faults import SettingsWrong
from station.model import Slot
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


class Settings(BaseModel):
    """What `station.toml` may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    station: str = Field(default_factory=lambda: platform.node() or "station", min_length=1)
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    slots: tuple[SlotSettings, ...] = ()
    bluetooth: BluetoothSettings = BluetoothSettings()

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
        source = TomlText(path.name, read_text(path))
        told = source.read(Settings)
    except FileNotFoundError:
        return Settings()
    except OSError as exc:
        raise SettingsWrong(f"{path}: {exc.strerror}") from None
    except TextWrong as exc:
        raise SettingsWrong(str(exc)) from None
    if doubled := _doubled(told, source):
        raise SettingsWrong("; ".join(map(str, doubled)))
    return told


def _doubled(told: Settings, source: TomlText) -> list[Mistake]:
    found = []
    for what in ("name", "where"):
        seen: set[str] = set()
        for place, slot in enumerate(told.slots):
            value = getattr(slot, what)
            if value in seen:
                expected = f"another slot has the same {what}, {value!r}"
                found.append(source.mistake(("slots", str(place), what), expected))
            seen.add(value)
    return found
