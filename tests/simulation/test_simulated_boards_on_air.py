"""Simulated boards on the fake air, found and talked to from another process by bleak."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator

import pytest

from tests.fake_air import bleak_led_to  # first: it leaves out what has no BlueZ

# isort: split
from bleak import BleakClient, BleakScanner
from bleak.backends.device import BLEDevice

from station.simulation.arduino_agents import SERVICE
from station.simulation.arduino_air import INDICATED, WRITTEN
from station.simulation.program import simulate_boards

PROGRAM = """
import asyncio, sys
from station.simulation.program import simulate_boards
asyncio.run(simulate_boards("arduino", 2, None, [], 5, sys.stdout, bluetooth=True))
"""
ASK_VERSION = bytes.fromhex("55aa02000ada000120038118c85699aa55")
VERSION = bytes.fromhex("55aa02000eda000120158165302e362e32170daa55")  # 0.6.2


@pytest.fixture
async def told() -> AsyncIterator[list[dict[str, str]]]:
    """Two boards in a process of their own: what it says of them."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        yield [json.loads(await process.stdout.readline()) for _ in range(2)]
    finally:
        await process.communicate(b"")
    assert process.returncode == 0


async def test_the_boards_are_found_by_what_is_told_of_them(told: list[dict[str, str]]) -> None:
    assert [line["kind"] for line in told] == ["arduino"] * 2
    async with bleak_led_to(told[0]["dbus"]):
        addresses = {line["port"] for line in told}
        heard: dict[str, BLEDevice] = {}
        async with BleakScanner(service_uuids=[SERVICE]) as scanner:
            async for device, _ in scanner.advertisement_data():
                heard[device.address] = device
                if heard.keys() == addresses:
                    break
        answers = await asyncio.gather(*(version(device) for device in heard.values()))
    assert answers == [VERSION, VERSION]


async def version(device: BLEDevice) -> bytes:
    """Wait for the list of networks that begins a session, ask, and return the answer."""
    said = bytearray()
    whole = asyncio.Event()

    def take(_: object, chunk: bytearray) -> None:
        said.extend(chunk)
        if said.endswith(b"\xaa\x55"):
            whole.set()

    async with BleakClient(device) as client:
        await client.start_notify(INDICATED, take)
        await whole.wait()
        said.clear()
        whole.clear()
        await client.write_gatt_char(WRITTEN, ASK_VERSION, response=True)
        await whole.wait()
    return bytes(said)


async def test_a_board_without_bluetooth_is_refused() -> None:
    with pytest.raises(ValueError, match="no Bluetooth"):
        await simulate_boards("nrf91", 1, None, [], 1, sys.stdout, bluetooth=True)
