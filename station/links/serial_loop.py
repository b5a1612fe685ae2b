"""A serial port that the event loop itself watches (POSIX)."""

from __future__ import annotations

import asyncio
import os
import termios
from contextlib import suppress
from typing import Protocol

from station.links.aside import aside
from station.links.inbox import Inbox
from station.links.serial_faults import FOREIGN

PIECE = 4096
"""Bytes of one read: as many as a terminal of Linux keeps."""

FULL = 1 << 20
"""Bytes kept for a reader that does not come, before the driver is left to hold the sender back."""


class OpenPort(Protocol):
    """What is needed of pyserial's open port."""

    def fileno(self) -> int: ...
    def close(self) -> None: ...


class LoopLink:
    """One open port. Reads whatever comes, so that nothing is lost while nobody receives."""

    def __init__(self, port: OpenPort, path: str) -> None:
        """Watch `port`; NotImplementedError when the loop can't watch a file descriptor."""
        self._port = port
        self._path = path
        self._fd = port.fileno()
        self._loop = asyncio.get_running_loop()
        self._inbox = Inbox()
        self._leaving = bytearray()
        self._handed = 0
        self._gone = 0
        self._moved = asyncio.Event()
        self._closing: asyncio.Future[None] | None = None
        self._paused = False
        _read_at_least_one(self._fd)
        self._loop.add_reader(self._fd, self._read)

    async def send(self, data: bytes) -> None:
        """As `Link.send`. Cancelling never cuts a message: the rest leaves before the next one."""
        self._inbox.check()
        self._leaving += data
        self._handed += len(data)
        handed = self._handed
        self._write()
        while self._gone < handed:
            self._inbox.check()
            self._moved.clear()
            await self._moved.wait()

    async def receive(self) -> bytes:
        """As `Link.receive`."""
        if self._paused and self._inbox.size < FULL and not self._inbox.is_lost:
            self._paused = False
            self._loop.add_reader(self._fd, self._read)
        return await self._inbox.take()

    async def close(self) -> None:
        """As `Link.close`; what has not left is dropped, a stalled board is not waited for."""
        if self._closing is None:
            self._inbox.empty()
            self._lose("it was closed")
            self._closing = asyncio.wrap_future(aside(self._drop_and_close))
        await asyncio.shield(self._closing)

    def _read(self) -> None:
        try:
            data = os.read(self._fd, PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._lose(str(error))
            return
        if not data:  # a terminal that has hung up reads as its end
            self._lose("it hung up")
            return
        self._inbox.put(data)
        if self._inbox.size >= FULL:
            self._paused = True
            self._loop.remove_reader(self._fd)

    def _write(self) -> None:
        try:
            written = os.write(self._fd, self._leaving) if self._leaving else 0
        except (BlockingIOError, InterruptedError):
            written = 0
        except OSError as error:
            self._lose(str(error))
            return
        del self._leaving[:written]
        self._gone += written
        self._moved.set()
        if self._leaving:
            self._loop.add_writer(self._fd, self._write)
        else:
            self._loop.remove_writer(self._fd)

    def _lose(self, why: str) -> None:
        self._loop.remove_reader(self._fd)
        self._loop.remove_writer(self._fd)
        self._inbox.lose(f"{self._path}: {why}")
        self._moved.set()

    def _drop_and_close(self) -> None:
        # Else the kernel waits up to 30 s for a board that holds us back (tty closing_wait).
        with suppress(*FOREIGN):
            termios.tcflush(self._fd, termios.TCOFLUSH)
        with suppress(*FOREIGN):
            self._port.close()


def _read_at_least_one(fd: int) -> None:
    """Make an empty read mean that the line hung up: pyserial's VMIN 0 makes it mean no data too."""
    attributes = termios.tcgetattr(fd)
    attributes[6][termios.VMIN] = 1
    termios.tcsetattr(fd, termios.TCSANOW, attributes)
