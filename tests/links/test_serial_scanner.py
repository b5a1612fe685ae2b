"""A scanner on a serial port: on pseudo-terminals that are pulled out, and on memory links."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from station.faults import LinkFault, PortBusy, PortMissing, RecipeWrong
from station.links import LineSettings, Link, memory
from station.model import Lamp, LampTurned, Refused, Scanned
from station.scanner import SerialScanner, Told, hear_beside
from tests.links.conftest import PATIENCE_S, Pty, open_files

LINE = LineSettings(baud=9600)
LONG_S = 60.0


class News(list[Told]):
    """What a scanner told, to be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._came = asyncio.Event()

    def post(self, told: Told) -> None:
        self.append(told)
        self._came.set()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while len(self) < count:
                self._came.clear()
                await self._came.wait()


async def next_of(texts: AsyncGenerator[str, None]) -> str:
    async with asyncio.timeout(PATIENCE_S):
        return await anext(texts)


class Socket:
    """Where a scanner of memory is plugged in; `port` is its own end while it is."""

    def __init__(self) -> None:
        self.port: Link | None = None
        self.refuses: list[LinkFault | RecipeWrong] = []
        self.opened = 0
        self.plugged = asyncio.Event()

    async def open(self, path: str, line: LineSettings) -> Link:
        assert (path, line) == ("/dev/scanner", LINE)
        self.opened += 1
        if self.refuses:
            raise self.refuses.pop(0)
        ours, self.port = memory.pair()
        self.plugged.set()
        return ours

    def scanner(self, told: News, quiet_s: float = LONG_S) -> SerialScanner:
        return SerialScanner(
            "/dev/scanner",
            LINE,
            post=told.post,
            opener=self.open,
            again_s=0.0,
            quiet_s=quiet_s,
        )


@pytest.mark.usefixtures("way")
async def test_codes_of_a_real_port_come_one_by_one(pty: Pty) -> None:
    before = open_files()
    told = News()
    async with aclosing(SerialScanner(pty.path, LINE, post=told.post).texts()) as texts:
        waiting = asyncio.ensure_future(next_of(texts))
        await told.until(1)
        pty.says(b"SN-0001\r\nSN-")
        assert await waiting == "SN-0001"
        pty.says(b"0002\rSN-0003\n")
        assert await next_of(texts) == "SN-0002"
        assert await next_of(texts) == "SN-0003"
    assert told == [LampTurned("scanner", Lamp.GOOD)]
    assert open_files() == before


async def test_a_scanner_that_is_pulled_out_is_heard_again_once_it_is_back(
    plug: Callable[[], Pty], tmp_path: Path
) -> None:
    link = tmp_path / "scanner"
    told = News()
    scanner = SerialScanner(str(link), LINE, post=told.post, again_s=0.01, quiet_s=LONG_S)
    async with aclosing(scanner.texts()) as texts:
        waiting = asyncio.ensure_future(next_of(texts))
        await told.until(1)
        first = plug()
        link.symlink_to(first.path)
        await told.until(2)
        first.says(b"ONE\rHALF")
        assert await waiting == "ONE"
        waiting = asyncio.ensure_future(next_of(texts))
        await asyncio.sleep(0)
        first.unplug()
        await told.until(3)
        second = plug()
        (tmp_path / "next").symlink_to(second.path)
        (tmp_path / "next").replace(link)
        await told.until(4)
        second.says(b"TWO\r")
        assert await waiting == "TWO", "half of a code does not wait for another half"
    assert [(each.lamp) for each in told if isinstance(each, LampTurned)] == [
        Lamp.BAD,
        Lamp.GOOD,
        Lamp.BAD,
        Lamp.GOOD,
    ]
    gone = told[0]
    assert isinstance(gone, LampTurned)
    assert gone.trouble is not None
    assert gone.trouble.code == "SCANNER-GONE"


async def test_a_port_that_refuses_is_tried_again_and_told_once() -> None:
    told = News()
    socket = Socket()
    socket.refuses = [PortMissing("x"), PortBusy("x"), RecipeWrong("no such speed")]
    async with aclosing(socket.scanner(told).texts()) as texts:
        waiting = asyncio.ensure_future(next_of(texts))
        await socket.plugged.wait()
        assert socket.port
        await socket.port.send(b"CODE\r")
        assert await waiting == "CODE"
    assert socket.opened == 4
    assert [type(each).__name__ for each in told] == ["LampTurned", "LampTurned"]


async def test_what_is_no_code_is_told_and_never_yielded() -> None:
    told = News()
    socket = Socket()
    async with aclosing(socket.scanner(told).texts()) as texts:
        waiting = asyncio.ensure_future(next_of(texts))
        await socket.plugged.wait()
        assert socket.port
        await socket.port.send(b"\xff\xff\r" + b"x" * 9000)
        await socket.port.send(b"\rCODE\r")
        assert await waiting == "CODE"
    refused = [each.trouble for each in told if isinstance(each, Refused)]
    assert [each.code for each in refused] == ["SCAN-SPOILT", "SCAN-SPOILT"]
    assert [each.detail for each in refused] == ["garbled", "too long"]


async def test_noise_without_an_end_does_not_spoil_the_next_code() -> None:
    told = News()
    socket = Socket()
    async with aclosing(socket.scanner(told, quiet_s=0.01).texts()) as texts:
        waiting = asyncio.ensure_future(next_of(texts))
        await socket.plugged.wait()
        assert socket.port
        await socket.port.send(b"NOISE")
        await told.until(2)
        await socket.port.send(b"CODE\r")
        assert await waiting == "CODE"
    assert isinstance(told[1], Refused)
    assert "CR or LF" in told[1].trouble.detail


async def test_closing_closes_the_port() -> None:
    socket = Socket()
    texts = socket.scanner(News()).texts()
    waiting = asyncio.ensure_future(anext(texts))
    await socket.plugged.wait()
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await texts.aclose()
    assert socket.port
    with pytest.raises(LinkFault):
        await socket.port.send(b"x")


async def test_it_is_heard_for_as_long_as_the_work_lasts() -> None:
    socket, told, ends = Socket(), News(), asyncio.Event()

    async def work() -> None:
        await ends.wait()

    heard = asyncio.Queue[Scanned]()
    serving = asyncio.ensure_future(hear_beside(work(), socket.scanner(told), heard.put_nowait))
    await socket.plugged.wait()
    assert socket.port
    await socket.port.send(b"ONE\rTWO\r\xff\r")
    async with asyncio.timeout(PATIENCE_S):
        assert [await heard.get(), await heard.get()] == [Scanned("ONE"), Scanned("TWO")]
    await told.until(2)
    ends.set()
    await serving
    with pytest.raises(LinkFault):
        await socket.port.send(b"x")


async def test_the_end_of_the_work_is_the_end_whatever_it_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def work() -> None:
        await socket.plugged.wait()
        await asyncio.sleep(0)
        raise PortMissing("the work's own")

    socket = Socket()
    with pytest.raises(PortMissing, match="own"):
        await hear_beside(work(), socket.scanner(News()), lambda _: None)
    assert caplog.records == []
