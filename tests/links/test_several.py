"""Several wirings as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from station.faults import PortMissing
from station.links import LineSettings, Link
from station.links.memory import pair
from station.links.several import Several
from station.model import Attached, Attachment, Change, Detached, Port

LINE = LineSettings()


class Spoken:
    """A wiring that tells what the test has it tell."""

    def __init__(self) -> None:
        self.news: asyncio.Queue[Change | Exception | None] = asyncio.Queue()
        self.opened: list[str] = []
        self.closed = False

    async def changes(self) -> AsyncIterator[Change]:
        try:
            while (told := await self.news.get()) is not None:
                if isinstance(told, Exception):
                    raise told
                yield told
        finally:
            self.closed = True

    async def open(self, port: Port, line: LineSettings) -> Link:
        self.opened.append(port.path)
        return pair()[0]


def thing(path: str) -> Attachment:
    return Attachment((Port(path),))


async def test_each_thing_is_opened_by_the_wiring_that_told_of_it() -> None:
    one, two = Spoken(), Spoken()
    several = Several(one, two)
    changes = several.changes()
    for wiring, path in ((one, "A"), (two, "B"), (one, "C")):
        wiring.news.put_nowait(Attached(thing(path)))
        assert await anext(changes) == Attached(thing(path))
        await several.open(Port(path), LINE)
    one.news.put_nowait(Detached(thing("A")))
    assert await anext(changes) == Detached(thing("A"))
    assert (one.opened, two.opened) == (["A", "C"], ["B"])
    with pytest.raises(PortMissing):
        await several.open(Port("D"), LINE)
    await changes.aclose()
    assert one.closed
    assert two.closed


async def test_it_goes_on_while_one_wiring_does_and_ends_with_the_last() -> None:
    one, two = Spoken(), Spoken()
    one.news.put_nowait(None)
    two.news.put_nowait(Attached(thing("B")))
    two.news.put_nowait(None)
    assert [change async for change in Several(one, two).changes()] == [Attached(thing("B"))]


async def test_a_wiring_that_fails_is_heard_of_and_the_others_are_let_go() -> None:
    one, two = Spoken(), Spoken()
    one.news.put_nowait(ValueError("a bug"))
    with pytest.raises(ValueError, match="a bug"):
        _ = [change async for change in Several(one, two).changes()]
    assert two.closed
