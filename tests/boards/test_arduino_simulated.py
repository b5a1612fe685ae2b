"""Our side against the simulated boards, which were written from the same facts by other hands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import pytest
from pydantic import SecretStr

from station.boards.arduino import Arduino
from station.boards.arduino_options import ArduinoOptions
from station.faults import (
    BoardRefused,
    BoardWedged,
    CredentialLost,
    Fault,
    HardwareBroken,
    KeyMismatch,
    LinkLost,
    NetworkRefused,
    NotErased,
    SketchMissing,
    TokenMismatch,
)
from station.links import LineSettings, Link, Seat
from station.links.memory import pair
from station.model import Certificate, EthernetNetwork, Network, WifiNetwork
from station.simulation import sketches
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_faults import REALISTIC, ArduinoTiming
from station.simulation.arduino_legacy import SimulatedArduinoLegacy
from station.simulation.arduino_text import dev_eui
from station.simulation.arduino_unit import product
from tests.boards.arduino_seat import FakeSeat, attached
from tests.boards.scripted_nrf91 import at_once

T = TypeVar("T")

NOW = 1_767_225_600
WIFI = WifiNetwork("factory-net", SecretStr("s3cretpass"))
DEVICE = "8b0f2a9c-3d41-4f6e-9a77-0c5d1e2f3a4b"
CERTIFICATE = Certificate(
    "pem", "2026-02-03T04:00:00+00:00", 31, bytes(range(1, 17)), bytes(20), bytes(range(64))
)


def told(simulated: SimulatedArduino, story: Callable[[Arduino], Awaitable[T]]) -> T:
    async def whole() -> T:
        lives: list[asyncio.Task[bool]] = []

        def plug(line: LineSettings) -> Link:
            ours, theirs = pair()
            lives.append(asyncio.create_task(live(theirs, lives[:])))
            return ours

        async def live(link: Link, before: list[asyncio.Task[bool]]) -> bool:
            await asyncio.gather(*before)  # it sees that a port is closed before the next opens
            return await simulated.run(link)

        made = simulated.unit.product
        there = attached(made.vid, made.pid, simulated.unit.identity["usb_serial"])
        link = plug(LineSettings(9600))
        board = await Arduino.open(link, ArduinoOptions(), FakeSeat(there, plug), clock=lambda: NOW)
        try:
            return await story(board)
        finally:
            await board.close()
            await link.close()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*lives)
            simulated.power_off()

    return at_once(whole())


def fault(
    kind: type[Fault], simulated: SimulatedArduino, story: Callable[[Arduino], Awaitable[object]]
) -> str:
    with pytest.raises(kind) as caught:
        told(simulated, story)
    return caught.value.detail


async def the_whole_way(board: Arduino, network: Network = WIFI) -> tuple[str, str]:
    heard = await board.greet(30)
    assert [each.ssid for each in heard] == ["factory-net", "guest", "Café d'Or"]
    version = await board.sketch_version()
    await board.wifi_firmware()
    identity = await board.identify()
    proof = await board.prove()
    assert dict(identity.ids)["ble mac"] == dict(proof.told)["ble mac"]
    await board.forget()
    await board.join(network, 200)
    await board.part()
    return version, proof.subject


@pytest.mark.parametrize(
    "name", ["unor4wifi", "nano_33_iot", "envie_m7", "opta", "portenta_c33", "nanorp2040connect"]
)
@pytest.mark.parametrize("timing", [ArduinoTiming(), REALISTIC], ids=["at once", "realistic"])
def test_every_product_goes_the_whole_way(name: str, timing: ArduinoTiming) -> None:
    simulated = SimulatedArduino(5, product(name), timing=timing)
    version, subject = told(simulated, the_whole_way)
    assert version == "0.6.2"
    assert subject == simulated.identity["uhwid"]


@pytest.mark.parametrize("name", ["noisy", "lost-byte", "rekeyed", "never-online"])
@pytest.mark.parametrize("timing", [ArduinoTiming(), REALISTIC], ids=["at once", "realistic"])
def test_what_is_only_awkward_stops_nothing(name: str, timing: ArduinoTiming) -> None:
    simulated = SimulatedArduino(5, faults=[name], timing=timing)
    assert told(simulated, the_whole_way)[1] == simulated.identity["uhwid"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("silent", SketchMissing),
        ("se-broken", HardwareBroken),
        ("se-unconfigured", HardwareBroken),
        ("se-unlocked", HardwareBroken),
        ("uhwid-broken", HardwareBroken),
        ("storage-broken", HardwareBroken),
        ("partition-broken", HardwareBroken),
        ("wrong-key", TokenMismatch),
        ("token-forged", TokenMismatch),
        ("clock-deaf", TokenMismatch),
        ("no-internet", NetworkRefused),
        ("unplug-at-id", LinkLost),
    ],
)
def test_what_is_wrong_is_told_as_what_it_is(name: str, kind: type[Fault]) -> None:
    fault(kind, SimulatedArduino(5, faults=[name]), the_whole_way)


def test_a_list_that_does_not_fit_leaves_a_board_that_lives_and_hears_nothing() -> None:
    simulated = SimulatedArduino(5, faults=["long-ssids"])
    fault(BoardWedged, simulated, lambda board: board.greet(30))


def test_a_flash_wakes_a_board_that_hangs() -> None:
    simulated = SimulatedArduino(5, faults=["wedged"])

    async def flash(seat: Seat) -> None:
        simulated.flashed(sketches.image(sketches.PROVISIONING))

    async def story(board: Arduino) -> str:
        with pytest.raises(BoardWedged):
            await board.greet(30)
        await board.aside(flash)
        await board.greet(60)
        return await board.sketch_version()

    assert told(simulated, story) == "0.6.2"


def test_a_cloud_sketch_changes_its_network_and_proves_nothing() -> None:
    simulated = SimulatedArduino(5, sketch=sketches.CLOUD)

    async def story(board: Arduino) -> str:
        await board.greet(30)
        with pytest.raises(SketchMissing):
            await board.sketch_version()
        identity = await board.identify()
        await board.join(WIFI, 200)
        return identity.firmware

    assert told(simulated, story).startswith("library ")


def test_a_wrong_password_is_refused_and_the_right_one_taken_after_it() -> None:
    async def story(board: Arduino) -> None:
        await board.greet(30)
        with pytest.raises(NetworkRefused):
            await board.join(WifiNetwork("factory-net", SecretStr("wrong")), 200)
        await board.join(WIFI, 200)

    told(SimulatedArduino(5, timing=REALISTIC), story)


def test_a_network_that_the_board_has_no_adapter_for_is_refused() -> None:
    detail = fault(
        NetworkRefused, SimulatedArduino(5), lambda board: board.join(EthernetNetwork(), 200)
    )
    assert detail == "the board takes no eth settings"


def test_a_board_without_an_address_has_none() -> None:
    async def story(board: Arduino) -> dict[str, str]:
        return dict((await board.identify()).ids)

    assert set(told(SimulatedArduino(5, faults=["no-mac"]), story)) == {"usb serial"}


def test_a_gesture_is_noticed_behind_a_bridge() -> None:
    simulated = SimulatedArduino(5, sketch=sketches.CLOUD)

    async def story(board: Arduino) -> None:
        await board.greet(30)
        asyncio.get_running_loop().call_later(10, simulated.press_gesture, 4.0)
        await board.await_restart(300)
        await board.library_version()

    told(simulated, story)


# Provisioning 1.0, and the sketches that speak in text


async def certified(board: Arduino) -> str:
    await board.await_sketch(10)
    request = await board.request_certificate(DEVICE)
    await board.store_certificate(CERTIFICATE)
    return request.subject


@pytest.mark.parametrize("faults", [(), ("first-frame-garbled",)])
def test_a_secure_element_gets_its_certificate(faults: tuple[str, ...]) -> None:
    simulated = SimulatedArduinoLegacy(5, faults=faults)
    assert told(simulated, certified) == DEVICE
    assert simulated.unit.device_id == DEVICE
    assert simulated.unit.certificate


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("silent", SketchMissing),
        ("keygen-fails", BoardRefused),
        ("rebuild-fails", CredentialLost),
        ("store-broken", CredentialLost),
        ("wrong-csr", KeyMismatch),
    ],
)
def test_a_secure_element_that_gets_none_says_why(name: str, kind: type[Fault]) -> None:
    fault(kind, SimulatedArduinoLegacy(5, faults=[name]), certified)


def test_a_lorawan_module_tells_its_address() -> None:
    lora = SimulatedArduinoLegacy(5, sketches.LORA, slow=True)
    assert told(lora, lambda board: board.dev_eui()) == dev_eui(5)
    for name, kind in (("silent", SketchMissing), ("no-module", HardwareBroken)):
        broken = SimulatedArduinoLegacy(5, sketches.LORA, faults=[name])
        fault(kind, broken, lambda board: board.dev_eui())


def test_a_network_is_dropped() -> None:
    simulated = SimulatedArduinoLegacy(5, sketches.DELETE_CONFIGURATION)
    assert simulated.unit.store
    told(simulated, lambda board: board.drop_network())
    assert not simulated.unit.store
    for name, kind in (("silent", SketchMissing), ("storage-broken", NotErased)):
        broken = SimulatedArduinoLegacy(5, sketches.DELETE_CONFIGURATION, faults=[name])
        fault(kind, broken, lambda board: board.drop_network())
