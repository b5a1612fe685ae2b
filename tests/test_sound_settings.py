"""`[sounds]` of station.toml: how loud the station is."""

from __future__ import annotations

from pathlib import Path

import pytest

from station import settings
from station.faults import SettingsWrong
from station.model import Loudness


def loudness(folder: Path, text: str) -> Loudness:
    (folder / settings.FILE).write_text(text, encoding="utf-8")
    return settings.load(folder).sounds.loudness()


def test_a_station_is_heard_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert loudness(tmp_path, "") == Loudness(on=True, volume=60)
    assert loudness(tmp_path, "[sounds]\non = false\n") == Loudness(on=False, volume=60)
    assert loudness(tmp_path, "[sounds]\nvolume = 100\n") == Loudness(on=True, volume=100)


def test_a_volume_beyond_the_scale_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match=r"station\.toml:2: sounds\.volume"):
        loudness(tmp_path, "[sounds]\nvolume = 101\n")
