"""station.toml: defaults without it, and each mistake by line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from station import settings
from station.faults import SettingsWrong
from station.model import Slot

SLOTS = """\
station = "Line 3"
theme = "dark"

[[slots]]
name = "A"
where = "1-4.1"

[[slots]]
name = "B"
where = "1-4.2"
"""


def told(folder: Path, text: str | bytes) -> settings.Settings:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / settings.FILE).write_bytes(data)
    return settings.load(folder)


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    found = settings.load(tmp_path / "nowhere")
    assert found.station
    assert (found.theme, found.fixture()) == ("system", ())


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
def test_slots_are_in_the_order_of_the_file(tmp_path: Path, before: bytes) -> None:
    found = told(tmp_path, before + SLOTS.encode())
    assert found.fixture() == (Slot("A", "1-4.1"), Slot("B", "1-4.2"))
    assert (found.station, found.theme) == ("Line 3", "dark")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("station =", r"station.toml:1: the text: Invalid value"),
        ("\ncolour = 1", r"station.toml:2: colour: no such key"),
        ('theme = "pink"', r"station.toml:1: theme: .*'contrast'"),
        ("station = 3", r"station.toml:1: station: .*string"),
        ('station = ""', r"station.toml:1: station: .*at least 1"),
        (SLOTS.replace('"1-4.2"', "4"), r"station.toml:10: slots.1.where: .*string"),
        (SLOTS + "x = 1", r"station.toml:11: slots.1.x: no such key"),
        (SLOTS.replace('name = "B"\n', ""), r"station.toml:8: slots.1.name: is missing"),
        (SLOTS.replace('"B"', '"A"'), r"station.toml:9: slots.1.name: another slot .*'A'"),
        (SLOTS.replace("4.2", "4.1"), r"station.toml:10: slots.1.where: another slot .*1-4.1"),
        ("[bluetooth]\nlanes = 17", r"station.toml:2: bluetooth.lanes: .*16"),
        ('[bluetooth]\npick = "luck"', r"station.toml:2: bluetooth.pick: .*'nearest'"),
        (b'station = "\xe4"', r"station.toml:1: the text: is not UTF-8"),
        ('slots = [{ name = "A" }]', r"station.toml:1: slots.0.where: is missing"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, text: str | bytes, expected: str) -> None:
    with pytest.raises(SettingsWrong, match=expected):
        told(tmp_path, text)


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).mkdir()
    with pytest.raises(SettingsWrong, match=r"station.toml: .*directory"):
        settings.load(tmp_path)


def test_bluetooth_is_left_alone_unless_it_has_lanes(tmp_path: Path) -> None:
    assert settings.load(tmp_path).bluetooth == settings.BluetoothSettings(lanes=0, pick="label")
    found = told(tmp_path, '[bluetooth]\nlanes = 2\npick = "nearest"\n')
    assert found.bluetooth == settings.BluetoothSettings(lanes=2, pick="nearest")
    assert found.fixture() == ()


def test_lanes_follow_the_slots_that_were_taught(tmp_path: Path) -> None:
    taught = '[[slots]]\nname = "Air"\nwhere = "ble-2"\n[bluetooth]\nlanes = 3\n'
    assert told(tmp_path, SLOTS + taught).fixture() == (
        Slot("A", "1-4.1"),
        Slot("B", "1-4.2"),
        Slot("Air", "ble-2"),
        Slot("BLE 1", "ble-1"),
        Slot("BLE 3", "ble-3"),
    )
