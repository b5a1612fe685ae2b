"""CUPS queues, by a stand-in for its programs; where there is no CUPS, that is told."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from station.faults import (
    PrinterFault,
    PrinterForbidden,
    PrinterMissing,
    PrinterOffline,
    PrinterPaused,
    PrintRefused,
    PrintUnknown,
)
from station.labels import Form, Job, Printed, cups
from station.labels.cups import CupsQueue

FAKE = Path(__file__).with_name("fake_cups.py")
JOB = Job("unit-7-1", Form.ZPL, b"^XA^FDcanary^FS^XZ")

Cups = Callable[[str], Path]

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CUPS")


@pytest.fixture
def in_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """Return what makes the stand-in be in a state; gives its folder."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("lp", "lpstat"):
        program = programs / name
        program.write_text(f"#!{sys.executable}\n{FAKE.read_text()}")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setenv("FAKE_CUPS", str(tmp_path))
    monkeypatch.setattr(cups, "ASK_AGAIN_S", 0.0)

    def be(state: str) -> Path:
        (tmp_path / "state").write_text(state)
        return tmp_path

    return be


@on_posix
async def test_a_job_goes_to_the_queue_by_its_id_and_as_it_is(in_state: Cups) -> None:
    folder = in_state("good")
    queue = CupsQueue("Zebra", Form.ZPL)
    assert await queue.probe()
    assert await queue.print(JOB) == Printed("unit-7-1", sure=False)
    assert (folder / "document").read_bytes() == JOB.document
    told = (folder / "arguments").read_text().split("\n")
    assert told == ["-d", "Zebra", "-t", "unit-7-1", "-o", "raw", "-"]


@on_posix
async def test_a_page_is_not_scaled(in_state: Cups) -> None:
    folder = in_state("good")
    await CupsQueue("Zebra", Form.PDF).print(Job("a", Form.PDF, b"%PDF"))
    assert "print-scaling=none" in (folder / "arguments").read_text()


@on_posix
@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("nowhere", PrinterMissing),
        ("down", PrinterOffline),
        ("disabled", PrinterPaused),
        ("rejecting", PrinterPaused),
        ("missing", PrinterMissing),
        ("forbidden", PrinterForbidden),
        ("unsupported", PrintRefused),
    ],
)
async def test_what_a_queue_has_against_a_job(
    state: str, kind: type[PrinterFault], in_state: Cups
) -> None:
    folder = in_state(state)
    with pytest.raises(kind) as caught:
        await CupsQueue("Zebra", Form.ZPL).print(JOB)
    assert not caught.value.leaves_open
    assert not (folder / "document").exists()


@on_posix
@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("aborted", "Zebra-7: It may not exist. aborted-by-system"),
        ("canceled", "Zebra-7: It may not exist. job-canceled-by-user"),
        ("stuck", "Zebra-7 waits in the queue: It may not exist. job-printing"),
        ("babbles", "lp says: something else"),
    ],
)
async def test_what_became_of_a_job_is_left_open(state: str, told: str, in_state: Cups) -> None:
    in_state(state)
    with pytest.raises(PrintUnknown) as caught:
        await CupsQueue("Zebra", Form.ZPL, done_within_s=1.0).print(JOB)
    assert caught.value.detail == told


@on_posix
async def test_lp_that_hangs_leaves_it_open(
    in_state: Cups, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_state("hangs")
    queue = CupsQueue("Zebra", Form.ZPL)
    await queue.probe()
    monkeypatch.setattr(queue, "probe", lambda: asyncio.sleep(0, result=True))
    monkeypatch.setattr(cups, "WITHIN_S", 1.0)
    with pytest.raises(PrintUnknown, match="lp did not end"):
        await queue.print(JOB)


@pytest.mark.parametrize("name", ["", "-h", "a b", "Zebra/2", "x" * 200])
async def test_a_queues_name_is_never_an_option(name: str) -> None:
    with pytest.raises(PrinterMissing, match="can't be the name of a queue"):
        await CupsQueue(name, Form.ZPL).probe()


async def test_a_computer_without_cups_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrinterMissing, match="Windows has no CUPS, there a printer is named by"):
        await CupsQueue("Zebra", Form.ZPL).print(JOB)
