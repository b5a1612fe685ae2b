"""Printers on port 9100: what they say before a job and after, and what is left open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from station.faults import (
    HeadOpen,
    PaperOut,
    PrinterBusy,
    PrinterFault,
    PrinterHot,
    PrinterOffline,
    PrinterPaused,
    PrinterSilent,
    PrintUnknown,
    RibbonOut,
)
from station.labels import Form, Job, Printed, documents
from station.labels.host_status import host_status
from station.labels.network import NetworkPrinter, Patience
from station.labels.template import Template
from station.simulation.printer import SimulatedPrinter
from tests.labels.label_samples import FIELDS, read_codes

PATIENCE = Patience(connect_s=5.0, answer_s=5.0, done_s=10.0, ask_again_s=0.0)
HASTY = Patience(connect_s=5.0, answer_s=0.05, done_s=0.4, ask_again_s=0.0)


@asynccontextmanager
async def on(*faults: str) -> AsyncIterator[SimulatedPrinter]:
    async with SimulatedPrinter(faults=faults) as printer:
        yield printer


def to(printer: SimulatedPrinter, patience: Patience = PATIENCE) -> NetworkPrinter:
    _, host, port = printer.hello["printer"].replace("//", "").split(":")
    return NetworkPrinter(host, int(port), patience=patience)


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[int]:
    """Be a printer that talks by hand, until it has said all it has to say."""
    talks: list[asyncio.Task[None]] = []

    async def whole(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await talk(reader, writer)
        writer.close()
        await writer.wait_closed()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.create_task(whole(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        await asyncio.gather(*talks)
        server.close()
        await server.wait_closed()


@pytest.fixture
def job(template: Template) -> Job:
    return documents.job("unit-7-1", template, FIELDS, Form.ZPL)


async def test_a_label_comes_out_and_says_what_it_must(template: Template, job: Job) -> None:
    async with on() as simulated:
        printer = to(simulated)
        assert await printer.probe()
        assert await printer.print(job) == Printed("unit-7-1", sure=True)
        (label,) = simulated.labels
    assert (label.job, label.whole) == ("unit-7-1", True)
    codes = template.expected_codes(FIELDS)
    assert read_codes(label.picture) == sorted((each.symbology.value, each.text) for each in codes)


async def test_jobs_come_out_one_after_the_other(template: Template) -> None:
    jobs = [documents.job(f"job-{each}", template, FIELDS, Form.ZPL) for each in range(5)]
    async with on() as simulated:
        printer = to(simulated)
        done = await asyncio.gather(*(printer.print(each) for each in jobs))
    assert [each.job for each in simulated.labels] == [each.id for each in jobs]
    assert all(each.sure for each in done)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("paper-out", PaperOut),
        ("ribbon-out", RibbonOut),
        ("head-open", HeadOpen),
        ("hot", PrinterHot),
        ("paused", PrinterPaused),
        ("full", PrinterBusy),
        ("offline", PrinterOffline),
    ],
)
async def test_what_keeps_it_from_printing_is_told_before_anything_is_sent(
    fault: str, kind: type[PrinterFault], job: Job
) -> None:
    async with on() as simulated:
        printer = to(simulated)
        await simulated.breaks(fault)
        with pytest.raises(kind):
            await printer.probe()
        with pytest.raises(kind) as caught:
            await printer.print(job)
        assert not caught.value.leaves_open
        assert not simulated.labels
        await simulated.mended()
        assert (await printer.print(job)).sure
        assert [each.job for each in simulated.labels] == [job.id]


@pytest.mark.parametrize("fault", ["mute", "babbles"])
async def test_a_printer_that_never_tells_is_taken_as_it_is(fault: str, job: Job) -> None:
    async with on(fault) as simulated:
        printer = to(simulated, HASTY if fault == "mute" else PATIENCE)
        assert not await printer.probe()
        assert await printer.print(job) == Printed(job.id, sure=False)
        await simulated.idle()
        assert [each.job for each in simulated.labels] == [job.id]


async def test_a_printer_that_told_once_and_is_silent_now_has_something(job: Job) -> None:
    async with on() as simulated:
        assert (await to(simulated).print(job)).sure
        printer = to(simulated, Patience(answer_s=0.5))
        assert await printer.probe()
        await simulated.breaks("shy", "head-open")
        with pytest.raises(PrinterSilent):
            await printer.print(job)
        assert len(simulated.labels) == 1


@pytest.mark.parametrize(("fault", "printed"), [("cut", 0), ("cut-after", 1)])
async def test_a_lost_connection_leaves_open_whether_it_was_printed(
    fault: str, printed: int, job: Job
) -> None:
    async with on(fault) as simulated:
        with pytest.raises(PrintUnknown) as caught:
            await to(simulated).print(job)
        assert caught.value.leaves_open
        await simulated.idle()
        assert len(simulated.labels) == printed


async def test_labels_that_end_in_the_middle_of_one_leave_it_open(job: Job) -> None:
    async with on("half") as simulated:
        with pytest.raises(PrintUnknown, match="PAPER-OUT with the label in the printer"):
            await to(simulated).print(job)
        assert [each.whole for each in simulated.labels] == [False]
        await simulated.mended()
        await simulated.idle()
        assert [each.whole for each in simulated.labels] == [False, True]
        assert len(read_codes(simulated.labels[0].picture)) < 3


async def test_a_label_that_does_not_come_in_time_is_left_open(job: Job) -> None:
    async with on("slow") as simulated:
        printer = to(simulated, Patience(answer_s=5.0, done_s=0.2, ask_again_s=0.0))
        with pytest.raises(PrintUnknown, match=r"no end within 0\.2 s"):
            await printer.print(job)


async def test_a_printer_that_falls_silent_with_the_label_leaves_it_open(job: Job) -> None:
    answered = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal answered
        await reader.readuntil(b"~HS\r\n")
        writer.write(
            b"\x02030,0,0,1218,000,0,0,0,000,0,0,0\x03\r\n"
            b"\x02001,0,0,0,1,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
        )
        answered += 1
        await reader.read()

    async with listening(talk) as port:
        printer = NetworkPrinter("127.0.0.1", port, patience=HASTY)
        with pytest.raises(PrintUnknown, match="tells no more"):
            await printer.print(job)
    assert answered == 1


async def test_one_that_hangs_up_at_the_first_question_has_nothing(job: Job) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"~HS\r\n")

    async with listening(talk) as port:
        with pytest.raises(PrinterOffline, match="it hung up") as caught:
            await NetworkPrinter("127.0.0.1", port, patience=PATIENCE).print(job)
    assert not caught.value.leaves_open


async def test_a_page_goes_to_an_office_printer_without_questions(template: Template) -> None:
    heard = bytearray()
    page = documents.job("a", template, FIELDS, Form.PDF)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.extend(await reader.read(-1))

    async with listening(talk) as port:
        printer = NetworkPrinter("127.0.0.1", port, Form.PDF, PATIENCE)
        assert not await printer.probe()
        heard.clear()
        assert await printer.print(page) == Printed("a", sure=False)
    assert bytes(heard) == page.document


async def test_a_printer_that_never_hangs_up_is_not_waited_for(template: Template) -> None:
    done = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"@PJL READY")
        await done.wait()

    async with listening(talk) as port:
        printer = NetworkPrinter("127.0.0.1", port, Form.PDF, HASTY)
        page = documents.job("a", template, FIELDS, Form.PDF)
        assert await printer.print(page) == Printed("a", sure=False)
        done.set()


async def test_a_printer_that_takes_no_more_leaves_it_open() -> None:
    done = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await done.wait()

    async with listening(talk) as port:
        printer = NetworkPrinter("127.0.0.1", port, Form.PDF, HASTY)
        with pytest.raises(PrintUnknown, match="no end within"):
            await printer.print(Job("a", Form.PDF, bytes(50_000_000)))
        done.set()


async def test_a_job_of_another_form_is_a_mistake(job: Job) -> None:
    with pytest.raises(ValueError, match="takes pdf, the job is zpl"):
        await NetworkPrinter("127.0.0.1", 9, Form.PDF).print(job)


async def test_a_cancelled_job_holds_nobody_up(job: Job, template: Template) -> None:
    async with on("slow") as simulated:
        printer = to(simulated)
        printing = asyncio.create_task(printer.print(job))
        await simulated.holding()
        printing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await printing
        assert await printer.probe()


@pytest.mark.parametrize("name", ["", "a b", "-a", "a^XZ", "a" * 65])
def test_a_job_has_a_plain_id(name: str) -> None:
    with pytest.raises(ValueError, match="letters, digits and hyphens"):
        Job(name, Form.ZPL, b"")


def test_what_a_printer_says_of_itself() -> None:
    told = host_status(
        b"\x02030,1,1,1245,002,1,0,0,000,0,0,1\x03\r\n"
        b"\x02001,0,1,1,1,2,4,0,00000003,1,000\x03\r\n"
        b"\x020000,0\x03\r\n"
    )
    assert (told.paper_out, told.paused, told.head_open, told.ribbon_out) == (True,) * 4
    assert (told.buffer_full, told.out_of_temperature, told.waiting) == (True, True, 5)
    assert isinstance(told.refusal, HeadOpen)


@pytest.mark.parametrize(
    "answer", [b"", b"\x02\x03\r\n" * 3, b"\x021,2\x03\r\n", b"HTTP/1.1 400\r\n"]
)
def test_what_is_no_answer(answer: bytes) -> None:
    with pytest.raises(ValueError, match="not the three strings"):
        host_status(answer)
