"""A printer that is a folder: each job a file in it. For demonstrations, and to look at PDFs."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from station.faults import PrinterForbidden, PrinterMissing, PrintRefused, PrintUnknown
from station.labels import Form, Job, Printed, check_form


class FolderPrinter:
    """A `Printer` that writes `<job id>.zpl` or `.pdf`; the same job is never written twice."""

    def __init__(self, folder: Path, form: Form = Form.ZPL) -> None:
        self.folder = folder
        self._form = form

    @property
    def form(self) -> Form:
        """As `Printer.form`."""
        return self._form

    async def probe(self) -> bool:
        """As `Printer.probe`."""
        if not self.folder.is_dir():
            raise PrinterMissing(f"no folder {self.folder}")
        if not os.access(self.folder, os.W_OK):
            raise PrinterForbidden(f"{self.folder} can't be written")
        return True

    async def print(self, job: Job) -> Printed:
        """As `Printer.print`."""
        check_form(self, job)
        await self.probe()
        await asyncio.to_thread(_write, self.folder / f"{job.id}.{job.form}", job.document)
        return Printed(job.id, sure=True)


def _write(path: Path, document: bytes) -> None:
    try:
        out = path.open("xb")
    except FileExistsError:
        raise PrintRefused(f"{path.name} was printed before") from None
    except OSError as error:
        raise PrinterForbidden(f"{path.name}: {error.strerror}") from error
    try:
        with out:
            out.write(document)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise PrintUnknown(f"{path.name}: {error.strerror}") from error
