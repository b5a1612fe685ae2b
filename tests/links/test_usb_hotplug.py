"""Real pyserial and real libudev over umockdev's testbed: boards that come, leave and change."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tty
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from station.links.aside import aside
from tests.links import mock_usb
from tests.links.mock_usb import (
    NRF9151_DK,
    PORTENTA_IN_BOOT_LOADER,
    THINGY91X,
    MockBoard,
    MockUsb,
    plug_latency_s,
)

WATCHING = Path(__file__).with_name("watching.py")

NANO = MockBoard(0x2341, 0x8057, "3E7F2A10504B5157", "Nano 33 IoT", "Arduino LLC", "1-5")


class Watcher:
    """The watching program, and what it has printed."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def says(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        async with asyncio.timeout(20):
            line = await self._process.stdout.readline()
        if not line:
            assert self._process.stderr is not None
            pytest.fail((await self._process.stderr.read()).decode())
        told: dict[str, Any] = json.loads(line)
        return told

    async def change(self) -> tuple[str, str, list[str]]:
        told = await self.says()
        return told["change"], told["where"], [port["path"] for port in told["ports"]]


@pytest.fixture
def usb() -> Iterator[MockUsb]:
    with MockUsb() as testbed:
        yield testbed


async def start(usb: MockUsb, *arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, str(WATCHING), *arguments, env=usb.env, stdout=PIPE, stderr=PIPE
    )


@pytest.fixture(params=["udev", "kernel", "polling"])
async def watcher(request: pytest.FixtureRequest, usb: MockUsb) -> AsyncIterator[Watcher]:
    """A watcher that has looked once: it has reported the board that sits in socket 1-9."""
    first = NANO.at("1-9", "ttyACM9")
    usb.plug(first)
    process = await start(usb, request.param)
    watcher = Watcher(process)
    assert await watcher.says() == {"ready": True}
    assert await watcher.change() == ("Attached", "1-9", ["/dev/ttyACM9"])
    yield watcher
    process.terminate()
    await process.communicate()


async def test_two_ports_of_a_development_kit_are_one_thing_in_order(
    usb: MockUsb, watcher: Watcher
) -> None:
    # The names run against the interfaces, so the order can only come from the interfaces.
    usb.plug(NRF9151_DK.at("1-4.2", "ttyACM1", "ttyACM0"))
    told = await watcher.says()
    assert [port["path"] for port in told["ports"]] == ["/dev/ttyACM1", "/dev/ttyACM0"]
    assert told["ports"][0] == {
        "path": "/dev/ttyACM1",
        "vid": 0x1366,
        "pid": 0x1069,
        "usb_serial": "001051216197",
        "location": "1-4.2",
        "interface": 0,
        "product": "J-Link",
        "manufacturer": "SEGGER",
        "medium": "serial",
    }


