"""Which ports a board with a script is looked for at, and how they are opened."""

from __future__ import annotations

from typing import Any

import pytest

from station import registry
from station.boards.scripted import Scripted
from station.boards.scripted_options import ScriptedOptions
from station.boards.scripted_port import ADAPTERS
from station.faults import WrongProduct
from station.links import LineSettings
from station.model import Attachment, Identity, Port
from tests.boards.arduino_seat import FakeSeat, attached
from tests.boards.scripted_console import TableConsole, seat
from tests.boards.scripted_nrf91 import at_once

SAID = "serial: A77\r\n"


def told(**more: Any) -> dict[str, Any]:
    return {"identify": [{"send": "id", "expect": r"serial: (?P<serial>\w+)"}], **more}


def test_adapters_are_taken_and_what_says_its_product_is_not() -> None:
    made = ScriptedOptions.model_validate(told())
    for mark in ADAPTERS:
        vid, pid = (int(half, 16) for half in mark.split(":"))
        there = attached(vid, pid)
        assert registry.detect(there) == ("scripted", there.ports[0])
        assert Scripted.port_of(there, made) == there.ports[0]
    for there in (attached(0x2341, 0x8057), attached(None, None)):
        assert Scripted.port(there) is None
        assert Scripted.port_of(there, made) is None


async def test_marks_that_are_not_the_recipes_are_another_product() -> None:
    made = ScriptedOptions.model_validate(told(marks=["10c4:ea60"]))
    with pytest.raises(WrongProduct, match="1a86:7523"):
        await Scripted.open(TableConsole({}), made, seat(attached(0x1A86, 0x7523)))


def test_a_port_that_is_given_by_its_name_needs_no_marks() -> None:
    made = ScriptedOptions.model_validate(told(marks=["10c4:ea60"], prompt="> ", echoes=True))
    console = TableConsole({"id": SAID})

    async def whole() -> Identity:
        there = Attachment((Port("/dev/pts/3"),))
        return await (await Scripted.open(console, made, seat(there))).identify()

    assert at_once(whole()).serial == "A77"


def test_another_baud_rate_has_the_port_opened_anew() -> None:
    made = ScriptedOptions.model_validate(told(baud=9600, prompt="> ", echoes=True))
    first, second = TableConsole({}), TableConsole({"id": SAID})
    there = attached(0x10C4, 0xEA60)
    place = FakeSeat(there, lambda line: second)

    async def whole() -> Identity:
        board = await Scripted.open(first, made, place)
        identity = await board.identify()
        await board.close()
        return identity

    assert at_once(whole()).serial == "A77"
    assert place.opened == [(there.ports[0], LineSettings(baud=9600))]
    assert (first.closed, second.closed) == (True, True)
