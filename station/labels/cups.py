"""Print queues of CUPS, by its programs `lp` and `lpstat` (Linux and macOS; Windows has none).

The words that are looked for are those of CUPS 2.4 in the C locale.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from dataclasses import dataclass

from station.faults import (
    PrinterFault,
    PrinterForbidden,
    PrinterMissing,
    PrinterOffline,
    PrinterPaused,
    PrintRefused,
    PrintUnknown,
)
from station.labels import Form, Job, Printed, check_form

WITHIN_S, DONE_WITHIN_S, ASK_AGAIN_S = 10.0, 60.0, 0.3

_REQUEST = re.compile(r"request id is (\S+-\d+)")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,126}")
_WORDS: tuple[tuple[str, type[PrinterFault]], ...] = (
    ("invalid destination", PrinterMissing),
    ("does not exist", PrinterMissing),
    ("unknown destination", PrinterMissing),
    ("not allowed", PrinterForbidden),
    ("forbidden", PrinterForbidden),
    ("not authorized", PrinterForbidden),
    ("unauthorized", PrinterForbidden),
    ("not accepting", PrinterPaused),
    ("scheduler is not running", PrinterOffline),
    ("unable to connect", PrinterOffline),
    ("bad file descriptor", PrinterOffline),
)
_OPTIONS = {Form.ZPL: ("-o", "raw"), Form.PDF: ("-o", "print-scaling=none")}


@dataclass(frozen=True, slots=True)
class _Ran:
    status: int
    said: str


class CupsQueue:
    """A `Printer`: a queue called `name`.

    A queue tells that it has sent a job on, not that paper came out: it is never `sure`.
    """

    def __init__(self, name: str, form: Form, done_within_s: float = DONE_WITHIN_S) -> None:
        self.name = name
        self._form = form
        self._done_within_s = done_within_s

    @property
    def form(self) -> Form:
        """As `Printer.form`."""
        return self._form

    async def probe(self) -> bool:
        """As `Printer.probe`."""
        if not _NAME.fullmatch(self.name):
            raise PrinterMissing(f"{self.name!r} can't be the name of a queue")
        told = await _run("lpstat", "-p", self.name, "-a", self.name)
        if told.status != 0:
            # without its scheduler CUPS calls every queue unknown
            scheduler = await _run("lpstat", "-r")
            raise _fault(scheduler.said if "not running" in scheduler.said else told.said)
        if f"printer {self.name} disabled" in told.said:
            raise PrinterPaused(told.said)
        if f"{self.name} not accepting" in told.said:
            raise PrinterPaused(told.said)
        return True

    async def print(self, job: Job) -> Printed:
        """As `Printer.print`."""
        check_form(self, job)
        await self.probe()
        options = ("-d", self.name, "-t", job.id, *_OPTIONS[job.form])
        try:
            told = await _run("lp", *options, "-", given=job.document)
        except PrinterOffline as fault:
            raise PrintUnknown(fault.detail) from fault
        if told.status != 0:
            raise _fault(told.said)
        if (found := _REQUEST.search(told.said)) is None:
            raise PrintUnknown(f"lp says: {told.said}")
        await self._until_sent(found[1])
        return Printed(job.id, sure=False)

    async def _until_sent(self, request: str) -> None:
        """Wait until the queue has sent a request on.

        Raises:
            PrintUnknown: it has not, or ended it otherwise.

        """
        last = ""
        try:
            async with asyncio.timeout(self._done_within_s):
                while (reasons := await self._reasons(request, "not-completed")) is not None:
                    last = reasons
                    await asyncio.sleep(ASK_AGAIN_S)
                reasons = await self._reasons(request, "completed") or ""
        except (TimeoutError, PrinterFault) as error:
            raise PrintUnknown(f"{request} waits in the queue: {last}") from error
        if "canceled" in reasons or "aborted" in reasons:
            raise PrintUnknown(f"{request}: {reasons}")

    async def _reasons(self, request: str, which: str) -> str | None:
        """Return why a request is in its state; None when it is not among those of the queue."""
        told = await _run("lpstat", "-l", "-W", which, "-o", self.name)
        found: list[str] | None = None
        for line in told.said.splitlines():
            if line[:1].strip():
                if found is not None:
                    break
                found = [] if line.split()[0] == request else None
            elif found is not None and line.strip().startswith(("Status:", "Alerts:")):
                found.append(line.partition(":")[2].strip())
        return None if found is None else " ".join(filter(None, found))


async def _run(program: str, *arguments: str, given: bytes = b"") -> _Ran:
    """Run one of CUPS's programs to its end.

    Raises:
        PrinterMissing: it is not installed.
        PrinterOffline: it does not come to an end.

    """
    path = shutil.which(program)
    if path is None:
        raise PrinterMissing(
            f"no program {program}: Debian has it in cups-client; Windows has no CUPS, there a"
            " printer is named by its address (port 9100) or its share"
        )
    process = await asyncio.create_subprocess_exec(
        path,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C"},
    )
    try:
        async with asyncio.timeout(WITHIN_S):
            said, _ = await process.communicate(given)
    except TimeoutError:
        raise PrinterOffline(f"{program} did not end within {WITHIN_S:g} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await asyncio.shield(process.wait())
    return _Ran(process.returncode or 0, said.decode(errors="replace").strip())


def _fault(said: str) -> PrinterFault:
    words = said.lower()
    kind = next((kind for word, kind in _WORDS if word in words), PrintRefused)
    return kind(said)
