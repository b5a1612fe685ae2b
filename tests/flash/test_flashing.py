"""The order of a flash: touch, boot loader, tool, and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import ClassVar

import pytest

from station.faults import FlashRefused, LinkLost, NotReturned, PortMissing
from station.fixture import Fixture, Place
from station.flash import Target, Told, flashing
from station.flash.flashing import TOUCH, flash
from station.links import LineSettings, Link
from station.links.memory import pair
from station.model import Attachment, Change, Flashing, Image, Medium, Port, Slot, Tool
from station.seat import PlaceSeat
from station.simulation import sketches
from station.simulation.usb_line import SimulatedFlasher
from tests.flash.seated import NANO_33_IOT, PORTENTA_H7, seated

UNO_R4 = Flashing(Tool.BOSSAC, ("-d", "-U", "-e", "-w", "-R"), touch=True)
NAMED = Attachment((Port("/dev/pts/9"),))


class Scripted:
    """A flasher that does nothing but fail as often as it is told."""

    tool: ClassVar[Tool] = Tool.BOSSAC

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.targets: list[Target] = []

    async def version(self) -> str:
        return "0"

    async def write(self, target: Target, image: Image, told: Told) -> None:
        self.targets.append(target)
        if self.faults:
            raise self.faults.pop(0)


class Starting(Scripted):
    """One that starts what it wrote, a moment after its own end."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place

    async def write(self, target: Target, image: Image, told: Told) -> None:
        await super().write(target, image, told)
        asyncio.get_running_loop().call_later(0.01, self._start)

    def _start(self) -> None:
        self.place.clear()
        self.place.refill(NAMED, "", NAMED.ports[0])


