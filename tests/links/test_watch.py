"""Wirings and triggers, without hardware."""

from __future__ import annotations

import asyncio
import sys
import types
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from station.links import LineSettings, Wiring, glance, watch
from station.links.sightings import Sighting
from station.links.trigger import Polling
from station.links.watch import NamedPorts, UsbWiring, best_trigger
from station.model import Attached, Attachment, Change, Detached, Port
from tests.links.conftest import LINE, Pty

NANO = Port("/dev/ttyACM0", 0x2341, 0x8057, "3E7F", "1-5", 0, "Nano 33 IoT", "Arduino LLC")


async def following(changes: AsyncIterator[Change]) -> Change:
    async with asyncio.timeout(20):
        return await anext(changes)


class Usb:
    """A listing that the test writes; counts how often it is read."""

    def __init__(self, *ports: Port) -> None:
        self.ports = ports
        self.looks = 0

    def __call__(self) -> list[Sighting]:
        self.looks += 1
        return [Sighting(port) for port in self.ports]


def wirings(usb: Usb) -> tuple[Wiring, Wiring]:
    """Both are what the engine takes."""
    return UsbWiring(look=usb), NamedPorts(["/dev/ttyACM0"], usb)


async def test_polling_looks_only_when_a_glance_differs() -> None:
    usb = Usb()
    glances = 0
    often = asyncio.Event()

    def glance() -> int:
        nonlocal glances
        glances += 1
        if glances == 20:
            often.set()
        return len(usb.ports)

    wiring = UsbWiring(lambda: Polling(glance, every_s=0.001), usb)
    async with aclosing(wiring.changes()) as changes:
        first = asyncio.ensure_future(following(changes))
        async with asyncio.timeout(20):
            await often.wait()
        assert usb.looks == 1
        usb.ports = (NANO,)
        assert await first == Attached(Attachment((NANO,)))
        usb.ports = ()
        assert await following(changes) == Detached(Attachment((NANO,)))


async def test_polling_returns_when_it_is_poked_or_due() -> None:
    with Polling(lambda: 0, every_s=3600) as polling:
        async with asyncio.timeout(20):
            await polling.stirred(within_s=0.001)
            polling.poke()
            await polling.stirred(within_s=None)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await polling.stirred(within_s=None)


async def test_a_look_that_a_leaving_device_spoils_is_tried_again() -> None:
    failures: list[Exception] = [TypeError("int() of None"), OSError(19, "No such device")]

    def look() -> list[Sighting]:
        if failures:
            raise failures.pop()
        return [Sighting(NANO)]

    wiring = UsbWiring(lambda: Polling(lambda: 0), look)
    async with aclosing(wiring.changes()) as changes:
        assert await following(changes) == Attached(Attachment((NANO,)))


async def test_a_look_that_never_succeeds_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    def look() -> list[Sighting]:
        raise TypeError("never whole")

    monkeypatch.setattr(watch, "AGAIN_S", 0)
    wiring = UsbWiring(lambda: Polling(lambda: 0), look)
    async with aclosing(wiring.changes()) as changes:
        with pytest.raises(TypeError, match="never whole"):
            await following(changes)


async def test_where_there_is_no_udev_it_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "station.links.watch_udev", None)
    assert isinstance(best_trigger(), Polling)


async def test_a_glance_sees_a_port_made_anew(tmp_path: Path) -> None:
    (tmp_path / "null").touch()
    before = glance.device_files(str(tmp_path))
    assert before == frozenset()
    (tmp_path / "ttyACM0").symlink_to("/dev/pts/7")
    first = glance.device_files(str(tmp_path))
    assert [name for name, _, _ in first] == ["ttyACM0"]
    (tmp_path / "new").symlink_to("/dev/pts/7")
    (tmp_path / "new").rename(tmp_path / "ttyACM0")
    assert glance.device_files(str(tmp_path)) != first


class Registry:
    """As much of `winreg` as is used; `names` None when there never was a port."""

    HKEY_LOCAL_MACHINE = 1

    def __init__(self, names: dict[str, str] | None, told: int) -> None:
        self.names, self.told = names, told

    def OpenKey(self, root: int, path: str) -> Registry:  # noqa: N802
        if self.names is None:
            raise FileNotFoundError(2, "no such key")
        assert (root, path) == (1, r"HARDWARE\DEVICEMAP\SERIALCOMM")
        return self

    def QueryInfoKey(self, key: Registry) -> tuple[int, int, int]:  # noqa: N802
        return (0, self.told, 0)

    def EnumValue(self, key: Registry, index: int) -> tuple[str, str, int]:  # noqa: N802
        assert self.names is not None
        if index >= len(self.names):
            raise OSError(259, "No more data is available")
        return (*list(self.names.items())[index], 1)

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, *_: object) -> None: ...


