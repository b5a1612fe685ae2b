"""Printers behind a path, printers that are a folder, and the addresses of all kinds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from station.faults import (
    PrinterFault,
    PrinterForbidden,
    PrinterMissing,
    PrinterOffline,
    PrintRefused,
    PrintUnknown,
    SettingsWrong,
)
from station.labels import Form, Job, Printed, Printer
from station.labels.cups import CupsQueue
from station.labels.device import DevicePrinter
from station.labels.folder import FolderPrinter
from station.labels.network import NetworkPrinter
from station.labels.printers import printer_at

JOB = Job("unit-7-1", Form.ZPL, b"^XA^FDcanary^FS^XZ")

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


async def test_a_device_takes_the_bytes_as_they_are(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    device.write_bytes(b"")
    printer = DevicePrinter(str(device))
    assert not await printer.probe()
    assert await printer.print(JOB) == Printed("unit-7-1", sure=False)
    assert device.read_bytes() == JOB.document


async def test_a_device_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    with pytest.raises(PrinterMissing):
        await DevicePrinter(str(device)).print(JOB)
    assert not device.exists()


@on_posix
async def test_a_device_that_takes_nothing_leaves_it_open(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    printer = DevicePrinter(str(device), within_s=0.2)
    try:
        with pytest.raises(PrintUnknown, match=r"took no more for 0\.2 s"):
            await printer.print(Job("a", Form.ZPL, bytes(1_000_000)))
    finally:
        os.close(reader)


@on_posix
async def test_a_device_that_breaks_leaves_it_open() -> None:
    with pytest.raises(PrintUnknown, match="No space left"):
        await DevicePrinter("/dev/full").print(JOB)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (FileNotFoundError(), PrinterMissing),
        (PermissionError(), PrinterForbidden),
        (OSError(6, "No such device or address"), PrinterOffline),
    ],
)
async def test_a_device_that_can_not_be_opened(
    error: OSError, kind: type[PrinterFault], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(kind) as caught:
        await DevicePrinter(r"\\bench\zebra").print(JOB)
    assert not caught.value.leaves_open


async def test_a_folder_keeps_each_job_once(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    assert await printer.probe()
    assert await printer.print(JOB) == Printed("unit-7-1", sure=True)
    assert (tmp_path / "unit-7-1.zpl").read_bytes() == JOB.document
    with pytest.raises(PrintRefused, match="was printed before"):
        await printer.print(Job("unit-7-1", Form.ZPL, b"other"))
    assert (tmp_path / "unit-7-1.zpl").read_bytes() == JOB.document


async def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PrinterMissing, match="no folder"):
        await FolderPrinter(tmp_path / "none").print(JOB)


@pytest.mark.parametrize("make", [DevicePrinter, CupsQueue, FolderPrinter, NetworkPrinter])
async def test_a_job_of_another_form_is_a_mistake(
    make: type[DevicePrinter | CupsQueue | FolderPrinter | NetworkPrinter], tmp_path: Path
) -> None:
    printer: Printer = make(tmp_path, form=Form.PDF)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="takes pdf, the job is zpl"):
        await printer.print(JOB)


def test_addresses_name_printers() -> None:
    network = printer_at("tcp://192.0.2.7", Form.ZPL)
    assert isinstance(network, NetworkPrinter)
    assert (network.host, network.port, network.form) == ("192.0.2.7", 9100, Form.ZPL)
    other = printer_at("tcp://[::1]:6101", Form.PDF)
    assert isinstance(other, NetworkPrinter)
    assert (other.host, other.port, other.form) == ("::1", 6101, Form.PDF)
    queue = printer_at("cups:Office", Form.PDF)
    assert isinstance(queue, CupsQueue)
    assert queue.name == "Office"
    share = printer_at(r"device:\\bench\zebra", Form.ZPL)
    assert isinstance(share, DevicePrinter)
    assert share.path == r"\\bench\zebra"
    folder = printer_at("folder:/tmp/labels", Form.ZPL)
    assert isinstance(folder, FolderPrinter)
    assert folder.folder == Path("/tmp/labels")


@pytest.mark.parametrize("address", ["", "zebra", "tcp:", "tcp://", "tcp://a:b", "cups:", "usb:1"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(SettingsWrong):
        printer_at(address, Form.ZPL)
