"""Printers that listen on TCP port 9100 and take a job as it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from station.faults import PrinterOffline, PrinterSilent, PrintUnknown
from station.labels import Form, Job, Printed, check_form
from station.labels.host_status import ASK, END, STRINGS, HostStatus, host_status

PORT = 9100


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a printer may take, in seconds.

    `answer_s` is for one ~HS: one that is asked on a printer's own network answers in milliseconds;
    `done_s` for a label, from its first byte to its last line.
    """

    connect_s: float = 3.0
    answer_s: float = 1.5
    done_s: float = 20.0
    ask_again_s: float = 0.1


@dataclass(slots=True)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class NetworkPrinter:
    """A `Printer` at `host` and `port`; takes one job after the other.

    ZPL printers are asked how they are before a job and after. One that never tells is taken as it
    is; one that told once and is silent now has something.
    """

    def __init__(
        self,
        host: str,
        port: int = PORT,
        form: Form = Form.ZPL,
        patience: Patience = Patience(),
    ) -> None:
        self.host = host
        self.port = port
        self._form = form
        self._patience = patience
        self._has_told = False
        self._one_at_a_time = asyncio.Lock()

    @property
    def form(self) -> Form:
        """As `Printer.form`."""
        return self._form

    async def probe(self) -> bool:
        """As `Printer.probe`."""
        async with self._one_at_a_time, self._line() as line:
            return await self._ready(line)

    async def print(self, job: Job) -> Printed:
        """As `Printer.print`."""
        check_form(self, job)
        async with self._one_at_a_time, self._line() as line:
            tells = await self._ready(line)
            try:
                async with asyncio.timeout(self._patience.done_s):
                    line.writer.write(job.document)
                    await line.writer.drain()
                    if tells:
                        await self._until_printed(line)
                    else:
                        await _until_taken(line, self._patience.answer_s)
            except TimeoutError:
                raise PrintUnknown(f"no end within {self._patience.done_s:g} s") from None
            except (OSError, EOFError) as error:
                raise PrintUnknown(f"the connection was lost: {_why(error)}") from error
        return Printed(job.id, sure=tells)

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[_Line]:
        try:
            async with asyncio.timeout(self._patience.connect_s):
                line = _Line(*await asyncio.open_connection(self.host, self.port))
        except (OSError, TimeoutError) as error:
            raise PrinterOffline(f"{self.host} port {self.port}: {_why(error)}") from error
        line.writer.transport.set_write_buffer_limits(0)  # so that drained is sent
        try:
            yield line
        finally:
            await _hang_up(line)

    async def _ready(self, line: _Line) -> bool:
        """Return whether the printer tells how it is.

        Raises:
            PrinterFault: it can't print.

        """
        if self._form is not Form.ZPL:
            return False
        try:
            status = await self._status(line)
        except (OSError, EOFError) as error:
            raise PrinterOffline(f"it hung up: {_why(error)}") from error
        if status is None:
            if self._has_told:
                raise PrinterSilent
            return False
        self._has_told = True
        if refusal := status.refusal:
            raise refusal
        return True

    async def _status(self, line: _Line) -> HostStatus | None:
        """Ask a printer how it is; None when it does not tell."""
        line.writer.write(ASK)
        answer = b""
        try:
            async with asyncio.timeout(self._patience.answer_s):
                await line.writer.drain()
                for _ in range(STRINGS):
                    answer += await line.reader.readuntil(END)
            return host_status(answer)
        except (TimeoutError, asyncio.LimitOverrunError, ValueError):
            return None

    async def _until_printed(self, line: _Line) -> None:
        """Wait until no label waits in the printer.

        Raises:
            PrintUnknown: it has something, or says no more; the label may come once it is mended.

        """
        while True:
            status = await self._status(line)
            if status is None:
                raise PrintUnknown("it took the label and tells no more")
            if not status.waiting:
                return
            if fault := status.fault:
                raise PrintUnknown(f"{fault.code} with the label in the printer") from fault
            await asyncio.sleep(self._patience.ask_again_s)


async def _until_taken(line: _Line, within_s: float) -> None:
    """Wait until the printer hangs up; many never do, so not for long."""
    line.writer.write_eof()
    try:
        async with asyncio.timeout(within_s):
            while await line.reader.read(4096):
                pass
    except TimeoutError:
        return


async def _hang_up(line: _Line) -> None:
    if line.writer.transport.get_write_buffer_size():
        line.writer.transport.abort()
    line.writer.close()
    with suppress(OSError):
        await line.writer.wait_closed()


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