async def test_plug_to_attached(
    usb: MockUsb,
    watcher: Watcher,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plugged_s = usb.plug(THINGY91X)
    told = await watcher.says()
    assert [port["interface"] for port in told["ports"]] == [1, 4]
    latency_s = told["at_s"] - plugged_s
    with capsys.disabled():
        print(f"\n{request.node.name}: {1000 * latency_s:.0f} ms")
    assert latency_s < 5


def test_the_stopwatch_of_the_benchmark(usb: MockUsb) -> None:
    command = [sys.executable, str(WATCHING), "udev"]
    with subprocess.Popen(command, env=usb.env, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        latency_s = plug_latency_s(usb, THINGY91X, program, lambda line: "Attached" in line)
        program.terminate()
    assert 0 < latency_s < 5


def test_a_missing_umockdev_is_a_clear_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mock_usb, "PRELOAD", "libnot-there.so.0")
    with pytest.raises(RuntimeError, match="umockdev"):
        MockUsb()


async def test_two_boards_come_and_one_leaves(usb: MockUsb, watcher: Watcher) -> None:
    usb.plug(NRF9151_DK, THINGY91X)
    changes = sorted([await watcher.change(), await watcher.change()])
    assert changes == [
        ("Attached", "1-3", ["/dev/ttyACM2", "/dev/ttyACM3"]),
        ("Attached", "1-4.2", ["/dev/ttyACM0", "/dev/ttyACM1"]),
    ]
    usb.unplug(NRF9151_DK)
    assert await watcher.change() == ("Detached", "1-4.2", ["/dev/ttyACM0", "/dev/ttyACM1"])


async def test_a_different_board_in_the_same_socket_inherits_nothing(
    usb: MockUsb, watcher: Watcher
) -> None:
    other = MockBoard(0x2341, 0x8057, "0123456789ABCDEF", "Nano 33 IoT", "Arduino LLC", "1-5")
    usb.plug(NANO)
    await watcher.change()
    usb.swap(NANO, other)
    gone, come = await watcher.says(), await watcher.says()
    assert (gone["change"], gone["ports"][0]["usb_serial"]) == ("Detached", NANO.usb_serial)
    assert (come["change"], come["ports"][0]["usb_serial"]) == ("Attached", "0123456789ABCDEF")


async def test_the_same_board_plugged_in_anew_at_once_is_not_overlooked(
    usb: MockUsb, watcher: Watcher
) -> None:
    usb.plug(NANO)
    await watcher.change()
    usb.swap(NANO, NANO)
    assert await watcher.change() == ("Detached", "1-5", ["/dev/ttyACM0"])
    assert await watcher.change() == ("Attached", "1-5", ["/dev/ttyACM0"])


async def test_a_board_moved_to_another_socket_keeps_its_name_but_not_its_place(
    usb: MockUsb, watcher: Watcher
) -> None:
    usb.plug(NANO)
    await watcher.change()
    usb.swap(NANO, NANO.at("1-6"))
    assert await watcher.change() == ("Detached", "1-5", ["/dev/ttyACM0"])
    assert await watcher.change() == ("Attached", "1-6", ["/dev/ttyACM0"])


@pytest.mark.parametrize("serial", ["SAME", ""])
async def test_boards_that_serials_do_not_tell_apart(
    usb: MockUsb, watcher: Watcher, serial: str
) -> None:
    left = MockBoard(0x1A86, 0x7523, serial, socket="1-1", names=("ttyACM0",))
    usb.plug(left, left.at("1-2", "ttyACM1"))
    changes = sorted([await watcher.change(), await watcher.change()])
    assert changes == [
        ("Attached", "1-1", ["/dev/ttyACM0"]),
        ("Attached", "1-2", ["/dev/ttyACM1"]),
    ]


async def test_a_boot_loader_without_a_port_comes_and_becomes_its_board(
    usb: MockUsb, watcher: Watcher
) -> None:
    keyboard = MockBoard(0x046D, 0xC31C, "K", "Keyboard", socket="1-8", interfaces=(), names=())
    portenta = MockBoard(0x2341, 0x025B, PORTENTA_IN_BOOT_LOADER.usb_serial, socket="1-7")
    usb.plug(keyboard, PORTENTA_IN_BOOT_LOADER)
    told = await watcher.says()
    assert (told["change"], told["where"]) == ("Attached", "1-7")
    assert told["ports"] == [
        {
            "path": "usb:1-7",
            "vid": 0x2341,
            "pid": 0x035B,
            "usb_serial": PORTENTA_IN_BOOT_LOADER.usb_serial,
            "location": "1-7",
            "interface": None,
            "product": "Portenta H7",
            "manufacturer": "Arduino",
            "medium": "usb",
        }
    ]
    usb.swap(PORTENTA_IN_BOOT_LOADER, portenta)
    assert await watcher.change() == ("Detached", "1-7", ["usb:1-7"])
    assert await watcher.change() == ("Attached", "1-7", ["/dev/ttyACM0"])


async def test_a_hub_loses_power(usb: MockUsb, watcher: Watcher) -> None:
    boards = [NANO.at(f"1-2.{n}", f"ttyACM{n}") for n in range(8)]
    usb.plug(*boards)
    come = [await watcher.change() for _ in boards]
    usb.unplug(*boards)
    gone = [await watcher.change() for _ in boards]
    sockets = {f"1-2.{n}" for n in range(8)}
    assert {(change, where) for change, where, _ in come} == {("Attached", s) for s in sockets}
    assert {(change, where) for change, where, _ in gone} == {("Detached", s) for s in sockets}


async def test_a_port_is_opened_talks_and_is_lost(usb: MockUsb) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    board = MockBoard(0x1915, 0x910A, "THINGY91X_1", behind=(os.ttyname(slave),))
    process = await start(usb, "udev", "talk")
    watcher = Watcher(process)
    await watcher.says()
    try:
        usb.plug(board)
        assert await watcher.change() == ("Attached", "1-1", ["/dev/ttyACM0"])
        assert await asyncio.wrap_future(aside(lambda: os.read(master, 100))) == b"ping"
        os.write(master, b"pong")
        assert await watcher.says() == {"heard": "pong"}
        os.close(slave)
        os.close(master)
        master = slave = -1
        usb.unplug(board)
        told = [await watcher.says(), await watcher.says()]
        assert {"code": "LINK-LOST"} in told
        assert "Detached" in [line.get("change") for line in told]
    finally:
        process.terminate()
        await process.communicate()
        for descriptor in (master, slave):
            with suppress(OSError):
                os.close(descriptor)
