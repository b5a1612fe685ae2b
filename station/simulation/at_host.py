"""The console of an application with the AT host library: AT commands and nothing else."""

from __future__ import annotations

import asyncio

from station.simulation.nrf91_modem import Modem
from station.simulation.nrf91_wire import Wire

_RUBOUTS = b"\b\x7f"
_MAX_COMMAND_BYTES = 4096


class AtHost:
    """No echo, no prompt; a CR ends a command unless it stands in double quotes.

    The library has one buffer for the command and its answer: while a command is executed, and
    until its answer has left, it hears nothing.
    """

    def __init__(self, wire: Wire, modem: Modem) -> None:
        self._wire = wire
        self._modem = modem
        self._typed = bytearray()
        self._quoted = False
        self._busy = False
        self._jobs: asyncio.Queue[str | bytes] = asyncio.Queue()

    def feed(self, data: bytes) -> None:
        """Take bytes from the wire."""
        for byte in data:
            if self._busy:
                return
            self._take(byte)

    def log(self, line: bytes) -> None:
        """Write a log line, between answers."""
        self._jobs.put_nowait(line)

    async def run(self) -> None:
        """Execute commands for ever."""
        while True:
            job = await self._jobs.get()
            if isinstance(job, bytes):
                await self._wire.write(job)
                continue
            answer = await self._modem.execute(job)
            await self._wire.answer(job, answer.encode("latin-1"))
            self._busy = False

    def _take(self, byte: int) -> None:
        if byte in _RUBOUTS:
            del self._typed[-1:]
        elif byte == ord("\r") and not self._quoted:
            self._enter()
        elif byte:
            self._quoted ^= byte == ord('"')  # of a byte that is dropped too, or Enter were lost
            if len(self._typed) < _MAX_COMMAND_BYTES - 1:
                self._typed.append(byte)

    def _enter(self) -> None:
        command = self._typed.decode("latin-1")
        self._typed.clear()
        self._quoted = False
        if command.strip():
            self._busy = True
            self._jobs.put_nowait(command)
