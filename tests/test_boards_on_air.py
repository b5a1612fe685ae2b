"""Boards on the air on a whole line and on the command line; the radio itself is the links' matter."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any

import pytest

from station import cli_air
from station.faults import ManyNear, NoneNear, RadioOff
from station.line import Line
from station.links import LineSettings, Link, ble_wiring
from station.links.ble_wiring import BleWiring
from station.links.memory import pair
from station.links.several import Several
from station.model import (
    Appeared,
    Attached,
    Attachment,
    Change,
    Event,
    Medium,
    Nearby,
    Port,
    Refused,
)
from station.settings import BluetoothSettings, Settings
from tests.by_hand import Bystander
from tests.conftest import Call

UNO = Nearby("F4:12:FA:65:43:21", "Arduino-2341-1002", "F4:12:FA:65:43:21", -48)


class Air:
    """An air with one board on it, called 4321."""

    def __init__(self) -> None:
        self._news: asyncio.Queue[Change] = asyncio.Queue()

    async def changes(self) -> AsyncGenerator[Change, None]:
        while True:
            yield await self._news.get()

    async def open(self, port: Port, line: LineSettings) -> Link:
        return pair()[0]

    def pick(self, text: str) -> None:
        if text == "21":
            raise ManyNear(text)
        if text != "4321":
            raise NoneNear(text)
        port = Port(UNO.address, location="ble-1", medium=Medium.BLUETOOTH)
        self._news.put_nowait(Attached(Attachment((port,))))


async def picked(line: Line, *texts: str) -> Bystander:
    """Serve a line, pick what the texts name, and return what was told."""
    bystander = Bystander()
    given: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(line.serve(bystander.post, given.set_result))
    commands = await given
    for text in texts:
        await commands.pick(text)
    await bystander.until(lambda event: isinstance(event, Appeared | Refused), len(texts))
    serving.cancel()
    await asyncio.wait([serving])
    return bystander


async def test_a_picked_board_appears_in_a_slot_and_a_doubtful_pick_is_refused(
    tmp_path: Path,
) -> None:
    line = Line(tmp_path, "Line 3", Several(), radio=lambda post: Air())
    told = await picked(line, "4321", "21", "99")
    (appeared,) = told.of(Appeared)
    assert (appeared.port.medium, appeared.port.location) == (Medium.BLUETOOTH, "ble-1")
    assert [each.trouble.code for each in told.of(Refused)] == ["MANY-NEAR", "NONE-NEAR"]


async def test_without_a_radio_every_pick_is_refused(tmp_path: Path) -> None:
    told = await picked(Line(tmp_path, "Line 3", Several()), "4321")
    assert [each.trouble.code for each in told.of(Refused)] == ["RADIO-MISSING"]


@pytest.mark.parametrize(
    ("set_up", "options", "expected"),
    [
        (BluetoothSettings(), {}, BluetoothSettings()),
        (BluetoothSettings(lanes=3), {}, BluetoothSettings(lanes=3)),
        (BluetoothSettings(lanes=3), {"named": True}, BluetoothSettings()),
        (BluetoothSettings(), {"bluetooth": True}, BluetoothSettings(lanes=1, pick="nearest")),
        (
            BluetoothSettings(lanes=3),
            {"bluetooth": True, "named": True},
            BluetoothSettings(lanes=3, pick="nearest"),
        ),
        (
            BluetoothSettings(pick="nearest"),
            {"picks": ["4321", "4322"]},
            BluetoothSettings(lanes=2, pick="label"),
        ),
        (BluetoothSettings(), {"picks": ["4321"] * 40}, BluetoothSettings(lanes=16)),
    ],
)
def test_the_options_of_a_run_change_the_settings(
    set_up: BluetoothSettings, options: dict[str, Any], expected: BluetoothSettings
) -> None:
    asked: dict[str, Any] = {"bluetooth": False, "picks": [], "named": False, **options}
    found = cli_air.asked_for(Settings(bluetooth=set_up), **asked)
    assert found.bluetooth == expected


def test_a_line_without_lanes_has_no_radio() -> None:
    assert cli_air.radio(BluetoothSettings()) is None


async def test_a_line_with_lanes_has_one_that_tells_what_it_hears() -> None:
    said: list[Event] = []
    made = cli_air.radio(BluetoothSettings(lanes=2), ["4321"])
    assert made
    assert isinstance(made(said.append), BleWiring)
    assert said == []


def hearing(monkeypatch: pytest.MonkeyPatch, told: Sequence[Nearby] | Exception) -> None:
    async def listen(seconds: float) -> Sequence[Nearby]:
        if isinstance(told, Exception):
            raise told
        return told

    monkeypatch.setattr(ble_wiring, "boards_on_air", listen)


def test_the_boards_on_the_air_are_shown(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    hearing(monkeypatch, [UNO])
    status, out, _ = call("ports", "--bluetooth", "--json")
    assert status == 0
    assert json.loads(out) == {
        "address": "F4:12:FA:65:43:21",
        "name": "Arduino-2341-1002",
        "label": "F4:12:FA:65:43:21",
        "rssi": -48,
    }
    hearing(monkeypatch, [])
    assert call("ports", "--bluetooth") == (0, "", "No board is on the air.\n")


def test_a_radio_that_is_off_is_told_with_its_remedy(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing(monkeypatch, RadioOff())
    status, _, err = call("ports", "--bluetooth")
    assert status == 3
    assert "RADIO-OFF" in err
