"""Boot loaders without a serial port, over a folder like the kernel's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from station.faults import LinkLost
from station.links.sightings import Sighting
from station.links.trigger import Polling
from station.links.usb_linux import glance_at_devices, with_portless
from station.links.watch import UsbWiring
from station.model import Attached, Attachment, Change, Detached, Medium, Port
from tests.links.conftest import LINE

PORTENTA = (0x2341, 0x035B)
WAITING = Port(
    "usb:1-4.2", *PORTENTA, "0025", "1-4.2", None, "Portenta H7", "Arduino", Medium.USB
)  # fmt: skip


class Sysfs:
    """A folder like /sys/bus/usb/devices, with a hub, a keyboard and their interfaces."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plug("usb1", (0x1D6B, 0x0002))
        self.plug("1-4", (0x0424, 0x2514), product="Hub")
        self.plug("1-3", (0x046D, 0xC31C), product="Keyboard", serial="K")
        (folder / "1-3:1.0").mkdir()

    def plug(self, name: str, ids: tuple[int, int], number: int = 7, **told: str) -> None:
        device = self.folder / name
        device.mkdir()
        files = {"idVendor": f"{ids[0]:04x}", "idProduct": f"{ids[1]:04x}", "busnum": "1"}
        for file, text in {**files, "devnum": str(number), **told}.items():
            (device / file).write_text(f"{text}\n")

    def unplug(self, name: str) -> None:
        for file in (self.folder / name).iterdir():
            file.unlink()
        (self.folder / name).rmdir()


@pytest.fixture
def sysfs(tmp_path: Path) -> Sysfs:
    return Sysfs(tmp_path)


def is_portenta(attachment: Attachment) -> bool:
    (port,) = attachment.ports
    return (port.vid, port.pid) == PORTENTA


def looked(sysfs: Sysfs, *ports: Port) -> tuple[Sighting, ...]:
    return with_portless([Sighting(port) for port in ports], is_portenta, sysfs.folder)


def test_only_what_is_asked_for_is_seen(sysfs: Sysfs) -> None:
    assert looked(sysfs) == ()
    sysfs.plug("1-4.2", PORTENTA, 29, serial="0025", product="Portenta H7", manufacturer="Arduino")
    (seen,) = looked(sysfs)
    assert (seen.port, seen.stamp) == (WAITING, "29")


def test_what_shows_a_serial_port_is_seen_once(sysfs: Sysfs) -> None:
    sysfs.plug("1-4.2", PORTENTA)
    port = Port("/dev/ttyACM0", *PORTENTA, location="1-4.2")
    assert [each.port for each in looked(sysfs, port)] == [port]
    elsewhere = Port("/dev/ttyACM0", *PORTENTA, location="1-4")
    assert [each.port.path for each in looked(sysfs, elsewhere)] == ["/dev/ttyACM0", "usb:1-4.2"]


def test_a_device_that_says_little_is_seen_and_one_that_leaves_is_not(sysfs: Sysfs) -> None:
    sysfs.plug("1-1", PORTENTA)
    sysfs.plug("1-2", PORTENTA)
    (sysfs.folder / "1-2" / "devnum").unlink()
    (seen,) = looked(sysfs)
    assert seen.port == Port("usb:1-1", *PORTENTA, location="1-1", medium=Medium.USB)


def test_a_number_that_every_chip_shows_tells_nobody(sysfs: Sysfs) -> None:
    sysfs.plug("1-1", PORTENTA, serial="E0C9125B0D9B")
    (seen,) = looked(sysfs)
    assert seen.port.usb_serial == ""


def test_where_there_is_no_such_folder_nothing_is_seen(tmp_path: Path) -> None:
    assert with_portless([], is_portenta, tmp_path / "none") == ()
    assert glance_at_devices(tmp_path / "none") == frozenset()


def test_a_glance_sees_a_device_that_was_taken_up_anew(sysfs: Sysfs) -> None:
    sysfs.plug("1-1", PORTENTA)
    first = glance_at_devices(sysfs.folder)
    assert {name for name, _ in first} == {"1-1", "1-3", "1-4"}
    assert glance_at_devices(sysfs.folder) == first
    (sysfs.folder / "1-1").rename(sysfs.folder.parent / "gone")
    sysfs.plug("1-1", PORTENTA)
    assert glance_at_devices(sysfs.folder) != first


async def following(changes: AsyncIterator[Change]) -> Change:
    async with asyncio.timeout(20):
        return await anext(changes)


async def test_a_board_that_restarts_is_its_boot_loader_and_then_itself_again(
    sysfs: Sysfs,
) -> None:
    app = Port("/dev/ttyACM0", 0x2341, 0x025B, "0025", "1-4.2", 0)
    ports: list[Port] = []

    def glance() -> tuple[object, ...]:
        return glance_at_devices(sysfs.folder), len(ports)

    wiring = UsbWiring(
        lambda: Polling(glance, every_s=0.001),
        lambda: [Sighting(port, "1") for port in ports],
        is_portenta,
        sysfs.folder,
    )
    told = {"serial": "0025", "product": "Portenta H7", "manufacturer": "Arduino"}
    async with aclosing(wiring.changes()) as changes:
        sysfs.plug("1-4.2", PORTENTA, 29, **told)
        assert await following(changes) == Attached(Attachment((WAITING,)))
        sysfs.unplug("1-4.2")
        assert await following(changes) == Detached(Attachment((WAITING,)))
        sysfs.plug("1-4.2", (0x2341, 0x025B), 30, **told)
        ports.append(app)
        assert await following(changes) == Attached(Attachment((app,)))
        ports.clear()
        sysfs.unplug("1-4.2")
        sysfs.plug("1-4.2", PORTENTA, 31, **told)
        assert await following(changes) == Detached(Attachment((app,)))
        assert await following(changes) == Attached(Attachment((WAITING,)))


async def test_a_wiring_that_was_told_of_no_such_boards_sees_none(sysfs: Sysfs) -> None:
    sysfs.plug("1-4.2", PORTENTA)
    port = Port("/dev/ttyACM0", 0x2341, 0x8057, location="1-5")
    wiring = UsbWiring(
        lambda: Polling(lambda: 0), lambda: [Sighting(port)], devices=sysfs.folder
    )  # fmt: skip
    async with aclosing(wiring.changes()) as changes:
        assert await following(changes) == Attached(Attachment((port,)))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await anext(changes)


async def test_the_link_to_it_is_silent_until_it_is_closed() -> None:
    link = await UsbWiring(look=tuple).open(WAITING, LINE)
    await link.send(b"AT\r")
    hearing = asyncio.create_task(link.receive())
    await asyncio.sleep(0)
    assert not hearing.done()
    await link.close()
    await link.close()
    with pytest.raises(LinkLost):
        await hearing
    with pytest.raises(LinkLost):
        await link.send(b"AT\r")
