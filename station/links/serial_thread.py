"""A serial port that a thread reads, for loops that can't watch one (Windows' Proactor)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from threading import Event
from typing import Protocol, TypeVar

from station.links.aside import aside
from station.links.inbox import Inbox
from station.links.serial_faults import FOREIGN

POLL_S = 0.05
"""How long one read of the thread lasts when nothing comes, and so how long closing may take."""

Told = TypeVar("Told")


class OpenPort(Protocol):
    """What is needed of pyserial's open port."""

    @property
    def in_waiting(self) -> int: ...
    def read(self, size: int = 1, /) -> bytes: ...
    def write(self, data: bytes, /) -> int | None: ...
    def cancel_write(self) -> None: ...
    def reset_output_buffer(self) -> None: ...
    def close(self) -> None: ...


class ThreadLink:
    """One open port, whose reads end by themselves after `POLL_S`."""

    def __init__(self, port: OpenPort, path: str) -> None:
        self._port = port
        self._path = path
        self._loop = asyncio.get_running_loop()
        self._inbox = Inbox()
        self._ending = Event()
        self._turn = asyncio.Lock()
        self._writing: Future[None] | None = None
        self._closing: Future[None] | None = None
        self._reading = aside(self._read_on)

    async def send(self, data: bytes) -> None:
        """As `Link.send`. Cancelling never cuts a message: the rest leaves before the next one."""
        async with self._turn:
            if self._writing is not None:
                await asyncio.wrap_future(self._writing)
            self._inbox.check()
            self._writing = aside(lambda: self._write(data))
            await asyncio.wrap_future(self._writing)
            self._inbox.check()

    async def receive(self) -> bytes:
        """As `Link.receive`."""
        return await self._inbox.take()

    async def close(self) -> None:
        """As `Link.close`; what has not left is dropped, a stalled board is not waited for."""
        if self._closing is None:
            self._inbox.empty()
            self._lose("it was closed")
            self._closing = aside(self._drop_and_close)
        await asyncio.wrap_future(self._closing)

    def _read_on(self) -> None:
        try:
            while not self._ending.is_set():
                if data := self._port.read(max(1, self._port.in_waiting)):
                    self._tell(self._take, data)
        except FOREIGN as error:
            self._tell(self._lose, str(error))
            with suppress(*FOREIGN):
                self._port.cancel_write()

    def _write(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except FOREIGN as error:
            self._tell(self._lose, str(error))

    def _tell(self, what: Callable[[Told], None], told: Told) -> None:
        self._loop.call_soon_threadsafe(what, told)

    def _take(self, data: bytes) -> None:
        if not self._inbox.is_lost:
            self._inbox.put(data)

    def _lose(self, why: str) -> None:
        self._inbox.lose(f"{self._path}: {why}")

    def _drop_and_close(self) -> None:
        self._ending.set()
        # Again and again: Windows forgets a cancel that comes just before the write begins.
        while self._writing is not None and not self._writing.done():
            with suppress(*FOREIGN):
                self._port.cancel_write()
            wait([self._writing], POLL_S)
        wait([self._reading])
        with suppress(*FOREIGN):
            self._port.reset_output_buffer()
        with suppress(*FOREIGN):
            self._port.close()
