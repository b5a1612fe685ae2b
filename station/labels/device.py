r"""Printers that the system shows as a file: /dev/usb/lp0, or a Windows share or port.

On Windows a shared printer's path (`\\computer\printer`) and LPT1 take raw bytes as a file does.
"""

from __future__ import annotations

import asyncio
import os

from station.faults import (
    PrinterBusy,
    PrinterFault,
    PrinterForbidden,
    PrinterMissing,
    PrinterOffline,
    PrintUnknown,
)
from station.labels import Form, Job, Printed, check_form
from station.links.aside import aside

WITHIN_S = 20.0

_BINARY = getattr(os, "O_BINARY", 0)


class DevicePrinter:
    """A `Printer` behind a path that is there already; none is ever made."""

    def __init__(self, path: str, form: Form = Form.ZPL, within_s: float = WITHIN_S) -> None:
        self.path = path
        self._form = form
        self._within_s = within_s

    @property
    def form(self) -> Form:
        """As `Printer.form`."""
        return self._form

    async def probe(self) -> bool:
        """As `Printer.probe`; a file never tells how the printer is."""
        os.close(await self._open())
        return False

    async def print(self, job: Job) -> Printed:
        """As `Printer.print`."""
        check_form(self, job)
        opened = await self._open()
        # a driver that hangs keeps its thread, and the file open, until it lets go
        writing = aside(lambda: _write(opened, job.document))
        try:
            async with asyncio.timeout(self._within_s):
                await asyncio.shield(asyncio.wrap_future(writing))
        except TimeoutError:
            raise PrintUnknown(f"{self.path} took no more for {self._within_s:g} s") from None
        except OSError as error:
            raise PrintUnknown(f"{self.path}: {error.strerror}") from error
        return Printed(job.id, sure=False)

    async def _open(self) -> int:
        opening = aside(lambda: os.open(self.path, os.O_WRONLY | _BINARY))
        try:
            async with asyncio.timeout(self._within_s):
                return await asyncio.shield(asyncio.wrap_future(opening))
        except TimeoutError:
            raise PrinterOffline(f"{self.path} can't be opened") from None
        except OSError as error:
            raise _fault(error)(f"{self.path}: {error.strerror}") from error


def _write(opened: int, document: bytes) -> None:
    try:
        rest = memoryview(document)
        while rest:
            rest = rest[os.write(opened, rest) :]
    finally:
        os.close(opened)


def _fault(error: OSError) -> type[PrinterFault]:
    match error:
        case FileNotFoundError() | IsADirectoryError() | NotADirectoryError():
            return PrinterMissing
        case BlockingIOError():
            return PrinterBusy
        case PermissionError():
            return PrinterForbidden
        case _:
            return PrinterOffline