class Wires:
    """A wiring with one port, that notes how it was opened."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.opened: list[LineSettings] = []

    def changes(self) -> AsyncIterator[Change]:
        raise NotImplementedError

    async def open(self, port: Port, line: LineSettings) -> Link:
        self.opened.append(line)
        return pair()[0]


@pytest.fixture
def place() -> Place:
    place = Place(Slot("1", "x"))
    place.refill(NAMED, "", NAMED.ports[0])
    return place


@pytest.mark.parametrize("sees_usb", [True, False], ids=["seen", "unseen"])
@pytest.mark.parametrize("name", ["nano_33_iot", "unor4wifi", "envie_m7"])
async def test_boards_in_memory_are_flashed_whatever_their_boot_loader(
    name: str, image: Image, *, sees_usb: bool
) -> None:
    wanted = {"nano_33_iot": NANO_33_IOT, "unor4wifi": UNO_R4, "envie_m7": PORTENTA_H7}[name]
    async with seated(name, in_memory=True, sees_usb=sees_usb) as here:
        there = await flash(here.seat, wanted, image, SimulatedFlasher(here.line), _nobody)
        assert there == here.seat.attachment
        assert not here.board.is_in_boot_loader
        assert sketches.told(here.board.flash) == (sketches.LORA, "1.2.3")


async def test_a_bridge_keeps_its_port(image: Image) -> None:
    async with seated("unor4wifi", in_memory=True) as here:
        before = here.seat.attachment
        assert await flash(here.seat, UNO_R4, image, SimulatedFlasher(here.line), _nobody) == before
        assert here.ids == [(0x2341, 0x1002)]


async def test_a_port_that_was_given_by_name_is_touched_and_used_again(
    place: Place, image: Image
) -> None:
    wires, tool = Wires(place), Scripted()
    there = await flash(PlaceSeat(wires, place), NANO_33_IOT, image, tool, _nobody)
    assert there == NAMED
    assert wires.opened == [TOUCH]
    assert (TOUCH.baud, TOUCH.dtr) == (1200, False)
    assert tool.targets == [Target(NANO_33_IOT, NAMED.ports[0], NAMED)]


@pytest.mark.parametrize("fault", [FlashRefused("no"), PortMissing("gone")])
async def test_it_is_tried_as_often_as_is_told(
    place: Place, image: Image, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flashing, "SETTLE_S", 0.0)
    seat, progress = PlaceSeat(Wires(place), place), _nobody
    tool = Scripted(fault, fault)
    await flash(seat, NANO_33_IOT, image, tool, progress, tries=3, pause_s=0.0)
    assert len(tool.targets) == 3
    tool = Scripted(fault, fault, fault)
    with pytest.raises(type(fault)):
        await flash(seat, NANO_33_IOT, image, tool, progress, tries=3, pause_s=0.0)
    assert len(tool.targets) == 3


async def test_a_board_that_does_not_heed_the_touch_is_refused_and_not_written(
    place: Place, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flashing, "BOOT_WITHIN_S", 0.05)
    place.refill(Attachment((Port("/dev/ttyACM0", 0x2341, 0x8057),)), "", NAMED.ports[0])
    tool = Scripted()
    with pytest.raises(FlashRefused, match="boot loader did not come"):
        await flash(PlaceSeat(Wires(place), place), NANO_33_IOT, image, tool, _nobody, tries=1)
    assert not tool.targets


async def test_a_board_that_waits_in_its_boot_loader_is_not_touched_but_its_port_is_emptied(
    place: Place, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flashing, "BACK_WITHIN_S", 0.05)
    waiting = Attachment((Port("/dev/ttyACM0", 0x2341, 0x0057),))
    place.refill(waiting, "", waiting.ports[0])
    wires, tool = Wires(place), Scripted()
    with pytest.raises(NotReturned):  # it is written, and stays in its boot loader
        await flash(PlaceSeat(wires, place), NANO_33_IOT, image, tool, _nobody)
    assert [line.baud for line in wires.opened] == [115_200]
    assert [target.port for target in tool.targets] == [waiting.ports[0]]


async def test_a_boot_loader_without_a_port_is_neither_opened_nor_given_to_its_tool(
    place: Place, image: Image
) -> None:
    waiting = Attachment((Port("usb:x", 0x2341, 0x035B, location="x", medium=Medium.USB),))
    place.refill(waiting, "", waiting.ports[0])
    wires, tool = Wires(place), Starting(place)
    assert await flash(PlaceSeat(wires, place), PORTENTA_H7, image, tool, _nobody) == NAMED
    assert not wires.opened
    assert tool.targets == [Target(PORTENTA_H7, None, waiting)]


async def test_a_boot_loader_that_starts_by_itself_is_not_taken_for_the_board(
    place: Place, image: Image
) -> None:
    c33 = Flashing(Tool.DFU_UTIL, ("-Q",), boot_ids=((0x2341, 0x0368),))
    waiting = Attachment((Port("usb:x", 0x2341, 0x0368, location="x", medium=Medium.USB),))

    class Detaching(Starting):
        async def write(self, target: Target, image: Image, told: Told) -> None:
            place.clear()
            place.refill(waiting, "", waiting.ports[0])
            await super().write(target, image, told)

    tool = Detaching(place)
    assert await flash(PlaceSeat(Wires(place), place), c33, image, tool, _nobody) == NAMED
    assert tool.targets == [Target(c33, None, NAMED)]


async def test_the_seat_expects_the_board_only_as_long_as_it_is_flashed(
    place: Place, image: Image
) -> None:
    expected: list[bool] = []

    class Looking(Scripted):
        async def write(self, target: Target, image: Image, told: Told) -> None:
            expected.append(place.expected)

    await flash(PlaceSeat(Wires(place), place), NANO_33_IOT, image, Looking(), _nobody)
    assert expected == [True]
    assert not place.expected


async def test_a_board_that_was_put_in_anothers_place_is_not_written(
    place: Place, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flashing, "SETTLE_S", 0.0)
    one, other = (Attachment((Port("/dev/ttyACM0", 0x2341, 0x1002, n),)) for n in ("A", "B"))
    place.refill(one, "", one.ports[0])

    class Swapped(Scripted):
        async def write(self, target: Target, image: Image, told: Told) -> None:
            await super().write(target, image, told)
            place.refill(other, "", other.ports[0])
            raise FlashRefused("it has gone")

    tool, seat = Swapped(), PlaceSeat(Wires(place), place)
    with pytest.raises(LinkLost, match="another board"):
        await flash(seat, UNO_R4, image, tool, _nobody, tries=3, pause_s=0.0)
    assert len(tool.targets) == 1


async def test_an_image_on_trial_is_confirmed_where_the_board_shows_itself_then(
    place: Place, image: Image
) -> None:
    elsewhere, asked = Attachment((Port("/dev/pts/10"),)), list[Port | None]()

    class Trial(Scripted):
        async def confirm(self, target: Target, image: Image) -> None:
            asked.append(target.port)
            if target.port in NAMED.ports:
                place.clear()
                place.refill(elsewhere, "", elsewhere.ports[0])
                raise LinkLost("it restarts")

    seat = PlaceSeat(Wires(place), place)
    there = await flash(seat, Flashing(Tool.SMP), image, Trial(), _nobody, pause_s=0.0)
    assert there == elsewhere
    assert asked == [NAMED.ports[0], elsewhere.ports[0]]


async def test_an_absence_within_another_ends_nothing(place: Place) -> None:
    seat = PlaceSeat(Wires(place), place)
    with seat.absence():
        with seat.absence():
            pass
        assert place.expected
        place.clear()
        place.refill(NAMED, "", NAMED.ports[0])
    assert not place.expected


async def test_what_came_back_elsewhere_is_known_when_it_leaves() -> None:
    fixture = Fixture((Slot("1", "x"),))
    place = fixture.at("x")
    assert place
    place.expect()
    elsewhere = Attachment((Port("COM7", 0x2341, 0x8057, "A", "y"),))
    place.refill(elsewhere, "arduino", elsewhere.ports[0])
    place.expect_no_more()
    assert fixture.holding(elsewhere) is place
    place.clear()
    assert fixture.holding(elsewhere) is None


async def test_cancelling_it_cancels_the_tool(place: Place, image: Image) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    class Slow(Scripted):
        async def write(self, target: Target, image: Image, told: Told) -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

    seat = PlaceSeat(Wires(place), place)
    task = asyncio.create_task(flash(seat, NANO_33_IOT, image, Slow(), _nobody))
    async with asyncio.timeout(10):
        await begun.wait()
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    assert ended.is_set()


def _nobody(done: int, total: int) -> None:
    pass
