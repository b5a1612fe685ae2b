"""The settings of one station: `station.toml` in its data directory, written by an engineer."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, model_validator

from station.faults import SettingsWrong
from station.model import Slot
from station.toml_text import TextWrong, TomlText

FILE = "station.toml"


class SlotSettings(BaseModel):
    """A place of the fixture and the USB socket behind it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=12)
    where: str = Field(
        min_length=1, description="USB location such as 1-4.2; 'station ports' shows it"
    )


class Settings(BaseModel):
    """What `station.toml` may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    station: str = Field(default_factory=lambda: platform.node() or "station", min_length=1)
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    slots: tuple[SlotSettings, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Settings:
        for what in ("name", "where"):
            seen = [getattr(slot, what) for slot in self.slots]
            if doubled := {each for each in seen if seen.count(each) > 1}:
                raise ValueError(f"two slots have the same {what}: {', '.join(sorted(doubled))}")
        return self

    def fixture(self) -> tuple[Slot, ...]:
        """Return the slots in the order of the fixture."""
        return tuple(Slot(slot.name, slot.where) for slot in self.slots)


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
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsWrong(f"{path}: {exc}") from None
    try:
        return TomlText(path.name, text).read(Settings)
    except TextWrong as exc:
        raise SettingsWrong(str(exc)) from None
