from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

import pytest

from station.boards.catalogue import (
    ARDUINO,
    BOARDS,
    CHIP_ROMS,
    FINDER,
    by_ids,
    by_name,
    in_boot_loader,
    named,
)
from station.model import Connection, Gesture, Hardware, Tool

ROOT = Path(__file__).resolve().parents[2]


def board(name: str) -> Hardware:
    found = by_name(name)
    assert found is not None
    return found


# The names and versions of Arduino's page "Device Provisioning with Arduino Cloud"
@pytest.mark.parametrize(
    ("title", "version"),
    [
        ("Nicla Vision", "2.0"),
        ("Opta", "2.0"),
        ("GIGA R1 WiFi", "2.0"),
        ("UNO R4 WiFi", "2.0"),
        ("Portenta H7", "2.0"),
        ("MKR NB 1500", "1.0"),
        ("MKR WAN 1300", "1.0"),
        ("MKR WAN 1310", "1.0"),
        ("MKR 1000 WiFi", "1.0"),
        ("MKR WiFi 1010", "1.0"),
        ("MKR GSM 1400", "1.0"),
        ("Nano 33 IoT", "1.0"),
        ("Nano ESP32", "1.0"),
        ("Nano RP2040 Connect", "1.0"),
        ("Portenta C33", "1.0"),
        ("Portenta X8", "1.0"),
    ],
)
def test_every_board_of_the_makers_page_is_known_by_its_name(title: str, version: str) -> None:
    assert board(title).provisioning == version


def test_no_two_products_show_the_same_ids_but_the_optas_boot_loader() -> None:
    ids = [each for row in BOARDS for each in row.ids]
    boot = [each for row in BOARDS if row.flashing for each in row.flashing.boot_ids]
    shared = {each for each, count in Counter(ids + boot).items() if count > 1}
    assert shared == {(ARDUINO, 0x0364), (FINDER, 0x0364)}
    assert len({row.title for row in BOARDS}) == len(BOARDS)


@pytest.mark.parametrize("row", BOARDS, ids=lambda row: row.title)
def test_a_product_is_found_by_all_it_shows_and_is_called(row: Hardware) -> None:
    for vid, pid in row.ids:
        assert by_ids(vid, pid) is row
        assert not in_boot_loader(row, vid, pid)
    for vid, pid in row.flashing.boot_ids if row.flashing else ():
        assert in_boot_loader(row, vid, pid)
        found = by_ids(vid, pid)
        assert found is None if (vid, pid) in CHIP_ROMS else found and found.fqbn == row.fqbn
    assert by_name(row.title.upper()) is row
    assert row in named(row.fqbn)
    assert row in named(f" {row.fqbn.split(':')[2]} ")


def test_what_is_not_in_the_catalogue_is_not_made_up() -> None:
    assert by_ids(None, None) is None
    assert by_ids(ARDUINO, 0x0043) is None  # an Uno R3, which has no network
    assert by_name("nrf9151") is None
    assert named("") == ()


def test_the_optas_without_a_radio_have_their_own_row() -> None:
    wifi, wired = named("opta")
    assert by_ids(FINDER, 0x0264) is wifi
    assert by_ids(ARDUINO, 0x0164) is wired
    assert (wifi.has_bluetooth_agent, wired.has_bluetooth_agent) == (True, False)
    assert Connection.WIFI not in wired.connections


@pytest.mark.parametrize(
    ("name", "library", "gesture"),
    [
        ("nanorp2040connect", "0.4.1", Gesture(pin="2", to="3.3V")),
        ("nanorp2040connect", "0.5.0", Gesture(pin="2", to="GND")),
        ("nanorp2040connect", "", Gesture(pin="2", to="GND")),
        ("Nicla Vision", "", Gesture(pin="PA_13")),
        ("Opta WiFi", "0.5.1", Gesture(button="BTN_USER", led="LED_USER")),
        ("Portenta C33", "", Gesture(pin="0")),
        ("MKR NB 1500", "", None),
    ],
)
def test_the_hand_does_what_the_library_on_the_board_looks_for(
    name: str, library: str, gesture: Gesture | None
) -> None:
    assert board(name).gesture(library) == gesture


def test_a_machine_control_is_spoken_of_where_it_matters() -> None:
    gesture = board("Portenta H7").gesture()
    assert gesture is not None
    assert gesture.pin == "0"
    assert "Machine Control" in gesture.note


def test_every_board_that_could_be_2_0_can_be_asked_by_hand_and_flashed() -> None:
    for row in BOARDS:
        assert bool(row.gestures) == row.can_2_0 == row.has_serial_agent
        assert row.flashing or not row.can_2_0
        assert row.can_2_0 or row.provisioning == "1.0"


def test_flashing_follows_the_makers_recipes() -> None:
    samd, r4, h7, c33, nano = (
        board(name).flashing
        for name in (
            "Nano 33 IoT",
            "UNO R4 WiFi",
            "envie_m7",
            "Portenta C33",
            "Nano RP2040 Connect",
        )
    )
    assert samd
    assert (samd.tool, samd.touch, samd.changes_port) == (Tool.BOSSAC, True, True)
    assert samd.boot_ids == ((ARDUINO, 0x0057),)
    assert r4
    assert (r4.tool, r4.touch, r4.changes_port, r4.boot_ids) == (Tool.BOSSAC, True, False, ())
    assert h7
    assert (h7.tool, h7.touch, h7.changes_port) == (Tool.DFU_UTIL, True, True)
    assert h7.arguments[:2] == ("--device", "0x2341:0x035b")
    assert "--dfuse-address=0x08040000:leave" in h7.arguments
    assert c33
    assert (c33.tool, c33.touch, c33.changes_port) == (Tool.DFU_UTIL, False, False)
    assert nano
    assert (nano.tool, nano.suffix, nano.boot_ids[0]) == (Tool.UF2, ".elf", (0x2E8A, 0x0003))


def test_readme_tells_what_the_catalogue_tells() -> None:
    script = runpy.run_path(str(ROOT / "packaging" / "board_table.py"))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert script["renewed"](readme) == readme
    assert readme.count("arduino:samd:mkrnb1500") == 1
    with pytest.raises(ValueError, match="boards"):
        script["renewed"]("no marks")
