"""A simulated Arduino board as hardware: what runs from its flash, its restarts, its USB, its CLI."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable

import pytest

from station.links import Link
from station.links.memory import pair
from station.simulation import sketches
from station.simulation.arduino import SKETCHES, SimulatedArduino
from station.simulation.arduino_faults import FAULTS
from station.simulation.arduino_unit import PRODUCTS, UNO_R4_WIFI, ArduinoUnit, product
from station.simulation.program import simulate_boards
from tests.simulation.arduino_host import (
    CONNECT,
    EMPTY_LIST,
    NETWORKS,
    SKETCH,
    Host,
    host,
    ticks,
    told,
)

NANO = product("nano_33_iot")


class Loader:
    """A boot loader that takes all bytes up to a full stop for the new image."""

    def __init__(self, board: SimulatedArduino) -> None:
        self.board = board

    async def run(self, link: Link) -> bool:
        image = b""
        while not image.endswith(b"."):
            image += await link.receive()
        self.board.flashed(image[:-1])
        return True


async def version_of(client: Host) -> str:
    await client.joins()
    await client.send(SKETCH)
    told_of: str = await client.message("sketch")
    return told_of


async def test_what_runs_is_what_is_flashed() -> None:
    board = SimulatedArduino(1)
    board.flash = sketches.image(sketches.PROVISIONING, "1.2.3")
    async with host(board) as client:
        assert await version_of(client) == "1.2.3"
        board.flash = sketches.image(sketches.CLOUD)
        await client.send(SKETCH)
        assert await client.message("sketch") == "1.2.3"
        board.restart()
        await client.joins()
        await client.send(SKETCH)
        await client.statuses(-7)
    board.power_off()


@pytest.mark.parametrize("flash", [b"", b"\xff" * 64, sketches.image("unheard-of")])
async def test_a_board_without_a_sketch_of_ours_says_nothing(flash: bytes) -> None:
    board = SimulatedArduino(1, sketch="blank")
    board.flash = flash
    async with host(board) as client:
        await client.send(CONNECT)
        assert await client.is_quiet()
        assert client.come == b""
        assert board.bluetooth.advertisement is None


async def test_behind_a_bridge_the_wire_stays_through_boot_loader_and_restart() -> None:
    board = SimulatedArduino(1, sketch="blank", boot_loader=Loader)
    async with host(board) as client:
        await ticks()
        board.touch()
        assert board.is_in_boot_loader
        assert board.usb == (0x2341, 0x1002)
        await ticks()
        await client.link.send(sketches.image(sketches.PROVISIONING, "0.6.1") + b".")
        await ticks()
        assert not board.is_in_boot_loader
        assert await version_of(client) == "0.6.1"
    board.power_off()


async def test_usb_of_its_own_goes_and_comes_back_with_other_ids() -> None:
    board = SimulatedArduino(1, NANO, boot_loader=Loader)
    shown: list[tuple[int, int]] = []
    board.on_usb = lambda: shown.append(board.usb)
    here, there = pair()
    running = asyncio.create_task(board.run(there))
    client = Host(here)
    listening = asyncio.create_task(client.listen())
    await client.joins()
    board.touch()
    assert await running is False
    await listening

    here, there = pair()
    running = asyncio.create_task(board.run(there))
    await here.send(sketches.image(sketches.PROVISIONING, "0.6.1") + b".")
    assert await running is False
    assert shown == [(0x2341, 0x0057), (0x2341, 0x8057)]
    async with host(board) as again:
        assert await version_of(again) == "0.6.1"
    board.power_off()


async def test_the_unit_keeps_its_store_and_keys_through_power_and_flash() -> None:
    board = SimulatedArduino(1, NANO)
    board.unit.store["something"] = b"kept"
    board.power_on()
    await ticks()
    board.flashed(sketches.image(sketches.CLOUD))
    board.power_off()
    board.power_on()
    await ticks()
    assert board.unit.store == {"something": b"kept"}
    board.power_off()
    board.power_off()


async def test_a_sketch_that_needs_only_the_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Greeter:
        def __init__(self, unit: ArduinoUnit) -> None:
            self.unit = unit

        async def run(self, link: Link) -> None:
            while True:
                await link.send(self.unit.usb_serial.encode() + await link.receive())

    monkeypatch.setitem(SKETCHES, "greeter", Greeter)
    board = SimulatedArduino(1, sketch="greeter")
    async with host(board) as client:
        await client.link.send(b"!")
        await ticks()
        assert client.come == board.identity["usb_serial"].encode() + b"!"


@pytest.mark.parametrize(
    ("make", "told_of"),
    [
        (lambda: SimulatedArduino(1, faults=["gremlins"]), "no fault 'gremlins'"),
        (lambda: SimulatedArduino(1, sketch="blink"), "no sketch 'blink'"),
        (lambda: SimulatedArduino.realistic(1, "uno", ()), "no product 'uno'"),
    ],
)
def test_what_there_is_not(make: Callable[[], SimulatedArduino], told_of: str) -> None:
    with pytest.raises(ValueError, match=told_of):
        make()


@pytest.mark.parametrize("made", PRODUCTS, ids=lambda made: made.title)
async def test_every_product_runs_the_sketch(made: object) -> None:
    board = SimulatedArduino(1, next(p for p in PRODUCTS if p is made))
    async with host(board) as client:
        await client.send(CONNECT)
        expected = NETWORKS if board.unit.product.has_wifi else EMPTY_LIST
        await client.says(expected)
        await client.send(SKETCH)
        await client.says(told(0x12015, "0.6.2"))
    board.power_off()


def test_the_realistic_one_is_an_uno_on_a_real_line() -> None:
    board = SimulatedArduino.realistic(3, None, ["noisy"], cloud="http://127.0.0.1:1")
    assert board.unit.product is UNO_R4_WIFI
    assert board.timing.baud == 9600
    assert board.site.cloud == "http://127.0.0.1:1"
    assert board.faults == {"noisy"}
    assert board.kind == "arduino"
    for name in SimulatedArduino.dialects:
        assert SimulatedArduino.realistic(1, name, ()).unit.product.name == name
    assert all(sentence.endswith(".") for sentence in FAULTS.values())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
async def test_the_program_tells_who_the_boards_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def closed() -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("station.simulation.program._input_closed", closed)
    await simulate_boards("arduino", 2, "Portenta H7", [], 5, sys.stdout, firmware="cloud")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["kind"] for line in lines] == ["arduino"] * 2
    assert len({line["port"] for line in lines}) == 2
    for line, seed in zip(lines, (5, 6), strict=True):
        unit = ArduinoUnit(seed, product("Portenta H7"))
        assert (
            line["identity"].items()
            >= {
                "uhwid": unit.uhwid.hex(),
                "usb_serial": unit.usb_serial,
                "ble_mac": unit.ble_mac.hex(":"),
                "fqbn": "arduino:mbed_portenta:envie_m7",
            }.items()
        )
