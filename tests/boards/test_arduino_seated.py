"""An Arduino in its seat: its marks, the recipe's word, one sketch making room for another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from station.boards.arduino import Arduino
from station.boards.arduino_options import ArduinoOptions
from station.faults import (
    BoardRefused,
    HandNeeded,
    LinkLost,
    NotReturned,
    PortMissing,
    SketchMissing,
    WrongProduct,
)
from station.links import LineSettings, Link, Seat
from station.links.memory import pair
from station.model import Attachment, Gesture, Medium, Port, WifiNetwork
from station.registry import boards, detect, waits_on_usb
from tests.boards.arduino_seat import FakeSeat, attached
from tests.boards.scripted_arduino import ScriptedSketch, networks, status
from tests.boards.scripted_nrf91 import at_once

T = TypeVar("T")

UNO = attached(0x2341, 0x1002)
IOT, IOT_BOOT = attached(0x2341, 0x8057, "IOT1"), attached(0x2341, 0x0057, "IOT1")
UNMARKED = attached(None, None, path="/dev/pts/7")
AIR = Attachment((Port("F4:12", 0x2341, 0x8057, "F4:12", "ble-1", medium=Medium.BLUETOOTH),))


RP2040 = (0x2E8A, 0x0003)


def attached_on_usb(vid: int, pid: int, usb_serial: str = "") -> Attachment:
    return Attachment((Port("usb:1-4", vid, pid, usb_serial, "1-4", medium=Medium.USB),))


async def opened(there: Attachment | None, *names: str, **more: str) -> Arduino:
    link, _ = pair()
    seat = FakeSeat(there, lambda line: link)
    return await Arduino.open(link, ArduinoOptions(boards=names, **more), seat)


def unit(there: Attachment | None, *names: str, **more: str) -> Any:
    return at_once(opened(there, *names, **more)).unit


# Marks


@pytest.mark.parametrize(
    ("vid", "pid"),
    [(0x2341, 0x1002), (0x2341, 0x8057), (0x2341, 0x0057), (0x35D1, 0x0264), (0x2341, 0x035B)],
)
def test_a_board_is_known_by_its_marks_in_its_boot_loader_too(vid: int, pid: int) -> None:
    there = attached(vid, pid)
    assert Arduino.port(there) == there.ports[0]


def test_boot_loaders_without_a_port_are_known() -> None:
    for ids in [(0x2341, 0x035B), (0x2341, 0x0368), (0x35D1, 0x0364), RP2040]:
        there = attached_on_usb(*ids)
        assert waits_on_usb(there)
        assert detect(there) == ("arduino", there.ports[0])


@pytest.mark.parametrize(
    "ids",
    [
        (0x2341, 0x025B),  # a Portenta H7 whose port is about to come
        (0x2341, 0x0057),  # a Nano 33 IoT's boot loader, which has a port
        (0x303A, 0x1001),
        (0x1366, 0x1059),  # a probe
        (0x046D, 0xC31C),  # a keyboard
    ],
)
def test_what_has_or_will_have_a_port_is_no_such_boot_loader(ids: tuple[int, int]) -> None:
    assert not waits_on_usb(attached_on_usb(*ids))


@pytest.mark.parametrize(("vid", "pid"), [(None, None), (0x1366, 0x1051), (0x2E8A, 0x0003)])
def test_other_marks_are_not_ours(vid: int | None, pid: int | None) -> None:
    assert Arduino.port(attached(vid, pid)) is None


def test_of_several_interfaces_the_first_is_talked_to() -> None:
    port = IOT.ports[0]
    second, first = replace(port, path="b", interface=2), replace(port, path="a", interface=0)
    assert Arduino.port(Attachment((second, first))) == first


def test_on_the_air_the_name_tells_the_marks() -> None:
    assert Arduino.port(AIR) == AIR.ports[0]
    board = at_once(opened(AIR))
    assert board.unit.hardware.title == "Nano 33 IoT"
    assert board.unit.usb_serial == ""
    assert not board.flashable


def test_no_other_kind_claims_an_arduino() -> None:
    assert boards()["arduino"] is Arduino
    assert [name for name, kind in boards().items() if kind.port(UNO)] == ["arduino"]


# What the recipe says


def test_a_recipe_names_boards_as_people_do() -> None:
    options = ArduinoOptions.model_validate({"boards": ["nano 33 IOT", "arduino:mbed_opta:opta"]})
    assert len(options.boards) == 2
    with pytest.raises(ValidationError, match="Nano 33 IoT"):
        ArduinoOptions.model_validate({"boards": ["Nano 34 IoT"]})
    with pytest.raises(ValidationError, match="library"):
        ArduinoOptions.model_validate({"library": "latest"})
    with pytest.raises(ValidationError, match="speed"):
        ArduinoOptions.model_validate({"speed": 9600})


def test_another_kinds_options_are_a_mistake_of_ours() -> None:
    class Other(BaseModel):
        pass

    async def story() -> None:
        link, _ = pair()
        await Arduino.open(link, Other(), FakeSeat(UNO, lambda line: link))

    with pytest.raises(TypeError, match="Other"):
        at_once(story())


def test_a_unit_is_what_its_marks_say() -> None:
    told = unit(IOT, "Nano 33 IoT")
    assert (told.hardware.title, told.vid, told.pid, told.usb_serial) == (
        "Nano 33 IoT",
        0x2341,
        0x8057,
        "IOT1",
    )
    assert unit(IOT) == told


def test_another_product_than_the_recipes_is_told_before_a_word_is_said() -> None:
    with pytest.raises(WrongProduct, match=r"UNO R4 WiFi, where Nano 33 IoT is wanted"):
        at_once(opened(UNO, "Nano 33 IoT"))


def test_a_boot_loader_that_several_share_is_the_one_that_the_recipe_names() -> None:
    told = unit(attached(0x2341, 0x0364), "Opta Lite or RS485")
    assert told.hardware.title == "Opta Lite or RS485"
    assert unit(attached(0x2341, 0x0064), "opta").hardware.title == "Opta Lite or RS485"


def test_a_chips_own_boot_loader_is_the_product_that_the_recipe_names() -> None:
    there = attached_on_usb(*RP2040)
    assert Arduino.port(there) == there.ports[0]
    told = unit(there, "Nano RP2040 Connect", "Nano 33 IoT")
    assert (told.hardware.title, told.usb_serial) == ("Nano RP2040 Connect", "")
    with pytest.raises(WrongProduct, match="nor does the recipe"):
        unit(there)
    with pytest.raises(WrongProduct, match="a chip's boot loader, where Nano 33 IoT is wanted"):
        at_once(opened(there, "Nano 33 IoT"))


def test_a_boot_loader_on_usb_keeps_the_number_that_it_tells() -> None:
    told = unit(attached_on_usb(0x2341, 0x035B, "0025"))
    assert (told.hardware.title, told.usb_serial) == ("Portenta H7", "0025")


def test_a_port_without_marks_is_what_the_recipe_names_if_that_is_one() -> None:
    told = unit(UNMARKED, "nano_33_iot")
    assert (told.hardware.title, told.vid, told.pid) == ("Nano 33 IoT", 0x2341, 0x8057)
    for names in ((), ("Nano 33 IoT", "UNO R4 WiFi")):
        with pytest.raises(WrongProduct):
            unit(UNMARKED, *names)


@pytest.mark.parametrize(
    ("more", "asked", "gesture"),
    [
        ({}, "0.4.1", Gesture(pin="2", to="3.3V")),
        ({}, "", Gesture(pin="2")),
        ({"library": "0.4.1"}, "", Gesture(pin="2", to="3.3V")),
        ({"gesture_pin": "9"}, "0.5.1", Gesture(pin="9")),
        ({"gesture_pin": "9", "library": "0.4.0"}, "0.4.0", Gesture(pin="9", to="3.3V")),
        ({"gesture_pin": "none"}, "", None),
    ],
)
def test_the_hand_is_told_what_the_products_own_sketch_looks_for(
    more: dict[str, str], asked: str, gesture: Gesture | None
) -> None:
    assert unit(attached(0x2341, 0x005E), **more).hardware.gesture(asked) == gesture


def test_a_pin_of_its_own_takes_the_buttons_place() -> None:
    gesture = unit(attached(0x2341, 0x0264), gesture_pin="A0").hardware.gesture("0.5.1")
    assert gesture == Gesture(pin="A0", led="LED_USER")


def test_what_can_not_be_flashed_says_so() -> None:
    assert at_once(opened(IOT)).flashable
    assert not at_once(opened(attached(0x2341, 0x0061))).flashable


# A sketch makes room for another


class Bench:
    """A seat whose links lead to scripted sketches: the one in `board` when a port is opened."""

    def __init__(self, there: Attachment, board: ScriptedSketch) -> None:
        self.board = board
        self.seat = FakeSeat(there, self._link)
        self.failures: list[Exception] = []

    def _link(self, line: LineSettings) -> Link:
        if self.failures:
            raise self.failures.pop(0)
        return self.board

    def told(self, story: Callable[[Arduino], Awaitable[T]]) -> tuple[T, float]:
        async def whole() -> tuple[T, float]:
            arduino = await Arduino.open(self.board, ArduinoOptions(), self.seat)
            return await story(arduino), asyncio.get_running_loop().time()

        return at_once(whole())


def test_aside_the_port_is_closed_during_the_work_and_opened_again() -> None:
    before, after = ScriptedSketch(), ScriptedSketch()
    bench = Bench(IOT, before)

    async def work(seat: Seat) -> str:
        assert before.closed
        bench.seat.put(IOT_BOOT)  # the boot loader came, and goes
        bench.board = after
        asyncio.get_running_loop().call_later(3, bench.seat.put, IOT)
        return "written"

    async def story(arduino: Arduino) -> str:
        await arduino.greet(30)
        done = await arduino.aside(work)
        await arduino.sketch_version()
        return done

    done, waited_s = bench.told(story)
    assert done == "written"
    assert before.heard[-1] == "disconnect"
    assert after.heard[:2] == ["disconnect", "connect"]
    assert bench.seat.opened == [(IOT.ports[0], LineSettings(9600))]
    assert waited_s > 3


@pytest.mark.parametrize("is_sooner", [False, True])
def test_a_board_that_leaves_as_soon_as_it_has_joined_has_joined(is_sooner: bool) -> None:
    class Leaving(ScriptedSketch):
        async def send(self, data: bytes) -> None:
            await super().send(data)
            if self.heard[-1] == 1:
                self.lose()
                if is_sooner:
                    raise LinkLost("it left while it was written to")

    board = Leaving()
    board.next[1] = [[status(1), status(2)]]
    network = WifiNetwork("factory-net", SecretStr("s3cretpass"))
    Bench(UNO, board).told(lambda arduino: arduino.join(network, 30))
    assert board.heard[-1] == 1


def test_aside_another_board_is_no_heir() -> None:
    bench = Bench(IOT, ScriptedSketch())

    async def work(seat: Seat) -> None:
        bench.seat.put(attached(0x2341, 0x8057, "IOT2"))

    with pytest.raises(LinkLost, match="another board"):
        bench.told(lambda arduino: arduino.aside(work))


def test_a_board_that_was_called_and_told_no_networks_is_not_left_in_a_session() -> None:
    board = ScriptedSketch()
    board.next["connect"] = [[status(-8)], [], []]
    bench = Bench(UNO, board)

    async def story(arduino: Arduino) -> None:
        with pytest.raises(SketchMissing):
            await arduino.greet(5)
        await arduino.close()

    bench.told(story)
    assert board.heard[-1] == "disconnect"


def test_aside_a_port_without_marks_is_the_same_path() -> None:
    bench = Bench(UNMARKED, ScriptedSketch())

    async def work(seat: Seat) -> None:
        bench.seat.put(attached(None, None, path="/dev/pts/8"))
        asyncio.get_running_loop().call_later(1, bench.seat.put, UNMARKED)

    bench.told(lambda arduino: arduino.aside(work))
    assert [port.path for port, _ in bench.seat.opened] == ["/dev/pts/7"]


def test_aside_a_board_that_stays_in_its_boot_loader_has_not_returned() -> None:
    bench = Bench(IOT, ScriptedSketch())

    async def work(seat: Seat) -> None:
        bench.seat.put(IOT_BOOT)

    with pytest.raises(NotReturned):
        bench.told(lambda arduino: arduino.aside(work))


def test_aside_a_port_that_is_about_to_go_is_tried_again() -> None:
    bench = Bench(IOT, ScriptedSketch())
    bench.failures = [PortMissing("gone"), LinkLost("gone too")]

    async def work(seat: Seat) -> None:
        pass

    bench.told(lambda arduino: arduino.aside(work))
    assert len(bench.seat.opened) == 3
    bench.failures = [PortMissing("gone") for _ in range(999)]
    with pytest.raises(PortMissing):
        bench.told(lambda arduino: arduino.aside(work))


def test_what_went_wrong_aside_is_told_and_closing_is_safe() -> None:
    board = ScriptedSketch()
    bench = Bench(IOT, board)

    async def work(seat: Seat) -> None:
        raise PortMissing("no boot loader")

    async def story(arduino: Arduino) -> None:
        try:
            await arduino.aside(work)
        finally:
            await arduino.close()

    with pytest.raises(PortMissing, match="no boot loader"):
        bench.told(story)
    assert board.closed


class KnowsNo10(ScriptedSketch):
    """A sketch of 2.0, which is deaf to the commands of 1.0."""

    async def send(self, data: bytes) -> None:
        if data[2] != 1:
            await super().send(data)


def test_the_sketch_of_1_0_is_spoken_to_at_its_own_speed() -> None:
    bench = Bench(IOT, KnowsNo10())

    async def story(arduino: Arduino) -> None:
        with pytest.raises(SketchMissing):
            await arduino.await_sketch(5)
        with pytest.raises(SketchMissing):
            await arduino.await_sketch(5)
        await arduino.greet(30)

    bench.told(story)
    assert [line.baud for _, line in bench.seat.opened] == [57_600, 9600]


def test_1_0_is_done_over_a_cable_alone() -> None:
    bench = Bench(AIR, ScriptedSketch(is_radio=True))
    with pytest.raises(BoardRefused):
        bench.told(lambda arduino: arduino.await_sketch(5))


# A hand restarts it


def test_a_board_behind_a_bridge_that_was_restarted_is_greeted_anew() -> None:
    board = ScriptedSketch()
    bench = Bench(UNO, board)

    def restart() -> None:
        board._in_session = False

    async def story(arduino: Arduino) -> None:
        await arduino.greet(30)
        asyncio.get_running_loop().call_later(20, restart)
        await arduino.await_restart(300)
        await arduino.library_version()

    _, waited_s = bench.told(story)
    assert 20 < waited_s < 30
    assert bench.seat.opened == []
    assert board.heard[-2:] == ["connect", 201]


def test_a_board_that_is_deaf_for_a_while_was_not_restarted() -> None:
    board = ScriptedSketch()
    board.next[201] = [[] for _ in range(4)]

    with pytest.raises(HandNeeded, match="60 s"):
        Bench(UNO, board).told(lambda arduino: arduino.await_restart(60))
    assert board.heard.count(201) > 10


def test_a_board_whose_port_goes_with_it_is_waited_for_and_opened_again() -> None:
    before, after = ScriptedSketch(), ScriptedSketch()
    bench = Bench(IOT, before)

    def leave() -> None:
        before.lose()
        bench.board = after
        bench.seat.put(None)
        asyncio.get_running_loop().call_later(4, bench.seat.put, IOT)

    async def story(arduino: Arduino) -> str:
        await arduino.greet(30)
        asyncio.get_running_loop().call_later(20, leave)
        await arduino.await_restart(300)
        return await arduino.library_version()

    version, waited_s = bench.told(story)
    assert version == "0.5.1"
    assert waited_s > 24
    assert len(bench.seat.opened) == 1


def test_on_the_air_a_board_that_was_restarted_has_left() -> None:
    board = ScriptedSketch(is_radio=True)
    bench = Bench(AIR, board)

    async def story(arduino: Arduino) -> None:
        await arduino.greet(30)
        asyncio.get_running_loop().call_later(20, board.lose)
        await arduino.await_restart(300)
        await arduino.close()

    bench.told(story)
    assert bench.seat.opened == []
    assert board.closed
    assert networks()
