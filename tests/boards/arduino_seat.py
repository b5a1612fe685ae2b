"""A seat for tests: the links that are opened there are made by whoever the test says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from station.faults import NotReturned
from station.links import LineSettings, Link
from station.model import Attachment, Port

T = TypeVar("T")


class FakeSeat:
    """Holds one attachment. `opened` are the ports and settings that were asked for."""

    def __init__(self, there: Attachment | None, make: Callable[[LineSettings], Link]) -> None:
        self.attachment = there
        self.opened: list[tuple[Port, LineSettings]] = []
        self._make = make
        self._changed = asyncio.Event()

    def put(self, there: Attachment | None) -> None:
        self.attachment = there
        self._changed.set()

    async def open(self, port: Port, line: LineSettings) -> Link:
        self.opened.append((port, line))
        return self._make(line)

    @contextmanager
    def absence(self) -> Iterator[None]:
        yield

    async def becomes(self, fits: Callable[[Attachment | None], T | None], within_s: float) -> T:
        try:
            async with asyncio.timeout(within_s):
                while (found := fits(self.attachment)) is None:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise NotReturned(f"after {within_s:g} s") from None
        return found


def attached(
    vid: int | None, pid: int | None, usb_serial: str = "", path: str = "/dev/ttyACM0"
) -> Attachment:
    return Attachment((Port(path, vid, pid, usb_serial, "1-4" if vid else ""),))