@pytest.mark.parametrize(
    ("names", "told", "seen"),
    [
        (None, 0, set()),
        ({r"\Device\USBSER000": "COM7"}, 1, {(r"\Device\USBSER000", "COM7")}),
        ({r"\Device\USBSER000": "COM7"}, 2, {(r"\Device\USBSER000", "COM7")}),
    ],
)
def test_a_glance_at_windows_registry(
    monkeypatch: pytest.MonkeyPatch,
    names: dict[str, str] | None,
    told: int,
    seen: set[tuple[str, str]],
) -> None:
    monkeypatch.setitem(sys.modules, "winreg", as_module(Registry(names, told)))
    assert glance.com_names() == seen


def as_module(registry: Registry) -> types.ModuleType:
    module: Any = types.ModuleType("winreg")
    for name in ("HKEY_LOCAL_MACHINE", "OpenKey", "QueryInfoKey", "EnumValue"):
        setattr(module, name, getattr(registry, name))
    return module  # type: ignore[no-any-return]


async def test_a_named_port_that_no_listing_knows(pty: Pty) -> None:
    wiring = NamedPorts([pty.path, pty.path], Usb())
    async with aclosing(wiring.changes()) as changes:
        change = await following(changes)
        assert change == Attached(Attachment((Port(pty.path),)))
        assert change.attachment.where == pty.path
        link = await wiring.open(change.attachment.ports[0], LineSettings())
        pty.says(b"ready")
        assert await link.receive() == b"ready"
        await link.close()
        pty.unplug()
        assert await following(changes) == Detached(Attachment((Port(pty.path),)))


async def test_a_named_port_comes_back(plug: Callable[[], Pty], tmp_path: Path) -> None:
    name = tmp_path / "board"
    name.symlink_to(plug().path)
    attachment = Attachment((Port(str(name)),))
    async with aclosing(NamedPorts([str(name)], Usb()).changes()) as changes:
        assert await following(changes) == Attached(attachment)
        name.unlink()
        assert await following(changes) == Detached(attachment)
        name.symlink_to(plug().path)
        assert await following(changes) == Attached(attachment)
        (tmp_path / "new").symlink_to(plug().path)
        (tmp_path / "new").rename(name)
        assert await following(changes) == Detached(attachment)
        assert await following(changes) == Attached(attachment)


async def test_a_named_port_that_the_listing_knows_by_another_name(
    pty: Pty, tmp_path: Path
) -> None:
    name = tmp_path / "usb-Arduino_Nano-if00"
    name.symlink_to(pty.path)
    listed = Port(pty.path, 0x2341, 0x8057, "3E7F", "1-5", 0)
    async with aclosing(NamedPorts([str(name)], Usb(listed)).changes()) as changes:
        change = await following(changes)
    assert change.attachment.ports == (Port(str(name), 0x2341, 0x8057, "3E7F", "1-5", 0),)
    assert change.attachment.where == "1-5"


async def test_named_ports_come_one_by_one(plug: Callable[[], Pty]) -> None:
    ptys = [plug(), plug()]
    async with aclosing(NamedPorts([pty.path for pty in ptys], Usb()).changes()) as changes:
        come = {(await following(changes)).attachment.where for _ in ptys}
        assert come == {pty.path for pty in ptys}
        ptys[0].unplug()
        assert await following(changes) == Detached(Attachment((Port(ptys[0].path),)))


async def test_idle_named_ports_are_not_looked_up(pty: Pty, monkeypatch: Any) -> None:
    monkeypatch.setattr(watch, "NAMED_EVERY_S", 0.001)
    usb = Usb()
    async with aclosing(NamedPorts([pty.path], usb).changes()) as changes:
        await following(changes)
        looks = usb.looks
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await anext(changes)
    assert usb.looks == looks


async def test_com_names_count_as_there_unless_the_listing_lost_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch, "NAMED_EVERY_S", 0.001)
    usb = Usb(Port("COM7", 0x1366, 0x1069, "A", "1-21"))
    monkeypatch.setattr(watch, "glance_at_ports", lambda: len(usb.ports))
    async with aclosing(NamedPorts(["com7", "COM3"], usb).changes()) as changes:
        come = {change.attachment.ports[0] for change in [
            await following(changes), await following(changes),
        ]}  # fmt: skip
        known = Port("com7", 0x1366, 0x1069, "A", "1-21")
        assert come == {known, Port("COM3")}
        usb.ports = ()
        assert await following(changes) == Detached(Attachment((known,)))


async def test_the_wiring_opens_ports(pty: Pty) -> None:
    link = await UsbWiring(look=Usb()).open(Port(pty.path), LINE)
    await link.send(b"AT")
    assert await pty.hears(2) == b"AT"
    await link.close()


def test_the_glance_of_this_system_works() -> None:
    assert glance.glance_at_ports() == glance.glance_at_ports()
