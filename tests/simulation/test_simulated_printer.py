"""The simulated label printer, by hand on its port."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from station.simulation.printer import SimulatedPrinter

LABEL = b"^XA^FX job-%d ^FS^PW300^LL200^FO20,20^BXN,6,200^FDunit %d^FS^XZ\r\n"


class Host:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def say(self, data: bytes) -> None:
        self.writer.write(data)

    async def status(self) -> list[list[str]]:
        self.say(b"~HS")
        strings = [await self.reader.readuntil(b"\x03\r\n") for _ in range(3)]
        return [each.strip(b"\x02\x03\r\n").decode().split(",") for each in strings]


@asynccontextmanager
async def host(printer: SimulatedPrinter) -> AsyncIterator[Host]:
    _, name, port = printer.hello["printer"].replace("//", "").split(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    try:
        yield Host(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


def read(picture: bytes) -> list[str]:
    return [each.text for each in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


async def test_labels_come_out_as_pictures_also_in_a_folder(tmp_path: Path) -> None:
    async with SimulatedPrinter(folder=tmp_path) as printer, host(printer) as line:
        line.say(b"".join(LABEL % (each, each) for each in (1, 2)))
        await printer.holding()
        await printer.idle()
        assert [each.job for each in printer.labels] == ["job-1", "job-2"]
        assert [read(each.picture) for each in printer.labels] == [["unit 1"], ["unit 2"]]
        assert Image.open(io.BytesIO(printer.labels[0].picture)).size == (300, 200)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["0001 job-1.png", "0002 job-2.png"]


async def test_it_tells_how_it_is_in_zebras_three_strings() -> None:
    async with SimulatedPrinter() as printer, host(printer) as line:
        first, second, third = await line.status()
    assert [len(each) for each in (first, second, third)] == [12, 11, 2]
    assert (first[1], first[2], first[4], second[2], second[3]) == ("0", "0", "000", "0", "0")


async def test_a_format_that_is_not_whole_is_told_and_kept() -> None:
    async with SimulatedPrinter() as printer, host(printer) as line:
        whole = LABEL % (1, 1)
        line.say(whole[:30])
        assert (await line.status())[0][7] == "1"
        line.say(whole[30:])
        assert (await line.status())[0][7] == "0"
        await printer.idle()
        assert read(printer.labels[0].picture) == ["unit 1"]


async def test_without_paper_labels_wait_and_come_when_it_is_mended() -> None:
    async with SimulatedPrinter(faults=["paper-out"]) as printer, host(printer) as line:
        line.say(LABEL % (1, 1) + LABEL % (2, 2))
        first, *_ = await line.status()
        assert (first[1], first[2], first[4]) == ("1", "1", "002")
        assert not printer.labels
        await printer.mended("paper-out")
        await printer.idle()
        assert len(printer.labels) == 2
        assert (await line.status())[0][4] == "000"


async def test_it_comes_back_at_the_same_port() -> None:
    async with SimulatedPrinter() as printer:
        where = printer.hello
        await printer.breaks("offline")
        with pytest.raises(ConnectionRefusedError):
            async with host(printer):
                pass
        await printer.mended()
        assert printer.hello == where
        async with host(printer) as line:
            assert len(await line.status()) == 3


async def test_a_code_that_can_not_be_drawn_comes_out_empty() -> None:
    async with SimulatedPrinter() as printer, host(printer) as line:
        line.say(b"^XA^FO1,1^BQN,2,2^FDno level^FS^XZ")
        await printer.holding()
        await printer.idle()
        assert Image.open(io.BytesIO(printer.labels[0].picture)).getextrema() == (255, 255)


async def test_faults_have_names() -> None:
    with pytest.raises(ValueError, match="no fault of a printer 'jam'; there are: babbles, cut"):
        SimulatedPrinter(faults=["jam"])
    with pytest.raises(ValueError, match="no fault of a printer"):
        await SimulatedPrinter().breaks("jam")
    assert SimulatedPrinter.listening("127.0.0.1", 0, ["mute"]).faults == {"mute"}
