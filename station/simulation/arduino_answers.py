"""What a board answers of itself: its versions, addresses, and the proof of who it is."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from station.simulation.arduino_faults import ArduinoTiming
from station.simulation.arduino_talk import (
    BLE_MAC,
    PUBLIC_KEY,
    TOKEN,
    UHWID,
    WIFI_FIRMWARE,
    Talk,
)
from station.simulation.arduino_token import issue
from station.simulation.arduino_unit import CLAIMING_SLOT, ArduinoUnit, public_pem

_LONG_AGO = 946_684_800
_NEIGHBOUR = 500_000
_OLD_WIFI_FIRMWARE = "0.4.1"


async def tell_id(
    unit: ArduinoUnit, at: int, talk: Talk, timing: ArduinoTiming, faults: frozenset[str]
) -> None:
    """Say public key, hardware id and token, in that order; `at` is what the host called now."""
    key = unit.keys.get(CLAIMING_SLOT)
    if key is None:
        await asyncio.sleep(timing.keygen_s)
        key = unit.new_key(CLAIMING_SLOT)
    await talk.say(PUBLIC_KEY, public_pem(key))
    await talk.say(UHWID, unit.uhwid)
    await talk.say(TOKEN, _token(unit, at, faults).encode("ascii"))


async def tell_ble_mac(unit: ArduinoUnit, talk: Talk, faults: frozenset[str]) -> None:
    """Say the Bluetooth address."""
    await talk.say(BLE_MAC, b"" if "no-mac" in faults else unit.ble_mac)


async def tell_wifi_firmware(unit: ArduinoUnit, talk: Talk, faults: frozenset[str]) -> None:
    """Say the version of the radio's firmware; empty where there is no radio."""
    there = unit.product.wifi_firmware
    await talk.say(WIFI_FIRMWARE, _OLD_WIFI_FIRMWARE if "old-wifi-firmware" in faults else there)


def _token(unit: ArduinoUnit, at: int, faults: frozenset[str]) -> str:
    key, uhwid = unit.keys[CLAIMING_SLOT], unit.uhwid
    if "wrong-key" in faults:
        key = replace(unit, relabelled="stranger", keys={}).new_key(CLAIMING_SLOT)
    if "token-forged" in faults:
        uhwid = replace(unit, number=unit.number + _NEIGHBOUR).uhwid
    return issue(key, uhwid, _LONG_AGO if "clock-deaf" in faults else at)
